"""measures: one row per sentence judged: whether it states what the government did, does or will do, and about what."""

from pipeline.schemas import column, table

SCHEMA = table(
    "measures",
    __doc__,
    key="measure_id",
    columns={
        "measure_id": column("string", "id of the row: report id and offset", unique=True),
        "report_id": column("string", "report the sentence stands in"),
        "sentence_id": column("string", "sentence judged"),
        "start": column("integer", "where it starts, in characters of texts.text, from 0", at_least=0),
        "end": column("integer", "where it ends, exclusive", at_least=0),
        "is_measure": column("boolean", "whether it states an act, an institution or a result"),
        "status": column(
            "string",
            "done, ongoing or planned for a measure; problem for a shortcoming admitted; empty for the rest",
            nullable=True,
            among=("done", "ongoing", "planned", "problem"),
        ),
        "themes": column("strings", "codes of the themes it is about (docs/codebook.md), strongest first"),
        "themes_why": column("strings", "what decided: pattern → theme and weight, strongest first"),
        "status_why": column("strings", "what decided measure and status: names of cues, section, genre"),
        "actor": column(
            "string",
            "who acts: the unit the sentence names, else the report's issuer or region",
            nullable=True,
        ),
        "action": column("string", "the verb that tells most of the act (codebook acts)", nullable=True),
        "object": column("string", "what the act is done to, in the report's words", nullable=True),
        "decided_by": column(
            "string",
            "what told actor, action and object: rules (always with the engine jieba); with a HanLP model also its "
            "semantic roles, its dependencies, or its entities (the actor only)",
            among=("rules", "roles", "dependencies", "entities"),
        ),
    },
)
