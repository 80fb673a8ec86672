"""Read the characters of a PDF page with their places, as pdfium gives them.

Measures are in points, y upwards from the page's foot, as the page is shown (its rotation undone).
"""

import ctypes
import math
import unicodedata
from typing import NamedTuple

SLANT = 0.05  # radians: text turned more than this is a stamp or watermark
LARGEST = 1e6  # points: what is wider is damage
HYPHEN_AT_END = "\x02"  # pdfium's sign for a hyphen at a line's end


class Glyph(NamedTuple):
    """One character: where its baseline begins, where it ends, and its type size."""

    text: str
    x: float
    y: float
    right: float
    size: float


def read(handle, width: float, height: float) -> tuple[list[Glyph], int]:
    """Return the visible upright characters of a page and how many of them have no known meaning."""
    from pypdfium2 import raw

    text = handle.get_textpage()
    turned = turn(handle)
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


def turn(handle):
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
