"""Find themes that go under one name in several reports, and take them out of larger groups that swallowed them.

A report puts 法律顾问 under the heading of its staff, another under that of its decisions: by their surroundings such
measures fall apart or drown. Their own words hold them together, and a set phrase they share is their name.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.clustering.joining import join, level
from pipeline.clustering.vectors import Vectors

# Own words make a core where they are more alike than this share of all pairs under different headings.
TIGHT = 0.98
FLOOR = 0.10
# A core has so many measures, and one in a hundred, under so many headings, in half of the reports (three at most).
MEASURES, PERCENT, HEADINGS, REPORTS = 3, 0.01, 2, 3
# A name is a term of three characters or more that this share of the core's measures has.
NAMED, NAME = 0.6, 3
# A core leaves a group in which it is the smaller part, if it is that much less like the rest than like itself.
SMALLER, APART = 0.5, 0.5


@dataclass
class Part:
    """Some units: how alike they are by their surroundings and by their own words, where they stand, which terms they have."""

    whole: np.ndarray
    own: np.ndarray
    parts: np.ndarray
    reports: np.ndarray
    has: np.ndarray


class Space:
    """The units of the sample, each compared with each."""

    def __init__(self, vectors: Vectors, reports: np.ndarray, rows: np.ndarray):
        self.rows = rows
        self.whole = (vectors.whole[rows] @ vectors.whole[rows].T).toarray()
        self.own = (vectors.own[rows] @ vectors.own[rows].T).toarray()
        self.parts = vectors.parts[rows]
        self._reports = reports[rows]
        long = np.array([len(term) >= NAME for term in vectors.vocabulary], dtype=bool)
        self._names = vectors.counts[rows][:, np.flatnonzero(long)] > 0

    def cut(self, chosen: np.ndarray) -> Part:
        """Return the part of the units named by their place in the sample."""
        whole, own = (square.take(chosen, 0).take(chosen, 1) for square in (self.whole, self.own))
        return Part(whole, own, self.parts[chosen], self._reports[chosen], self._names[chosen])


def carve(part: Part, labels: np.ndarray) -> np.ndarray:
    """Give every named core that is the smaller part of its group, and unlike the rest of it, a group of its own."""
    carved = labels.copy()
    new = labels.max(initial=-1) + 1
    for core in _cores(part):
        home = np.bincount(labels[core]).argmax()
        group = np.flatnonzero(labels == home)
        rest = np.setdiff1d(group, core)
        if len(group) - len(rest) < SMALLER * len(group) and _apart(part.own, core, rest):
            carved[core] = new
            new += 1
    return carved


def _cores(part: Part) -> list[np.ndarray]:
    limit = max(FLOOR, level(part.own, part.parts, TIGHT))
    labels = join(part.own, limit)
    enough = min(REPORTS, (len(set(part.reports)) + 1) // 2)
    groups = [np.flatnonzero(labels == label) for label in range(labels.max(initial=-1) + 1)]
    return [
        core
        for core in groups
        if len(core) >= max(MEASURES, PERCENT * len(labels))
        and len(set(part.parts[core])) >= HEADINGS
        and len(set(part.reports[core])) >= enough
        and _name_share(part.has[core]) >= NAMED
    ]


def _apart(own: np.ndarray, core: np.ndarray, rest: np.ndarray) -> bool:
    inside = own[np.ix_(core, core)].sum() - len(core)
    return own[np.ix_(core, rest)].mean() < APART * inside / (len(core) * (len(core) - 1))


def _name_share(has) -> float:
    """Return the share of units that have the commonest of the long terms."""
    return float(np.asarray(has.mean(axis=0)).max(initial=0))
