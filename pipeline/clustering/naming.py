"""Name themes: the phrases that set a theme apart from all others (class-based TF-IDF), and the one that is its name."""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

import numpy as np
from scipy import sparse

from pipeline.clustering.reading import Units
from pipeline.clustering.terms import barred, boilerplate
from pipeline.clustering.vectors import Vectors

PHRASES = 10
# A heading names what stands under it: a term in it counts like so many measures that have the term.
TITLE = 1.0
# Longer terms say more: 行政复议 rather than 行政 and 复议. Gain for each character beyond the second, up to five characters.
LONGER, LONGEST = 0.25, 5
# What reports put in quotation marks is a name (“三项制度”), most of all in a heading (“两法衔接”机制逐步完善).
QUOTED, QUOTED_TITLE = 1.5, 2.0
# Terms that only one measure of a theme has are its own affair, unless the theme has nothing else.
LEAST = 2


# A longer phrase around the first one is the label where so many of the measures that have the one have the other.
STANDS_FOR = 0.5
# A label of fewer characters says too little by itself, and the next
# phrase is added that so many of its measures have, too.
SHORT = 4
COMMON = 0.25


class Name(NamedTuple):
    """The label of one theme, its phrases, the weightiest first, and their weights."""

    label: str
    phrases: list[str]
    weights: list[float]


def name(
    units: Units, vectors: Vectors, labels: np.ndarray, phrases: Iterable[tuple[str, ...]]
) -> list[Name]:
    """Return the phrases of every theme, at most ten each; `phrases` are the corpus' own, by their words."""
    count = labels.max(initial=-1) + 1
    has = (vectors.counts > 0).astype(np.float32)
    inside = _gather(labels, count, has) + TITLE * _gather_titles(units, vectors, labels, count)
    everywhere = (
        np.asarray(has.sum(axis=0)).ravel() + TITLE * np.asarray((vectors.titles > 0).sum(axis=0)).ravel()
    )
    size = float(inside.sum()) / max(count, 1)
    rarity = np.log(1 + size / np.maximum(everywhere, 1))
    weights = rarity * _worth(vectors.vocabulary, units.quoted, _dull(phrases))
    return [_pick(row, weights, vectors.vocabulary) for row in np.asarray(inside.todense())]


def _gather(labels: np.ndarray, count: int, has: sparse.csr_matrix) -> sparse.csr_matrix:
    rows = np.flatnonzero(labels >= 0)
    shape = (count, len(labels))
    return sparse.csr_matrix((np.ones(len(rows), np.float32), (labels[rows], rows)), shape=shape) @ has


def _gather_titles(units: Units, vectors: Vectors, labels: np.ndarray, count: int) -> sparse.csr_matrix:
    """Count for every theme the headings right above its measures, each heading once."""
    pairs = {
        (int(label), above[0])
        for label, above in zip(labels, units.above, strict=True)
        if label >= 0 and above
    }
    rows, columns = ([pair[side] for pair in sorted(pairs)] for side in (0, 1))
    under = sparse.csr_matrix(
        (np.ones(len(rows), np.float32), (rows, columns)), shape=(count, len(units.titles))
    )
    gain = [QUOTED_TITLE if term in units.quoted else 1.0 for term in vectors.vocabulary]
    return under @ (vectors.titles > 0).astype(np.float32) @ sparse.diags(gain, shape=(len(gain), len(gain)))


def _dull(phrases: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """Return what names nothing: boilerplate, and phrases that begin or end with it or open with one character (应具有资格)."""
    plain, bar = boilerplate(), barred()
    return plain | {
        "".join(words) for words in phrases if words[0] in bar or words[-1] in plain or len(words[0]) == 1
    }


def _worth(vocabulary: list[str], quoted: set[str], dull: frozenset[str]) -> np.ndarray:
    """Weigh terms by how well they would do as a name."""
    worth = [1 + LONGER * (min(len(term), LONGEST) - 2) for term in vocabulary]
    worth = [gain * (QUOTED if term in quoted else 1) for gain, term in zip(worth, vocabulary, strict=True)]
    return np.array([0.0 if term in dull else gain for gain, term in zip(worth, vocabulary, strict=True)])


def _pick(inside: np.ndarray, weights: np.ndarray, vocabulary: list[str]) -> Name:
    total = max(float(inside.sum()), 1.0)
    scores = inside / total * weights
    if (inside >= LEAST).any():
        scores = np.where(inside >= LEAST, scores, 0)
    order = sorted(np.flatnonzero(scores > 0), key=lambda j: (-scores[j], vocabulary[j]))
    longer = [vocabulary[j] for j in np.flatnonzero(inside > 0) if len(vocabulary[j]) > SHORT]
    kept: list[int] = []
    for j in order:
        if len(kept) < PHRASES and not any(_same_thing(vocabulary[j], vocabulary[k], longer) for k in kept):
            kept.append(j)
    phrases = [vocabulary[j] for j in kept]
    return Name(
        _label(inside, scores, phrases, vocabulary), phrases, [round(float(scores[j]), 4) for j in kept]
    )


def _same_thing(one: str, other: str, longer: list[str]) -> bool:
    """Say whether one term holds the other, or a longer one both (行政执法决定, 决定法制审核)."""
    return one in other or other in one or any(one in term and other in term for term in longer)


def _label(inside: np.ndarray, scores: np.ndarray, phrases: list[str], vocabulary: list[str]) -> str:
    """Return the first phrase, or the longer one it mostly stands in (三项制度: 行政执法三项制度)."""
    if not phrases:
        return ""
    first = phrases[0]
    enough = STANDS_FOR * inside[vocabulary.index(first)]
    around = [
        vocabulary[j] for j in np.flatnonzero((scores > 0) & (inside >= enough)) if first in vocabulary[j]
    ]
    label = max(around, key=lambda term: (len(term), term), default=first)
    if len(label) >= SHORT:
        return label
    second = (
        phrase
        for phrase in phrases[1:]
        if inside[vocabulary.index(phrase)] >= COMMON * inside[vocabulary.index(first)]
    )
    return "、".join([label, *islice(second, 1)])
