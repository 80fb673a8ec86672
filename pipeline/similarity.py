"""similarity: one row per pair of reports of which at least one is among the other's nearest."""

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.preprocessing import normalize

COLUMNS = {"reports": ["report_id", "genre"]}
# Two Han characters or more, and no list number such as 一是.
HAN = r"^(?![一二三四五六七八九十]+是$)[\u3400-\u9fff]{2,}$"
# Reports compared at a time: a thousand rows against thirty thousand reports fit in a quarter of a gigabyte.
SLICE = 1000


def build(
    reports: pd.DataFrame, word_counts: pd.DataFrame, *, neighbours: int, shared_words: int
) -> pd.DataFrame:
    """Find each report's `neighbours` nearest by the words they share, with the words that make them alike.

    Words weigh (1 + log n) × (log((1 + reports) / (1 + reports with the word)) + 1); lengths are made equal.
    """
    ids = sorted(reports["report_id"])
    weights, words = _weights(ids, word_counts)
    if not len(words):
        return pd.DataFrame(columns=["report_a", "report_b", "similarity", "shared", "same_genre"])
    pairs = sorted(_nearest(weights, neighbours).items())
    genre = dict(zip(reports["report_id"], reports["genre"], strict=True))
    rows = [
        (
            ids[a],
            ids[b],
            score,
            _shared(weights, words, a, b, shared_words),
            _same(genre[ids[a]], genre[ids[b]]),
        )
        for (a, b), score in pairs
    ]
    return pd.DataFrame(rows, columns=["report_a", "report_b", "similarity", "shared", "same_genre"])


def _weights(ids: list[str], word_counts: pd.DataFrame) -> tuple[sparse.csr_matrix, np.ndarray]:
    counted = word_counts[word_counts["word"].str.match(HAN)]
    columns, words = pd.factorize(counted["word"], sort=True)
    rows = pd.Categorical(counted["report_id"], categories=ids).codes
    values = 1 + np.log(counted["n"].to_numpy(float))
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(ids), len(words)))
    in_reports = np.bincount(columns, minlength=len(words))
    if not len(words):
        return matrix, np.asarray(words, dtype=object)
    idf = np.log((1 + len(ids)) / (1 + in_reports)) + 1
    return normalize(matrix @ sparse.diags(idf)).tocsr(), np.asarray(words, dtype=object)


def _nearest(weights: sparse.csr_matrix, neighbours: int) -> dict[tuple[int, int], float]:
    pairs: dict[tuple[int, int], float] = {}
    for first in range(0, weights.shape[0], SLICE):
        scores = (weights[first : first + SLICE] @ weights.T).toarray()
        for row, line in enumerate(scores, start=first):
            line[row] = -1
            order = np.lexsort((np.arange(len(line)), -line))[:neighbours]
            pairs |= {(min(row, b), max(row, b)): _rounded(line[b]) for b in map(int, order) if b != row}
    return pairs


def _rounded(score: float) -> float:
    return min(1.0, round(float(score), 6))


def _shared(weights: sparse.csr_matrix, words: np.ndarray, a: int, b: int, count: int) -> list[str]:
    common = weights[a].multiply(weights[b]).tocoo()
    best = sorted(zip(-common.data, words[common.col], strict=True))[:count]
    return [word for _, word in best]


def _same(a, b) -> bool:
    return bool(pd.notna(a) and pd.notna(b) and a == b)


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
