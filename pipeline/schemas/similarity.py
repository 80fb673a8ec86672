"""similarity: one row per pair of reports of which at least one is among the other's nearest."""

from pipeline.schemas import column, table

SCHEMA = table(
    "similarity",
    __doc__,
    key=None,
    columns={
        "report_a": column("string", "first report of the pair, in order of ids"),
        "report_b": column("string", "second report of the pair"),
        "similarity": column(
            "number",
            "cosine of the two reports' word weights (1 + log n) × idf; 0 nothing shared, 1 the same words",
            at_least=0,
            at_most=1,
        ),
        "shared": column("strings", "words that add most to the similarity, highest first"),
        "same_genre": column("boolean", "both are of one genre: an unlike genre lowers the figure by itself"),
    },
)
