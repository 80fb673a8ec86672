"""Put the characters of a PDF page into lines by where they stand, column by column.

Measures are in points, y upwards from the page's foot, as the page is shown (its rotation undone).
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from statistics import median

from pipeline.readers import pdf_glyphs, pdf_tables
from pipeline.readers.pdf_glyphs import Glyph

SAME_LINE = (
    0.35  # of the type size: how far baselines of one line may lie apart (raised figures, other fonts)
)
CELL_GAP = 1.8  # of the type size: white space that parts two columns or cells
WORD_GAP = 0.25  # of the type size: white space that parts two words in Latin letters
FULL = 0.65  # share of a column's width its lines fill, if it is a column of text and not of table cells
FEWEST_ROWS = 6  # that a column of text has
LARGEST_CELL = 0.6  # share of a table's text above which one cell holds the report
LONG_CELL = 60  # characters that a cell may hold in any table
LATIN = re.compile(r"[A-Za-z]")
STRIPS = 600  # into which a page's width is cut to find white space
MARGIN = 0.25  # share of the page's width on either side in which no gutter is sought
CROSSING = 0.2  # share of the rows (titles, tables) that may run across the gutter
NARROWEST = 0.25  # share of the page's width that a column of text takes


@dataclass
class Line:
    """One line, a cell of it or a table row: its text, extent, baseline, type size; column 1 or 2 where there are two."""

    text: str
    left: float
    right: float
    y: float
    size: float
    column: int = 0
    is_row: bool = False


@dataclass
class Page:
    """A page's lines in reading order, and how many of its characters have no known meaning."""

    lines: list[Line]
    height: float
    characters: int
    unknown: int


def page(handle) -> Page:
    """Read one page of an open pdfium document."""
    width, height = handle.get_size()
    glyphs, unknown = pdf_glyphs.read(handle, width, height)
    ruled: list[Line] = []
    running = glyphs
    for table in pdf_tables.find(handle, pdf_glyphs.turn(handle)):
        lines, running = _ruled(table, running)
        ruled += lines
    return Page(_in_order(_rows(running), ruled, width), height, len(glyphs), unknown)


def _ruled(table: pdf_tables.Table, glyphs: list[Glyph]) -> tuple[list[Line], list[Glyph]]:
    """Return a ruled table's rows as lines, and the characters outside it.

    A table one of whose cells outweighs the others only lays out the page: its characters are text like any other.
    """
    cells: dict[tuple[int, int], list[Glyph]] = {}
    outside = []
    for glyph in glyphs:
        place = table.cell(glyph.x + glyph.size / 4, glyph.y + glyph.size / 4)
        if place is None:
            outside.append(glyph)
        else:
            cells.setdefault(table.owner(*place), []).append(glyph)
    sizes = [len(cell) for cell in cells.values()]
    if len(sizes) < 3 or max(sizes) > max(LONG_CELL, LARGEST_CELL * sum(sizes)):
        return [], glyphs
    return _table_rows(table, cells), outside


def _table_rows(table: pdf_tables.Table, cells: dict[tuple[int, int], list[Glyph]]) -> list[Line]:
    lines = []
    for row, top in enumerate(table.ys[:-1]):
        columns = [cells.get((row, column), []) for column in range(len(table.xs) - 1)]
        glyphs = [glyph for cell in columns for glyph in cell]
        text = "\t".join(map(_cell_text, columns)).rstrip("\t")
        if text.strip():
            lines.append(Line(text, table.xs[0], table.xs[-1], top, _em(glyphs), is_row=True))
    return lines


def _cell_text(glyphs: list[Glyph]) -> str:
    text = ""
    for row in _rows(glyphs):
        text = glued(text, " ".join(line.text for line in _cells(row)))
    return text


def glued(before: str, after: str) -> str:
    """Put two lines together, with a space between words in Latin letters only."""
    space = " " if before and LATIN.match(before[-1]) and LATIN.match(after[0]) else ""
    return before + space + after


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Group characters into rows from top to bottom, each from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: -each.y):
        if rows and rows[-1][0].y - glyph.y < SAME_LINE * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [
        sorted(row, key=lambda each: each.x) for row in rows if any(not each.text.isspace() for each in row)
    ]


