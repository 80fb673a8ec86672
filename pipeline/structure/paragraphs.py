"""Put a report's lines together again into paragraphs, however its file cut them.

A file breaks lines where its maker's screen or page did: after so many columns, in the middle of a heading, over a blank
line; or it breaks none and parts its paragraphs by runs of spaces. All offsets count characters of the text.
"""

import re
from collections import Counter
from typing import NamedTuple

from pipeline.structure import furniture, labels

ENDS = frozenset("。!?;:…")
_STOPS = frozenset("。!?…")
_CLOSERS = frozenset("”’)》」』】〉\"'")
_OPEN_ENDS = frozenset(",、(《“‘〈「『【·")
_CONTINUES = frozenset(",、。;:!?)》”’」』】〉%")
_CREDITS = ("摄", "供图", "摄影")  # a photographer's credit ends its paragraph
_PAIRS = (("《", "》"), ("(", ")"), ("“", "”"))
# Runs of spaces that stand for a lost line break: three and more, or two behind a mark or before a label; only looked for
# in lines long enough to hold paragraphs.
_SPACE_BREAK = re.compile(r"  (?: +|(?<=[。!?”)]  )|(?=[一二三四五六七八九十(]))")
_LONG_LINE = 60
_LABEL_TAB = re.compile(r"[^\t]{1,6}\t[^\t]*$")

_FULL_SHARE = 0.25  # of the lines fill the width of a file that cuts them
_FEWEST_WRAPPED = 4  # so many lines cut at one width make a habit
_WRAP_SLACK = (
    5  # columns a cut line may fall short of the width: no line begins with a mark, no number is cut
)
_RAGGED = 2  # columns by which a file may miss its own width
_LONGEST_BRACKET = 300  # characters a bracket may run on over line ends
_INDENTED_SHARE = 0.05  # of the lines stand further in: the file indents its paragraphs
# What a line breaks before as one: a number or foreign word, or one character, with the marks that hold to it.
_TOKEN = re.compile(r"[(（《“‘【〔「]*(?:[0-9A-Za-z.%+\-]+|[０-９．％]+|.)[,，。；;：:！!？?)）》”’】、]*")
_WRAP_WIDTHS = range(30, 161)


class Line(NamedTuple):
    """One line without the white space around it: offsets, where its white space begins, and whether it is a table row.

    A piece cut out of a line has no width: it `opens` at its own end.
    """

    opens: int
    start: int
    end: int
    row: bool


class Paragraph(NamedTuple):
    """One paragraph: offsets into the text, and whether it is a row of a table."""

    start: int
    end: int
    row: bool


class Wrap(NamedTuple):
    """The habit of a file that cuts its lines: width in columns, indent of lines that go on, whether paragraphs are indented."""

    width: int
    indent: int
    indents: bool


def paragraphs(text: str, folded: str) -> list[Paragraph]:
    """List the paragraphs of a text in order; what stands between them is white space. `folded` is the text's fold."""
    lines = _lines(folded)
    loose = [line for line in lines if not line.row and not _ends(folded, line)]
    report = _Report(text, folded, _wrap(text, lines, loose), _leaves_out_marks(folded, loose))
    stops = frozenset() if report.wrap else _STOPS
    found = []
    for at, line in enumerate(lines):
        last = lines[at - 1] if at else None
        if last is None:
            start = line.start
        elif (
            folded[last.end - 1] in stops
            or last.row
            or line.row
            or not _continues(report, start, last, line, lines[at + 1 : at + 2])
        ):
            found.append(Paragraph(start, last.end, last.row))
            start = line.start
    return [*found, Paragraph(start, lines[-1].end, lines[-1].row)] if lines else []


class _Report(NamedTuple):
    text: str
    folded: str
    wrap: Wrap | None
    unmarked: bool  # its maker leaves out full stops at the ends of paragraphs


def _lines(folded: str) -> list[Line]:
    lines, offset, has_rows = [], 0, "|" in folded or "\t" in folded
    for raw in folded.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = offset + raw.find(stripped[0])
            end = start + len(stripped)
            if len(stripped) > _LONG_LINE and "  " in stripped and "。" in stripped:
                lines += [Line(b, a, b, False) for a, b in _pieces(folded, start, end)]
            else:
                lines.append(Line(offset, start, end, has_rows and _is_row(stripped)))
        offset += len(raw) + 1
    return lines


