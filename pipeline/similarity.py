"""similarity: one row per pair of reports of which at least one is among the other's nearest."""

import logging
from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from pipeline.tables import Pieces
from pipeline.vocabulary import Vocabulary, add

log = logging.getLogger(__name__)

COLUMNS = {"reports": ["report_id", "genre"]}
CODED = {"word_counts": ["report_id", "word"]}
# Reports compared at a time: five hundred rows against thirty thousand reports take sixty megabytes.
SLICE = 500
# Up to so many reports every pair is compared. Beyond, neighbours are sought where latent semantic analysis (Deerwester et
# al. 1990), learnt on some reports evenly spread, puts all of them; the likeliest are compared word by word: their likeness
# is exact, but one may be missed.
ALL_PAIRS, DIMENSIONS, LEARNT, SEED = 5000, 256, 3000, 1
# Candidates are compared for so many reports at a time: more would be compared with each other's for nothing.
FEW = 8
# So many reports, evenly spread, are compared with all others to tell how many neighbours are missed.
PROBED = 100
ROUNDING = 2e-6
# What a shared word adds is rounded, so that no rounding of machines decides between equals; less than this is nothing.
DIGITS, LEAST = 7, 0.5e-7


def build(
    reports: pd.DataFrame, word_counts: Pieces, *, neighbours: int, likely: int, shared_words: int
) -> pd.DataFrame:
    """Find each report's `neighbours` nearest by the words they share, with the words that make them alike.

    Words weigh (1 + log n) × (log((1 + reports) / (1 + reports with the word)) + 1); lengths are made equal.
    """
    ids = sorted(reports["report_id"])
    weights, words = _weights(ids, word_counts)
    if not len(words):
        return pd.DataFrame(columns=["report_a", "report_b", "similarity", "shared", "same_genre"])
    pairs = sorted(_nearest(weights, neighbours, likely).items())
    genre = reports.set_index("report_id")["genre"].reindex(ids).tolist()
    shared = _Shared(weights, words, shared_words)
    rows = [
        (ids[a], ids[b], score, shared.of(a, b), isinstance(genre[a], str) and genre[a] == genre[b])
        for (a, b), score in pairs
    ]
    return pd.DataFrame(rows, columns=["report_a", "report_b", "similarity", "shared", "same_genre"])


def _weights(ids: list[str], word_counts: Pieces) -> tuple[sparse.csr_matrix, list[str]]:
    """Weigh the words of every report; a large corpus is held in single precision, and its counts are read twice."""
    vocabulary, places = Vocabulary(), pd.Index(ids)
    in_reports, lengths = np.zeros(0, dtype=np.int64), np.zeros(len(ids), dtype=np.int64)
    for rows, columns, _ in _counted(places, vocabulary, word_counts):
        in_reports = add(in_reports, np.bincount(columns))
        lengths += np.bincount(rows, minlength=len(ids))
    order = np.argsort(np.array(vocabulary.words, dtype=object), kind="stable")
    renumbered = np.argsort(order)
    ends = np.cumsum(lengths)
    form = np.float64 if len(ids) <= ALL_PAIRS else np.float32
    words, values = np.zeros(lengths.sum(), dtype=np.int32), np.zeros(lengths.sum(), dtype=form)
    idf = np.log((1 + len(ids)) / (1 + in_reports)) + 1
    for rows, columns, n in _counted(places, vocabulary, word_counts):
        sort = np.lexsort((renumbered[columns], rows))
        rows, columns, n = rows[sort], columns[sort], n[sort]
        first = np.flatnonzero(np.diff(rows, prepend=-1))
        within = np.arange(len(rows)) - np.repeat(first, np.diff(first, append=len(rows)))
        at = (ends - lengths)[rows] + within
        words[at], values[at] = renumbered[columns], (1 + np.log(n)) * idf[columns]
    if not len(vocabulary):
        return sparse.csr_matrix((len(ids), 0)), []
    matrix = sparse.csr_matrix((values, words, np.append(0, ends)), shape=(len(ids), len(vocabulary)))
    return normalize(matrix, copy=False), [vocabulary.words[number] for number in order]


def _counted(places: pd.Index, vocabulary: Vocabulary, word_counts: Pieces) -> Iterator[tuple]:
    """Yield report, word and count of a batch's rows in numbers."""
    for piece in word_counts:
        words = vocabulary.numbers(piece["word"])
        told = words >= 0
        codes, ids = pd.factorize(piece["report_id"])
        rows = places.get_indexer(ids)[codes]
        yield rows[told], words[told], piece["n"].to_numpy(float)[told]


def _nearest(weights: sparse.csr_matrix, neighbours: int, likely: int) -> dict[tuple[int, int], float]:
    pairs: dict[tuple[int, int], float] = {}
    if weights.shape[0] <= ALL_PAIRS:
        for row, others, scores in _every(weights):
            pairs |= _best(row, others, scores, neighbours)
        return pairs
    probe = _Probe(weights, neighbours)
    for row, others, scores in _likeliest(weights, min(likely * neighbours, weights.shape[0] - 1)):
        best = _best(row, others, scores, neighbours)
        probe.look(row, list(best.values()))
        pairs |= best
    probe.tell()
    return pairs