def _cells(row: list[Glyph], gutter: float | None = None) -> list[Line]:
    """Cut a row at wide white space, and at the gutter between two columns."""
    em = _em(row)
    cells: list[list[Glyph]] = []
    for glyph in row:
        if glyph.text.isspace():
            continue
        end = max(each.right for each in cells[-1][-3:]) if cells else 0.0
        crosses = gutter is not None and end <= gutter <= glyph.x
        if cells and not crosses and glyph.x - end < CELL_GAP * em:
            cells[-1].append(glyph)
        else:
            cells.append([glyph])
    spaces = [glyph for glyph in row if glyph.text.isspace()]
    return [_line(cell, spaces) for cell in cells]


def _em(row: list[Glyph]) -> float:
    return median(glyph.size for glyph in row)


def _line(cell: list[Glyph], spaces: list[Glyph]) -> Line:
    em = _em(cell)
    pieces = [cell[0].text]
    places = [space.x for space in spaces]
    for before, after in zip(cell, cell[1:], strict=False):
        gap = after.x - before.right
        latin = before.text < "\u2e80" and after.text < "\u2e80"
        spaced = gap > 0 and bisect_right(places, before.x) < bisect_left(places, after.x)
        pieces.append(" " + after.text if spaced or (latin and gap > WORD_GAP * em) else after.text)
    return Line("".join(pieces), cell[0].x, max(glyph.right for glyph in cell[-3:]), cell[0].y, em)


def _in_order(rows: list[list[Glyph]], ruled: list[Line], width: float) -> list[Line]:
    """Return a page's lines in reading order: over the whole width, or column after column between full-width lines."""
    gutter = _gutter(rows, width)
    placed = [(row[0].y, _cells(row, gutter)) for row in rows] + [(line.y, [line]) for line in ruled]
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for _, cells in sorted(placed, key=lambda each: -each[0]):
        if gutter is None or any(cell.left < gutter < cell.right for cell in cells):
            ordered += [*left, *right, _joined(cells)]
            left, right = [], []
        else:
            left += _side([cell for cell in cells if cell.right <= gutter], 1)
            right += _side([cell for cell in cells if cell.left >= gutter], 2)
    return [*ordered, *left, *right]


def _side(row: list[Line], column: int) -> list[Line]:
    return [replace(_joined(row), column=column)] if row else []


def _joined(row: list[Line]) -> Line:
    """Make one line of a table row, its cells parted by tabs."""
    if len(row) == 1:
        return row[0]
    text = "\t".join(line.text for line in row)
    return Line(text, row[0].left, row[-1].right, row[0].y, max(line.size for line in row), is_row=True)


def _gutter(rows: list[list[Glyph]], width: float) -> float | None:
    """Return where the white space between two columns of text runs, or None: cells of a table are no columns.

    The gutter is where the fewest rows have ink; in the middle of the widest such stretch.
    """
    inked = [0] * (STRIPS + 1)
    for row in rows:
        for strip in {strip for glyph in row for strip in _strips(glyph, width)}:
            inked[strip] += 1
    middle = range(int(MARGIN * STRIPS), int((1 - MARGIN) * STRIPS))
    fewest = min(inked[strip] for strip in middle)
    if len(rows) < FEWEST_ROWS or fewest > CROSSING * len(rows):
        return None
    gutter = _widest([strip for strip in middle if inked[strip] == fewest]) * width / STRIPS
    cells = [cell for row in rows for cell in _cells(row, gutter)]
    sides = (
        [cell for cell in cells if cell.right <= gutter],
        [cell for cell in cells if cell.left >= gutter],
    )
    return gutter if all(_is_text_column(side, width) for side in sides) else None


def _strips(glyph: Glyph, width: float) -> range:
    """Return the numbers of the upright strips of the page that a character stands in."""
    first, last = (min(max(int(x / width * STRIPS), 0), STRIPS) for x in (glyph.x, glyph.right))
    return range(first, last + 1)


def _widest(places: list[int]) -> float:
    """Return the middle of the longest run of neighbouring whole numbers."""
    best = start = places[0]
    length = 0
    for before, place in zip([places[0], *places], places, strict=False):
        start = place if place > before + 1 else start
        if place - start > length:
            best, length = start, place - start
    return best + length / 2


def _is_text_column(lines: list[Line], width: float) -> bool:
    if len(lines) < FEWEST_ROWS:
        return False
    room = max(line.right for line in lines) - min(line.left for line in lines)
    return room > NARROWEST * width and median(line.right - line.left for line in lines) > FULL * room
