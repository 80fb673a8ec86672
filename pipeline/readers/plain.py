"""Read a text file: its characters as published, with line ends made one and a byte-order mark dropped."""

import re

from pipeline.readers import decoding
from pipeline.readers.limits import Limits, UnreadableFile
from pipeline.readers.reading import Reading

MOST_CONTROLS = (
    0.002  # share of control characters that a text pasted from elsewhere may hold; a binary holds more
)

_CONTROL = re.compile(
    "[" + "".join(re.escape(chr(n)) for n in range(0x20) if chr(n) not in decoding.TEXT_CONTROLS) + "]"
)


def read(data: bytes, limits: Limits) -> Reading:
    """Decode a text file; nothing of its text is changed but the line ends.

    >>> read("一、依法行政\\r\\n".encode("utf-16"), Limits()).text
    '一、依法行政\\n'
    """
    decoded = decoding.decode(data)
    text = decoding.normalise_lines(decoded.text)
    return Reading(text=text, encoding=decoded.encoding, format="txt", note=_controls(text))


def _controls(text: str) -> str | None:
    """Note stray control characters; a NUL, or many others, means a binary or damaged file and is refused."""
    places = [found.start() for found in _CONTROL.finditer(text)]
    if not places:
        return None
    line = text.count("\n", 0, places[0]) + 1
    first = f"U+{ord(text[places[0]]):04X} in line {line}"
    if "\0" in text or len(places) > max(1, MOST_CONTROLS * len(text)):
        raise UnreadableFile(
            f"holds control characters (the first is {first}), so it is no plain text "
            "(remove them in a text editor, or save the report as UTF-8 text again)"
        )
    return f"{len(places)} control characters, the first {first}"
