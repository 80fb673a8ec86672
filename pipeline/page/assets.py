"""Read what the page is made of besides data: template, style, scripts, and DataTables as itables ships it (MIT)."""

import base64
import hashlib
import re
from pathlib import Path

import itables
from markupsafe import Markup

HERE = Path(__file__).parent
BUNDLE = Path(itables.__file__).parent / "html"
# The bundle is a module; the page's own module, after it, finds DataTables as a global.
EXPORT = re.compile(r"export\s*\{([^}]*)\};?")


def library_script() -> str:
    """Return DataTables with jQuery in one script that sets the global `DataTable`."""
    source = (BUNDLE / "dt_bundle.js").read_text(encoding="utf-8")
    found = EXPORT.search(source)
    names = dict(reversed(part.strip().split(" as ")) for part in found[1].split(","))
    script = source[: found.start()] + f"globalThis.DataTable={names['default']};" + source[found.end() :]
    return _inline(script)


def library_style() -> Markup:
    """Return the style sheet of DataTables."""
    return Markup((BUNDLE / "dt_bundle.css").read_text(encoding="utf-8").replace("</", "<\\/"))


def style() -> Markup:
    """Return the page's own style sheet."""
    return Markup((HERE / "page.css").read_text(encoding="utf-8"))


def script() -> str:
    """Return the page's own scripts, in the order of their names."""
    parts = sorted((HERE / "scripts").glob("*.js"))
    return _inline("\n".join(part.read_text(encoding="utf-8") for part in parts))


def fingerprint(source: str) -> str:
    """Return the word of the page's security policy that lets exactly this script run."""
    digest = hashlib.sha256(f"{source}".encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _inline(source: str) -> str:
    return source.replace("</script", "\\x3c/script").replace("<!--", "\\x3c!--").replace("\r\n", "\n")
