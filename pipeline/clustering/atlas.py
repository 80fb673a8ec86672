"""Lay themes out for the eye: places on a map, an order for the rows of a heat map, and the tree of a dendrogram."""

import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import squareform
from sklearn.manifold import smacof

# Above so many themes the best order of leaves takes too long, and that of the tree itself is kept.
ORDERED = 1000


def distances(centroids: np.ndarray) -> np.ndarray:
    """Return one less the cosine of every two themes."""
    apart = np.clip(1 - centroids @ centroids.T, 0, 1)
    np.fill_diagonal(apart, 0)
    return (apart + apart.T) / 2


def places(apart: np.ndarray, seed: int) -> np.ndarray:
    """Return two coordinates from -1 to 1 for each theme; distances on the map follow those between themes."""
    if len(apart) < 3:
        return np.array([[2.0 * i - (len(apart) - 1), 0.0] for i in range(len(apart))]).reshape(len(apart), 2)
    found, _ = smacof(
        apart, n_components=2, init=_classical(apart), n_init=1, normalized_stress=False, random_state=seed
    )
    found -= found.mean(axis=0)
    return np.round(found / max(np.abs(found).max(), 1e-9), 4) + 0.0


def _classical(apart: np.ndarray) -> np.ndarray:
    """Return the coordinates of Torgerson's scaling, each axis with its farthest theme on the positive side."""
    size = len(apart)
    center = np.eye(size) - 1 / size
    values, vectors = np.linalg.eigh(-0.5 * center @ apart**2 @ center)
    found = vectors[:, -2:][:, ::-1] * np.sqrt(np.maximum(values[-2:][::-1], 0))
    far = found[np.abs(found).argmax(axis=0), [0, 1]]
    return found * np.where(far < 0, -1, 1)


def tree(apart: np.ndarray) -> np.ndarray:
    """Return the joins of themes, nearest first (left, right, distance, themes joined), as scipy numbers them."""
    if len(apart) < 2:
        return np.zeros((0, 4))
    condensed = squareform(apart, checks=False)
    joins = linkage(condensed, "average")
    return optimal_leaf_ordering(joins, condensed) if len(apart) <= ORDERED else joins


def order(joins: np.ndarray, count: int) -> list[int]:
    """Return the place of each theme among the leaves of the tree, like beside like."""
    if not len(joins):
        return list(range(count))
    leaves = leaves_list(joins)
    return np.argsort(leaves, kind="stable").tolist()
