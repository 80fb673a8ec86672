"""Find the headings of a report: lines and openings of paragraphs that name what follows them."""

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from pipeline import labels
from pipeline.layout import Block

_END = re.compile("[。!?;]")
_LONGEST_LINE = 60
_LONGEST_RUN_IN = 40
_LONGEST_NUMBERED = 24  # items numbered in digits are often whole tasks: only short ones are headings
_LONGEST_PLAIN = 32
_LONGEST_PLAIN_RUN_IN = 12
_SHORTEST_BODY = 12
# What makes a short opening a statement of its own: a figure, a title, a completed act.
_FACT = re.compile(r"\d|《|了(?!解)|[一二三四五六七八九十百]{2,}")
_SPACES = re.compile(r"\s+")


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


def headings(folded: str, blocks: list[Block], duties: list[tuple[int, int]]) -> list[Heading]:
    """List the headings of a folded text in order."""
    duty_starts = {start for start, _ in duties}
    inline = labels.inline(folded)
    found: list[Heading] = []
    at = 0
    for i, block in enumerate(blocks):
        at = bisect_right(inline, block.start, at)
        if block.role != "body" or block.row or block.start in duty_starts:
            continue
        opening = _opening(folded, blocks, i)
        stop = bisect_left(inline, block.end, at)
        items = [item for start in inline[at:stop] if (item := _item(folded, start, block.end))]
        opening = opening or _lost_label(folded, block, items, found)
        for heading in [opening, *items] if opening else items:
            _add(found, heading)
    return _rank_plain(_with_run_ins(folded, blocks, found))


def _add(found: list[Heading], heading: Heading) -> None:
    """Add a heading; an item that runs over the start of the next one ends there."""
    if found and heading.start < found[-1].end:
        if found[-1].form != "item":
            return
        found[-1] = found[-1]._replace(end=heading.start)
    found.append(heading)


def _lost_label(folded: str, block: Block, items: list[Heading], found: list[Heading]) -> Heading | None:
    """Read a heading whose own label was lost: it opens a paragraph where 一是 begins anew under nothing new."""
    if not items or items[0].rank != labels.ORDINAL_RANK or labels.number(items[0].label or "") != 1:
        return None
    if not found or found[-1].rank != labels.ORDINAL_RANK or (labels.number(found[-1].label or "") or 0) < 2:
        return None
    governing = next((h for h in reversed(found) if h.rank < labels.ORDINAL_RANK), None)
    end = items[0].start
    text = folded[block.start : end].rstrip()
    one = _END.search(text)
    if governing is None or governing.label is None or not one or one.end() < len(text):
        return None
    if len(text) > _LONGEST_RUN_IN or _FACT.search(text):
        return None
    return Heading(block.start, block.start + len(text), None, _title(text), governing.rank, "run_in")


def _with_run_ins(folded: str, blocks: list[Block], found: list[Heading]) -> list[Heading]:
    """Add unnumbered openings (重点产品。完成抽检…) where two or more paragraphs under one heading begin so."""
    starts = [h.start for h in found]
    taken = set(starts)
    groups: dict[int, list[Heading]] = {}
    for block in blocks:
        if block.role == "body" and not block.row and block.start not in taken:
            opening = _plain_run_in(folded, block)
            if opening:
                groups.setdefault(bisect_left(starts, block.start), []).append(opening)
    more = [h for group in groups.values() if len(group) > 1 for h in group]
    return sorted(found + more) if more else found


def _plain_run_in(folded: str, block: Block) -> Heading | None:
    stop = folded.find("。", block.start, block.start + _LONGEST_PLAIN_RUN_IN)
    if stop < 0 or stop + 1 >= block.end:
        return None
    text = folded[block.start : stop]
    if len(text) < 3 or _FACT.search(text) or "," in text or ":" in text or folded[stop + 1] in "”’)":
        return None
    return Heading(block.start, stop + 1, None, text, labels.RUN_IN_RANK, "run_in")


