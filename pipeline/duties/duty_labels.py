"""Know the words that open a field of an assignment: 牵头单位, 责任单位, 完成时限 and their variants, as one pattern."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pipeline import codebook


class Label(codebook.Entry):
    """Words that open one or more fields of an assignment."""

    fields: list[str]
    labels: list[str]
    short: list[str] = []


_REMEMBERED = 1 << 10  # labels whose fields are kept at hand: a plan writes the same few over and over
COLUMNS_ONLY = {"task", "item", "other"}  # fields that are named in the head of a table, nowhere else
_JOINER = r"\s{0,3}(?:、|/|和|及|与|以及|\+)\s{0,3}"
_BOUNDARY = r"(?:^|(?<=[;,。.、!?\s(\[【〔{】\])|—•·*▲■◆>-]))"
_NOTE = r"(?:\([^():]{1,6}\))?"


@cache
def run() -> re.Pattern:
    """Return the pattern of one or more labels that share a value; groups `closed` (】) and `colon` tell what follows.

    Between two fields a mark or white space may be missing; then only a colon makes a label.
    """
    entries = [e for e in _entries() if not COLUMNS_ONLY & set(e.fields)]
    full = _any(label for entry in entries for label in entry.labels)
    short = _any(label for entry in entries for label in entry.short)
    colon = r"\s{0,3}:"
    labels = (
        rf"{_BOUNDARY}(?:(?:{full}|{short}){_NOTE}{_JOINER}){{0,3}}"
        rf"(?:{full}{_NOTE}|{short}(?=\s{{0,2}}[】\])〕]?{colon}))|(?<![各关的、]){full}(?={colon})"
    )
    return re.compile(rf"(?:{labels})(?P<closed>\s{{0,2}}[】\])〕])?(?P<colon>{colon})?")


def find(folded: str, start: int = 0, end: int | None = None) -> Iterator[re.Match]:
    """Yield what `run().finditer` finds between two offsets, tried only where the first characters are those of a label.

    >>> [label.group() for label in find("建立责任制。责任单位:县司法局;完成时限:长期")]
    ['责任单位:', '完成时限:']
    """
    end = len(folded) if end is None else end
    at = start
    for opening in _openings().finditer(folded, start, end):
        label = run().match(folded, opening.start(), end) if opening.start() >= at else None
        if label:
            yield label
            at = label.end()


@cache
def _openings() -> re.Pattern:
    """Return the pattern of a label's first character with the two behind it, white space between them or none."""
    rests: dict[str, set[str]] = {}
    for entry in _entries():
        for label in (*entry.labels, *entry.short) if not COLUMNS_ONLY & set(entry.fields) else ():
            rests.setdefault(label[0], set()).add(_spaced(label[1:3]))
    openings = (rf"{first}(?=\s{{0,2}}(?:{'|'.join(sorted(rest))}))" for first, rest in sorted(rests.items()))
    return re.compile("|".join(openings))


def _spaced(words: str) -> str:
    return r"\s{0,2}".join(map(re.escape, words))


@lru_cache(_REMEMBERED)
def fields(label: str) -> tuple[str, ...]:
    """Return the fields a run of labels opens: 牵头单位、责任单位: opens both; nothing for words that are none."""
    found = _known().findall(re.sub(r"\s", "", label))
    return tuple(dict.fromkeys(field for known in found for field in _by_label()[known]))


def column(cell: str) -> tuple[str, ...]:
    """Return the fields a table's head names in one cell; nothing where the cell holds more than labels."""
    bare = re.sub(r"\s", "", cell)
    rest = re.sub(r"[、/和及与()+]", "", _known().sub("", bare))
    return fields(bare) if not rest else ()


def _entries() -> list[Label]:
    return codebook.load("assignment_labels", Label)


@cache
def _by_label() -> dict[str, list[str]]:
    return {label: entry.fields for entry in _entries() for label in (*entry.short, *entry.labels)}


@cache
def _known() -> re.Pattern:
    return re.compile("|".join(re.escape(label) for label in sorted(_by_label(), key=lambda x: (-len(x), x))))


def _any(labels) -> str:
    """Return the pattern of the labels, white space between their characters; those that begin alike stand together.

    So one look at a character tells that most of them do not stand there: twice as fast as to try one after the other.
    """
    rests: dict[str, list[str]] = {}
    for label in sorted(labels, key=lambda x: (-len(x), x)):
        rests.setdefault(label[0], []).append(_spaced(label[1:]))
    return "(?:" + "|".join(rf"{first}\s{{0,2}}(?:{'|'.join(rest)})" for first, rest in rests.items()) + ")"
