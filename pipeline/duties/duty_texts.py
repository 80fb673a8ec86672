"""Find where a plan says who does a task and by when, and read it: (牵头单位:…;责任单位:…;完成时限:…) and its kin."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.duties import agencies, deadlines, duty_labels
from pipeline.duties.names import NOBODY, NONE, Named, Names
from pipeline.fold import fold

FIELDS = ("lead", "responsible", "support", "persons")
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


_BULLETS = "—•·*▲■◆>-"
_BETWEEN = " \t\n;,。、|" + _BULLETS  # what may stand between two statements about one task
_OPEN, _CLOSE = "([【〔{", ")]】〕}"
_BRACKET = re.compile(r"[(\[【〔{)\]】〕}]")
_SEGMENT_MARK = re.compile("[,，;；。]")
_NESTING = re.compile(r"[(\[〔)\]〕]")
_MARK = re.compile(r"[(\[〔)\]〕,;。]")
# 县司法局牵头, 各乡镇配合: who acts is told by the verb behind the bodies
_SHARED = r"按照?(?:各自)?(?:职责|职能|分工)(?:分工)?(?:分别|共同|抓好|做好)?(?:负责|落实|推进|实施)*"
_VERB_ENDS = frozenset("头总实进织合助与同加持责施别职能工好")  # a segment that ends otherwise tells no role
_VERBS = {
    "lead": re.compile(r"(?:负责牵头|牵头负责|牵头抓总|总牵头|牵头落实|牵头推进|牵头组织|牵头)$"),
    "support": re.compile(
        r"(?:协同配合|积极配合|配合落实|予以配合|协助配合|参与配合|配合|参与|协助|协同|参加|支持)$"
    ),
    "responsible": re.compile(
        rf"(?:{_SHARED}|分工负责|分别负责|共同负责|具体负责|负责落实|负责实施|负责推进|组织实施|负责)$"
    ),
}
_BRACKETED = re.compile(
    r"\((?<![^。;!?\n ]\()([^()]{4,300}(?:\([^()]{1,20}\)[^()]{0,200}){0,4})\)(?=\s*(?:\n|$|[。;\d(一二三四五六七八九十]))"
)
# A line of duties ends with its sentence, or where the next item begins on the same line.
_STOP = re.compile(
    r"。|[ \t](?=(?:\d{1,3}(?:\.\d{1,2})*[.、]|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\))\s*[\u4e00-\u9fff“])"
)
_NEXT_LINE = re.compile(r"[ \t]*\n[ \t]*|[ \t]+")
_GOES_ON = re.compile(r"[、,:]\s*$")


def find(text: str, named: Named = NOBODY) -> list[Duty]:
    """Return every statement of duties in the text, in order; neighbours with no task between them are one.

    Bodies and persons that their words do not tell are known by what an engine `named` there.

    >>> [duty] = find("1.完善制度。(牵头单位:区司法局;责任单位:各单位、各部门;完成时限:2023 年)")
    >>> duty.lead, duty.responsible, duty.deadline
    (['区司法局'], ['各单位', '各部门'], '2023')
    """
    read = _read_all(text, fold(text), named)
    return [duty for duty in read if _tells_who(duty, named.within(duty.start, duty.end))]


def spans(text: str, folded: str) -> list[tuple[int, int]]:
    """Return where the statements stand that `find` returns; each is read only as far as the first body in it.

    >>> text = "完善制度。(责任单位:区司法局)。下一项。"
    >>> [text[start:end] for start, end in spans(text, text)]
    ['(责任单位:区司法局)']
    """
    found: list[tuple[int, int, bool]] = []
    for start, end in _places(folded, NOBODY):
        speaks, tells_who = False, False
        for read in _readings(text, folded, start, end, NONE):
            speaks, tells_who = (
                any(read.values()),
                _names_body(read["lead"], read["responsible"], read["support"]),
            )
            if tells_who:
                break
        if found and speaks and not folded[found[-1][1] : start].strip(_BETWEEN):
            start, _, told = found.pop()
            tells_who = tells_who or told
        if speaks:
            found.append((start, end, tells_who))
    return [(start, end) for start, end, tells_who in found if tells_who]


def _names_body(*lists: list[str], names: Names = NONE) -> bool:
    return any(agencies.looks_like_one(body, names) for bodies in lists for body in bodies)


def _read_all(text: str, folded: str, named: Named) -> list[Duty]:
    found: list[Duty] = []
    for start, end in _places(folded, named):
        duty = _read(text, folded, start, end, named.within(start, end))
        if found and duty and not folded[found[-1].end : start].strip(_BETWEEN):
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


def _places(folded: str, named: Named) -> list[tuple[int, int]]:
    """Return start and end of each stretch that may state duties, none overlapping."""
    places, at = [], 0
    for start, bracket in sorted([*_labelled(folded, named), *_bracketed_verbs(folded, named)]):
        if start >= at:
            at = _bracket_end(folded, start) if bracket else _line_end(folded, start)
            places.append((start, at))
    return places


def _labelled(folded: str, named: Named) -> list[tuple[int, bool]]:
    """Return where labels open, and whether a bracket holds them: never in running words (明确牵头单位、责任单位)."""
    found = []
    for label in duty_labels.find(folded):
        at = label.start()
        while at and folded[at - 1] in " \t":
            at -= 1
        last = folded[at - 1] if at else "\n"
        if last in _OPEN:
            found.append((at - 1, not label["closed"]))
        elif last in "\n。;!?)]】〕" + _BULLETS and (
            label["colon"] or _bodies_follow(folded, label.end(), named)
        ):
            found.append((label.start(), False))
    return found


def _bodies_follow(folded: str, at: int, named: Named) -> bool:
    """Tell whether a label without its colon is followed by bodies and nothing else: 牵头单位 区司法局、区财政局."""
    below = _NEXT_LINE.match(folded, at)
    if not below:
        return False
    end = _end_of_line(folded, below.end())
    names = named.within(below.end(), end)
    bodies = agencies.split(folded[below.end() : end].strip(), names)
    return bool(bodies) and all(agencies.looks_like_one(body, names) for body in bodies)


def _bracketed_verbs(folded: str, named: Named) -> list[tuple[int, bool]]:
    """Return brackets behind a sentence in which bodies lead, carry out or help: (区司法局牵头,各镇配合)."""
    return [
        (match.start(), True)
        for match in _BRACKETED.finditer(folded)
        if _tells_by_verbs(match.group(1), named.within(*match.span()))
    ]


def _tells_by_verbs(folded: str, names: Names) -> bool:
    segments = _segments(folded, folded)
    roles = [_role_by_verb(segment, names) for segment in segments]
    return any(roles) and all(
        role or deadlines.is_one(words) or _bodies(words, names)
        for words, role in zip(segments, roles, strict=True)
    )


def _bodies(words: str, names: Names) -> bool:
    return all(agencies.acts(entry, names) for entry in agencies.split(words, names))


def _bracket_end(folded: str, start: int) -> int:
    """Return the offset behind the bracket opened at `start`; one that is never closed ends with its line."""
    depth = 0
    for bracket in _BRACKET.finditer(folded, start, start + _LONGEST):
        depth += 1 if bracket.group() in _OPEN else -1
        if depth == 0:
            return bracket.end()
    return _line_end(folded, start)


def _line_end(folded: str, start: int) -> int:
    """Return where a line of duties ends: at a sentence that no label follows, or with the lines a list runs on."""
    end = _end_of_line(folded, start)
    while end < len(folded) and end - start < _LONGEST and _goes_on(folded[start:end]):
        end = _end_of_line(folded, end + 1)
    for stop in _STOP.finditer(folded, start, min(end, start + _LONGEST)):
        following = re.compile(r"[ \t【\[(]*").match(folded, stop.end()).end()
        if not duty_labels.run().match(folded, following):
            return stop.end() if stop.group() == "。" else stop.start()
    return start + len(folded[start : min(end, start + _LONGEST)].rstrip())


def _goes_on(line: str) -> bool:
    return bool(_GOES_ON.search(line[-6:]) or duty_labels.run().fullmatch(line.strip()))


def _end_of_line(folded: str, at: int) -> int:
    end = folded.find("\n", at)
    return len(folded) if end < 0 else end


def _read(text: str, folded: str, start: int, end: int, names: Names) -> Duty | None:
    *_, read = _readings(text, folded, start, end, names)
    if not any(read.values()):
        return None
    deadline = deadlines.clean(read.pop("deadline")[0]) if read["deadline"] else read.pop("deadline") and None
    line = folded.rfind("\n", 0, start) + 1
    return Duty(start, end, not folded[line:start].strip(), deadline=deadline or None, **read)


def _readings(text: str, folded: str, start: int, end: int, names: Names) -> Iterator[dict[str, list[str]]]:
    """Yield what is read of the fields after each label: the same lists, longer each time."""
    labels = (label for label in duty_labels.find(folded, start, end) if _opens_field(label, folded))
    read: dict[str, list[str]] = {name: [] for name in (*FIELDS, "deadline")}
    label = next(labels, None)
    if label is None:
        _share_out(text[start + 1 : end - 1], "responsible", read, names)
        yield read
    while label:
        following = next(labels, None)
        value = _unbracketed(text[label.end() : following.start() if following else end])
        _take(duty_labels.fields(label.group()), value, read, names)
        yield read
        label = following


def _opens_field(label: re.Match, folded: str) -> bool:
    """Tell a label from a body called by such a word: in a list only a colon makes 责任单位 a label."""
    return bool(label["colon"] or label["closed"]) or folded[label.start() - 1 : label.start()] != "、"


def _unbracketed(value: str) -> str:
    """Drop brackets whose other half stands outside the value, and what parts it from the next."""
    value = value.strip().rstrip("【[［〔{｛(（ \t\n;；").strip()
    while value and value[-1] in _LAST_MARKS and (value[-1] in ";；。" or _unbalanced(fold(value))):
        value = value[:-1].rstrip()
    return value


_LAST_MARKS = frozenset(")）]］】〕}｝;；。")


def _unbalanced(folded: str) -> bool:
    brackets = _BRACKET.findall(folded)
    return 2 * sum(bracket in _OPEN for bracket in brackets) < len(brackets)


def _take(fields: Iterable[str], value: str, read: dict[str, list[str]], names: Names) -> None:
    for field in fields:
        if field == "deadline" and len(tuple(fields)) == 1:
            read["deadline"].append(value)
        elif field == "persons":
            give(value, field, read, names)
        elif field in FIELDS:
            _share_out(value, field, read, names)


def give(value: str, field: str, read: dict[str, list[str]], names: Names) -> None:
    """Add the entries of a list to `field`, the persons among bodies to `persons`."""
    entries = agencies.split(value, names)
    if field == "persons":
        read[field] += agencies.persons(entries, names)
        return
    bodies, persons = agencies.parted(entries, names)
    read[field] += bodies
    read["persons"] += [person for person in persons if person not in read["persons"]]


def _share_out(value: str, field: str, read: dict[str, list[str]], names: Names) -> None:
    """Hand the bodies of a value to `field`, or to the role that a verb behind them tells; dates are deadlines."""
    waiting = []
    for segment in _segments(value, fold(value)):
        role = _role_by_verb(segment, names)
        if role:
            bodies = "、".join([*waiting, _VERBS[role].sub("", segment)])
            give(bodies, field if role == "responsible" else role, read, names)
            waiting = []
        elif deadlines.is_one(segment):
            read["deadline"].append(segment)
        else:
            waiting.append(segment)
    give("、".join(waiting), field, read, names)


def _segments(value: str, folded: str) -> list[str]:
    """Split a value at commas, semicolons and full stops outside brackets."""
    parts = _outside_brackets(value, folded) if _NESTING.search(folded) else _SEGMENT_MARK.split(value)
    return [bare for part in parts if (bare := part.strip())]


def _outside_brackets(value: str, folded: str) -> list[str]:
    parts, depth, at = [], 0, 0
    for mark in _MARK.finditer(folded):
        char = mark.group()
        if char in "([〔":
            depth += 1
        elif char in ")]〕":
            depth = max(0, depth - 1)
        elif depth == 0:
            parts.append(value[at : mark.start()])
            at = mark.end()
    return [*parts, value[at:]]


def _role_by_verb(segment: str, names: Names) -> str | None:
    """Name the role that a verb gives the bodies before it: 各乡镇配合 is support."""
    folded = fold(segment)
    if folded[-1:] not in _VERB_ENDS:
        return None
    for role, verb in _VERBS.items():
        bodies = verb.sub("", folded)
        if bodies and len(bodies) < len(segment) and _bodies(bodies, names):
            return role
    return None
