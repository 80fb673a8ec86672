"""cluster_tree: one row per join of two themes, or groups of themes, nearest first: the tree a dendrogram draws."""

from pipeline.schemas import column, table

SCHEMA = table(
    "cluster_tree",
    __doc__,
    key="join_id",
    columns={
        "join_id": column("string", "join: and its number, from 1", unique=True),
        "left_id": column("string", "cluster_id of a theme, or an earlier join"),
        "right_id": column("string", "cluster_id of a theme, or an earlier join"),
        "distance": column(
            "number", "one less the mean cosine of the themes on both sides", at_least=0, at_most=1
        ),
        "themes": column("integer", "themes joined", at_least=2),
    },
)
