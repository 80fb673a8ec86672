"""Read a text file: its characters as published, with line ends made one and a byte-order mark dropped."""

from pipeline.readers import decoding
from pipeline.readers.limits import Limits, UnreadableFile
from pipeline.readers.reading import Reading


def read(data: bytes, limits: Limits) -> Reading:
    """Decode a text file; nothing of its text is changed but the line ends.

    >>> read("一、依法行政\\r\\n".encode("utf-16"), Limits()).text
    '一、依法行政\\n'
    """
    decoded = decoding.decode(data)
    text = decoding.normalise_lines(decoded.text)
    _refuse_controls(text)
    return Reading(text=text, encoding=decoded.encoding, format="txt")


def _refuse_controls(text: str) -> None:
    """A NUL or another control character means a binary or a damaged file."""
    for position, character in enumerate(text):
        if character < " " and character not in decoding.TEXT_CONTROLS:
            line = text.count("\n", 0, position) + 1
            raise UnreadableFile(
                f"holds the control character U+{ord(character):04X} in line {line}, so it is no plain text "
                "(remove it in a text editor, or save the report as UTF-8 text again)"
            )
