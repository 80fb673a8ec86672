"""Lay found themes beside the codebook's, after the finding: which is which, which split or join, which nobody foresaw."""

from collections import Counter
from collections.abc import Collection
from itertools import chain

import numpy as np
import pandas as pd

# Pairs below both shares are chance meetings and get no row.
LEAST = 0.10
# One holds most of the other.
MOST = 0.50
COLUMNS = ["cluster_id", "theme", "measures", "share_of_cluster", "share_of_theme", "jaccard", "relation"]


class Crosswalk:
    """Counts, batch by batch, of the measures that a found theme and a coded one share."""

    def __init__(self) -> None:
        self._sizes: Counter = Counter()
        self._coded: Counter = Counter()
        self._both: Counter = Counter()

    def add(self, labels: np.ndarray, themes: Collection[Collection[str]]) -> None:
        """Count measures by the number of their found theme (-1: none) and the codes they have, each code once."""
        coded = np.repeat(labels, [len(codes) for codes in themes]).tolist()
        codes = list(chain.from_iterable(themes))
        self._sizes.update(labels.tolist())
        self._coded.update(codes)
        self._both.update(zip(coded, codes, strict=True))

    def lay(self, ids: list[str]) -> pd.DataFrame:
        """Return one row per found theme and coded theme that share more than a chance meeting."""
        both = {(ids[label], code): (n, label) for (label, code), n in self._both.items() if label >= 0}
        rows = [
            _row(cluster, code, n, self._sizes[label], self._coded[code])
            for (cluster, code), (n, label) in sorted(both.items())
        ]
        return pd.DataFrame([row for row in rows if row[3] >= LEAST or row[4] >= LEAST], columns=COLUMNS)


def _row(cluster: str, code: str, n: int, size: int, coded: int) -> tuple:
    of_cluster, of_theme = n / size, n / coded
    jaccard = n / (size + coded - n)
    return (
        cluster,
        code,
        n,
        round(of_cluster, 4),
        round(of_theme, 4),
        round(jaccard, 4),
        _relation(of_cluster, of_theme),
    )


def _relation(of_cluster: float, of_theme: float) -> str:
    """Name the relation of a found theme to a coded one.

    >>> _relation(0.9, 0.8), _relation(0.9, 0.2), _relation(0.3, 0.8), _relation(0.2, 0.2)
    ('same', 'part', 'whole', 'overlap')
    """
    if of_cluster >= MOST:
        return "same" if of_theme >= MOST else "part"
    return "whole" if of_theme >= MOST else "overlap"


def nearest(walk: pd.DataFrame, cluster_ids: list[str]) -> list[tuple[str | None, float, str]]:
    """Return for each found theme the coded one most of its measures have, that share, and how they relate.

    Where no coded theme has half of the measures, the theme `joins` several if together two have most, or is `unforeseen`.
    """
    found = []
    groups = {cluster: rows for cluster, rows in walk.groupby("cluster_id")} if len(walk) else {}
    for cluster in cluster_ids:
        rows = groups.get(cluster)
        if rows is None:
            found.append((None, 0.0, "unforeseen"))
            continue
        rows = rows.sort_values(["share_of_cluster", "jaccard", "theme"], ascending=[False, False, True])
        best = rows.iloc[0]
        found.append((best["theme"], float(best["share_of_cluster"]), _kind(rows)))
    return found


def _kind(rows: pd.DataFrame) -> str:
    best = rows.iloc[0]
    if best["share_of_cluster"] >= MOST:
        return best["relation"]
    return "joins" if rows["share_of_cluster"].head(2).sum() >= MOST else "unforeseen"
