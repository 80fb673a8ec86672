"""keyness: one row per report and phrase that sets the report apart from all others."""

from pipeline.schemas import column, table

SCHEMA = table(
    "keyness",
    __doc__,
    key=None,
    columns={
        "report_id": column("string", "report"),
        "rank": column("integer", "place among the report's phrases, 1 for the highest G²", at_least=1),
        "phrase": column("string", "word, or pair of words that go together, as published"),
        "kind": column("string", "one word, or a pair", among=("word", "pair")),
        "n": column("integer", "times it stands in the report", at_least=1),
        "n_rest": column("integer", "times it stands in all other reports together", at_least=0),
        "per_thousand": column("number", "times per thousand words of the report", at_least=0),
        "per_thousand_rest": column("number", "times per thousand words of the other reports", at_least=0),
        "reports": column("integer", "reports it stands in, this one included", at_least=1),
        "g2": column("number", "log-likelihood ratio G² (Dunning 1993) with Williams's correction"),
        "p": column("number", "chance of so high a G² were there no difference", at_least=0, at_most=1),
        "log_ratio": column("number", "effect size: log2 of the ratio of the two rates (Hardie 2014)"),
    },
)
