"""Find the unit behind a number: the longest known classifier, measure or self-counting noun."""

from functools import cache
from typing import Literal, NamedTuple

from pipeline import codebook


class UnitGroup(codebook.Entry):
    """One entry of units.yaml: words that count alike."""

    units: list[str]
    kind: Literal[
        "count", "category", "noun", "money", "percent", "points", "score", "multiple", "time", "calendar",
        "age", "measure",
    ]  # fmt: skip
    small: Literal["always", "final", "never"]
    own: bool = False
    visits: bool = False
    not_before: tuple[str, ...] = ()
    never_before: tuple[str, ...] = ()


class Unit(NamedTuple):
    """A unit where it stands; `word` is as the tables write it, `group` says how it behaves."""

    start: int
    end: int
    word: str
    group: UnitGroup


@cache
def groups() -> dict[str, UnitGroup]:
    """Return every unit word with its entry."""
    return {word: group for group in codebook.load("units", UnitGroup) for word in group.units}


@cache
def firsts() -> frozenset[str]:
    """Return the characters with which unit words begin."""
    return frozenset(word[0] for word in groups())


@cache
def _by_first() -> dict[str, list[tuple[str, UnitGroup]]]:
    """Map the first character of unit words to the words, longest first; most places begin none."""
    words: dict[str, list[tuple[str, UnitGroup]]] = {}
    for word in sorted(groups(), key=len, reverse=True):
        words.setdefault(word[0], []).append((word, groups()[word]))
    return words


def at(text: str, start: int) -> Unit | None:
    """Return the longest unit word at `start`, with 次 behind it where that makes visits of it (家次)."""
    for word, group in _by_first().get(text[start : start + 1], ()):
        if text.startswith(word, start):
            return _whole(text, start, word, group)
    return None


def _whole(text: str, start: int, word: str, group: UnitGroup) -> Unit | None:
    end = start + len(word)
    if group.never_before and text.startswith(group.never_before, end):
        return None
    if (
        group.visits
        and text.startswith(("次", "(次)"), end)
        and not text.startswith(("次要", "次日", "次序"), end)
    ):
        word, end = word + "次", end + (1 if text[end] == "次" else 3)
    return Unit(start, end, word, group)


def makes_another_word(text: str, end: int, group: UnitGroup) -> bool:
    """Tell whether what follows the unit that ends at `end` makes another word of the two (条 + 例)."""
    return text.startswith(group.not_before, end)