def _rank_plain(found: list[Heading]) -> list[Heading]:
    """Give unnumbered heading lines their rank: beside the numbered ones, or under them where these go on counting."""
    top = min((h.rank for h in found if h.label and h.rank < labels.RUN_IN_RANK), default=None)
    if top is None or all(h.label or h.form != "line" for h in found):
        return found
    numbered = [(i, labels.number(h.label)) for i, h in enumerate(found) if h.label and h.rank == top]
    under = False
    for (i, number), (j, after) in zip(numbered, numbered[1:], strict=False):
        between = any(not h.label and h.form == "line" for h in found[i + 1 : j])
        under = under or (between and None not in (number, after) and after == number + 1)
    rank = top + 0.5 if under else top
    return [h._replace(rank=rank) if not h.label and h.form == "line" else h for h in found]


def _opening(folded: str, blocks: list[Block], i: int) -> Heading | None:
    """Read the heading that opens a paragraph, if one does."""
    block = blocks[i]
    label = labels.read(folded, block.start)
    if label:
        return _labelled(folded, block, label)
    text = folded[block.start : block.end]
    if _is_plain_line(text) and _has_body(folded, blocks, i):
        return Heading(block.start, block.end, None, _title(text), labels.PLAIN_RANK, "line")
    return None


def _labelled(folded: str, block: Block, label: labels.Label) -> Heading | None:
    mark = _END.search(folded, label.end, block.end)
    if mark is None:
        short = block.end - label.end <= _LONGEST_LINE
        return _make(folded, block.start, block.end, label, "line" if short else "item")
    end = mark.end()
    while end < block.end and folded[end] in "”’)》】":
        end += 1
    return _make(folded, block.start, end, label, _form(folded, label, end, block.end))


def _form(folded: str, label: labels.Label, end: int, block_end: int) -> str:
    """Judge whether the first sentence behind a label names what follows or says something itself."""
    text = folded[label.end : end]
    digits = label.style in ("number", "dotted", "numbered", "circled", "article")
    alone = not folded[end:block_end].strip()
    longest = _LONGEST_NUMBERED if digits else _LONGEST_RUN_IN
    if len(text) > longest or _FACT.search(text) or text.endswith(";"):
        return "item"
    return "item" if alone and (digits or label.style == "ordinal") else "run_in"


def _item(folded: str, start: int, block_end: int) -> Heading | None:
    """Read the item whose label stands inside a paragraph."""
    label = labels.read(folded, start)
    if label is None:
        return None
    mark = _END.search(folded, label.end, block_end)
    end = mark.end() if mark else block_end
    form = _form(folded, label, end, block_end) if folded[start - 1] != ":" else "item"
    return _make(folded, start, end, label, form)


def _make(folded: str, start: int, end: int, label: labels.Label, form: str) -> Heading | None:
    title = _title(folded[label.end : end])
    return Heading(start, end, label.text, title, label.rank, form) if title else None


def _title(text: str) -> str:
    return _SPACES.sub("" if "\n" in text else " ", text.strip()).strip("。:;,")


def _is_plain_line(text: str) -> bool:
    return 4 <= len(text) <= _LONGEST_PLAIN and text[-1] not in "。!?;:…,、" and not _FACT.search(text)


def _has_body(folded: str, blocks: list[Block], i: int) -> bool:
    """Tell whether the line is no item of a list and the next paragraph is prose, or a numbered heading, to govern."""
    if i + 1 >= len(blocks) or blocks[i + 1].role != "body" or blocks[i + 1].row:
        return False
    if i and blocks[i - 1].role == "body":
        above = folded[blocks[i - 1].start : blocks[i - 1].end]
        if _is_plain_line(above) and labels.read(above, 0) is None:
            return False
    below = folded[blocks[i + 1].start : blocks[i + 1].end]
    return labels.read(below, 0) is not None or (len(below) >= _SHORTEST_BODY and below[-1] in "。!?;:”)")
