"""keyness: one row per report and phrase that sets the report apart from all others."""

import re

import numpy as np
import pandas as pd
from scipy.stats import chi2

from pipeline.word_counts import HAN

COLUMNS = {"reports": ["report_id", "region", "province", "issuer"]}
# A pair of words that hangs together this much (normalised pointwise mutual information, Bouma 2009) is one phrase.
COLLOCATION = 0.35
# A word that stands mostly inside one listed pair says less than the pair, and is left out.
MOSTLY_INSIDE = 0.75
PLACE_END = re.compile(r"[省市区县旗镇乡 ]|街道|示范区|人民政府|委员会|办公室")


def build(
    reports: pd.DataFrame,
    word_counts: pd.DataFrame,
    phrase_counts: pd.DataFrame,
    *,
    per_report: int,
    min_count: int,
    max_p: float,
) -> pd.DataFrame:
    """Compare each report with all others; list its `per_report` phrases of highest G² that are commoner in it.

    G² is signed and corrected as quanteda's `textstat_keyness(measure = "lr")` does it. The report's own place and
    issuer are not phrases. One report alone has nothing to be compared with and gets no rows.
    """
    sizes = word_counts.groupby("report_id")["n"].sum()
    words = _words(word_counts)
    pairs = _collocations(phrase_counts, words, int(sizes.sum()))
    scored = _score(pd.concat([words, pairs], ignore_index=True), sizes, min_count)
    scored = scored[(scored["g2"] > 0) & (scored["p"] <= max_p)]
    return _pick(_without_names(scored, reports), per_report)


def _words(word_counts: pd.DataFrame) -> pd.DataFrame:
    words = word_counts[word_counts["word"].str.match(HAN)]
    return words.rename(columns={"word": "phrase"}).assign(kind="word", first="", second="")


def _collocations(phrase_counts: pd.DataFrame, words: pd.DataFrame, size: int) -> pd.DataFrame:
    """Keep the pairs whose words meet far more often than chance lets them, over the whole corpus."""
    total = words.groupby("phrase")["n"].sum()
    pairs = phrase_counts.groupby(["first", "second"], as_index=False)["n"].sum()
    expected = pairs["first"].map(total) * pairs["second"].map(total) / size
    npmi = np.log(pairs["n"] / expected) / -np.log(pairs["n"] / size)
    kept = pairs.loc[npmi >= COLLOCATION, ["first", "second"]]
    found = phrase_counts.merge(kept, on=["first", "second"])
    return found.assign(phrase=found["first"] + found["second"], kind="pair")


def _score(counts: pd.DataFrame, sizes: pd.Series, min_count: int) -> pd.DataFrame:
    by_phrase = counts.groupby(["phrase", "kind"])["n"].agg(["sum", "count"])
    scored = counts[counts["n"] >= min_count].copy()
    everywhere = by_phrase.loc[pd.MultiIndex.from_frame(scored[["phrase", "kind"]])]
    size = scored["report_id"].map(sizes).to_numpy(float)
    rest = float(sizes.sum()) - size
    scored["n_rest"] = everywhere["sum"].to_numpy() - scored["n"].to_numpy()
    scored["reports"] = everywhere["count"].to_numpy()
    scored, size, rest = scored[rest > 0].copy(), size[rest > 0], rest[rest > 0]
    here, there = scored["n"].to_numpy(float), scored["n_rest"].to_numpy(float)
    scored["per_thousand"] = 1000 * here / size
    scored["per_thousand_rest"] = 1000 * there / rest
    scored["g2"] = g2(here, there, size, rest)
    scored["p"] = chi2.sf(scored["g2"].abs(), 1)
    scored["log_ratio"] = log_ratio(here, there, size, rest)
    return scored


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


def _without_names(scored: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Drop what names the reporting place itself: it sets a report apart and tells nothing."""
    names = reports[["region", "province", "issuer"]].fillna("").agg(" ".join, axis=1)
    names = dict(zip(reports["report_id"], names, strict=True))
    told = [
        phrase not in names[report_id] and not _holds_place(phrase, names[report_id])
        for report_id, phrase in zip(scored["report_id"], scored["phrase"], strict=True)
    ]
    return scored[np.array(told, dtype=bool)]


def _holds_place(phrase: str, names: str) -> bool:
    return any(len(place) > 1 and place in phrase for place in PLACE_END.split(names))


def _pick(scored: pd.DataFrame, per_report: int) -> pd.DataFrame:
    scored = scored.sort_values(["report_id", "g2", "phrase"], ascending=[True, False, True])
    kept = [_clear(group).head(per_report) for _, group in scored.groupby("report_id")]
    picked = pd.concat(kept, ignore_index=True) if kept else scored
    picked["rank"] = picked.groupby("report_id").cumcount() + 1
    return picked.drop(columns=["first", "second"])


def _clear(group: pd.DataFrame) -> pd.DataFrame:
    """Leave out the words of one report that stand mostly inside one of its listed pairs, and pairs told as a word."""
    inside: dict[str, int] = {}
    words = set(group.loc[group["kind"] == "word", "phrase"])
    for row in group[group["kind"] == "pair"].itertuples():
        for word in (row.first, row.second):
            inside[word] = max(inside.get(word, 0), row.n)
    keep = [
        row.phrase not in words if row.kind == "pair" else inside.get(row.phrase, 0) < MOSTLY_INSIDE * row.n
        for row in group.itertuples()
    ]
    return group[np.array(keep, dtype=bool)]


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
