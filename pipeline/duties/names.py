"""Hold the names an engine found where duties stand: bodies and persons that no rule can tell by their words.

A name counts where it fills a list's entry, or ends it; a name that reaches over a mark between two entries, or out of the
place where the duties stand, is none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.fold import fold

# What models call a body and a person: OntoNotes, MSRA and PKU labels.
_BODY, _PERSON = frozenset(("ORG", "ORGANIZATION", "NT")), frozenset(("PERSON", "PER", "NR"))
_PARTS = re.compile(r"[、,;:。!?|\t()\[\]【】〔〕]")  # marks that part two entries, or a label from them


class Names(NamedTuple):
    """The names of one place, folded and without white space."""

    bodies: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.bodies or self.persons)

    def behind(self, words: str) -> tuple[str, list[str]]:
        """Take the persons off the end of an entry, brackets and 和 before them too: what is left, and they.

        >>> Names(persons=frozenset(("王明", "李兰"))).behind("县司法局(王明、李兰)")
        ('县司法局', ['王明', '李兰'])
        >>> Names(persons=frozenset(("王明",))).behind("县司法局(局长王明)")
        ('县司法局', ['局长王明'])
        """
        rest, found = words, []
        while person := self._at_end(bare := rest.rstrip("() （）")):
            found.insert(0, bare[-len(person) :])
            rest = bare[: -len(person)].rstrip("(（、和及与 ")
        if not found:
            return words, []
        opened = fold(rest).rfind("(")
        if opened >= 0 and ")" not in fold(rest)[opened:]:  # an office stands with its holder in the bracket
            rest, found[0] = rest[:opened], rest[opened + 1 :] + found[0]
        return rest, found

    def parts(self, words: str) -> bool:
        """Tell whether white space behind these words parts two entries, since a name ends there."""
        bare = fold(re.sub(r"\s", "", words))
        return bare in self.bodies or bool(self._at_end(bare))

    def opens(self, words: str) -> bool:
        """Tell whether an entry begins with a person: 王明副县长, 王明同志."""
        return fold(words).startswith(tuple(self.persons))

    def _at_end(self, words: str) -> str:
        folded = fold(words)
        return max((person for person in self.persons if folded.endswith(person)), key=len, default="")


NONE = Names()


class Named:
    """The names of one report, each with its place."""

    def __init__(self, text: str, entities: Iterable[str]):
        """Take entities as the table tokens has them: `start:end:label`."""
        self._found = sorted(_read(text, entity) for entity in entities)

    def __bool__(self) -> bool:
        return bool(self._found)

    def within(self, start: int, end: int) -> Names:
        """Return the names that lie wholly between two offsets."""
        if not self._found:
            return NONE
        bodies, persons = set(), set()
        for at in range(bisect_left(self._found, (start,)), len(self._found)):
            begins, ends, label, words = self._found[at]
            if begins >= end:
                break
            if ends > end or len(words) < 2 or _PARTS.search(words):
                continue
            if label in _BODY:
                bodies.add(re.sub(r"\s", "", words))
            elif label in _PERSON:
                persons.add(re.sub(r"\s", "", words))
        return Names(frozenset(bodies), frozenset(persons))


def _read(text: str, entity: str) -> tuple[int, int, str, str]:
    start, end, label = entity.split(":", 2)
    return int(start), int(end), label.upper(), fold(text[int(start) : int(end)])


NOBODY = Named("", ())
