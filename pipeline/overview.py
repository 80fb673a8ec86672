"""overview: one row per report, what it is and how long; mentions: one row per report and named theme, how often it is named."""

import logging

import pandas as pd

log = logging.getLogger(__name__)

COLUMNS = {
    "sections": ["report_id"],
    "sentences": ["report_id", "start", "end", "role"],
}
COMPANIONS = ("mentions",)
METADATA = [
    "report_id",
    "region",
    "province",
    "level",
    "genre",
    "title",
    "issuer",
    "document_number",
    "published",
]


def build(
    reports: pd.DataFrame,
    sections: pd.DataFrame,
    sentences: pd.DataFrame,
    word_counts: pd.DataFrame,
    *,
    terms: list[str],
) -> dict[str, pd.DataFrame]:
    """Return the tables `overview` and `mentions`.

    Characters are those of sentences of every role but page furniture. A mention is a word of the user dictionary; its
    rate is mentions per thousand of these characters (0 where the report has none).
    """
    overview = reports[[*METADATA, "period_start", "period_end"]].copy()
    told = sentences[sentences["role"] != "furniture"]
    overview["characters"] = _per_report(told["end"] - told["start"], told["report_id"], overview)
    overview["sections"] = _per_report(
        sections["report_id"].notna().astype(int), sections["report_id"], overview
    )
    overview["sentences"] = _per_report(told["role"].isin(["body"]).astype(int), told["report_id"], overview)
    return {"overview": overview, "mentions": _mentions(overview, word_counts, terms)}


def _per_report(values: pd.Series, report_ids: pd.Series, overview: pd.DataFrame) -> pd.Series:
    return overview["report_id"].map(values.groupby(report_ids).sum()).fillna(0).astype(int)


def _mentions(overview: pd.DataFrame, word_counts: pd.DataFrame, terms: list[str]) -> pd.DataFrame:
    grid = pd.MultiIndex.from_product([overview["report_id"], terms], names=["report_id", "term"])
    for term in sorted(set(terms) - set(word_counts["word"])):
        log.warning("overview.terms: %r stands in no report (is it in codebook/words.yaml?)", term)
    counted = word_counts[word_counts["word"].isin(terms)].set_index(["report_id", "word"])["n"]
    counted.index.names = grid.names
    mentions = counted.reindex(grid, fill_value=0).reset_index()
    characters = mentions["report_id"].map(overview.set_index("report_id")["characters"])
    mentions["per_thousand"] = (1000 * mentions["n"] / characters.where(characters > 0)).fillna(0.0)
    return mentions


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
