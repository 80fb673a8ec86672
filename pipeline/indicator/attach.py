"""Find the words that name what each quantity of a sentence counts: before it, after it, or in a clause before."""

import re
from dataclasses import dataclass, field

from pipeline.indicator.phrases import name_after, name_before
from pipeline.indicator.words import ROLES

SEPARATORS = frozenset(",;:。!?\t\n()")
REACH_BACK = 80
BARE, SHARE, DEED = ROLES["bare"], ROLES["share"], ROLES["light"] | ROLES["pure"] | ROLES["verb"]
KINDS = ("类", "种", "级")  # a count of kinds is part of a name (破获涉黑涉恶九类案件 | 4起)
NO_OBJECT = ("percent", "points", "money", "multiple")  # units that no noun follows
LINKS = frozenset("的、和及与 ,")  # what stands between a name and the next figure without speaking of it
INSIDE = re.compile(r"[中里内上]")
PARTS = re.compile(r"以及|[、和及与]")
BETWEEN = re.compile(
    r"[ 、,和及与以]*(?:同比|环比)?(?:增长|增加|提高|上升|提升|下降|减少|降低)?(?:到|至|了|为)?"
)

Span = tuple[int, int]


@dataclass
class Reading:
    """What is known while a sentence's quantities are read from left to right."""

    text: str
    quantities: list
    spans: list[Span | None] = field(default_factory=list)
    growth: list[bool] = field(default_factory=list)
    taken: int = 0  # end of what names after figures have used up
    due: dict[int, Span] = field(default_factory=dict)  # names that 分别 has dealt out


def attach(folded_sentence: str, quantities: list) -> list[Span | None]:
    """Return for each quantity, in order, the offsets of the words that name what it counts, or None.

    Offsets count from the sentence's start. The quantities must be in text order and disjoint; only `start`, `end`, `unit`,
    `kind` and `change` of each are read.
    """
    reading = Reading(folded_sentence, quantities)
    for index in range(len(quantities)):
        span, moved = _name(reading, index)
        reading.spans.append(span)
        reading.growth.append(moved)
    return reading.spans


def _name(reading: Reading, index: int) -> tuple[Span | None, bool]:
    """Name one quantity; also tell whether it is a change of what it names."""
    quantity = reading.quantities[index]
    if index in reading.due:
        return reading.due[index], bool(quantity.change)
    low = _clause_start(reading, index)
    start, end, moved, joints = name_before(reading.text, low, quantity.start)
    moved = moved or bool(quantity.change)
    if "其中" in joints or quantity.kind == "multiple" and joints.endswith("的"):
        start = end = quantity.start
    if "分别" in joints or "各" in joints:
        _deal_out(reading, index, start, end, moved)
        if index in reading.due:
            return reading.due[index], moved
    if not moved and (start == end or quantity.kind not in NO_OBJECT):
        if span := _after(reading, index, forced=start == end):
            return span, moved
    if start == end:
        return _before_clause(reading, index, low, moved), moved
    if SHARE.covers(reading.text, start, end):
        return _before_clause(reading, index, low, moved) or (start, end), moved
    if BARE.covers(reading.text, start, end):
        return _object_before(reading, low) or (start, end), moved
    return (start, end), moved


def _clause_start(reading: Reading, index: int) -> int:
    """Return where the clause of a quantity starts: behind the last separator, figure or name used up before it."""
    text, place = reading.text, reading.quantities[index].start
    floor = max(_figure_before(reading, index), place - REACH_BACK)
    if floor < reading.taken < place and not INSIDE.match(text, reading.taken):
        start, end, _, _ = name_before(text, reading.taken, place)
        linked = text[reading.taken] in LINKS
        floor = reading.taken if start < end or linked else floor
    place -= 1
    while place >= floor:
        if text[place] == ")" and (opening := text.rfind("(", floor, place)) >= 0:
            place = opening
        elif text[place] in SEPARATORS:
            return place + 1
        place -= 1
    return floor


def _figure_before(reading: Reading, index: int) -> int:
    """Return the end of the last figure that is not itself part of the name (罚没10万元以上的案件 | 31件)."""
    for previous in reversed(reading.quantities[:index]):
        qualifies = reading.text.startswith("的", previous.end) and reading.quantities[index].unit != "%"
        if not qualifies and previous.unit not in KINDS:
            return previous.end
        index -= 1
    return 0


