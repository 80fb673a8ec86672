"""Guided mode: start from the codebook's themes, add what is near to one of them, and look for new themes in the rest."""

import numpy as np

from pipeline import codebook
from pipeline.clustering import grouping
from pipeline.clustering.grouping import OUTLIER, Grouping
from pipeline.clustering.joining import join
from pipeline.clustering.reading import Units
from pipeline.clustering.vectors import Vectors
from pipeline.coding.themes import Theme

PREFIX = "code:"


def guide(units: Units, vectors: Vectors, found: Grouping, limit: float, *, smallest: int, sample: int):
    """Return the grouping and, for each theme, its codebook code (None for a new one).

    A measure goes to the strongest of the themes it is coded with; `found` lends the runs that stability is told from.
    """
    codes = sorted({themes[0] for themes in units.themes if themes})
    numbers = {code: number for number, code in enumerate(codes)}
    labels = np.array([numbers[themes[0]] if themes else OUTLIER for themes in units.themes], dtype=int)
    labels = grouping.settle(vectors, labels, grouping.centers(vectors, labels), limit)
    labels = _add_new(vectors, labels, limit, smallest, sample)
    centroids = grouping.centers(vectors, labels)
    guided = Grouping(labels, grouping.near(vectors, labels, centroids), centroids, found.runs, limit)
    return guided, [*codes, *[None] * (len(centroids) - len(codes))]


def _add_new(vectors: Vectors, labels: np.ndarray, limit: float, smallest: int, sample: int) -> np.ndarray:
    """Group the measures no theme of the codebook is near to; beyond `sample` of them the rest stay outliers."""
    rows = np.flatnonzero(labels == OUTLIER)[:sample]
    added = labels.copy()
    groups = join((vectors.whole[rows] @ vectors.whole[rows].T).toarray(), limit) if len(rows) else rows
    new = labels.max(initial=OUTLIER) + 1
    for group in range(groups.max(initial=-1) + 1):
        if (groups == group).sum() >= smallest:
            added[rows[groups == group]] = new
            new += 1
    return added


def label(code: str) -> str:
    """Return the codebook's Chinese name of a theme."""
    return next((theme.zh for theme in codebook.load("themes", Theme) if theme.code == code), code)
