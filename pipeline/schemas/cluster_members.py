"""cluster_members: one row per measure, with the theme it belongs to."""

from pipeline.schemas import column, table

SCHEMA = table(
    "cluster_members",
    __doc__,
    key="measure_id",
    columns={
        "measure_id": column("string", "the measure", unique=True),
        "report_id": column("string", "the report it stands in"),
        "cluster_id": column("string", "its theme; outlier: and its own id where it fits none"),
        "strength": column(
            "number",
            "cosine of the measure and the middle of its theme; 0 for outliers",
            at_least=0,
            at_most=1,
        ),
        "is_outlier": column("boolean", "whether it fits no theme"),
    },
)
