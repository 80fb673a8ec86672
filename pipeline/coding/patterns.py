"""Find the codebook's patterns in a text: phrases, choices `(x|y)` and `(x)?`, and pairs `A…B` within one clause."""

import re
from collections.abc import Iterable
from itertools import product
from typing import Any, NamedTuple

import ahocorasick_rs

from pipeline.fold import fold


class Pattern(NamedTuple):
    """A pattern as the codebook writes it, the code it speaks for, and its weight (0: it silences that code)."""

    weight: float
    code: str
    text: str


# Where a pattern stands in a text, in characters from its start: the start, the end as its negative, and the pattern. So
# hits sort by start, longer first, and in one place by weight.
Hit = tuple[int, int, Pattern]


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


class _Part(NamedTuple):
    """A part of a written-out `A…B` that is not its first: what must stand before it, and of which pattern it is.

    `behind` and `place` name the part before and this one among what has begun: the number of the text where that is a
    first part, else chain and place. `place` is None for the last part.
    """

    behind: Any
    place: Any
    pattern: Pattern


class Finder:
    """Find all patterns in one pass of an Aho-Corasick automaton over the characters: no segmentation can hide one."""

    def __init__(self, patterns: Iterable[Pattern]):
        self._whole: list[list[Pattern]] = []
        self._begins: list[bool] = []
        self._parts: list[list[_Part]] = []
        self._numbers: dict[str, int] = {}
        chains = ((pattern, plain) for pattern in patterns for plain in expand(fold(pattern.text)))
        for chain, (pattern, plain) in enumerate(chains):
            first, *rest = (self._number(text) for text in plain.split("…"))
            if rest:
                self._begins[first] = True
                self._add_chain(pattern, chain, first, rest)
            else:
                self._whole[first].append(pattern)
        self._automaton = ahocorasick_rs.AhoCorasick(list(self._numbers))

    def _number(self, text: str) -> int:
        number = self._numbers.setdefault(text, len(self._numbers))
        if number == len(self._whole):
            self._whole.append([])
            self._begins.append(False)
            self._parts.append([])
        return number

    def _add_chain(self, pattern: Pattern, chain: int, first: int, rest: list[int]) -> None:
        behind: Any = first
        for place, number in enumerate(rest, start=1):
            own = None if place == len(rest) else (chain, place)
            self._parts[number].append(_Part(behind, own, pattern))
            behind = own

    def find(self, folded: str) -> list[Hit]:
        """Return every occurrence, sorted; parts of a pair stand in order in one clause.

        >>> Finder([Pattern(1, "x", "评查…案卷")]).find("评查行政处罚案卷")[0][:2]
        (0, -8)
        """
        hits: list[Hit] = []
        begun: dict[Any, tuple[int, int]] = {}
        whole, begins, parts = self._whole, self._begins, self._parts
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            for pattern in whole[number]:
                hits.append((start, -end, pattern))
            if begins[number]:
                begun[number] = (start, end)
            for behind, place, pattern in parts[number]:
                if behind not in begun or (first := _joined(begun[behind], start, folded)) is None:
                    continue
                if place:
                    begun[place] = (first, end)
                else:
                    hits.append((first, -end, pattern))
        hits.sort()
        return hits


# How far the second part of `A…B` may stand behind the first, and what it may not stand across.
_REACH = 16
_BREAK = re.compile(r"[,;。!?\n]")


def _joined(before: tuple[int, int], start: int, folded: str) -> int | None:
    if not before[1] <= start <= before[1] + _REACH:
        return None
    return None if _BREAK.search(folded, before[1], start) else before[0]
