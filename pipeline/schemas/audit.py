"""audit: one row per finding on a report's own arithmetic."""

from pipeline.schemas import column, table

KINDS = ("rate", "change", "points", "total", "list", "restated", "derived")
VERDICTS = ("consistent", "rounding", "conflict", "not_checkable")

SCHEMA = table(
    "audit",
    __doc__,
    key="audit_id",
    columns={
        "audit_id": column(
            "string", "id of the finding: report id, offset of its first figure, number", unique=True
        ),
        "report_id": column("string", "the report"),
        "sentence_id": column("string", "the sentence of the figure that is checked"),
        "start": column("integer", "where its first figure begins in texts.text", at_least=0),
        "end": column("integer", "where its last figure ends in texts.text, exclusive", at_least=1),
        "kind": column(
            "string",
            "rate (against part and whole); change (against two levels, or level and amount); points (per cent written where "
            "percentage points are meant); total (against its parts); list (count against the titles listed); restated "
            "(the same figure at two places); derived (a rate the report does not state)",
            among=KINDS,
        ),
        "verdict": column(
            "string",
            "consistent; rounding (off by one in the last digit); conflict; not_checkable (nothing is stated to check "
            "against, or the scopes may differ)",
            among=VERDICTS,
        ),
        "metric_ids": column("strings", "the figures the finding rests on, in order"),
        "stated": column("number", "the figure as the report states it; empty for derived", nullable=True),
        "computed": column("number", "what the other figures give", nullable=True),
        "formula": column("string", "the computation"),
        "message": column("string", "the finding in English"),
        "message_zh": column("string", "the finding in Chinese"),
    },
)
