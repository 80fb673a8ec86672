"""keyness: one row per report and phrase that sets the report apart from all others."""

import re

import numpy as np
import pandas as pd
from scipy.stats import chi2

from pipeline import totals
from pipeline.schemas.keyness import SCHEMA
from pipeline.tables import Pieces, by_report

COLUMNS = {"reports": ["report_id", "region", "province", "issuer"]}
CODED = {"word_counts": ["report_id", "word"], "phrase_counts": ["report_id", "first", "second"]}
# A word that stands mostly inside one listed pair says less than the pair, and is left out.
MOSTLY_INSIDE = 0.75
PLACE_END = re.compile(r"[省市区县旗镇乡 ]|街道|示范区|人民政府|委员会|办公室")


def build(
    reports: pd.DataFrame,
    word_counts: Pieces,
    phrase_counts: Pieces,
    *,
    per_report: int,
    min_count: int,
    max_p: float,
) -> pd.DataFrame:
    """Compare each report with all others; list its `per_report` phrases of highest G² that are commoner in it.

    G² is signed and corrected as quanteda's `textstat_keyness(measure = "lr")` does it. The report's own place and
    issuer are not phrases. One report alone has nothing to be compared with and gets no rows.
    """
    corpus = totals.count(word_counts, phrase_counts)
    names = _names(reports)
    rows: list[tuple] = []
    for pieces in zip(word_counts, phrase_counts, strict=True):
        scored = corpus.named(_score(corpus.rows(*pieces, min_count=min_count), corpus.sizes, max_p))
        scored = scored.sort_values(["report_id", "g2", "phrase"], ascending=[True, False, True])
        for report_id, found in by_report(scored[[*SCHEMA.columns, "first", "second"]]):
            rows += _pick([row for row in found if not names[report_id].hold(row.phrase)], per_report)
    picked = pd.DataFrame(rows, columns=list(SCHEMA.columns))
    return picked.sort_values("report_id", kind="stable", ignore_index=True)


def _score(counted: pd.DataFrame, sizes: pd.Series, max_p: float) -> pd.DataFrame:
    """Return the phrases that are commoner in their report than in all others, by so much that chance does it once in 1 / `max_p`."""
    size = sizes.to_numpy(float)[counted["report"]]
    rest = float(sizes.sum()) - size
    here, there = counted["n"].to_numpy(float), counted["n_rest"].to_numpy(float)
    score = np.full(len(counted), -np.inf)
    compared = rest > 0
    score[compared] = g2(here[compared], there[compared], size[compared], rest[compared])
    # Chances take long to work out: only for scores that may do, a rounding below what `max_p` asks for.
    told = np.flatnonzero((score > 0) & (score > chi2.isf(max_p, 1) * (1 - 1e-6)))
    p = chi2.sf(score[told], 1)
    told, p = told[p <= max_p], p[p <= max_p]
    here, there, size, rest = here[told], there[told], size[told], rest[told]
    return counted.iloc[told].assign(
        rank=0,
        per_thousand=1000 * here / size,
        per_thousand_rest=1000 * there / rest,
        g2=score[told],
        p=p,
        log_ratio=log_ratio(here, there, size, rest),
    )


def g2(here, there, size, rest):
    """Return the signed G² of `here` of `size` words against `there` of `rest` words, with Williams's correction.

    >>> round(float(g2(20., 5., 1000., 1000.)), 2)
    9.56
    """
    observed = np.array([here, there, size - here, rest - there], dtype=float)
    total = size + rest
    rows = np.array([here + there, here + there, total - here - there, total - here - there])
    columns = np.array([size, rest, size, rest])
    expected = rows * columns / total
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(observed > 0, observed * np.log(observed / expected), 0.0)
        spread = (total / rows[0] + total / rows[2] - 1) * (total / size + total / rest - 1)
    corrected = 2 * terms.sum(axis=0) / (1 + spread / (6 * total))
    return np.where(observed[0] > expected[0], corrected, -corrected)


def log_ratio(here, there, size, rest):
    """Return log2 of the ratio of the rates; a count of none is taken as one half, so that the ratio is finite.

    >>> float(log_ratio(40., 10., 1000., 1000.))
    2.0
    """
    return np.log2((np.maximum(here, 0.5) / size) / (np.maximum(there, 0.5) / rest))


def _names(reports: pd.DataFrame) -> dict[str, "_Names"]:
    told = reports[["region", "province", "issuer"]].fillna("")
    return {
        i: _Names(" ".join(names))
        for i, *names in zip(reports["report_id"], *map(told.get, told), strict=True)
    }


class _Names:
    """What names the reporting place itself: it sets a report apart and tells nothing."""

    def __init__(self, names: str):
        self._names = names
        self._places = [place for place in PLACE_END.split(names) if len(place) > 1]

    def hold(self, phrase: str) -> bool:
        """Say whether a phrase is part of these names, or has the name of the place in it."""
        return phrase in self._names or any(place in phrase for place in self._places)


def _pick(found: list, per_report: int) -> list[tuple]:
    kept = _clear(found)[:per_report]
    return [row._replace(rank=rank)[: len(SCHEMA.columns)] for rank, row in enumerate(kept, start=1)]


def _clear(found: list) -> list:
    """Leave out the words of one report that stand mostly inside one of its listed pairs, and pairs told as a word."""
    inside: dict[str, int] = {}
    words = {row.phrase for row in found if row.kind == "word"}
    for row in found:
        for word in (row.first, row.second) if row.kind == "pair" else ():
            inside[word] = max(inside.get(word, 0), row.n)
    return [
        row
        for row in found
        if (
            row.phrase not in words
            if row.kind == "pair"
            else inside.get(row.phrase, 0) < MOSTLY_INSIDE * row.n
        )
    ]


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
