"""Read a Word file (.docx): its body as a reader sees it, automatic numbers included, headers and footers left out.

The file is read straight from its XML rather than through a library, because numbering, text boxes, footnotes and
tracked changes have to be followed, and because a hostile file must be met before anything is unpacked.
"""

from collections.abc import Iterator

from pipeline.readers import archive
from pipeline.readers.limits import Limits, UnreadableFile
from pipeline.readers.numbering import Numbering
from pipeline.readers.reading import Reading
from pipeline.readers.wordxml import attribute, child, children, local

# What is not shown: deleted and moved-away text, field codes, comments, the copy of a drawing for old programs.
UNSHOWN = frozenset(
    "del moveFrom instrText delText Fallback pPr rPr tblPr tcPr trPr sectPr sdtPr fldData".split()
)
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
LARGEST_CELL = (
    0.6  # share of a table's text above which one cell holds the report: a table that only lays out the page
)


def read(data: bytes, limits: Limits) -> Reading:
    """Read the document part of a .docx, with its footnotes below the paragraphs that call them."""
    with archive.opened(data, limits) as parts:
        document = parts.xml("word/document.xml")
        if document is None:
            raise UnreadableFile("is no Word document: it has no word/document.xml (save it again from Word)")
        body = child(document, "body")
        story = _Story(
            Numbering(parts.xml("word/numbering.xml"), parts.xml("word/styles.xml")),
            {name: _notes(parts.xml(f"word/{name}.xml")) for name in NOTES.values()},
        )
        lines = list(story.lines(body)) if body is not None else []
        title = _title(parts.xml("docProps/core.xml"), lines)
    return Reading("\n".join(lines), None, "docx", {"title": title} if title else {})


class _Story:
    """One document's text in order; holds the running numbers and the notes."""

    def __init__(self, numbering: Numbering, notes: dict[str, dict[str, object]]):
        self.numbering, self.notes = numbering, notes

    def lines(self, container) -> Iterator[str]:
        """Yield the lines of a body, cell or text box."""
        for element in container:
            kind = local(element)
            if kind == "p":
                yield from self.paragraph(element)
            elif kind == "tbl":
                yield from self.table(element)
            elif kind == "sdt" and not _is_contents(element):
                yield from self.lines(child(element, "sdtContent") or [])
            elif kind in ("customXml", "ins", "smartTag", "moveTo"):
                yield from self.lines(element)
            elif kind == "altChunk":
                raise UnreadableFile(
                    "holds a part in another format (altChunk) (open it in Word and save it anew)"
                )

    def paragraph(self, element) -> Iterator[str]:
        pieces: list[str] = []
        below: list[str] = []
        self.runs(element, pieces, below)
        text = "".join(pieces)
        label = self.numbering.label(element) if text.strip() else ""
        for line in (label + text).split("\n"):
            if line.strip():
                yield line.strip(" \t\u3000\xa0")
        yield from below

    def runs(self, element, pieces: list[str], below: list[str]) -> None:
        """Collect a paragraph's text, and below it the lines of its text boxes and notes."""
        for each in element:
            kind = local(each)
            if kind in UNSHOWN or (kind == "r" and _is_hidden(each)):
                continue
            if kind == "t":
                pieces.append(each.text or "")
            elif kind in SIGNS:
                pieces.append("" if attribute(each, "type") in ("page", "column") else SIGNS[kind])
            elif kind in NOTES:
                note = self.notes[NOTES[kind]].pop(attribute(each, "id"), None)
                below.extend(self.lines(note) if note is not None else [])
            elif kind == "txbxContent":
                below.extend(self.lines(each))
            else:
                self.runs(each, pieces, below)

    def table(self, element) -> Iterator[str]:
        """Yield a table row by row, cells parted by tabs; a table that only lays out the page cell by cell."""
        rows = [[(cell, list(self.lines(cell))) for cell in _cells(row)] for row in _rows(element)]
        sizes = [sum(map(len, lines)) for row in rows for _, lines in row]
        if len(sizes) < 3 or max(sizes) > max(60, LARGEST_CELL * sum(sizes)):
            yield from (line for row in rows for _, lines in row for line in lines)
            return
        for row in rows:
            text = "\t".join(" ".join(lines) + "\t" * (_width(cell) - 1) for cell, lines in row).rstrip("\t")
            if text.strip():
                yield text


def _rows(table) -> Iterator:
    for element in table:
        if local(element) == "tr":
            yield element
        elif local(element) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _rows(element)


def _cells(row) -> Iterator:
    for element in row:
        if local(element) == "tc":
            yield element
        elif local(element) in ("sdt", "sdtContent", "customXml"):
            yield from _cells(element)


def _width(cell) -> int:
    span = child(cell, "tcPr", "gridSpan")
    value = attribute(span, "val") if span is not None else "1"
    return min(int(value), 100) if value.isascii() and value.isdigit() and int(value) > 0 else 1


def _is_hidden(run) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false", "off")


def _is_contents(control) -> bool:
    """Tell whether a content control is the table of contents, which only repeats the headings."""
    gallery = child(control, "sdtPr", "docPartObj", "docPartGallery")
    return gallery is not None and attribute(gallery, "val") == "Table of Contents"


def _notes(root) -> dict[str, object]:
    """Return the notes by id, without the lines that separate them from the text."""
    shown = (note for note in root if attribute(note, "type") in ("", "normal")) if root is not None else ()
    return {attribute(note, "id"): note for note in shown}


def _title(core, lines: list[str]) -> str | None:
    """Return the file's own title if the text begins with it: many are left over from another document."""
    titles = children(core, "title") if core is not None else []
    title = (titles[0].text or "").strip() if titles else ""
    return title if title and any(title in line for line in lines[:5]) else None
