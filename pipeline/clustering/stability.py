"""Say how surely a theme is there: in how many runs on parts of the corpus it comes back."""

import numpy as np

from pipeline.clustering.grouping import Grouping

# A theme comes back in a run when one of the run's groups and what the run had of the theme share half of their units (Jaccard).
SAME = 0.5


def stability(grouping: Grouping) -> tuple[list[float], list[float]]:
    """Return for each theme the share of runs in which it comes back, and the mean Jaccard of its best match."""
    count = len(grouping.centroids)
    best = np.array([_best(grouping.labels[rows], found, count) for rows, found in grouping.runs])
    if not len(best):
        return [0.0] * count, [0.0] * count
    told = np.isfinite(best)
    runs = np.maximum(told.sum(axis=0), 1)
    back = ((best >= SAME) & told).sum(axis=0) / runs
    return back.tolist(), (np.where(told, best, 0).sum(axis=0) / runs).tolist()


def _best(labels: np.ndarray, found: np.ndarray, count: int) -> np.ndarray:
    """Return the Jaccard of each theme's best match among the groups of a run; NaN where the run had none of it."""
    shared = np.zeros((count, found.max(initial=-1) + 1))
    inside = labels >= 0
    np.add.at(shared, (labels[inside], found[inside]), 1)
    sizes, groups = (
        np.bincount(labels[inside], minlength=count),
        np.bincount(found, minlength=shared.shape[1]),
    )
    union = sizes[:, None] + groups[None, :] - shared
    best = (shared / np.maximum(union, 1)).max(axis=1, initial=0)
    return np.where(sizes > 0, best, np.nan)
