"""theme_crosswalk: one row per found theme and codebook theme that share measures, laid side by side afterwards."""

from pipeline.schemas import column, table

SCHEMA = table(
    "theme_crosswalk",
    __doc__,
    key=None,
    columns={
        "cluster_id": column("string", "found theme"),
        "theme": column("string", "code of the codebook theme"),
        "measures": column("integer", "measures in both", at_least=1),
        "share_of_cluster": column("number", "share of the found theme's measures", at_least=0, at_most=1),
        "share_of_theme": column(
            "number", "share of the measures coded with the theme", at_least=0, at_most=1
        ),
        "jaccard": column("number", "measures in both by measures in either", at_least=0, at_most=1),
        "relation": column(
            "string",
            "same: each holds half of the other or more; part: the found theme lies in the coded one; whole: the other way round",
            among=("same", "part", "whole", "overlap"),
        ),
    },
)
