"""Turn the bytes of a Chinese text into characters, judging the encoding by what the characters then are."""

import codecs
import re
from functools import cache
from typing import NamedTuple

from pipeline.readers.limits import UnreadableFile

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)
# Big5 with the Hong Kong characters reads all of Big5; cp950 adds Microsoft's few (€, box drawing) where that fails.
LEGACY = ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")
FOREIGN = re.compile(r"[^\x20-\x7e]+")  # what tells encodings apart: a web page is mostly ASCII markup
MOST_JUDGED = 5_000_000  # bytes looked at
SAMPLE = 20_000  # characters outside ASCII judged; a report has some 10,000
PLAUSIBLE = 0.75  # share of common characters below which bytes are no Chinese text (reports: 0.97 and more)
REPAIRABLE = (
    0.01  # share of unreadable places up to which an encoding still explains a file, to be named at least
)
BAD_BYTE_COST = (
    3  # characters that an encoding unable to read one byte must explain better to win all the same
)
DECLARED = 0.05  # by which a page's own word for its encoding counts: it decides where the bytes hardly tell
TEXT_CONTROLS = frozenset("\t\n\r\f\v\x1a\x85")


class Decoded(NamedTuple):
    """Characters, and the codec (Python's name) that gave them."""

    text: str
    encoding: str


def decode(data: bytes, errors: str = "strict", declared: str | None = None) -> Decoded:
    """Decode text. Strictly, one bad byte is an error that names its place; with errors "replace" it becomes U+FFFD.

    >>> decode("依法行政".encode("gb18030"))
    Decoded(text='依法行政', encoding='gb18030')
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return Decoded(_characters(data[len(mark) :], encoding, errors), encoding)
    text = None if b"\0" in data else _utf8(data)
    if text is not None:
        return Decoded(text, "utf-8")
    encoding = guess(data, declared)
    return Decoded(_characters(data, encoding, errors), encoding)


def normalise_lines(text: str) -> str:
    """Make every line end a single newline: the only change ever made to a text file's characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def guess(data: bytes, declared: str | None = None) -> str:
    """Name the encoding of bytes without a mark: valid UTF-8, else the one giving the most common characters.

    What a page declares of itself is one voice among these, and no more: such declarations are often wrong.
    """
    valid = _utf8(data) is not None
    if valid and b"\0" not in data:
        return "utf-8"
    scores = {encoding: _plausibility(data, encoding) for encoding in ("utf-8", *LEGACY)}
    if scores.get(_known(declared)):
        scores[_known(declared)] += DECLARED
    best = max(scores, key=scores.get)  # the first of equals: the order above
    if scores[best] < PLAUSIBLE:
        if valid:  # with NUL bytes: damaged, but not to be told as unknown
            return "utf-8"
        raise UnreadableFile("is not a text in any encoding known here (UTF-8, UTF-16, GB18030, Big5)")
    return best


def _known(declared: str | None) -> str | None:
    """Return the name used here for an encoding as pages name it (gb2312, GBK, big5 …)."""
    name = (declared or "").lower().replace("_", "-")
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "utf8": "utf-8"}.get(
        name, name
    ) or None


def _utf8(data: bytes) -> str | None:
    """Return the characters of bytes that are valid UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _plausibility(data: bytes, encoding: str) -> float:
    """Share of characters that a Chinese report would hold, were the bytes in this encoding."""
    text = data[:MOST_JUDGED].decode(encoding, errors="replace")
    foreign = "".join(FOREIGN.findall(text))[:SAMPLE]
    if not foreign:
        return float(encoding == "utf-8" and "\ufffd" not in text)
    if foreign.count("\ufffd") > REPAIRABLE * len(foreign) + 3:
        return 0.0
    usual = _common_characters()
    known = sum(character in usual for character in foreign)
    return (known - BAD_BYTE_COST * foreign.count("\ufffd")) / len(foreign)


@cache
def _common_characters() -> frozenset[str]:
    """The 3,755 everyday characters of GB 2312, their traditional forms as Big5 counts them everyday, punctuation."""
    everyday = _double_bytes("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    signs = _double_bytes("gb2312", range(0xA1, 0xA4), range(0xA1, 0xFF))
    return (
        frozenset(everyday)
        | frozenset(signs)
        | _traditional_forms(everyday)
        | frozenset("\t\n\r\u3000\xa0·—")
    )


def _traditional_forms(simplified: str) -> frozenset[str]:
    """Everyday traditional characters that stand for an everyday simplified one."""
    from pipeline.traditional import TABLE

    everyday = frozenset(simplified)
    big5 = _double_bytes("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return frozenset(character for character in big5 if character.translate(TABLE) in everyday)


def _double_bytes(encoding: str, leads, trails) -> str:
    return b"".join(bytes((lead, trail)) for lead in leads for trail in trails).decode(
        encoding, errors="ignore"
    )


def _characters(data: bytes, encoding: str, errors: str) -> str:
    try:
        return data.decode(encoding, errors)
    except UnicodeDecodeError as error:
        raise UnreadableFile(_bad_byte(data, encoding, error.start)) from error


def _bad_byte(data: bytes, encoding: str, position: int) -> str:
    before = normalise_lines(data[:position].decode(encoding, errors="ignore"))
    words = before[-12:].replace("\n", " ").strip()
    return (
        f"is {encoding} but for byte 0x{data[position]:02X} at position {position} (line {before.count(chr(10)) + 1}, "
        f"after '{words}'): it cannot be decoded (mend that place in a text editor and save the file as UTF-8)"
    )
