"""theme_matrix: one row per report and codebook theme, also where the report is silent on it."""

from pipeline.schemas import column, table

SCHEMA = table(
    "theme_matrix",
    __doc__,
    key=None,
    columns={
        "report_id": column("string", "report"),
        "theme": column("string", "code of the theme (codebook themes)"),
        "measures": column("integer", "sentences of the report that state an act on this theme", at_least=0),
        "report_measures": column(
            "integer", "sentences of the report that state an act, whatever the theme", at_least=0
        ),
        "share": column(
            "number",
            "measures / report_measures; a sentence on two themes counts for both, so shares add up to more than 1; empty for "
            "a report without measures",
            nullable=True,
            at_least=0,
            at_most=1,
        ),
        "share_low": column(
            "number", "lower bound of Wilson's 95 % interval", nullable=True, at_least=0, at_most=1
        ),
        "share_high": column(
            "number", "upper bound of Wilson's 95 % interval", nullable=True, at_least=0, at_most=1
        ),
        "done": column("integer", "of the measures: done", at_least=0),
        "ongoing": column("integer", "of the measures: standing practice", at_least=0),
        "planned": column("integer", "of the measures: planned", at_least=0),
        "metrics": column("integer", "quantities stated in these sentences", at_least=0),
        "instruments": column("integer", "documents named in these sentences", at_least=0),
        "measure_ids": column("strings", "the measures counted, in the order of the text"),
        "metric_ids": column("strings", "the quantities counted"),
        "instrument_ids": column("strings", "the documents counted"),
    },
)
