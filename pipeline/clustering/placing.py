"""Give the measures of a batch to themes found before, all at once in numbers: the same vectors, the nearest middle."""

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from pipeline.clustering import vectors
from pipeline.clustering.flat import Words, stretches
from pipeline.clustering.reading import DEPTH, LONGEST_TITLE
from pipeline.clustering.terms import Lexicon

_NONE = -1
# Headings stand in headings, but no deeper than this.
_DEEPEST = 12


@dataclass
class Themes:
    """What was found: the terms and their weights, the middle of each theme, and how near a measure must be to it."""

    lexicon: Lexicon
    vocabulary: list[str]
    weights: np.ndarray
    centroids: np.ndarray
    limit: float

    def place(
        self,
        acts: pd.DataFrame,
        sections: pa.Table,
        sentences: pa.Table,
        tokens: pa.Table,
        *,
        fixed: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return for each of `acts` (measures of whole reports) the nearest theme, -1 if none is near, and how near it is.

        A measure whose theme is `fixed` (not -1) keeps it.
        """
        if not len(self.centroids):
            return np.full(len(acts), _NONE), np.zeros(len(acts))
        alike = self.vectors(acts, sections, sentences, tokens) @ self.centroids.T.astype(np.float32)
        best = np.where(fixed == _NONE, alike.argmax(axis=1), fixed)
        near = alike[np.arange(len(acts)), best].astype(float)
        inside = (near >= self.limit) | (fixed != _NONE)
        return np.where(inside, best, _NONE), np.where(inside, np.clip(near, 0, 1), 0.0)

    def fingerprint(self) -> bytes:
        """Return a hash of all that a measure's place hangs on."""
        words = [*self.vocabulary, *map(" ".join, sorted(self.lexicon.phrases)), *sorted(self.lexicon.places)]
        hashed = hashlib.blake2b("\n".join(words).encode(), digest_size=16)
        for numbers in (self.weights, self.centroids, np.array(self.limit)):
            hashed.update(np.ascontiguousarray(numbers).tobytes())
        return hashed.digest()

    def vectors(self, acts, sections, sentences, tokens) -> sparse.csr_matrix:
        """Return the vectors of measures with their surroundings, as `clustering.vectors` makes them."""
        words = Words(tokens, self.lexicon, self.vocabulary)
        headings = _Headings(sections)
        own = vectors.weigh(words.count(acts["report_id"], acts["start"], acts["end"]), self.weights)
        heads = vectors.weigh(words.count(*headings.places), self.weights)
        places = _rows_of(sentences["sentence_id"], acts["sentence_id"])
        section = headings.numbers(sentences["section_id"].take(pa.array(places)))
        paragraph = sentences["paragraph"].to_numpy()[places]
        alone = len(headings.parent) + stretches(acts["report_id"], paragraph)
        rows, titles, depths = headings.above(section)
        items = np.where(section != _NONE, section, alone)
        parts = alone.copy()
        parts[rows[depths == 0]] = titles[depths == 0]
        above = vectors.shares(rows, headings.title[titles], depths, (len(acts), heads.shape[0]))
        return vectors.surround(own, heads, _dense(items), _dense(parts), above)


def _dense(codes: np.ndarray) -> np.ndarray:
    return np.unique(codes, return_inverse=True)[1]


def _rows_of(ids: pa.ChunkedArray, wanted: pd.Series) -> np.ndarray:
    return pc.index_in(pa.array(wanted, pa.string()), _strings(ids)).to_numpy()


def _strings(ids: pa.ChunkedArray) -> pa.Array:
    return ids.cast(pa.string()).combine_chunks()


class _Headings:
    """The headings of a batch by number: what stands above each, and which of them name something."""

    def __init__(self, sections: pa.Table):
        self._ids = _strings(sections["section_id"])
        self.parent = self.numbers(sections["parent_id"])
        length = pc.utf8_length(sections["title"]).to_numpy()
        self._titled = (sections["form"].to_numpy() != "item") & (length > 0) & (length <= LONGEST_TITLE)
        self.title = np.cumsum(self._titled) - 1
        named = sections.select(["report_id", "start", "end"]).to_pandas()[self._titled]
        self.places = (named["report_id"], named["start"], named["end"])

    def numbers(self, ids: pa.ChunkedArray) -> np.ndarray:
        """Return the numbers of headings by their ids; -1 where there is none."""
        found = pc.fill_null(pc.index_in(_strings(ids), self._ids), _NONE)
        return found.to_numpy().astype(int)

    def above(self, section: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return unit, number and depth of the headings that name something above each unit, the nearest first."""
        current, depth = section.copy(), np.zeros(len(section), dtype=int)
        found = []
        for _ in range(_DEEPEST):
            told = np.flatnonzero((current != _NONE) & (depth < DEPTH))
            told = told[self._titled[current[told]]] if len(self._titled) else told
            found.append((told, current[told], depth[told]))
            depth[told] += 1
            current = np.where(current != _NONE, np.append(self.parent, _NONE)[current], _NONE)
        return tuple(np.concatenate(some) for some in zip(*found, strict=True))