def _best(row: int, others: np.ndarray, scores: np.ndarray, neighbours: int) -> dict[tuple[int, int], float]:
    order = np.lexsort((others, -scores))[:neighbours]
    found = zip(others[order].tolist(), scores[order].tolist(), strict=True)
    return {(min(row, b), max(row, b)): _rounded(score) for b, score in found if b != row}


def _every(weights: sparse.csr_matrix) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Yield each report with its likeness to every report."""
    others = np.arange(weights.shape[0])
    for first in range(0, weights.shape[0], SLICE):
        for row, scores in enumerate((weights[first : first + SLICE] @ weights.T).toarray(), start=first):
            scores[row] = -1
            yield row, others, scores


def _likeliest(weights: sparse.csr_matrix, wanted: int) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Yield each report with its likeness, exact, to the `wanted` ones that are nearest by latent semantic analysis."""
    placed = _placed(weights)
    for first in range(0, weights.shape[0], SLICE):
        near = placed[first : first + SLICE] @ placed.T
        rows = np.arange(first, first + len(near))
        near[rows - first, rows] = -np.inf
        likely = np.sort(np.argpartition(near, -wanted)[:, -wanted:])
        for low in range(0, len(rows), FEW):
            few, others = rows[low : low + FEW], likely[low : low + FEW]
            yield from zip(few.tolist(), others, _compared(weights, few, others), strict=True)


def _compared(weights: sparse.csr_matrix, rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the likeness of each of a few reports to each of its own `others`, as many for every report."""
    each = weights[others.ravel()] @ weights[rows].toarray().T
    return np.stack([of_one[:, number] for number, of_one in enumerate(np.split(each, len(rows)))])


def _placed(weights: sparse.csr_matrix) -> np.ndarray:
    """Return the place of every report in few dimensions, in which near ones are alike."""
    learnt = weights[_spread(weights.shape[0], LEARNT)]
    dimensions = min(DIMENSIONS, *learnt.shape)
    return TruncatedSVD(dimensions, n_iter=1, random_state=SEED).fit(learnt).transform(weights)


def _spread(count: int, most: int) -> np.ndarray:
    """Return so many row numbers, or all, evenly spread."""
    return np.unique(np.linspace(0, count - 1, min(most, count)).astype(int))


class _Probe:
    """Compare some reports with all others, to tell in the log how many of the nearest neighbours were found."""

    def __init__(self, weights: sparse.csr_matrix, neighbours: int):
        rows = _spread(weights.shape[0], PROBED)
        self._neighbours = min(neighbours, weights.shape[0] - 1)
        every = weights @ weights[rows].toarray().T
        every[rows, np.arange(len(rows))] = -1
        least = np.partition(every, -self._neighbours, axis=0)[-self._neighbours]
        self._least = dict(zip(rows.tolist(), least.tolist(), strict=True))
        self._found: list[float] = []

    def look(self, row: int, scores: list[float]) -> None:
        """Count how many of a report's nearest are at least as near as the farthest of its true nearest."""
        if row in self._least:
            near = sum(score >= self._least[row] - ROUNDING for score in scores)
            self._found.append(near / self._neighbours)

    def tell(self) -> None:
        """Write the share to the log."""
        told = "similarity: neighbours sought among the likeliest; of %s reports compared with all, %.1f %% of neighbours found"
        log.info(told, len(self._found), 100 * float(np.mean(self._found)))


def _rounded(score: float) -> float:
    return min(1.0, round(float(score), 6))


class _Shared:
    """Name the words that make two reports alike, the weightiest first."""

    def __init__(self, weights: sparse.csr_matrix, words: list[str], count: int):
        self._weights, self._words, self._count = weights, words, count
        self._own, self._row = np.zeros(weights.shape[1], dtype=weights.dtype), -1

    def of(self, a: int, b: int) -> list[str]:
        """Return the words of a pair; quickest when pairs come in the order of their first report."""
        if a != self._row:
            words, values = _row(self._weights, a)
            self._own.fill(0)
            self._own[words], self._row = values, a
        words, values = _row(self._weights, b)
        worth = (self._own[words] * values).round(DIGITS)
        least = np.partition(worth, -self._count)[-self._count] if len(worth) > self._count else 0
        common = (worth >= max(least, LEAST)).nonzero()[0]
        best = sorted(zip((-worth[common]).tolist(), words[common].tolist(), strict=True))
        return [self._words[word] for _, word in best[: self._count]]


def _row(weights: sparse.csr_matrix, row: int) -> tuple[np.ndarray, np.ndarray]:
    place = slice(weights.indptr[row], weights.indptr[row + 1])
    return weights.indices[place], weights.data[place]


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
