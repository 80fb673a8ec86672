"""Find the headings of a report that carry a number: lines and openings of paragraphs that name what follows them."""

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from pipeline.duties import stretches as duties
from pipeline.structure import labels
from pipeline.structure.layout import Block

_END = re.compile("[。!?;]")
_LONGEST_LINE = 60
LONGEST_RUN_IN = 40
_LONGEST_NUMBERED = 24  # items numbered in digits are often whole tasks: only short ones are headings
_SHORTEST_TITLE = 4
_FIRST_RANK_OF_ITEMS = 3  # 一、 is a heading even where nothing stands under it
_FACT = re.compile(
    r"\d ?(?:[%‰余多万亿]|[件名次人个项场起份家条批元户处宗类所])|《|了(?!解)"
    r"|[一二三四五六七八九十百千]{2,}(?:余|多)?[件名次人个项场起份家条批户处宗]|百分之"
)


class Heading(NamedTuple):
    """One heading: offsets (label included), label or None, title, rank, and its form.

    `form`: `line` stands alone, `run_in` opens a paragraph, `item` numbers a sentence that says something itself.
    """

    start: int
    end: int
    label: str | None
    title: str
    rank: float
    form: str


def numbered(folded: str, blocks: list[Block]) -> list[Heading]:
    """List the headings and items of a folded text that carry a label, in order."""
    body = [block for block in blocks if block.role == "body" and not block.is_row]
    inline = labels.inline(folded)
    found: list[Heading] = []
    at = 0
    for block in body:
        at = bisect_right(inline, block.start, at)
        stop = bisect_left(inline, block.end, at)
        for start in [block.start, *inline[at:stop]]:
            _add_all(found, folded, start, block)
    return _without_empty(found, body)


def _add_all(found: list[Heading], folded: str, start: int, block: Block) -> None:
    """Add the heading at an offset, and those that follow at once: 一、主要工作(一)抓学法。"""
    heading = _labelled(folded, start, block)
    while heading:
        _add(found, heading)
        goes_on = heading.form == "line" and labels.nested(folded, heading.end)
        heading = _labelled(folded, heading.end, block) if goes_on else None


def _add(found: list[Heading], heading: Heading) -> None:
    """Add a heading; an item that runs over the start of the next one ends there."""
    if found and heading.start < found[-1].end:
        if found[-1].form != "item":
            return
        found[-1] = found[-1]._replace(end=heading.start)
    found.append(heading)


def _without_empty(found: list[Heading], body: list[Block]) -> list[Heading]:
    """Make items of numbered lines that govern nothing: a list of tasks, each on a line of its own."""
    ends = [block.end for block in body]
    starts = {heading.start: heading for heading in found}
    kept = []
    for heading in found:
        if heading.form == "line" and heading.rank >= _FIRST_RANK_OF_ITEMS:
            below = bisect_left(ends, heading.end) + 1
            next_one = starts.get(body[below].start) if below < len(body) else None
            if below >= len(body) or (next_one and next_one.rank <= heading.rank):
                heading = heading._replace(form="item")
        kept.append(heading)
    return kept


def _labelled(folded: str, start: int, block: Block) -> Heading | None:
    """Read the heading or item whose label stands at an offset of a paragraph."""
    label = labels.read(folded, start)
    if label is None:
        return None
    mark = _END.search(folded, label.end, block.end)
    end = mark.end() if mark else block.end
    early = _early_end(folded, label, end)
    if early:
        return make(folded, start, early, label, "line")
    if mark is None:
        short = end - label.end <= _LONGEST_LINE and not (
            label.rank >= _FIRST_RANK_OF_ITEMS and states(folded[label.end : end])
        )
        return make(folded, start, end, label, "line" if short else "item")
    while end < block.end and folded[end] in "”’)》】":
        end += 1
    form = _form(folded, label, end, block.end) if folded[start - 1 : start] != ":" else "item"
    return make(folded, start, end, label, form)


def _early_end(folded: str, label: labels.Label, end: int) -> int | None:
    """Find where a heading ends that runs on in the same line: before a label below it, or before a gap and prose."""
    if label.rank >= labels.ORDINAL_RANK:
        return None
    stop = min(end, label.end + LONGEST_RUN_IN)
    below = labels.first_nested(folded, label, stop)
    if below:
        return below
    gap = folded.find(" ", label.end + _SHORTEST_TITLE, stop)
    if gap < 0 or end - gap < _LONGEST_NUMBERED or label.rank > _FIRST_RANK_OF_ITEMS:
        return None
    head = folded[label.end : gap]
    return None if "," in head or states(head) or folded[end - 1] != "。" else gap


def states(text: str) -> bool:
    """Tell whether a short opening says something itself: a figure with its unit, a title, a completed act.

    >>> states("实现出庭率100%"), states("加强12345热线建设"), states("完善了监督制度")
    (True, False, True)
    """
    return _FACT.search(text) is not None


def _form(folded: str, label: labels.Label, end: int, block_end: int) -> str:
    """Judge whether the first sentence behind a label names what follows or says something itself."""
    text = folded[label.end : end]
    digits = label.style in ("number", "dotted", "numbered", "circled", "article")
    alone = end >= block_end or (digits and duties.opens(folded, end, block_end))
    longest = _LONGEST_NUMBERED if digits else LONGEST_RUN_IN
    if len(text) > longest or states(text) or text.endswith(";"):
        return "item"
    return "item" if alone and (digits or label.style == "ordinal") else "run_in"


def make(folded: str, start: int, end: int, label: labels.Label, form: str) -> Heading | None:
    """Make a heading of a labelled span; None where the label stands alone."""
    title = as_title(folded[label.end : end])
    return Heading(start, end, label.text, title, label.rank, form) if title else None


def as_title(text: str) -> str:
    """Give the words of a heading on one line, without the mark that closes it."""
    return ("" if "\n" in text else " ").join(text.split()).strip("。:;,")