def _pieces(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut one long line where a run of spaces stands for a line break."""
    pieces = []
    for gap in _SPACE_BREAK.finditer(folded, start, end):
        pieces.append((start, gap.start()))
        start = gap.end()
    return [*pieces, (start, end)]


def _width(text: str, line: Line) -> int:
    """Count the columns of a line, its indent included."""
    return _columns(text[line.opens : line.end])


def _indent(text: str, line: Line) -> int:
    return _columns(text[line.opens : line.start])


def _columns(line: str) -> int:
    """Count columns as a terminal would: two for a Chinese character, one for an ASCII one."""
    return (len(line.encode("utf-8", "replace")) + len(line)) // 2


def _is_row(line: str) -> bool:
    if line[-1] == "|" and line.count("|") > 1:
        return True
    return "\t" in line and not (_LABEL_TAB.match(line) and labels.read(line, 0))


def _wrap(text: str, lines: list[Line], loose: list[Line]) -> Wrap | None:
    """Tell whether the file cuts its lines at a width: most lines that end inside a sentence (`loose`) are equally wide."""
    wide = [(line, width) for line in loose if (width := _width(text, line)) >= _WRAP_WIDTHS.start]
    if len(wide) < max(_FEWEST_WRAPPED, _FULL_SHARE * len(lines)):
        return None
    widths = Counter(width for _, width in wide)
    near = {w: sum(widths[v] for v in range(w - _WRAP_SLACK, w + 1)) for w in widths}
    reach = max(near, key=lambda w: (near[w], -w))
    width = max(range(reach - _WRAP_SLACK, reach + 1), key=lambda w: (widths[w], w))
    if width not in _WRAP_WIDTHS or near[reach] < 0.6 * len(wide):
        return None
    if sum(_width(text, line) > reach + _RAGGED for line in lines) > 0.05 * len(lines):
        return None
    full = [line for line, width in wide if reach - _WRAP_SLACK <= width <= reach]
    if len(full) < max(_FEWEST_WRAPPED, _FULL_SHARE * len(lines)):
        return None
    indent = Counter(_indent(text, line) for line in full).most_common(1)[0][0]
    indented = sum(_indent(text, line) > indent for line in lines)
    return Wrap(width, indent, indented > _INDENTED_SHARE * len(lines))


def _ends(folded: str, line: Line) -> bool:
    """Tell whether a line closes with a sentence mark, a quotation mark or bracket behind it aside."""
    at = line.end - 1
    if folded[at] in ENDS:
        return True
    while at > line.start and folded[at] in _CLOSERS:
        at -= 1
    return folded[at] in ENDS


def _continues(report: _Report, start: int, last: Line, line: Line, after: list[Line]) -> bool:
    """Tell whether `line` goes on with the paragraph that began at `start` and stands at `last`; neither is a table row."""
    folded = report.folded
    if folded.endswith(_CREDITS, start, last.end):
        return False
    if folded[line.start] in _CONTINUES:
        return True
    if not _seems_to_continue(report, start, last, line, after):
        return False
    return not (_stands_alone(folded, line) or furniture.is_furniture(folded[last.start : last.end]))


def _seems_to_continue(report: _Report, start: int, last: Line, line: Line, after: list[Line]) -> bool:
    """Tell the same by how `last` ends and where the file cuts its lines, whatever the two lines are."""
    folded = report.folded
    mark = folded[last.end - 1]
    if mark in _OPEN_ENDS or _is_open(folded, max(start, last.end - _LONGEST_BRACKET), last.end):
        return True
    if report.wrap and _is_cut(report, last, line):
        return _indent(report.text, line) <= report.wrap.indent and (
            mark not in _STOPS or report.wrap.indents
        )
    return not _ends(folded, last) and _is_broken(report, start, last, line, after)


def _is_cut(report: _Report, last: Line, line: Line) -> bool:
    """Tell whether `last` ends where the file cuts: what begins the next line would not have fitted."""
    token = _columns(_TOKEN.match(report.text, line.start).group())
    return _width(report.text, last) + token > report.wrap.width - _RAGGED


def _stands_alone(folded: str, line: Line) -> bool:
    text = folded[line.start : line.end]
    return labels.read(folded, line.start) is not None or furniture.is_furniture(text)


def _is_open(folded: str, start: int, end: int) -> bool:
    """Tell whether a title, bracket or quotation begins in a span and does not end in it."""
    for opener, closer in _PAIRS:
        last = folded.rfind(opener, start, end)
        if last >= 0 and folded.find(closer, last, end) < 0:
            return True
    return False


_PROSE = 45  # characters without a full stop that only prose reaches
_LONG_LINES = 30
_FEWEST_UNMARKED = 3
_HEADING_LINE = 20  # a heading shorter than this is not broken for want of room
_LEFT_OVER = 12
_LOOK_BACK = 400  # characters


def _leaves_out_marks(folded: str, loose: list[Line]) -> bool:
    """Tell whether a file's paragraphs tend to close without a full stop, so that a lack of one means nothing."""
    unmarked = 0
    for line in loose:
        if line.end - line.start >= _LONG_LINES:
            unmarked += folded.find(",", line.start, line.end) >= 0 and not labels.read(folded, line.start)
    return unmarked >= _FEWEST_UNMARKED


def _is_broken(report: _Report, start: int, last: Line, line: Line, after: list[Line]) -> bool:
    """Tell whether a line break without a habit behind it falls inside a sentence or a heading."""
    folded, size = report.folded, line.end - line.start
    text = folded[max(start, last.end - _LOOK_BACK) : last.end]
    if _ends(folded, line):
        if report.unmarked or "。" in text:
            return not report.unmarked
        return len(text) >= _PROSE and "," in text and labels.read(folded, start) is None
    if size > _LEFT_OVER or len(text) < _HEADING_LINE or "。" in text or not after:
        return False
    if " " in folded[line.start : line.end] or after[0].end - after[0].start <= size:
        return False
    label = labels.read(folded, start)
    return label is not None and label.rank <= 5
