"""similarity: one row per pair of reports of which at least one is among the other's nearest."""

import logging
from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.preprocessing import normalize

from pipeline.tables import Pieces
from pipeline.vocabulary import Vocabulary, add

log = logging.getLogger(__name__)

COLUMNS = {"reports": ["report_id", "genre"]}
# Reports compared at a time: five hundred rows against thirty thousand reports take sixty megabytes.
SLICE = 500
# Up to so many reports every pair is compared. Beyond, neighbours are sought in a random projection of their words, and the
# likeliest (so many for each one asked for) are compared word by word: their likeness is exact, but one may be missed.
ALL_PAIRS, DIMENSIONS, CANDIDATES, SEED = 5000, 256, 20, 1
# So many reports, evenly spread, are compared with all others to tell how many neighbours are missed.
PROBED = 100
ROUNDING = 2e-6


def build(reports: pd.DataFrame, word_counts: Pieces, *, neighbours: int, shared_words: int) -> pd.DataFrame:
    """Find each report's `neighbours` nearest by the words they share, with the words that make them alike.

    Words weigh (1 + log n) × (log((1 + reports) / (1 + reports with the word)) + 1); lengths are made equal.
    """
    ids = sorted(reports["report_id"])
    weights, words = _weights(ids, word_counts)
    if not len(words):
        return pd.DataFrame(columns=["report_a", "report_b", "similarity", "shared", "same_genre"])
    pairs = sorted(_nearest(weights, neighbours).items())
    genre = dict(zip(reports["report_id"], reports["genre"], strict=True))
    shared = _Shared(weights, words, shared_words)
    rows = [
        (ids[a], ids[b], score, shared.of(a, b), _same(genre[ids[a]], genre[ids[b]]))
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


def _nearest(weights: sparse.csr_matrix, neighbours: int) -> dict[tuple[int, int], float]:
    pairs: dict[tuple[int, int], float] = {}
    if weights.shape[0] <= ALL_PAIRS:
        for row, others, scores in _every(weights):
            pairs |= _best(row, others, scores, neighbours)
        return pairs
    probe = _Probe(weights, neighbours)
    for row, others, scores in _likeliest(weights, neighbours):
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


def _likeliest(weights: sparse.csr_matrix, neighbours: int) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Yield each report with its likeness to those nearest in a random projection: exact scores of likely neighbours."""
    chance = np.random.default_rng(SEED)
    projected = weights @ chance.standard_normal((weights.shape[1], DIMENSIONS), dtype=np.float32)
    projected = normalize(projected.astype(np.float32), copy=False)
    wanted = min(CANDIDATES * neighbours, weights.shape[0] - 1)
    own = np.zeros(weights.shape[1], dtype=weights.dtype)
    for first in range(0, weights.shape[0], SLICE):
        near = projected[first : first + SLICE] @ projected.T
        for row, line in enumerate(near, start=first):
            line[row] = -2
            others = np.sort(np.argpartition(line, -wanted)[-wanted:])
            words, values = _row(weights, row)
            own[words] = values
            yield row, others, weights[others] @ own
            own[words] = 0


class _Probe:
    """Compare some reports with all others, to tell in the log how many of the nearest neighbours were found."""

    def __init__(self, weights: sparse.csr_matrix, neighbours: int):
        self._weights, self._neighbours = weights, min(neighbours, weights.shape[0] - 1)
        self._rows = set(np.linspace(0, weights.shape[0] - 1, PROBED).astype(int).tolist())
        self._found: list[float] = []

    def look(self, row: int, scores: list[float]) -> None:
        """Count how many of a report's nearest are at least as near as the farthest of its true nearest."""
        if row in self._rows:
            every = self._weights @ self._weights[row].toarray().ravel()
            every[row] = -1
            least = np.partition(every, -self._neighbours)[-self._neighbours]
            self._found.append(sum(score >= least - ROUNDING for score in scores) / self._neighbours)

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
            self._own[:] = 0
            words, values = _row(self._weights, a)
            self._own[words], self._row = values, a
        words, values = _row(self._weights, b)
        worth = np.round(self._own[words] * values, 7)  # so that no rounding decides between equals
        if not self._count:
            return []
        least = np.partition(worth, -self._count)[-self._count] if len(worth) > self._count else 0
        common = np.flatnonzero((worth > 0) & (worth >= least))
        best = common[np.lexsort((words[common], -worth[common]))[: self._count]]
        return [self._words[word] for word in words[best]]


def _row(weights: sparse.csr_matrix, row: int) -> tuple[np.ndarray, np.ndarray]:
    place = slice(weights.indptr[row], weights.indptr[row + 1])
    return weights.indices[place], weights.data[place]


def _same(a, b) -> bool:
    return bool(pd.notna(a) and pd.notna(b) and a == b)


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
