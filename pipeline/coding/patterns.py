"""Find the codebook's patterns in a text: phrases, choices `(x|y)` and `(x)?`, and pairs `A…B` within one clause."""

import re
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

import ahocorasick_rs

from pipeline.fold import fold


class Pattern(NamedTuple):
    """A pattern as the codebook writes it, the code it speaks for, and its weight (0: it silences that code)."""

    code: str
    text: str
    weight: float


class Hit(NamedTuple):
    """Where a pattern stands in a text, in characters from the text's start."""

    start: int
    end: int
    pattern: Pattern


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
    """One part of a written-out `A…B`: of which pattern, and whether it is the last."""

    pattern: Pattern
    chain: int
    place: int
    last: bool


class Finder:
    """Find all patterns in one pass of an Aho-Corasick automaton over the characters: no segmentation can hide one."""

    def __init__(self, patterns: Iterable[Pattern]):
        whole: dict[str, list[Pattern]] = {}
        parts: dict[str, list[_Part]] = {}
        chains = ((pattern, plain) for pattern in patterns for plain in expand(fold(pattern.text)))
        for chain, (pattern, plain) in enumerate(chains):
            first, *rest = plain.split("…")
            for place, text in enumerate((first, *rest)):
                whole.setdefault(text, [])
                parts.setdefault(text, [])
                if rest:
                    parts[text].append(_Part(pattern, chain, place, place == len(rest)))
                else:
                    whole[text].append(pattern)
        self._whole, self._parts = list(whole.values()), list(parts.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(whole))

    def find(self, folded: str) -> list[Hit]:
        """Return every occurrence, ordered by start, longer first; parts of a pair stand in order in one clause.

        >>> Finder([Pattern("x", "评查…案卷", 1)]).find("评查行政处罚案卷")[0][:2]
        (0, 8)
        """
        hits, begun = [], {}
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            hits += [Hit(start, end, pattern) for pattern in self._whole[number]]
            for part in self._parts[number]:
                before = begun.get((part.chain, part.place - 1))
                first = start if part.place == 0 else _joined(before, start, folded)
                if first is None:
                    continue
                if part.last:
                    hits.append(Hit(first, end, part.pattern))
                else:
                    begun[part.chain, part.place] = (first, end)
        hits.sort(key=_by_place)
        return hits


# How far the second part of `A…B` may stand behind the first, and what it may not stand across.
_REACH = 16
_BREAK = re.compile(r"[,;。!?\n]")


def _joined(before: tuple[int, int] | None, start: int, folded: str) -> int | None:
    if before is None or not before[1] <= start <= before[1] + _REACH:
        return None
    return None if _BREAK.search(folded, before[1], start) else before[0]


def _by_place(hit: Hit) -> tuple[int, int, float]:
    return hit.start, -hit.end, hit.pattern.weight
