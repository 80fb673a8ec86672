"""cluster_moves: one row per way that measures went from theme to theme since an earlier run."""

from pipeline.schemas import column, table

SCHEMA = table(
    "cluster_moves",
    __doc__,
    key=None,
    columns={
        "from_id": column(
            "string", "theme in the earlier run; empty for outliers and new measures", nullable=True
        ),
        "to_id": column(
            "string", "theme now; empty for outliers and measures no longer there", nullable=True
        ),
        "kind": column(
            "string",
            "kept; moved to another theme; left for the outliers; joined from them; added or gone with its report",
            among=("kept", "moved", "left", "joined", "added", "gone"),
        ),
        "measures": column("integer", "how many went this way", at_least=1),
    },
)
