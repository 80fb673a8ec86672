"""clusters: one row per theme found in the measures of all reports."""

from pipeline.schemas import column, table

SCHEMA = table(
    "clusters",
    __doc__,
    key="cluster_id",
    columns={
        "cluster_id": column(
            "string", "theme: and its first phrase, or code: and a codebook code (guided)", unique=True
        ),
        "mode": column(
            "string",
            "inductive: found without the codebook; guided: from its themes",
            among=("inductive", "guided"),
        ),
        "label": column("string", "name of the theme: a phrase of the reports; of the codebook, if guided"),
        "phrases": column(
            "strings", "up to ten phrases that set it apart (class-based TF-IDF), weightiest first"
        ),
        "phrase_weights": column("numbers", "their weights, in the same order"),
        "best_measures": column(
            "strings", "up to three measures nearest to its middle, of different reports if any"
        ),
        "best_sentences": column("strings", "the sentences these stand in"),
        "size": column("integer", "measures in it", at_least=1),
        "share": column("number", "share of all measures", at_least=0, at_most=1),
        "report_ids": column("strings", "reports that speak of it"),
        "report_counts": column("integers", "measures in each of them, in the same order"),
        "reports": column("integer", "how many reports speak of it", at_least=1),
        "is_recurring": column("boolean", "whether two reports or more speak of it"),
        "cohesion": column("number", "mean cosine of its measures and its middle", at_least=0, at_most=1),
        "stability": column(
            "number",
            "share of runs on parts of the corpus in which it comes back (Jaccard 0.5 or more)",
            at_least=0,
            at_most=1,
        ),
        "stability_jaccard": column(
            "number", "mean Jaccard of it and its best match over these runs", at_least=0, at_most=1
        ),
        "nearest_theme": column(
            "string",
            "codebook theme most of its measures are coded with (laid beside afterwards)",
            nullable=True,
        ),
        "nearest_share": column("number", "share of its measures with that theme", at_least=0, at_most=1),
        "relation": column(
            "string",
            "same as the nearest coded theme, part of it, the whole of it and more, joins several, or unforeseen",
            among=("same", "part", "whole", "joins", "overlap", "unforeseen"),
        ),
        "outlier_share": column(
            "number", "share of all measures that fit no theme (same in every row)", at_least=0, at_most=1
        ),
        "x": column(
            "number", "place on the map of themes, from -1 to 1: near means alike", at_least=-1, at_most=1
        ),
        "y": column("number", "place on the map of themes, from -1 to 1", at_least=-1, at_most=1),
        "place": column(
            "integer", "place in the order of the tree of themes, from 0: like beside like", at_least=0
        ),
    },
)
