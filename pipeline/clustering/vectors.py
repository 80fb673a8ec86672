"""Turn measures into vectors: their own weighted terms, and the same with those of the headings and the part around them."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn import preprocessing

from pipeline.clustering.reading import Units
from pipeline.clustering.terms import Lexicon, barred

# A term found in less than one part of the reports in ten gets no more for being rarer: rare words are accidents.
RAREST = np.log(10)
# Boilerplate is kept, since two measures that share nothing else are still more alike for it, but it must not decide.
BOILERPLATE = 0.5
# What surrounds a measure speaks too: its numbered item, the part under the same heading, that heading, those above it.
ITEM, PART, HEADING, HIGHER = 0.3, 0.5, 0.7, 0.2
FADE = 0.5
# Share of the heading when measures are compared by their own words.
LIGHT = 0.3


@dataclass
class Vectors:
    """One row per unit. `counts`: terms as they stand; `own`, `whole`: weighted, length one; rows without terms are empty."""

    vocabulary: list[str]
    counts: sparse.csr_matrix
    titles: sparse.csr_matrix
    own: sparse.csr_matrix
    whole: sparse.csr_matrix
    parts: np.ndarray
    weights: np.ndarray


def build(units: Units, lexicon: Lexicon) -> Vectors:
    """Weigh the terms of every unit and heading, and add to each unit what surrounds it."""
    lists = [lexicon.terms(runs) for runs in (*units.runs, *units.titles)]
    vocabulary = _vocabulary(lists, _least(len(units)), units.quoted)
    every = _count(lists, vocabulary)
    counts, titles = every[: len(units)], every[len(units) :]
    parts, items = _codes(units.parts), _codes(units.items)
    weights = _weights(counts, _sum(parts)) * _plain(vocabulary)
    own, heads = weigh(counts, weights), weigh(titles, weights)
    above = _above(units)
    nearest = sparse.csr_matrix(above.multiply(above >= HEADING)) / HEADING
    return Vectors(
        list(vocabulary),
        counts,
        titles,
        normalize(own + LIGHT * (nearest @ heads)).tocsr(),
        surround(own, heads, items, parts, above),
        parts,
        weights,
    )


def weigh(counts: sparse.csr_matrix, weights: np.ndarray) -> sparse.csr_matrix:
    """Return the terms of units or headings as vectors of length one."""
    return normalize(_damped(counts) @ sparse.diags(weights)).tocsr()


def surround(own, heads, items: np.ndarray, parts: np.ndarray, above) -> sparse.csr_matrix:
    """Add to the vectors of units those of what surrounds them; `above` has the share of each heading in each unit."""
    return normalize(own + ITEM * _around(own, items) + PART * _around(own, parts) + above @ heads).tocsr()


def normalize(matrix):
    """Make every row one long; rows of noughts stay, and so does a matrix without rows or columns."""
    return preprocessing.normalize(matrix) if min(matrix.shape) else matrix


def _least(units: int) -> int:
    """Return in how many units or headings a term must stand: in two, and more in a large corpus."""
    return max(2, units // 5000)


def _vocabulary(lists: list[list[str]], least: int, quoted: set[str]) -> dict[str, int]:
    """Number the terms found often enough; one in quotation marks is a name, however rare."""
    found = Counter(term for some in lists for term in set(some))
    kept = sorted(term for term, n in found.items() if n >= least or term in quoted)
    return {term: number for number, term in enumerate(kept)}


def _count(lists: list[list[str]], vocabulary: dict[str, int]) -> sparse.csr_matrix:
    rows, columns, values = [], [], []
    for row, some in enumerate(lists):
        for term, n in Counter(term for term in some if term in vocabulary).items():
            rows.append(row)
            columns.append(vocabulary[term])
            values.append(n)
    shape = (len(lists), len(vocabulary))
    return sparse.csr_matrix((np.array(values, dtype=np.float32), (rows, columns)), shape=shape)


def _codes(names: list[str]) -> np.ndarray:
    numbers = {name: number for number, name in enumerate(sorted(set(names)))}
    return np.array([numbers[name] for name in names], dtype=int)


def _sum(codes: np.ndarray) -> sparse.csr_matrix:
    """Return the matrix that adds up rows of the same code."""
    shape = (codes.max(initial=-1) + 1, len(codes))
    return sparse.csr_matrix((np.ones(len(codes), np.float32), (codes, np.arange(len(codes)))), shape=shape)


def _weights(counts, parts) -> np.ndarray:
    """Weigh a term by how few parts of the reports hold it: words spread evenly over all parts carry no theme."""
    in_parts = np.asarray(((parts @ counts) > 0).sum(axis=0)).ravel()
    return np.minimum(np.log((1 + parts.shape[0]) / np.maximum(in_parts, 1)), RAREST).astype(np.float32)


def _plain(vocabulary: dict[str, int]) -> np.ndarray:
    dull = barred()
    return np.array([BOILERPLATE if term in dull else 1.0 for term in vocabulary], dtype=np.float32)


def _damped(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    damped = counts.copy()
    damped.data = 1 + np.log(damped.data)
    return damped


def _around(own: sparse.csr_matrix, codes: np.ndarray) -> sparse.csr_matrix:
    return normalize(_sum(codes) @ own).tocsr()[codes]


def _above(units: Units) -> sparse.csr_matrix:
    """Return the share of each heading in each unit: the nearest most, each one above it half of the one below."""
    found = [
        (row, number, depth) for row, chain in enumerate(units.above) for depth, number in enumerate(chain)
    ]
    rows, numbers, depths = np.array(found, dtype=int).reshape(-1, 3).T
    return shares(rows, numbers, depths, (len(units), len(units.titles)))


def shares(rows: np.ndarray, headings: np.ndarray, depths: np.ndarray, shape) -> sparse.csr_matrix:
    """Return the share of each heading in each unit, given how far above the unit it stands (0: the nearest)."""
    values = np.where(depths == 0, HEADING, HIGHER * FADE ** (depths - 1.0)).astype(np.float32)
    return sparse.csr_matrix((values, (rows, headings)), shape=shape)
