"""Find where a plan says who does a task and by when, and read it: (牵头单位:…;责任单位:…;完成时限:…) and its kin."""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator
from typing import NamedTuple

from pipeline.duties import agencies, deadlines, duty_labels, duty_values
from pipeline.duties.duty_values import FIELDS
from pipeline.duties.names import NOBODY, NONE, Named, Names
from pipeline.fold import fold

_LONGEST = 1200  # characters of one bracket; the longest real lists of units stay under 600


class Duty(NamedTuple):
    """What one place says: 0-based offsets, whether it has a line of its own, lists of bodies, and the deadline."""

    start: int
    end: int
    own_line: bool
    lead: list[str]
    responsible: list[str]
    support: list[str]
    persons: list[str]
    deadline: str | None


class _Place(NamedTuple):
    """A stretch that may state duties: offsets, and the labels in it."""

    start: int
    end: int
    labels: list[re.Match]


_BULLETS = "—•·*▲■◆>-"
_BETWEEN = " \t\n;,。、|" + _BULLETS  # what may stand between two statements about one task
_BRACKETED = re.compile(
    r"\((?<![^。;!?\n ]\()([^()]{4,300}(?:\([^()]{1,20}\)[^()]{0,200}){0,4})\)(?=\s*(?:\n|$|[。;\d(一二三四五六七八九十]))"
)
# A line of duties ends with its sentence, or where the next item begins on the same line.
_STOP = re.compile(
    r"。|[ \t](?=(?:\d{1,3}(?:\.\d{1,2})*[.、]|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\))\s*[\u4e00-\u9fff“])"
)
_NEXT_LINE = re.compile(r"[ \t]*\n[ \t]*|[ \t]+")
_GOES_ON = re.compile(r"[、,:]\s*$")
_BODIES = frozenset(FIELDS) - {"persons"}
# An entry without white space and brackets, and what closes it: a mark, or the bracket in which the value ends.
_FIRST_ENTRY = re.compile(r"\s*(?P<entry>[一-龥]{2,40})(?:[、,，;；]|[)）]$)")
_BEFORE_LABEL = re.compile(r"[ \t【\[(]*")


def find(text: str, named: Named = NOBODY) -> list[Duty]:
    """Return every statement of duties in the text, in order; neighbours with no task between them are one.

    Bodies and persons that their words do not tell are known by what an engine `named` there.

    >>> [duty] = find("1.完善制度。(牵头单位:区司法局;责任单位:各单位、各部门;完成时限:2023 年)")
    >>> duty.lead, duty.responsible, duty.deadline
    (['区司法局'], ['各单位', '各部门'], '2023')
    """
    read = _read_all(text, fold(text), named)
    return [duty for duty in read if _tells_who(duty, named.within(duty.start, duty.end))]


