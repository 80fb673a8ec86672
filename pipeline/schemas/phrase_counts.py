"""phrase_counts: one row per report and pair of neighbouring content words, how often the pair stands in the report."""

from pipeline.schemas import column, table

SCHEMA = table(
    "phrase_counts",
    __doc__,
    key=None,
    columns={
        "report_id": column("string", "report"),
        "first": column("string", "first word of the pair"),
        "second": column("string", "word that follows it at once, nothing between them"),
        "n": column(
            "integer",
            "times the pair stands in sentences of role body or heading",
            at_least=1,
        ),
    },
)
