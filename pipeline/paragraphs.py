"""Put a report's lines together again into paragraphs, however its file cut them.

A file breaks lines where its maker's screen or page did: after so many columns, in the middle of a heading, over a blank
line; or it breaks none and parts its paragraphs by runs of spaces. All offsets count characters of the text.
"""

import re
from collections import Counter
from typing import NamedTuple

from pipeline import furniture, labels

ENDS = frozenset("。!?;:…")
_CLOSERS = frozenset("”’)》」』】〉\"'")
_OPEN_ENDS = frozenset(",、(《“‘〈「『【·")
_CONTINUES = frozenset(",、。;:!?)》”’」』】〉%")
_PAIRS = (("《", "》"), ("(", ")"), ("“", "”"))
# Runs of spaces that stand for a lost line break; only looked for in lines long enough to hold paragraphs.
_SPACE_BREAK = re.compile(r" {3,}|(?<=[。!?”)]) {2,}| {2,}(?=[一二三四五六七八九十(])")
_LONG_LINE = 60
_LABEL_TAB = re.compile(r"[^\t]{1,6}\t[^\t]*$")

_FEWEST_WRAPPED = 4  # so many lines cut at one width make a habit
_WRAP_SLACK = 5  # columns a cut line may fall short of the width: no line begins with a mark
_WRAP_WIDTHS = range(30, 161)


class Line(NamedTuple):
    """One line without the white space around it: offsets, columns (indent included), indent, whether a table row."""

    start: int
    end: int
    width: int
    indent: int
    row: bool


class Paragraph(NamedTuple):
    """One paragraph: offsets into the text, and whether it is a row of a table."""

    start: int
    end: int
    row: bool


class Wrap(NamedTuple):
    """The habit of a file that cuts its lines: the width in columns, and the indent of lines that go on."""

    width: int
    indent: int


def paragraphs(folded: str) -> list[Paragraph]:
    """List the paragraphs of a folded text in order; what stands between them is white space."""
    lines = _lines(folded)
    wrap = _wrap(folded, lines)
    found, start, last = [], 0, None
    for at, line in enumerate(lines):
        if last is None:
            start = line.start
        elif not _continues(folded, start, last, line, wrap, lines[at + 1 : at + 2]):
            found.append(Paragraph(start, last.end, last.row))
            start = line.start
        last = line
    if last is not None:
        found.append(Paragraph(start, last.end, last.row))
    return found


def _lines(folded: str) -> list[Line]:
    lines, offset = [], 0
    for raw in folded.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = offset + raw.find(stripped[0])
            end = start + len(stripped)
            if len(stripped) > _LONG_LINE and "  " in stripped and "。" in stripped:
                lines += [Line(a, b, 0, 0, False) for a, b in _pieces(folded, start, end)]
            else:
                lines.append(Line(start, end, _columns(raw.rstrip()), start - offset, _is_row(stripped)))
        offset += len(raw) + 1
    return lines


def _pieces(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut one long line where a run of spaces stands for a line break."""
    pieces = []
    for gap in _SPACE_BREAK.finditer(folded, start, end):
        pieces.append((start, gap.start()))
        start = gap.end()
    return [*pieces, (start, end)]


def _columns(line: str) -> int:
    """Count columns as a terminal would: two for a Chinese character, one for an ASCII one."""
    return (len(line.encode("utf-8", "replace")) + len(line)) // 2


def _is_row(line: str) -> bool:
    if line[0] == "|" and line[-1] == "|" and len(line) > 2:
        return True
    return "\t" in line and not (_LABEL_TAB.match(line) and labels.read(line, 0))


def _wrap(folded: str, lines: list[Line]) -> Wrap | None:
    """Tell whether the file cuts its lines at a width: most lines that end inside a sentence are equally wide."""
    loose = [line for line in lines if not line.row and line.width >= _WRAP_WIDTHS.start]
    loose = [line for line in loose if not _ends(folded, line)]
    if len(loose) < _FEWEST_WRAPPED:
        return None
    widths = Counter(line.width for line in loose)
    near = {w: sum(widths[v] for v in range(w - _WRAP_SLACK, w + 1)) for w in widths}
    width = max(near, key=lambda w: (near[w], -w))
    wider = sum(line.width > width + 2 for line in lines)
    if width not in _WRAP_WIDTHS or near[width] < 0.6 * len(loose) or wider > 0.05 * len(lines):
        return None
    full = [line for line in loose if width - _WRAP_SLACK <= line.width <= width]
    if len(full) < _FEWEST_WRAPPED or len(full) < 0.25 * len(lines):
        return None
    return Wrap(width, Counter(line.indent for line in full).most_common(1)[0][0])


def _ends(folded: str, line: Line) -> bool:
    """Tell whether a line closes with a sentence mark, a quotation mark or bracket behind it aside."""
    at = line.end - 1
    while at > line.start and folded[at] in _CLOSERS:
        at -= 1
    return folded[at] in ENDS


def _continues(folded: str, start: int, last: Line, line: Line, wrap: Wrap | None, after: list[Line]) -> bool:
    """Tell whether `line` goes on with the paragraph that began at `start` and stands at `last`."""
    if last.row or line.row or folded[last.end - 1] in ENDS:
        return False
    if folded[line.start] in _CONTINUES:
        return True
    if _stands_alone(folded, line) or furniture.is_furniture(folded[last.start : last.end]):
        return False
    if folded[last.end - 1] in _OPEN_ENDS or _is_open(folded, last):
        return True
    if _ends(folded, last):
        return False
    if wrap and last.width >= wrap.width - _WRAP_SLACK:
        return line.indent <= wrap.indent
    return _is_broken(folded, start, last, line, after)


def _stands_alone(folded: str, line: Line) -> bool:
    text = folded[line.start : line.end]
    return labels.read(folded, line.start) is not None or furniture.is_furniture(text)


def _is_open(folded: str, line: Line) -> bool:
    """Tell whether a title, bracket or quotation begins in the line and does not end in it."""
    text = folded[line.start : line.end]
    return any(text.rfind(opener) > text.rfind(closer) for opener, closer in _PAIRS)


_PROSE = 45  # characters without a full stop that only prose reaches
_HEADING_LINE = 20  # a heading shorter than this is not broken for want of room
_LEFT_OVER = 12


def _is_broken(folded: str, start: int, last: Line, line: Line, after: list[Line]) -> bool:
    """Tell whether a line break without a habit behind it falls inside a sentence or a heading."""
    text = folded[start : last.end]
    label = labels.read(folded, start)
    if _ends(folded, line):
        return "。" in text or (label is None and len(text) >= _PROSE and "," in text)
    size = line.end - line.start
    return (
        label is not None
        and label.rank <= 5
        and "。" not in text
        and len(text) >= _HEADING_LINE
        and size <= _LEFT_OVER
        and " " not in folded[line.start : line.end]
        and bool(after)
        and after[0].end - after[0].start > size
    )
