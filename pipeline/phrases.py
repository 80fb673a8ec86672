"""Find codebook phrases in a text by its characters, not its words: no segmentation can hide one."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import ahocorasick_rs

from pipeline.fold import fold


class Found(NamedTuple):
    """One occurrence: 0-based character offsets, end exclusive, and what the phrase stands for."""

    start: int
    end: int
    key: Any


class Phrases:
    """An Aho-Corasick automaton over folded phrases; time is linear in the text, whatever the number of phrases."""

    def __init__(self, phrases: Mapping[str, Any]):
        folded = {fold(phrase): key for phrase, key in phrases.items() if phrase}
        self._keys = list(folded.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(folded)) if folded else None

    def find(self, folded_text: str) -> list[Found]:
        """Return every occurrence, overlapping ones too, ordered by start, longer first.

        >>> Phrases({"法律顾问": "counsel", "顾问": "adviser"}).find("聘请法律顾问")
        [Found(start=2, end=6, key='counsel'), Found(start=4, end=6, key='adviser')]
        """
        if self._automaton is None:
            return []
        hits = self._automaton.find_matches_as_indexes(folded_text, overlapping=True)
        found = [Found(start, end, self._keys[i]) for i, start, end in hits]
        if len(found) > 1:
            found.sort(key=lambda f: (f.start, -f.end))
        return found

    def longest(self, folded_text: str) -> list[Found]:
        """Return non-overlapping occurrences, leftmost and longest first."""
        taken, kept = 0, []
        for found in self.find(folded_text):
            if found.start >= taken:
                kept.append(found)
                taken = found.end
        return kept
