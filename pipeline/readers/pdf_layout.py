"""Put the characters of a PDF page into lines by where they stand, column by column.

Measures are in points, y upwards from the page's foot, as the page is shown (its rotation undone).
"""

import ctypes
import math
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

SAME_LINE = (
    0.35  # of the type size: how far baselines of one line may lie apart (raised figures, other fonts)
)
CELL_GAP = 1.8  # of the type size: white space that parts two columns or cells
WORD_GAP = 0.25  # of the type size: white space that parts two words in Latin letters
SLANT = 0.05  # radians: text turned more than this is a stamp or watermark
FULL = 0.65  # share of a column's width its lines fill, if it is a column of text and not of table cells
FEWEST_ROWS = 6  # that a column of text has
LARGEST = 1e6  # points: what is wider is damage
STRIPS = 600  # into which a page's width is cut to find white space
MARGIN = 0.25  # share of the page's width on either side in which no gutter is sought
CROSSING = 0.2  # share of the rows (titles, tables) that may run across the gutter
NARROWEST = 0.25  # share of the page's width that a column of text takes
HYPHEN_AT_END = "\x02"  # pdfium's sign for a hyphen at a line's end


class Glyph(NamedTuple):
    """One character: where its baseline begins, where it ends, and its type size."""

    text: str
    x: float
    y: float
    right: float
    size: float


@dataclass
class Line:
    """One line, or one cell of a table row: its text, extent, baseline, type size; column 1 or 2 where there are two."""

    text: str
    left: float
    right: float
    y: float
    size: float
    column: int = 0


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
    glyphs, unknown = _glyphs(handle, width, height)
    return Page(_in_order(_rows(glyphs), width), height, len(glyphs), unknown)


def _glyphs(handle, width: float, height: float) -> tuple[list[Glyph], int]:
    """Return the visible upright characters of a page and how many of them have no known meaning."""
    from pypdfium2 import raw

    text = handle.get_textpage()
    turned = _turn(handle)
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    glyphs, unknown, seen = [], 0, set()
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        character = _character(raw.FPDFText_GetUnicode(text, index))
        if not character or not _is_upright(raw.FPDFText_GetCharAngle(text, index), handle):
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetMatrix(text, index, matrix)
        left, base = turned(x.value, y.value)
        right = max(left, turned(box.left, box.bottom)[0], turned(box.right, box.top)[0])
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d) or 1.0
        if not (-size < left < width + size and -size < base < height + size and right < LARGEST):
            continue  # beyond the page's edge; or no number at all, for which every comparison is false
        place = (character, round(left), round(base))
        if place in seen and right - left < 1.5 * size:
            continue  # printed twice to look bold
        seen.add(place)
        unknown += character == "\ufffd"
        glyphs.append(Glyph(character, left, base, right, size))
    text.close()
    return glyphs, unknown


def _turn(handle):
    """Return a function from the page's own coordinates to those of the page as shown."""
    left, bottom, right, top = handle.get_cropbox()
    turns = {
        0: lambda x, y: (x - left, y - bottom),
        90: lambda x, y: (y - bottom, right - x),
        180: lambda x, y: (right - x, top - y),
        270: lambda x, y: (top - y, x - left),
    }
    return turns[handle.get_rotation()]


def _is_upright(angle: float, handle) -> bool:
    shown = (angle + math.radians(handle.get_rotation()) + math.pi) % (2 * math.pi) - math.pi
    return abs(shown) < SLANT or angle < 0


def _character(code: int) -> str:
    """Return the character of a code as a text would hold it: radicals as ideographs; "" for what is not shown."""
    if 0xF000 <= code <= 0xF0FF:
        return ""  # a sign of a symbol font: the bullets of Word
    if code in (0, 0xFFFE, 0xFFFF) or 0xE000 <= code <= 0xF8FF:
        return "\ufffd"
    character = chr(code) if code < 0x110000 else "\ufffd"
    if character == HYPHEN_AT_END:
        return "-"
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        return RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    return "" if unicodedata.category(character) in ("Cc", "Cf") and character != "\t" else character


# Radicals that Unicode does not decompose, as fonts' tables give them for the ideograph of the same shape.
RADICALS = dict(
    zip(
        "⺁⺄⺝⺟⺠⺩⺬⺮⺯⺶⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂乙月母民王示竹糸羊虎西见角贝足车長长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)


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


def _in_order(rows: list[list[Glyph]], width: float) -> list[Line]:
    """Return a page's lines in reading order: over the whole width, or column after column between full-width lines."""
    gutter = _gutter(rows, width)
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for row in rows:
        cells = _cells(row, gutter)
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
    return Line(text, row[0].left, row[-1].right, row[0].y, max(line.size for line in row))


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