def _room_after(reading: Reading, index: int) -> int:
    """Return where the clause ends behind a quantity: at a separator or the next figure."""
    text, place = reading.text, reading.quantities[index].end
    following = reading.quantities[index + 1].start if index + 1 < len(reading.quantities) else len(text)
    ceiling = min(following, place + REACH_BACK)
    while place < ceiling:
        if text[place] == "(":
            closing = text.find(")", place, ceiling)
            if closing < 0:
                return place
            place = closing
        elif text[place] in SEPARATORS:
            return place
        place += 1
    return ceiling


def _after(reading: Reading, index: int, forced: bool) -> Span | None:
    """Return the name behind a quantity; figures that follow one another share it (6大方面18项 | 重点任务)."""
    quantities, last = reading.quantities, index
    while last + 1 < len(quantities) and quantities[last].end == quantities[last + 1].start:
        last += 1
    if _is_threshold(reading, last):
        return None
    start, end = name_after(
        reading.text, quantities[last].end, _room_after(reading, last), forced and last == index
    )
    if end <= start:
        return None
    reading.taken = end
    return start, end


def _is_threshold(reading: Reading, index: int) -> bool:
    """Tell a condition from a count: 案件5件以下 | 的机关出庭率不低于80%."""
    following = reading.quantities[index + 1 : index + 2]
    return bool(
        following
        and following[0].unit == "%"
        and reading.text.startswith("的", reading.quantities[index].end)
        and following[0].start == _room_after(reading, index)
    )


def _before_clause(reading: Reading, index: int, low: int, moved: bool) -> Span | None:
    """Name a figure whose own clause is silent: by the clause before, or by the figure before it."""
    previous = reading.quantities[index - 1].end if index else 0
    if span := _clause_before(reading, low, previous):
        return span
    quantity = reading.quantities[index]
    levels = [i for i in range(index) if reading.spans[i] and not reading.growth[i]]
    alike = [
        i
        for i in levels
        if quantity.unit in (reading.quantities[i].unit, "%")
        or quantity.unit == "百分点"
        and reading.quantities[i].unit == "%"
    ]
    chosen = (
        (levels if moved and quantity.unit == "%" else alike)
        or levels
        or [i for i in range(index) if reading.spans[i]]
    )
    return reading.spans[chosen[-1]] if chosen else None


def _clause_before(reading: Reading, low: int, floor: int) -> Span | None:
    """Return the name in the clause that ends before `low`, if no figure stands between."""
    text, high = reading.text, low
    while high > floor and text[high - 1] in SEPARATORS:
        high -= 1
    if high <= floor or text[high:low].strip(",: \t") or not high < low:
        return None
    place = high
    while place > max(floor, high - REACH_BACK) and text[place - 1] not in SEPARATORS:
        place -= 1
    if place == floor and floor:
        return None
    start, end, _, _ = name_before(text, place, high)
    return (start, end) if end - start >= 2 else None


def _object_before(reading: Reading, low: int) -> Span | None:
    """Return the object of the clause before, for a verb that names nothing itself (办理建议和提案,目前共 | 办结 | 41件)."""
    floor = max((q.end for q in reading.quantities if q.end <= low), default=0)
    span = _clause_before(reading, low, floor)
    if span and DEED.first(reading.text, max(floor, span[0] - 12), span[1]) < span[1]:
        return span
    return None


def _deal_out(reading: Reading, index: int, start: int, end: int, moved: bool) -> None:
    """Give each of the figures behind 分别 its own name: the parts before it, or the last levels told."""
    run = [index]
    while run[-1] + 1 < len(reading.quantities) and BETWEEN.fullmatch(
        reading.text, reading.quantities[run[-1]].end, reading.quantities[run[-1] + 1].start
    ):
        run.append(run[-1] + 1)
    if start < end:
        names = _parts(reading.text, start, end)
    else:
        told = [s for s, g in zip(reading.spans, reading.growth, strict=True) if s and not g]
        names = list(dict.fromkeys(told))[-len(run) :]
    if len(names) == len(run) > 1:
        reading.due.update(zip(run, names, strict=True))


def _parts(text: str, start: int, end: int) -> list[Span]:
    spans, low = [], start
    for found in PARTS.finditer(text, start, end):
        spans.append((low, found.start()))
        low = found.end()
    return [*spans, (low, end)]
