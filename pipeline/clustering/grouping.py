"""Group measures into themes: many runs on parts of the corpus, and then what most runs put together stays together."""

import logging
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from scipy import sparse

from pipeline.clustering.cores import Space, carve
from pipeline.clustering.joining import join, level
from pipeline.clustering.vectors import Vectors, normalize

log = logging.getLogger(__name__)

# Groups are joined while they are more alike, on average, than this share of all pairs of measures under different
# headings. Runs take these in turn, so that no theme hangs on one of them.
LEVELS = (0.88, 0.90, 0.92, 0.94)
# Two measures belong together when they were together in more than half of the runs that had both.
MOST = 0.5
# In a large corpus a theme has more than a handful of measures: one in so many of those it was sought in.
ONE_IN = 200
OUTLIER = -1
_SLICE = 5000


@dataclass
class Grouping:
    """Theme number of each unit (-1: outlier), how near it is to its theme (0 to 1), and the runs behind it.

    `limit` is the likeness to a theme's middle from which on a unit is taken in.
    """

    labels: np.ndarray
    strengths: np.ndarray
    centroids: np.ndarray
    runs: list[tuple[np.ndarray, np.ndarray]]
    limit: float


def group(
    vectors: Vectors, reports: list[str], ids: list[str], *, seed, runs, share, smallest, sample
) -> Grouping:
    """Find the themes of all units; where there are more than `sample`, of a sample, to which the others are added."""
    rows = choose(ids, sample, seed)
    space = Space(vectors, np.asarray(reports), rows)
    found = [_run(space, ids, number, seed, share) for number in range(runs)]
    labels = np.full(len(ids), OUTLIER)
    labels[rows] = together(found, len(rows))
    labels = _renumber(labels, max(smallest, len(rows) // ONE_IN))
    limit = level(space.whole, space.parts, LEVELS[-1])
    labels = settle(vectors, labels, centers(vectors, labels), limit)
    centroids = centers(vectors, labels)
    placed = [(rows[chosen], groups) for chosen, groups in found]
    return Grouping(labels, near(vectors, labels, centroids), centroids, placed, limit)


def choose(ids: list[str], most: int, seed: int) -> np.ndarray:
    """Return the rows of the sample: those whose ids come first in an order that hangs on the seed alone."""
    if len(ids) <= most:
        return np.arange(len(ids))
    keys = [chance(name, "sample", seed) for name in ids]
    log.info("clusters: themes are sought in a sample of %s of %s measures", f"{most:,}", f"{len(ids):,}")
    return np.sort(np.argsort(keys, kind="stable")[:most])


def chance(name: str, run, seed: int) -> float:
    """Return a number from 0 to 1 that hangs on its arguments alone: the same measure fares alike in every corpus."""
    digest = blake2b(f"{seed}/{run}/{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def _run(space: Space, ids: list[str], number: int, seed: int, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Group one part of the sample; returns the rows of the part (in the sample) and their group."""
    chosen = np.array(
        [i for i, row in enumerate(space.rows) if chance(ids[row], number, seed) < share], dtype=int
    )
    part = space.cut(chosen)
    return chosen, carve(part, join(part.whole, level(part.whole, part.parts, LEVELS[number % len(LEVELS)])))


def together(found: list[tuple[np.ndarray, np.ndarray]], size: int) -> np.ndarray:
    """Return the groups that most runs agree on: units joined on average in more than half of the runs with both."""
    seen = np.zeros((size, len(found)), dtype=np.float32)
    groups = []  # of all runs, a column each: two units meet as often as their rows have columns in common
    for run, (rows, labels) in enumerate(found):
        seen[rows, run] = 1
        ones = np.ones(len(rows), dtype=np.float32)
        groups.append(sparse.csr_matrix((ones, (rows, labels)), shape=(size, labels.max(initial=0) + 1)))
    members = sparse.hstack(groups, format="csr")
    joined, both = (members @ members.T).toarray(), seen @ seen.T
    agreed = joined / np.maximum(both, 1)
    np.fill_diagonal(agreed, 1)
    return join(agreed, MOST)


def _renumber(labels: np.ndarray, smallest: int) -> np.ndarray:
    """Number the groups of `smallest` units or more by their first unit; all others become outliers."""
    numbers: dict[int, int] = {}
    sizes = np.bincount(labels[labels != OUTLIER])
    for label in labels:
        if label != OUTLIER and sizes[label] >= smallest:
            numbers.setdefault(int(label), len(numbers))
    return np.array([numbers.get(int(label), OUTLIER) for label in labels], dtype=int)


def centers(vectors: Vectors, labels: np.ndarray) -> np.ndarray:
    """Return the middle of each theme, length one."""
    count = labels.max(initial=OUTLIER) + 1
    middles = [np.asarray(vectors.whole[labels == label].mean(axis=0)).ravel() for label in range(count)]
    return normalize(np.array(middles)) if middles else np.zeros((0, vectors.whole.shape[1]))


def settle(vectors: Vectors, labels: np.ndarray, centroids: np.ndarray, limit: float) -> np.ndarray:
    """Give each outlier to the nearest theme, if it is near enough to it."""
    settled = labels.copy()
    loose = np.flatnonzero(labels == OUTLIER)
    for first in range(0, len(loose) if len(centroids) else 0, _SLICE):
        rows = loose[first : first + _SLICE]
        alike = vectors.whole[rows] @ centroids.T
        best = alike.argmax(axis=1)
        settled[rows] = np.where(alike[np.arange(len(rows)), best] >= limit, best, OUTLIER)
    return settled


def near_own(vectors: Vectors, found: Grouping) -> float:
    """Return what share of the measures in the runs have their own theme's middle nearest: how much joining by it errs."""
    rows = (
        np.unique(np.concatenate([rows for rows, _ in found.runs])) if found.runs else np.array([], dtype=int)
    )
    rows = rows[found.labels[rows] != OUTLIER]
    if not len(rows):
        return 1.0
    return float(((vectors.whole[rows] @ found.centroids.T).argmax(axis=1) == found.labels[rows]).mean())


def near(vectors: Vectors, labels: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    """Return the cosine of each unit and the middle of its theme; 0 for outliers."""
    strengths = np.zeros(len(labels))
    for label in range(len(centroids)):
        rows = np.flatnonzero(labels == label)
        strengths[rows] = vectors.whole[rows] @ centroids[label]
    return np.clip(strengths, 0, 1)
