"""Tell a file's format from its first bytes, and say what to do about the ones that cannot be read here."""

import re
from collections.abc import Container

from pipeline.readers.limits import UnreadableFile

OFFICE = (
    "open it in LibreOffice or Word and save it as .docx, or run: soffice --headless --convert-to docx FILE"
)
OCR = "an image of a page has no text to read: run it through OCR (e.g. ocrmypdf or tesseract -l chi_sim) and add the result"

REFUSED = {
    ".doc": f"is an old Word file ({OFFICE})",
    ".wps": "is a WPS Writer file (save it as .docx in WPS or LibreOffice, or run: soffice --headless --convert-to docx FILE)",
    ".rtf": f"is a rich-text file ({OFFICE})",
    ".odt": f"is a LibreOffice text ({OFFICE})",
    ".ofd": "is an OFD file (open it in an OFD viewer or WPS and save it as PDF)",
    ".docm": f"is a Word file with macros, which are never run here ({OFFICE})",
    **dict.fromkeys(
        (".xls", ".xlsx", ".et"),
        "is a spreadsheet (copy the report's text into a .txt file, or save the sheet as PDF)",
    ),
    **dict.fromkeys((".ppt", ".pptx", ".dps"), "is a slide show (save it as PDF)"),
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp"), f"is an image ({OCR})"
    ),
    **dict.fromkeys(
        (".zip", ".rar", ".7z", ".gz", ".tar"), "is an archive (unpack it and add the files in it)"
    ),
}

# First bytes -> the ending such a file should bear. A ZIP is told further by what it holds (see _zip_kind).
MAGIC = (
    (b"%PDF-", ".pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    (b"{\\rtf", ".rtf"),
    (b"PK\x03\x04", "zip"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"Rar!\x1a", ".rar"),
    (b"7z\xbc\xaf", ".7z"),
    (b"\x1f\x8b", ".gz"),
)
ZIPPED = (
    (b"word/", ".docx"),
    (b"OFD.xml", ".ofd"),
    (b"xl/", ".xlsx"),
    (b"ppt/", ".pptx"),
    (b"opendocument.text", ".odt"),
)
LOCKED = "EncryptedPackage".encode("utf-16-le")  # names the content of a Word file saved with a password
WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}>\s*)*<(?:!doctype\s+html|html|head)\b",
    re.I,
)
MAIL_PAGE = re.compile(
    rb"(?:[\w-]{1,40}:[^\r\n]{0,500}\r?\n(?:[ \t][^\r\n]{0,500}\r?\n)*){0,15}MIME-Version:", re.I
)
SAME = {".htm": ".html", ".xhtml": ".html", ".mhtml": ".mht"}


def check(data: bytes, suffix: str, readable: Container[str]) -> None:
    """Refuse a file that is empty, of a format not read here, or not what its name's ending says."""
    if not data.strip():
        raise UnreadableFile("is empty (download or export it again, or take it out)")
    found = kind(data)
    if found == ".doc" and LOCKED in data:
        raise UnreadableFile("is protected by a password (save a copy without it)")
    if suffix in REFUSED and found in (None, suffix, ".doc", "zip"):
        raise UnreadableFile(REFUSED[suffix])
    if found and SAME.get(suffix, suffix) != found:
        raise UnreadableFile(_mislabelled(found, suffix, readable))
    if suffix not in readable:
        raise UnreadableFile(
            f"has the ending '{suffix}', which is no format read here (save it as .txt, .html, .docx or .pdf)"
        )


def kind(data: bytes) -> str | None:
    """Name the ending that the first bytes ask for, or None where they do not tell (plain text has no mark).

    >>> kind(b"%PDF-1.7 ...")
    '.pdf'
    """
    for magic, ending in MAGIC:
        if data.startswith(magic):
            return _zip_kind(data) if ending == "zip" else ending
    if WEB_PAGE.match(data[:4000]):
        return ".html"
    return ".mht" if MAIL_PAGE.match(data[:8000]) else None


def _zip_kind(data: bytes) -> str:
    directory = data[-200_000:]  # a ZIP lists its members at its end
    return next((ending for mark, ending in ZIPPED if mark in directory or mark in data[:4000]), ".zip")


def _mislabelled(found: str, suffix: str, readable: Container[str]) -> str:
    if found in readable:
        return f"has the ending '{suffix}' but is a {found} file (rename it to end in {found})"
    return f"has the ending '{suffix}' but {REFUSED.get(found, 'is of another format')}"
