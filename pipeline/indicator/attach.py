"""Find the words that name what each figure of a sentence counts: before it, behind it, or told with another."""

import re

from pipeline.indicator.before import DEED, name_before
from pipeline.indicator.behind import name_behind
from pipeline.indicator.reading import RECENT, Reading, Span
from pipeline.indicator.sharing import deal_out, object_before, told_before
from pipeline.indicator.words import ROLES

BARE, SHARE = ROLES["bare"], ROLES["share"]
NO_OBJECT = ("percent", "points", "money", "multiple")  # kinds of quantity that no noun follows
SHORT = 3  # characters: a noun so short is named with what qualifies it before the figure

# 较上年的 | 118件: the same thing a year before; what follows is how it moved
OTHER_YEAR = re.compile(
    r"(?:(?:比|较|与|同|由|从)(?:去年|上年|上一年|前年|(?:19|20)\d\d年)|[上去]年)(?:度|同期|底|末)?(?:的|为)?$"
)


def attach(folded_sentence: str, quantities: list) -> list[Span | None]:
    """Return for each quantity, in order, the offsets of the words that name what it counts, or None.

    Offsets count from the sentence's start. The quantities must be in text order and disjoint; only `start`, `end`, `unit`,
    `kind` and `change` of each are read.

    >>> from pipeline import quantity
    >>> sentence = "全年发放宣传手册2万余册,解答群众咨询3000余人次"
    >>> [sentence[start:end] for start, end in attach(sentence, quantity.scan(sentence))]
    ['宣传手册', '解答群众咨询']
    """
    reading = Reading(folded_sentence, quantities)
    rows = "\t" in folded_sentence
    for index in range(len(quantities)):
        span, moved = _name(reading, index, rows)
        reading.spans.append(span)
        reading.growth.append(moved)
    return reading.spans


def _name(reading: Reading, index: int, rows: bool) -> tuple[Span | None, bool]:
    """Name one figure; also tell whether it is a change of what it names."""
    quantity = reading.quantities[index]
    if index in reading.dealt:
        return reading.dealt[index], bool(quantity.change)
    if index in reading.like:
        first = reading.like[index]
        return reading.spans[first], reading.growth[first]
    if rows and (cell := reading.row_label(index)):
        return cell, bool(quantity.change)
    low = reading.zone_before(index)
    start, end, moved, joints = name_before(reading.text, low, quantity.start)
    moved = moved or bool(quantity.change)
    if "其中" in joints or quantity.kind == "multiple" and joints.endswith("的"):
        start = end = quantity.start
    if "分别" in joints or "各" in joints:
        deal_out(reading, index, start, end)
        if index in reading.dealt:
            return reading.dealt[index], moved
    return _choose(reading, index, (low, start, end), moved, joints), moved


def _choose(
    reading: Reading, index: int, before: tuple[int, int, int], moved: bool, joints: str
) -> Span | None:
    """Choose between the name before a figure, the one behind it, and what other figures and clauses tell."""
    low, start, end = before
    if start == end and OTHER_YEAR.search(reading.text, low, reading.quantities[index].start):
        return told_before(reading, index, low, moved)
    if not moved and (start == end or reading.quantities[index].kind not in NO_OBJECT):
        qualified = joints.endswith("的")
        noun = qualified or DEED.before(reading.text, start, end) > 0
        if behind := _behind(reading, index, start == end, noun):
            if BARE.covers(reading.text, *behind):
                return told_before(reading, index, low, moved) or behind
            return (start if qualified and _is_short(behind, start, end) else behind[0], behind[1])
    if start == end:
        return told_before(reading, index, low, moved)
    if SHARE.covers(reading.text, start, end):
        return told_before(reading, index, low, moved) or (start, end)
    if BARE.covers(reading.text, start, end):
        return object_before(reading, low) or (start, end)
    return start, end


def _is_short(behind: Span, start: int, end: int) -> bool:
    """Tell a noun that says too little without its qualifier (现行有效的 | 241件 | 文件)."""
    return behind[1] - behind[0] <= SHORT and end - start > SHORT


def _behind(reading: Reading, index: int, forced: bool, noun: bool) -> Span | None:
    """Return the name behind a figure; figures that follow one another share it (6大方面18项 | 重点任务)."""
    quantities, last = reading.quantities, index
    while last + 1 < len(quantities) and quantities[last].end == quantities[last + 1].start:
        last += 1
        if last - index == RECENT:
            return None
    high = reading.zone_after(last)
    followed = last + 1 < len(quantities) and quantities[last + 1].start == high
    if followed and _is_threshold(reading, last):
        return None
    start, end = name_behind(
        reading.text,
        quantities[last].end,
        high,
        forced=forced and last == index,
        followed=followed,
        noun=noun,
    )
    if start == end:
        return None
    reading.taken = end
    return start, end


def _is_threshold(reading: Reading, index: int) -> bool:
    """Tell a condition from a count: 案件5件以下 | 的机关出庭率不低于80%."""
    first, second = reading.quantities[index : index + 2]
    return second.unit == "%" and reading.text.startswith("的", first.end)
