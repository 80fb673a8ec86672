"""Join what is alike: the one clustering step all others are built on, and the level at which it stops."""

import numpy as np
from sklearn.cluster import AgglomerativeClustering

# Whatever the corpus: below the first two measures share next to nothing, above the second they say the same.
LOWEST, HIGHEST = 0.05, 0.60


def level(alike: np.ndarray, parts: np.ndarray, share: float) -> float:
    """Return the likeness that `share` of all pairs of units under different headings do not reach."""
    pairs = alike[np.triu(parts[:, None] != parts[None, :], 1)]
    return float(np.clip(np.quantile(pairs, share), LOWEST, HIGHEST)) if len(pairs) else LOWEST


def join(alike: np.ndarray, limit: float) -> np.ndarray:
    """Join the groups most alike on average, again and again, while they are at least as alike as `limit`."""
    if len(alike) < 2:
        return np.zeros(len(alike), dtype=int)
    model = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - limit
    )
    return model.fit_predict(np.clip(1 - alike, 0, 1))
