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
    not_before: list[str] = []
    never_before: list[str] = []


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
def _lengths() -> dict[str, list[int]]:
    """Map the first character of the unit words to the lengths they have, longest first; most places begin none."""
    lengths: dict[str, set[int]] = {}
    for word in groups():
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: sorted(found, reverse=True) for first, found in lengths.items()}


def at(text: str, start: int) -> Unit | None:
    """Return the longest unit word at `start`, with 次 behind it where that makes visits of it (家次)."""
    words = groups()
    for length in _lengths().get(text[start : start + 1], ()):
        group = words.get(text[start : start + length])
        if group:
            end = min(start + length, len(text))
            break
    else:
        return None
    if text.startswith(tuple(group.never_before), end) and group.never_before:
        return None
    word = text[start:end]
    if (
        group.visits
        and text.startswith(("次", "(次)"), end)
        and not text.startswith(("次要", "次日", "次序"), end)
    ):
        word, end = word + "次", end + (1 if text[end] == "次" else 3)
    return Unit(start, end, word, group)


def makes_another_word(text: str, unit: Unit) -> bool:
    """Tell whether what follows the unit makes another word of the two (条 + 例)."""
    return bool(unit.group.not_before) and text.startswith(tuple(unit.group.not_before), unit.end)
