"""Write small Word files for the tests, part by part, so that each can hold what a library would refuse to write."""

import io
import zipfile

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f'xmlns:w="{SPACE}"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'


def write(body: str, head: str = "", space: str = SPACE, **parts: str | bytes) -> bytes:
    """Zip a document with this body; more parts by name, `_` for `/` and `__` for `.`."""
    document = f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    members = {"[Content_Types].xml": TYPES, "word/document.xml": document}
    members |= {name.replace("__", ".").replace("_", "/"): content for name, content in parts.items()}
    return zipped(members)


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Zip named members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        for name, content in members.items():
            files.writestr(name, content)
    return out.getvalue()


def paragraph(*runs: str, properties: str = "") -> str:
    """Write a paragraph of runs of text; a run that begins with `<` is taken as markup."""
    written = (
        run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(written)}</w:p>"


def listed(text: str, level: int = 0, number: int = 1) -> str:
    """Write a paragraph of a numbered list."""
    return paragraph(
        text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def numbering(*levels: tuple[str, str], overrides: str = "") -> str:
    """Write the part that says how lists count: (format, pattern) for each level."""
    shapes = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{shapes}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{overrides}</w:num></w:numbering>'
    )
