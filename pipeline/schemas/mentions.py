"""mentions: one row per report and named theme, how often the report names it."""

from pipeline.schemas import column, table

SCHEMA = table(
    "mentions",
    __doc__,
    key=None,
    columns={
        "report_id": column("string", "report"),
        "term": column("string", "named theme, a word of the user dictionary"),
        "n": column("integer", "times it is named", at_least=0),
        "per_thousand": column("number", "times per thousand characters of the report", at_least=0),
    },
)
