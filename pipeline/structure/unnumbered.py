"""Find the headings that carry no number: lines of their own, openings of paragraphs, and headings whose label was lost."""

from bisect import bisect_left

from pipeline.structure import labels
from pipeline.structure.headings import LONGEST_RUN_IN, Heading, as_title, states
from pipeline.structure.layout import Block

_LONGEST_LINE = 32
_LONGEST_OPENING = 12
_SHORTEST_BODY = 12
_ENDS = "。!?;:”)"


def add(folded: str, blocks: list[Block], found: list[Heading]) -> list[Heading]:
    """Return the numbered headings `found` together with those that carry no number, in order."""
    body = [block for block in blocks if block.role == "body" and not block.is_row]
    found = _in_order([*found, *_lines(folded, blocks), *_lost_labels(folded, body, found)])
    found = _in_order([*found, *_openings(folded, body, found)])
    return _ranked(found)


def _in_order(found: list[Heading]) -> list[Heading]:
    """Sort headings by place; where two begin together, the one that has a label stays."""
    first: dict[int, Heading] = {}
    for heading in sorted(found, key=lambda h: (h.start, h.label is None, h.end)):
        first.setdefault(heading.start, heading)
    return list(first.values())


def _lines(folded: str, blocks: list[Block]) -> list[Heading]:
    """Read the short lines that stand over prose."""
    return [
        Heading(
            block.start, block.end, None, as_title(folded[block.start : block.end]), labels.PLAIN_RANK, "line"
        )
        for i, block in enumerate(blocks)
        if block.role == "body"
        and not block.is_row
        and _is_line(folded, block)
        and _has_body(folded, blocks, i)
    ]


def _is_line(folded: str, block: Block) -> bool:
    if not 4 <= block.end - block.start <= _LONGEST_LINE or labels.read(folded, block.start):
        return False
    text = folded[block.start : block.end]
    return text[-1] not in "。!?;:…,、" and not states(text)


def _has_body(folded: str, blocks: list[Block], i: int) -> bool:
    """Tell whether the line is no item of a list and the next paragraph is prose, or a numbered heading, to govern."""
    if i + 1 >= len(blocks) or blocks[i + 1].role != "body" or blocks[i + 1].is_row:
        return False
    if i and blocks[i - 1].role == "body" and _is_line(folded, blocks[i - 1]):
        return False
    below = blocks[i + 1]
    if labels.read(folded, below.start) is not None:
        return True
    return below.end - below.start >= _SHORTEST_BODY and folded[below.end - 1] in _ENDS


def _lost_labels(folded: str, body: list[Block], found: list[Heading]) -> list[Heading]:
    """Read headings whose own label was lost: they open a paragraph where 一是 begins anew under nothing new."""
    lost = []
    governing, before = None, None
    starts = [block.start for block in body]
    for heading in found:
        if heading.rank < labels.ORDINAL_RANK:
            governing = heading
        elif labels.number(heading.label or "") == 1 and before and governing:
            counted = before.rank == labels.ORDINAL_RANK and (labels.number(before.label or "") or 0) > 1
            block = body[bisect_left(starts, heading.start + 1) - 1]
            near = heading.start - block.start <= 2 * LONGEST_RUN_IN
            if counted and governing.label and near and _is_opening(folded[block.start : heading.start]):
                title = as_title(folded[block.start : heading.start])
                end = block.start + len(folded[block.start : heading.start].rstrip())
                lost.append(Heading(block.start, end, None, title, governing.rank, "run_in"))
        before = heading
    return lost


def _is_opening(text: str) -> bool:
    """Tell whether a text is one short sentence that states nothing."""
    text = text.strip()
    return 4 <= len(text) <= LONGEST_RUN_IN and text.find("。") == len(text) - 1 and not states(text)


def _openings(folded: str, body: list[Block], found: list[Heading]) -> list[Heading]:
    """Read unnumbered openings (重点产品。完成抽检…) where two or more paragraphs under one heading begin so."""
    starts = [heading.start for heading in found]
    taken = set(starts)
    groups: dict[int, list[Heading]] = {}
    for block in body:
        opening = None if block.start in taken else _opening(folded, block)
        if opening:
            groups.setdefault(bisect_left(starts, block.start), []).append(opening)
    return [heading for group in groups.values() if len(group) > 1 for heading in group]


def _opening(folded: str, block: Block) -> Heading | None:
    stop = folded.find("。", block.start, block.start + _LONGEST_OPENING)
    if stop < 0 or stop + 1 >= block.end:
        return None
    text = folded[block.start : stop]
    if len(text) < 3 or states(text) or "," in text or ":" in text or folded[stop + 1] in "”’)":
        return None
    return Heading(block.start, stop + 1, None, text, labels.RUN_IN_RANK, "run_in")


def _ranked(found: list[Heading]) -> list[Heading]:
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
