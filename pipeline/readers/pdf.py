"""Read a PDF: its paragraphs in reading order, joined over lines and pages, without running headers and page numbers.

pdfium gives each character with its place on the page; the order is worked out from the places (`pdf_layout`), because
PDF files do not hold text in reading order: a quotation mark from another font is often stored behind its line.
"""

import ctypes
from functools import cache
from pathlib import Path

from pipeline.readers import pdf_layout, pdf_paragraphs
from pipeline.readers.limits import Limits, UnreadableFile
from pipeline.readers.reading import Reading

END_MARK = b"%%EOF"
END_ROOM = 65_536  # bytes at the end in which the end mark must stand: some servers append to what they send
FEWEST_CHARACTERS = 20  # per page, under which a file is taken for a scan
MOST_UNKNOWN = 0.03  # share of characters without a meaning above which the text is not to be trusted
OCR = "run it through OCR first, e.g. ocrmypdf -l chi_sim in.pdf out.pdf, and add out.pdf"
DAMAGED = "is a damaged PDF ({}) (download it again, or open it in a viewer and print it to a new PDF)"


def read(data: bytes, limits: Limits) -> Reading:
    """Read the text of every page; a scan, a password, too many pages or an unreadable font are refused."""
    if END_MARK not in data[-END_ROOM:]:
        raise UnreadableFile(DAMAGED.format("it is cut off: its end is missing"))
    document = _opened(data)
    try:
        if len(document) > limits.max_pages:
            raise UnreadableFile(
                f"has {len(document):,} pages, more than the {limits.max_pages:,} allowed "
                "(is it one report? if so, raise texts: max_pages in the config)"
            )
        pages = _pages(document, limits)
        title = (document.get_metadata_dict().get("Title") or "").strip()
    finally:
        document.close()
    _check_text(pages)
    lines = pdf_paragraphs.join(pages)
    metadata = {"title": title} if title and any(title in line for line in lines[:5]) else {}
    return Reading("\n".join(lines), None, "pdf", metadata, _note(pages))


@cache
def _library() -> None:
    """Start pdfium anew with the fonts of this project in the place of the system's.

    A PDF that names a Chinese font without holding it loses single characters where pdfium finds no font at all, and
    what it finds would differ from computer to computer. Raises RuntimeError where this process has a PDF open already,
    which would be lost with the library it was opened by.
    """
    from pylopdf_fonts_zh_cn import serif_path
    from pypdfium2 import raw
    from pypdfium2.internal.bases import ObjectTracker

    if any(reference() for references in ObjectTracker.values() for reference in references):
        raise RuntimeError("close the PDF documents opened with pypdfium2 before the first call of pdf.read")

    folders = (ctypes.c_char_p * 2)(str(Path(serif_path()).parent).encode(), None)
    config = raw.FPDF_LIBRARY_CONFIG(version=2)
    config.m_pUserFontPaths = ctypes.cast(folders, type(config.m_pUserFontPaths))
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(config)


def _opened(data: bytes):
    from pypdfium2 import PdfDocument, PdfiumError

    _library()
    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UnreadableFile("is protected by a password (save or print a copy without it)") from error
        raise UnreadableFile(DAMAGED.format(f"pdfium: {error}")) from error


def _pages(document, limits: Limits) -> list[pdf_layout.Page]:
    from pypdfium2 import PdfiumError

    pages, characters = [], 0
    for number in range(len(document)):
        try:
            page = pdf_layout.page(document[number])
        except PdfiumError as error:
            raise UnreadableFile(DAMAGED.format(f"page {number + 1}: {error}")) from error
        characters += page.characters
        if characters > limits.max_characters:
            raise UnreadableFile(f"holds more than the {limits.max_characters:,} characters allowed")
        pages.append(page)
    return pages


def _check_text(pages: list[pdf_layout.Page]) -> None:
    characters = sum(page.characters for page in pages)
    if characters < FEWEST_CHARACTERS * len(pages):
        raise UnreadableFile(f"has {len(pages)} pages but next to no text, as a scan has: {OCR}")
    unknown = sum(page.unknown for page in pages)
    if unknown > MOST_UNKNOWN * characters:
        raise UnreadableFile(
            f"hides what {unknown:,} of its {characters:,} characters mean (its fonts lack a table): {OCR}"
        )


def _note(pages: list[pdf_layout.Page]) -> str | None:
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.characters]
    return f"no text on {len(empty)} of {len(pages)} pages ({', '.join(empty[:20])})" if empty else None
