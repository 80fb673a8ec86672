"""Open the ZIP file that a .docx is, within limits: nothing is unpacked before its size is known to be bounded."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.readers.limits import Limits, UnreadableFile

MOST_MEMBERS = 5_000
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, OverflowError)
DAMAGED = "is a damaged .docx file ({}) (download it again, or open it in Word and save it anew)"


class Parts:
    """The members of an opened file, read one at a time and no further than the limit."""

    def __init__(self, files: zipfile.ZipFile, most_bytes: int):
        self.files, self.most_bytes = files, most_bytes

    def read(self, name: str) -> bytes | None:
        """Return a member's bytes, or None if there is none of that name."""
        if name not in self.files.NameToInfo:
            return None
        with self.files.open(name) as member:
            content = member.read(self.most_bytes + 1)
        if len(content) > self.most_bytes:
            raise UnreadableFile(_too_large(self.most_bytes))
        return content

    def xml(self, name: str):
        """Return a member's parsed XML, or None; a document type (the seat of entity bombs) is refused."""
        from lxml import etree

        content = self.read(name)
        if content is None:
            return None
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise UnreadableFile(_entities(name))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableFile(DAMAGED.format(f"{name}: {error.msg}")) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableFile(_entities(name))
        return root


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[Parts]:
    """Open a .docx after looking through its directory: sizes, passwords, macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            _check(files.infolist(), limits)
            yield Parts(files, limits.max_expanded_mb * 1_000_000)
    except BROKEN as error:
        raise UnreadableFile(DAMAGED.format(error)) from error


def _check(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > MOST_MEMBERS:
        raise UnreadableFile(
            f"holds {len(members):,} parts, more than the {MOST_MEMBERS:,} a Word file may have"
        )
    if sum(member.file_size for member in members) > limits.max_expanded_mb * 1_000_000:
        raise UnreadableFile(_too_large(limits.max_expanded_mb * 1_000_000))
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile("is protected by a password (save a copy without it)")
    if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
        raise UnreadableFile(
            "holds macros, which a .docx must not (open it in Word and save it as .docx without them)"
        )


def _too_large(most_bytes: int) -> str:
    return (
        f"unpacks to more than {most_bytes / 1e6:,.0f} MB, as files made to fill a disk do "
        "(if it is a real report, raise texts: max_expanded_mb in the config)"
    )


def _entities(name: str) -> str:
    return f"declares a document type or entities in {name}, which no Word file does (open it in Word and save it anew)"
