"""overview: one row per report, what it is and how long; mentions: one row per report and named theme, how often it is named."""

import logging

import pandas as pd

from pipeline.tables import Pieces

log = logging.getLogger(__name__)

COLUMNS = {
    "sections": ["report_id"],
    "sentences": ["report_id", "start", "end", "role"],
}
CODED = {"sections": ["report_id"], "sentences": ["report_id", "role"], "word_counts": ["report_id", "word"]}
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
    sections: Pieces,
    sentences: Pieces,
    word_counts: Pieces,
    *,
    terms: list[str],
) -> dict[str, pd.DataFrame]:
    """Return the tables `overview` and `mentions`.

    Characters are those of sentences of every role but page furniture. A mention is a word of the user dictionary; its
    rate is mentions per thousand of these characters (0 where the report has none).
    """
    overview = reports[[*METADATA, "period_start", "period_end"]].copy()
    counts = {
        "characters": [_characters(piece) for piece in sentences],
        "sections": [piece.groupby("report_id").size() for piece in sections],
        "sentences": [piece[piece["role"] == "body"].groupby("report_id").size() for piece in sentences],
    }
    for name, found in counts.items():
        every = pd.concat(found).groupby(level=0).sum()
        overview[name] = overview["report_id"].map(every).fillna(0).astype(int)
    return {"overview": overview, "mentions": _mentions(overview, word_counts, terms)}


def _characters(sentences: pd.DataFrame) -> pd.Series:
    told = sentences[sentences["role"] != "furniture"]
    return (told["end"] - told["start"]).groupby(told["report_id"]).sum()


def _mentions(overview: pd.DataFrame, word_counts: Pieces, terms: list[str]) -> pd.DataFrame:
    grid = pd.MultiIndex.from_product([overview["report_id"], terms], names=["report_id", "term"])
    found = pd.concat([piece[piece["word"].isin(terms)] for piece in word_counts])
    found = found.astype({"report_id": str, "word": str})
    for term in sorted(set(terms) - set(found["word"])):
        log.warning("overview.terms: %r stands in no report (is it in codebook/words.yaml?)", term)
    counted = found.set_index(["report_id", "word"])["n"]
    counted.index.names = grid.names
    mentions = counted.reindex(grid, fill_value=0).reset_index()
    characters = mentions["report_id"].map(overview.set_index("report_id")["characters"])
    mentions["per_thousand"] = (1000 * mentions["n"] / characters.where(characters > 0)).fillna(0.0)
    return mentions


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
