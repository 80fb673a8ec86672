"""similarity: one row per pair of reports of which at least one is among the other's nearest."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.preprocessing import normalize

from pipeline.word_counts import HAN

COLUMNS = {"reports": ["report_id", "genre"]}
# Reports compared at a time: a thousand rows against thirty thousand reports fit in a quarter of a gigabyte.
SLICE = 1000
# Up to so many reports every pair is compared. Beyond, neighbours are sought in a random projection of their words, and the
# likeliest (so many for each one asked for) are compared word by word: their likeness is exact, but one may be missed.
ALL_PAIRS, DIMENSIONS, CANDIDATES, SEED = 5000, 256, 40, 1


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
    lines = _every(weights) if weights.shape[0] <= ALL_PAIRS else _likeliest(weights, neighbours)
    for row, others, scores in lines:
        order = np.lexsort((others, -scores))[:neighbours]
        pairs |= {
            (min(row, b), max(row, b)): _rounded(s) for b, s in _told(others, scores, order) if b != row
        }
    return pairs


def _told(others: np.ndarray, scores: np.ndarray, order: np.ndarray) -> zip:
    return zip(others[order].tolist(), scores[order].tolist(), strict=True)


def _every(weights: sparse.csr_matrix) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Yield each report with its likeness to every report."""
    others = np.arange(weights.shape[0])
    for first in range(0, weights.shape[0], SLICE):
        for row, scores in enumerate((weights[first : first + SLICE] @ weights.T).toarray(), start=first):
            scores[row] = -1
            yield row, others, scores


def _likeliest(weights: sparse.csr_matrix, neighbours: int) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Yield each report with its likeness to those nearest in a random projection: exact scores of likely neighbours."""
    chance = np.random.default_rng(SEED)
    projected = weights @ chance.standard_normal((weights.shape[1], DIMENSIONS), dtype=np.float32)
    projected = normalize(projected.astype(np.float32))
    wanted = min(CANDIDATES * neighbours, weights.shape[0] - 1)
    for first in range(0, weights.shape[0], SLICE):
        near = projected[first : first + SLICE] @ projected.T
        for row, line in enumerate(near, start=first):
            line[row] = -2
            others = np.sort(np.argpartition(-line, wanted)[:wanted])
            yield row, others, (weights[others] @ weights[row].T).toarray().ravel()


def _rounded(score: float) -> float:
    return min(1.0, round(float(score), 6))


def _shared(weights: sparse.csr_matrix, words: np.ndarray, a: int, b: int, count: int) -> list[str]:
    (left, here), (right, there) = _row(weights, a), _row(weights, b)
    common, i, j = np.intersect1d(left, right, assume_unique=True, return_indices=True)
    best = np.lexsort((common, -here[i] * there[j]))[:count]
    return words[common[best]].tolist()


def _row(weights: sparse.csr_matrix, row: int) -> tuple[np.ndarray, np.ndarray]:
    place = slice(weights.indptr[row], weights.indptr[row + 1])
    return weights.indices[place], weights.data[place]


def _same(a, b) -> bool:
    return bool(pd.notna(a) and pd.notna(b) and a == b)


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
