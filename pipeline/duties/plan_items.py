"""Find the task that a statement of duties governs: where it begins, and the number it bears."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

_NUMERAL = "一二三四五六七八九十百"
_LABEL = re.compile(
    rf"(?:第?(?P<major>[{_NUMERAL}]{{1,4}})(?:、|\.(?!\d))|[(](?P<minor>[{_NUMERAL}]{{1,4}})[)][、.]?"
    r"|(?P<dotted>\d{1,2}(?:[.-]\d{1,2}){1,3})[.、]?(?![\d%万亿个件年月倍])|(?P<plain>\d{1,3})[.、](?!\d)"
    r"|(?P<part>[(]\d{1,3}[)]|\d{1,3}[)]|[①-⑳])[、.]?)"
)
# Where a number may stand: at the beginning of a line, or behind a mark and before a word.
_FIRST = rf"(?=[第{_NUMERAL}(\d①-⑳])"
_LINE = re.compile(rf"\n[ \t]*【?{_FIRST}")
_FIRST_LINE = re.compile(rf"[ \t]*【?{_FIRST}")
_MARK = re.compile(rf"[。;:!?)】 ]{_FIRST}")
_IN_LINE = re.compile(rf"{_LABEL.pattern}(?=[\u4e00-\u9fff“《])")
_AT_ONCE = re.compile(rf"[\s;。,、]*{_LABEL.pattern}")
_SENTENCE_END = tuple("。;!?:)】")
_WRAPPED = 20  # a line this long without a sentence end is broken, not a heading


class Item(NamedTuple):
    """A number in front of a task: offsets of the number and behind it, what it says, and its kind."""

    start: int
    end: int
    number: str
    kind: str


class Task(NamedTuple):
    """What is to be done: offset of its beginning with the number, of its words, and its number if it has one."""

    start: int
    words: int
    number: str | None


class Items:
    """The numbered items of one folded text, read once."""

    def __init__(self, folded: str):
        self._folded = folded
        first = _FIRST_LINE.match(folded)
        lines = [*([first] if first else []), *_LINE.finditer(folded)]
        self._at_line = _items(_LABEL, folded, lines)
        self._in_line = _items(_IN_LINE, folded, _MARK.finditer(folded))

    def task(self, after: int, duties: int, own_line: bool) -> Task | None:
        """Return the task between `after`, where the last duties ended, and `duties`; None where no words stand."""
        if not self._folded[after:duties].strip(" \t\n;。,、"):
            return None
        found = _between(self._at_line, after, duties)
        at_once = _AT_ONCE.match(self._folded, after, duties)
        if not found and at_once:
            found = [_item(at_once)]
        if not found or found[-1].kind == "major":  # a chapter's heading with its items on the same line
            found = _between(self._in_line, found[-1].end if found else after, duties) or found
        if found:
            item = _governed(found, own_line)
            return Task(item.start, item.end, item.number)
        start = self._paragraph(after, duties)
        return Task(start, start, self._above(after))

    def _above(self, at: int) -> str | None:
        """Return the number of the heading or item that an unnumbered task stands under."""
        place = bisect_left(self._at_line, at, key=lambda item: item.start)
        return self._at_line[place - 1].number if place else None

    def _paragraph(self, after: int, duties: int) -> int:
        """Return where the paragraph before the duties begins, lines joined that a page broke."""
        window = self._folded[after:duties].rstrip()
        start = window.rfind("\n") + 1
        while start:
            above = window[:start].rstrip()
            line = above[above.rfind("\n") + 1 :].strip()
            if not line or line.endswith(_SENTENCE_END) or len(line) < _WRAPPED:
                break
            start = above.rfind("\n") + 1
        begin = window[start:]
        return after + start + len(begin) - len(begin.lstrip(" \t\n;。,、"))


def _items(label: re.Pattern, folded: str, places: Iterable[re.Match]) -> list[Item]:
    """Read the numbers that stand right behind some places, none inside another."""
    items: list[Item] = []
    for place in places:
        if not items or place.end() >= items[-1].end:
            number = label.match(folded, place.end())
            items += [_item(number)] if number else []
    return items


def _item(match: re.Match) -> Item:
    kind = match.lastgroup
    return Item(match.start(kind) - (kind == "minor"), match.end(), match[kind].strip("()"), kind)


def _between(items: list[Item], after: int, before: int) -> list[Item]:
    low = bisect_left(items, after, key=lambda item: item.start)
    return items[low : bisect_left(items, before, key=lambda item: item.start)]


def _governed(items: list[Item], own_line: bool) -> Item:
    """Choose the item that duties behind it govern: the last, or the item whose parts (1)(2)(3) they close.

    Duties on a line of their own behind several parts speak of the whole; behind one part, of that part.
    """
    at = len(items) - 1
    while at > 0 and items[at].kind == "part":
        at -= 1
    whole = own_line and items[at].kind != "part" and len(items) - 1 - at >= 2
    return items[at] if whole else items[-1]