def spans(text: str, folded: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return where the statements stand that `find` returns; each is read only as far as the first body in it.

    Between `start` and `end`, if they are given, as if nothing stood behind.

    >>> text = "完善制度。(责任单位:区司法局)。下一项。"
    >>> [text[start:end] for start, end in spans(text, text)]
    ['(责任单位:区司法局)']
    """
    found: list[tuple[int, int, bool]] = []
    for place in _places(folded, start, len(folded) if end is None else end, NOBODY):
        begin, speaks = place.start, _begins_with_body(text, folded, place)
        tells_who = speaks
        for read in () if speaks else _readings(text, folded, place, NONE):
            speaks = any(read.values())
            tells_who = _names_body(read["lead"], read["responsible"], read["support"])
            if tells_who:
                break
        if found and speaks and not folded[found[-1][1] : begin].strip(_BETWEEN):
            begin, _, told = found.pop()
            tells_who = tells_who or told
        if speaks:
            found.append((begin, place.end, tells_who))
    return [(begin, stop) for begin, stop, tells_who in found if tells_who]


def _begins_with_body(text: str, folded: str, place: _Place) -> bool:
    """Tell whether a body and a mark follow the first label, as nearly always; if not, the values must be read."""
    labels = [label for label in place.labels[:2] if _opens_field(label, folded)]
    if len(labels) < len(place.labels[:2]) or not labels:
        return False
    if not _BODIES.intersection(duty_labels.fields(labels[0].group())):
        return False
    end = labels[1].start() if len(labels) > 1 else place.end
    first = _FIRST_ENTRY.match(text, labels[0].end(), end)
    return first is not None and duty_values.is_plain_body(first["entry"])


def _names_body(*lists: list[str], names: Names = NONE) -> bool:
    return any(agencies.looks_like_one(body, names) for bodies in lists for body in bodies)


def _read_all(text: str, folded: str, named: Named) -> list[Duty]:
    found: list[Duty] = []
    for place in _places(folded, 0, len(folded), named):
        duty = _read(text, folded, place, named.within(place.start, place.end))
        if found and duty and not folded[found[-1].end : duty.start].strip(_BETWEEN):
            found[-1] = _merged(found[-1], duty)
        elif duty:
            found.append(duty)
    return found


def _tells_who(duty: Duty, names: Names) -> bool:
    """Tell duties from running words behind a label and a colon: 责任单位:要加强统筹.

    A person alone (联系人:王明) is one in charge only where a deadline stands beside the name, and an engine knows it for one.
    """
    if _names_body(duty.lead, duty.responsible, duty.support, names=names):
        return True
    return bool(duty.deadline) and bool(agencies.parted(duty.persons, names).persons)


def _merged(first: Duty, second: Duty) -> Duty:
    lists = {name: list(dict.fromkeys(getattr(first, name) + getattr(second, name))) for name in FIELDS}
    return first._replace(end=second.end, deadline=first.deadline or second.deadline, **lists)


def _places(folded: str, start: int, end: int, named: Named) -> list[_Place]:
    """Return the stretches between two offsets that may state duties, in order, none overlapping."""
    labels = list(duty_labels.find(folded, start, end))
    opened = dict(_labelled(folded, labels, end, named))
    opened |= dict.fromkeys(_bracketed_verbs(folded, start, end, opened, named), True)
    places, at, starts = [], start, [label.start() for label in labels]
    for begin, bracket in sorted(opened.items()):
        if begin < at:
            continue
        at = _bracket_end(folded, begin, end) if bracket else _line_end(folded, begin, end)
        inside = labels[bisect_left(starts, begin) : bisect_left(starts, at)]
        if inside and inside[-1].end() > at:  # read as one with what stands behind the place
            inside = list(duty_labels.find(folded, begin, at))
        places.append(_Place(begin, at, inside))
    return places


def _labelled(folded: str, labels: list[re.Match], end: int, named: Named) -> list[tuple[int, bool]]:
    """Return where labels open, and whether a bracket holds them: never in running words (明确牵头单位、责任单位)."""
    found = []
    for label in labels:
        at = label.start()
        while at and folded[at - 1] in " \t":
            at -= 1
        last = folded[at - 1] if at else "\n"
        if last in duty_values.OPEN:
            found.append((at - 1, not label["closed"]))
        elif last in "\n。;!?)]】〕" + _BULLETS and (
            label["colon"] or _bodies_follow(folded, label.end(), end, named)
        ):
            found.append((label.start(), False))
    return found


def _bodies_follow(folded: str, at: int, end: int, named: Named) -> bool:
    """Tell whether a label without its colon is followed by bodies and nothing else: 牵头单位 区司法局、区财政局."""
    below = _NEXT_LINE.match(folded, at, end)
    if not below:
        return False
    stop = _end_of_line(folded, below.end(), end)
    names = named.within(below.end(), stop)
    bodies = agencies.split(folded[below.end() : stop].strip(), names)
    return bool(bodies) and all(agencies.looks_like_one(body, names) for body in bodies)


def _bracketed_verbs(
    folded: str, start: int, end: int, labelled: Container[int], named: Named
) -> Iterator[int]:
    """Yield where brackets open, behind a sentence, in which bodies lead, carry out or help: (区司法局牵头,各镇配合).

    Those that a label opens are known.
    """
    for match in _BRACKETED.finditer(folded, start, end):
        if match.start() not in labelled and _tells_by_verbs(match.group(1), named.within(*match.span())):
            yield match.start()


def _tells_by_verbs(folded: str, names: Names) -> bool:
    segments = duty_values.segments(folded)
    roles = [duty_values.role_by_verb(segment, names) for segment in segments]
    return any(roles) and all(
        role or deadlines.is_one(words) or duty_values.are_bodies(words, names)
        for words, role in zip(segments, roles, strict=True)
    )


def _bracket_end(folded: str, start: int, end: int) -> int:
    """Return the offset behind the bracket opened at `start`; one that is never closed ends with its line."""
    depth = 0
    for bracket in duty_values.BRACKET.finditer(folded, start, min(end, start + _LONGEST)):
        depth += 1 if bracket.group() in duty_values.OPEN else -1
        if depth == 0:
            return bracket.end()
    return _line_end(folded, start, end)


def _line_end(folded: str, start: int, end: int) -> int:
    """Return where a line of duties ends: at a sentence that no label follows, or with the lines a list runs on."""
    stop = _end_of_line(folded, start, end)
    while stop < end and stop - start < _LONGEST and _goes_on(folded[start:stop]):
        stop = _end_of_line(folded, stop + 1, end)
    stop = min(stop, start + _LONGEST)
    for mark in _STOP.finditer(folded, start, stop):
        following = _BEFORE_LABEL.match(folded, mark.end(), end).end()
        if not duty_labels.run().match(folded, following, end):
            return mark.end() if mark.group() == "。" else mark.start()
    return start + len(folded[start:stop].rstrip())


def _goes_on(line: str) -> bool:
    return bool(_GOES_ON.search(line[-6:]) or duty_labels.run().fullmatch(line.strip()))


def _end_of_line(folded: str, at: int, end: int) -> int:
    stop = folded.find("\n", at, end)
    return end if stop < 0 else stop


def _read(text: str, folded: str, place: _Place, names: Names) -> Duty | None:
    *_, read = _readings(text, folded, place, names)
    if not any(read.values()):
        return None
    deadline = deadlines.clean(read.pop("deadline")[0]) if read["deadline"] else read.pop("deadline") and None
    line = folded.rfind("\n", 0, place.start) + 1
    own_line = not folded[line : place.start].strip()
    return Duty(place.start, place.end, own_line, deadline=deadline or None, **read)


def _readings(text: str, folded: str, place: _Place, names: Names) -> Iterator[dict[str, list[str]]]:
    """Yield what is read of the fields after each label: the same lists, longer each time."""
    read: dict[str, list[str]] = {name: [] for name in (*FIELDS, "deadline")}
    labels = [label for label in place.labels if _opens_field(label, folded)]
    if not labels:
        duty_values.share_out(text[place.start + 1 : place.end - 1], "responsible", read, names)
        yield read
    ends = [*(label.start() for label in labels[1:]), place.end]
    for label, end in zip(labels, ends, strict=False):
        value = duty_values.unbracketed(text[label.end() : end])
        duty_values.take(duty_labels.fields(label.group()), value, read, names)
        yield read


def _opens_field(label: re.Match, folded: str) -> bool:
    """Tell a label from a body called by such a word: in a list only a colon makes 责任单位 a label."""
    return bool(label["colon"] or label["closed"]) or folded[label.start() - 1 : label.start()] != "、"
