"""Read a web page saved as one file (.mht): its main part is read as a web page, its pictures are left alone."""

from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from pipeline.readers import html
from pipeline.readers.limits import Limits, UnreadableFile
from pipeline.readers.reading import Reading


def read(data: bytes, limits: Limits) -> Reading:
    """Read the first web page among the parts, which by the format's rule is the page itself."""
    try:
        message = message_from_bytes(data)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        content = _content(page)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise UnreadableFile(f"is a damaged .mht file: {error} (save the page again as .html)") from error
    if not content:
        raise UnreadableFile("is an .mht file without a web page in it (save the page again as .html)")
    decoded, note = html.decode_page(content)
    reading = html.read_text(decoded.text, decoded.encoding, "mht", note)
    address = str(message.get("Snapshot-Content-Location") or page.get("Content-Location") or "").strip()
    if html.WEB_ADDRESS.fullmatch(address):
        reading.metadata["url"] = address
    return reading


def _content(page: Message | None) -> bytes:
    payload = page.get_payload(decode=True) if page is not None else None
    return payload if isinstance(payload, bytes) else b""
