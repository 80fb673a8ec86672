"""Read a saved web page: the report without the page around it, and what the page says of the report."""

import re

from pipeline.readers import article, decoding, facts, markup
from pipeline.readers.limits import Limits, UnreadableFile
from pipeline.readers.reading import Reading

DECLARED = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_-]{3,20})", re.I)
LONGEST_HEAD = 10_000  # bytes in which a page declares its encoding
LINES_UNDER_TITLE = 4  # in which 发布时间, 来源 and the like stand
SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,6}\)(\S{1,500}) -->")
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']{1,500}")
TOO_DEEP = "Excessive depth"


def read(data: bytes, limits: Limits) -> Reading:
    """Read a web page; its encoding is judged from its bytes, since what a page declares is often wrong."""
    decoded, note = decode_page(data)
    return read_text(decoded.text, decoded.encoding, "html", note)


def decode_page(data: bytes) -> tuple[decoding.Decoded, str | None]:
    """Decode as a browser does: bytes that cannot be read stand as U+FFFD, and the note says how many."""
    declared = DECLARED.search(data[:LONGEST_HEAD])
    name = declared.group(1).decode("ascii") if declared else None
    decoded = decoding.decode(data, errors="replace", declared=name)
    bad = decoded.text.count("\ufffd")
    note = f"{bad} characters of the page could not be decoded and stand as U+FFFD" if bad else None
    return decoded, note


def read_text(page: str, encoding: str, form: str, note: str | None = None) -> Reading:
    """Take the report out of a decoded page."""
    root = _parse(page)
    laid_out = markup.layout(root)
    tags = _meta(root)
    titles = [name for name in (tags.get("articletitle"), tags.get("og:title"), _title(root)) if name]
    found = article.find(laid_out, titles)
    head = [line.text for line in laid_out.lines[: found.begin + LINES_UNDER_TITLE]]
    metadata = facts.from_meta(tags) | facts.from_lines(head)
    if found.title:
        metadata.setdefault("title", found.title)
    address = _address(page, root)
    if address:
        metadata["url"] = address
    return Reading("\n".join(found.lines), encoding, form, metadata, note)


def _parse(page: str):
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_pis=False)
    cleaned = page.replace("\0", "").encode("utf-8", "replace")
    root = etree.fromstring(cleaned, parser)
    if root is None:
        raise UnreadableFile("holds no web page (is it a text? then rename it to end in .txt)")
    if any(TOO_DEEP in error.message for error in parser.error_log):
        raise UnreadableFile(
            "has more than 2,000 elements nested in each other, which no report needs (save the page anew)"
        )
    return root


def _meta(root) -> dict[str, str]:
    tags: dict[str, str] = {}
    for tag in root.iter("meta"):
        name = (tag.get("name") or tag.get("property") or "").lower()
        tags.setdefault(name, (tag.get("content") or "").strip())
    return tags


def _address(page: str, root) -> str | None:
    """Return where the page was saved from: the browser's own note, else the address it calls its own."""
    saved = SAVED_FROM.search(page[:5000])
    links = (link.get("href", "") for link in root.iter("link") if link.get("rel", "").lower() == "canonical")
    found = saved.group(1) if saved else next(links, "")
    return found if WEB_ADDRESS.fullmatch(found) else None


def _title(root) -> str:
    title = next(root.iter("title"), None)
    return re.sub(r"\s+", " ", "".join(title.itertext())).strip() if title is not None else ""
