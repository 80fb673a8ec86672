"""Join what is alike: the one clustering step all others are built on, and the level at which it stops."""

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

# Whatever the corpus: below the first two measures share next to nothing, above the second they say the same.
LOWEST, HIGHEST = 0.05, 0.60


def level(alike: np.ndarray, parts: np.ndarray, share: float) -> float:
    """Return the likeness that `share` of all pairs of units under different headings do not reach."""
    pairs = _pairs(alike)[_pairs(parts[:, None] != parts[None, :])]
    return float(np.clip(np.quantile(pairs, share), LOWEST, HIGHEST)) if len(pairs) else LOWEST


def join(alike: np.ndarray, limit: float) -> np.ndarray:
    """Join the groups most alike on average, again and again, while they are more alike than `limit`.

    Returns the group of each unit; groups are numbered from 0 by their first unit.
    """
    if len(alike) < 2:
        return np.zeros(len(alike), dtype=int)
    joins = linkage(np.clip(1 - _pairs(alike), 0, 1), method="average")
    groups = fcluster(joins, np.nextafter(1 - limit, 0), criterion="distance")
    _, first, numbers = np.unique(groups, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[numbers]


def _pairs(square: np.ndarray) -> np.ndarray:
    """Return what stands above the diagonal, row by row: every pair once."""
    return squareform(square, checks=False)
