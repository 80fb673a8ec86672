"""Read one file as published: one reader function per format, found by the file name's ending.

`READERS` is the registry. A reader takes the file's bytes and the limits and returns a `Reading`; what it cannot read it
refuses with `UnreadableFile`, in words that say what to do.
"""

from collections.abc import Callable
from pathlib import Path

from pipeline.readers import docx, html, mht, pdf, plain, signatures
from pipeline.readers.limits import Limits, UnreadableFile
from pipeline.readers.reading import Reading

__all__ = ["READERS", "Limits", "Reading", "UnreadableFile", "read"]

READERS: dict[str, Callable[[bytes, Limits], Reading]] = {
    ".txt": plain.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".mht": mht.read,
    ".mhtml": mht.read,
    ".docx": docx.read,
    ".pdf": pdf.read,
}


def read(path: Path, limits: Limits) -> Reading:
    """Read the file at `path`; raises UnreadableFile when it is too large, mislabelled, damaged or of no known format."""
    return read_bytes(load(path, limits), path.suffix, limits)


def load(path: Path, limits: Limits) -> bytes:
    """Return a file's bytes, having looked at its size first."""
    try:
        size = path.stat().st_size
        if size > limits.max_file_mb * 1_000_000:
            raise UnreadableFile(
                f"has {size / 1e6:,.0f} MB, more than the {limits.max_file_mb} MB allowed "
                "(is it one report? if so, raise texts: max_file_mb in the config)"
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"cannot be opened: {error.strerror}") from error


def read_bytes(data: bytes, suffix: str, limits: Limits) -> Reading:
    """Read a file's bytes with the reader of its ending, once its first bytes agree that it is of that format."""
    suffix = suffix.lower()
    signatures.check(data, suffix, READERS)
    reading = READERS[suffix](data, limits)
    if not reading.text.strip():
        raise UnreadableFile("holds no text (is it the right file?)")
    if len(reading.text) > limits.max_characters:
        raise UnreadableFile(
            f"holds {len(reading.text):,} characters, more than the {limits.max_characters:,} allowed "
            "(is it one report? if so, raise texts: max_characters in the config)"
        )
    return reading
