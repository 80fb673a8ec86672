"""problems: one row per shortcoming a report admits and theme it is about."""

from pipeline.schemas import column, table

SCHEMA = table(
    "problems",
    __doc__,
    key="problem_id",
    columns={
        "problem_id": column("string", "id: the sentence's measure_id and the theme", unique=True),
        "report_id": column("string", "report"),
        "measure_id": column("string", "the judged sentence, as in measures"),
        "sentence_id": column("string", "the sentence that admits it"),
        "section_id": column("string", "heading it stands under", nullable=True),
        "start": column("integer", "offset of the sentence in texts.text", at_least=0),
        "end": column("integer", "offset behind it", at_least=0),
        "theme": column(
            "string", "code of the theme; empty where neither sentence nor heading names one", nullable=True
        ),
        "theme_from": column("string", "what names the theme", among=("sentence", "section", "nothing")),
        "answered": column(
            "boolean",
            "whether the same report plans a measure on the same theme; empty where the theme is",
            nullable=True,
        ),
        "answer_ids": column("strings", "measure_id of each such planned measure, in the order of the text"),
    },
)
