"""word_counts: one row per report and word, how often the word stands in the report's body and headings."""

from pipeline.schemas import column, table

SCHEMA = table(
    "word_counts",
    __doc__,
    key=None,
    columns={
        "report_id": column("string", "report"),
        "word": column("string", "the word, as published"),
        "n": column(
            "integer", "times it stands in sentences of role body, heading or assignment", at_least=1
        ),
    },
)
