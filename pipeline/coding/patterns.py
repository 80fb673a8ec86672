"""Find the codebook's patterns in a text: phrases, choices `(x|y)` and `(x)?`, and pairs `A…B` within one clause."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, product
from typing import NamedTuple

import numpy as np

from pipeline.coding.lines import END, codes, marks
from pipeline.coding.trie import Trie
from pipeline.fold import fold


class Pattern(NamedTuple):
    """A pattern as the codebook writes it, the code it speaks for, and its weight (0: it silences that code)."""

    weight: float
    code: str
    text: str


_CHOICE = re.compile(r"\(([^()]*)\)(\?)?")


def expand(pattern: str) -> list[str]:
    """Write out the choices of a pattern.

    >>> expand("(续聘|选聘)法律顾问")
    ['续聘法律顾问', '选聘法律顾问']
    >>> expand("出具(法律)?意见书")
    ['出具法律意见书', '出具意见书']
    """
    pieces, at = [], 0
    for choice in _CHOICE.finditer(pattern):
        options = choice[1].split("|") + ([""] if choice[2] else [])
        pieces += [[pattern[at : choice.start()]], options]
        at = choice.end()
    return ["".join(parts) for parts in product(*pieces, [pattern[at:]])]


class Hits(NamedTuple):
    """Where patterns stand in a text, and which: their places in `Finder.patterns`.

    Sorted by start, longer first, then by pattern.
    """

    starts: np.ndarray
    ends: np.ndarray
    patterns: np.ndarray

    def only(self, which: np.ndarray) -> "Hits":
        """Return the hits that a mask names."""
        return Hits(self.starts[which], self.ends[which], self.patterns[which])


class _Lists:
    """Lists of rows laid end to end by their key, so that those of many keys are had at once."""

    def __init__(self, size: int, rows: list[tuple[int, ...]], width: int):
        keys, *self._columns = np.array(sorted(rows), int).reshape(-1, width).T
        self._sizes = np.bincount(keys, minlength=size)
        self._begins = np.cumsum(self._sizes) - self._sizes

    def of(self, keys: np.ndarray) -> tuple[np.ndarray, ...]:
        """Return the columns of the rows of these keys, one key after the other, and before them the place of the key."""
        sizes = self._sizes[keys]
        which = np.repeat(np.arange(len(keys)), sizes)
        shift = self._begins[keys] - (np.cumsum(sizes) - sizes)
        rows = np.arange(len(which)) + shift[which]
        return which, *(column[rows] for column in self._columns)


class _Begun(NamedTuple):
    """What has begun, when (see `_times`), and where."""

    keys: np.ndarray
    times: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


class Finder:
    """Find all patterns in one walk over the characters of a text: no segmentation can hide one."""

    def __init__(self, patterns: Iterable[Pattern]):
        self.patterns = sorted(set(patterns))
        plain = [
            (place, text.split("…"))
            for place, pattern in enumerate(self.patterns)
            for text in expand(fold(pattern.text))
        ]
        texts = list(dict.fromkeys(chain.from_iterable(parts for _, parts in plain)))
        self._trie = Trie(texts)
        numbers = {text: number for number, text in enumerate(texts)}
        chains = [(place, *(numbers[part] for part in parts)) for place, parts in plain]
        self._whole = _Lists(len(texts), [(first, place) for place, first, *rest in chains if not rest], 2)
        self._first = np.isin(np.arange(len(texts)), [first for _, first, *rest in chains if rest])
        self._later = [_Lists(len(texts), level, 4) for level in _levels(chains)]
        self._span = max((len(parts) * _REACH + len("".join(parts)) for _, parts in plain), default=0) + 1

    def find(self, folded: str) -> Hits:
        """Return every occurrence; parts of a pair stand in order in one clause.

        >>> Finder([Pattern(1, "x", "评查…案卷")]).find("评查行政处罚案卷")
        Hits(starts=array([0]), ends=array([8]), patterns=array([0]))
        """
        text = codes(folded)
        numbers, starts, ends = self._trie.find(text)
        which, patterns = self._whole.of(numbers)
        found = [Hits(starts[which], ends[which], patterns)]
        if self._later:
            found += self._pairs(numbers, starts, ends, _breaks(text))
        return self._sorted(Hits(*map(np.concatenate, zip(*found, strict=True))))

    def _pairs(self, numbers, starts, ends, breaks: np.ndarray) -> Iterator[Hits]:
        """Yield the places of `A…B`, of `A…B…C`, and so on: each part joins the last that began what it goes on with."""
        times = self._times(starts, ends)
        first = np.flatnonzero(self._first[numbers])
        begun = _Begun(numbers[first], times[first], starts[first], ends[first])
        for parts in self._later:
            which, behind, begins, patterns = parts.of(numbers)
            joined, since = _join(begun, behind, times[which], starts[which], breaks)
            which, begins, patterns = which[joined], begins[joined], patterns[joined]
            last = begins == _NOTHING
            yield Hits(since[last], ends[which[last]], patterns[last])
            which, since = which[~last], since[~last]
            begun = _Begun(begins[~last], times[which], since, ends[which])

    def _times(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """Number places in the order of reading: by their end, longer first."""
        return ends * self._span + self._span - (ends - starts)

    def _sorted(self, hits: Hits) -> Hits:
        by_place = hits.starts * self._span + self._span - (hits.ends - hits.starts)
        return hits.only(np.argsort(by_place * len(self.patterns) + hits.patterns))


# What has begun goes by a number: that of the text where it is a first part, else one below 0; 0 behind the last part.
_NOTHING = 0


def _levels(chains: list[tuple[int, ...]]) -> list[list[tuple[int, int, int, int]]]:
    """List the later parts of written-out `A…B` by their place: text, what must have begun, what begins, and pattern."""
    levels: list[list[tuple[int, int, int, int]]] = [[] for _ in range(max(map(len, chains), default=2) - 2)]
    begun = 0
    for pattern, behind, *rest in chains:
        for level, number in enumerate(rest, 1):
            last = level == len(rest)
            begun -= not last
            levels[level - 1].append((number, behind, _NOTHING if last else begun, pattern))
            behind = begun
    return levels


# How far the second part of `A…B` may stand behind the first, and what it may not stand across.
_REACH = 16
_BREAKS = marks(",;。!?\n" + END)


def _breaks(text: np.ndarray) -> np.ndarray:
    """Return how many breaks stand up to each place, it included."""
    return np.cumsum(_BREAKS.take(text))


def _join(begun: _Begun, behind, times, starts, breaks) -> tuple[np.ndarray, np.ndarray]:
    """Return which parts join what began last of what they go on with, and where that began."""
    if not len(begun.keys):
        return begun.keys, begun.keys
    ever = begun.times.max() + times.max(initial=0) + 1
    order = np.argsort(begun.keys * ever + begun.times)
    begun = _Begun(*(column[order] for column in begun))
    before = np.searchsorted(begun.keys * ever + begun.times, behind * ever + times, side="right") - 1
    stop = begun.ends[
        before
    ]  # where nothing has begun this is the last of all, which began later and so is not near
    near = (begun.keys[before] == behind) & (stop <= starts) & (starts <= stop + _REACH)
    joined = np.flatnonzero(near)
    joined = joined[breaks[stop[joined] - 1] == breaks[starts[joined] - 1]]
    return joined, begun.starts[before[joined]]
