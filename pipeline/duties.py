"""Find where a report says who does a task and by when: (牵头单位:…;责任单位:…;完成时限:…).

Only the span is found here, so that it becomes a row of its own; what it says is read by the stage `assignments`.
"""

import re

from pipeline.layout import Block

_WHO = "(?:牵头|责任|主责|主办|协办|配合|参与|参加|协同|负责|承办|实施|落实|支持|督导)"
_KEY = rf"(?:{_WHO}(?:单位|部门|领导|科室|股室|主体|处室|机构|人)|(?:完成|办理|整改|办结|落实)?时限|(?:完成|办结|整改)(?:时间|期限|节点))"
# 牵头单位、责任单位:…
# No optional bracket before it: the search must begin with a letter to be fast.
CUE = re.compile(rf"{_KEY}(?:\s*[、和及与/]\s*{_KEY})?\s*:")
_CELL = re.compile(_KEY)
# (区司法局牵头,各镇配合): no colon, but a bracket at a sentence's end that names who acts.
_PLAIN = re.compile(
    r"\((?!由)(?P<who>[^()。;:《“]{2,120}(?:\([^()]{1,20}\)[^()。;:《“]{0,80}){0,5}?"
    r"(?:牵头|配合|负责|参与|参加|落实|承办|主办|组织实施|按职责分工负责))\) *(?:。|$|\n)"
)
_CLOSERS = {"(": ")", "[": "]", "【": "】", "〔": "〕"}
_LONGEST = 2000  # characters a bracket of duty may run on for


def spans(folded: str) -> list[tuple[int, int]]:
    """List the spans in a folded text that assign a duty, in order, disjoint; offsets into the text.

    >>> text = "完善制度。(牵头单位:区司法局;完成时限:2023年)"
    >>> [text[a:b] for a, b in spans(text)]
    ['(牵头单位:区司法局;完成时限:2023年)']
    """
    found, taken = [], 0
    for match in CUE.finditer(folded):
        if match.start() < taken:
            continue
        start, end = _span(folded, match)
        if start < end:
            found.append((start, end))
            taken = end
    plain = (
        [match.span() for match in _PLAIN.finditer(folded)] if "负责)" in folded or "牵头" in folded else []
    )
    return _merge(found, plain)


def mark(blocks: list[Block], found: list[tuple[int, int]]) -> list[Block]:
    """Give the role `assignment` to the paragraphs that begin with a span found."""
    starts = {start for start, _ in found}
    return [
        block._replace(role="assignment") if block.role == "body" and block.start in starts else block
        for block in blocks
    ]


def is_header(row: str) -> bool:
    """Tell whether a table row names who does a task and by when, so that the rows below say it."""
    return "\t" in row and any(_CELL.fullmatch(cell.strip()) for cell in row.split("\t"))


def _span(folded: str, match: re.Match) -> tuple[int, int]:
    """Return the span of a duty that begins at a cue: its bracket, or its line; an empty one inside a clause."""
    start = match.start()
    before = start - 1
    while before >= 0 and folded[before].isspace():
        before -= 1
    if before >= 0 and folded[before] in _CLOSERS:
        return before, _closing(folded, before, match.end())
    if before >= 0 and folded[before] not in "。;!?)】" and "\n" not in folded[before:start]:
        return start, start
    line_end = folded.find("\n", match.end())
    line_end = len(folded) if line_end < 0 else line_end
    stop = folded.find("。", match.end(), line_end)
    return start, (line_end if stop < 0 else stop + 1)


def _closing(folded: str, start: int, at: int) -> int:
    """Find the end of the bracket that opens at `start`; a bracket never closed ends with its line."""
    opener, closer = folded[start], _CLOSERS[folded[start]]
    depth = 1
    for i in range(at, min(len(folded), start + _LONGEST)):
        if folded[i] == opener:
            depth += 1
        elif folded[i] == closer:
            depth -= 1
            if depth == 0:
                return i + 2 if folded[i + 1 : i + 2] == "。" else i + 1
    line_end = folded.find("\n", at)
    return len(folded) if line_end < 0 else line_end


def _merge(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(first + second):
        if not merged or start >= merged[-1][1]:
            merged.append((start, end))
    return merged
