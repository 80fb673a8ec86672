"""Know the words that show where the name of a counted thing begins and ends (codebook: indicator_words.yaml)."""

import re
from functools import cached_property

from pipeline import codebook


class Role(codebook.Entry):
    """Words that play one part around the name of a counted thing."""

    name: str
    words: list[str]


class Lexicon:
    """A set of words that can be looked for at a place; most places are told by one character that they hold none."""

    def __init__(self, words):
        self.words = frozenset(words)
        self._by_first = _lengths(self.words, 0)
        self._by_last = _lengths(self.words, -1)

    @property
    def firsts(self) -> frozenset[str]:
        """Return the characters that the words begin with."""
        return frozenset(self._by_first)

    def __or__(self, other: "Lexicon") -> "Lexicon":
        return Lexicon(self.words | other.words)

    def before(self, text: str, low: int, high: int) -> int:
        """Return the length of the longest word that ends at `high` and starts at `low` or after, else 0."""
        if high > low:
            for length in self._by_last.get(text[high - 1], ()):
                if high - length >= low and text[high - length : high] in self.words:
                    return length
        return 0

    def at(self, text: str, low: int, high: int) -> int:
        """Return the length of the longest word that starts at `low` and ends at `high` or before, else 0."""
        if low < high:
            for length in self._by_first.get(text[low], ()):
                if low + length <= high and text[low : low + length] in self.words:
                    return length
        return 0

    def places(self, text: str, low: int, high: int) -> list[int]:
        """List the places between `low` and `high` where the first character of a word stands."""
        known = self._by_first
        return [place for place in range(low, high) if text[place] in known]

    def covers(self, text: str, low: int, high: int) -> bool:
        """Tell whether all between `low` and `high` is one word."""
        return text[low:high] in self.words

    def last(self, text: str, low: int, high: int) -> tuple[int, int] | None:
        """Return start and end of the rightmost word between `low` and `high`."""
        found = self._rightmost.match(text, low, high)
        return found.span(1) if found else None

    @cached_property
    def _rightmost(self) -> re.Pattern:
        words = "|".join(map(re.escape, sorted(self.words, key=len, reverse=True)))
        return re.compile(f"(?s:.*)(?=[{re.escape(''.join(sorted(self.firsts)))}])({words})")

    def first(self, text: str, low: int, high: int) -> int:
        """Return where the leftmost word between `low` and `high` starts, else `high`."""
        known = self._by_first
        for start in range(low, high):
            if text[start] in known and self.at(text, start, high):
                return start
        return high


def _lengths(words: frozenset[str], place: int) -> dict[str, tuple[int, ...]]:
    """Map the first (or last) character of the words to the lengths they have, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[place], set()).add(len(word))
    return {letter: tuple(sorted(lengths, reverse=True)) for letter, lengths in found.items()}


ROLES = {role.name: Lexicon(role.words) for role in codebook.load("indicator_words", Role)}
