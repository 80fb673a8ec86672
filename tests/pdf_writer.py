"""Write small Chinese PDFs for the tests: characters at places, as a PDF holds them, with no font inside."""

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype"
    b"/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>/DW 1000"
    b"/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)
NOT_FIRST = "，。、；：？！”）》%"  # signs that may not begin a line


def write(
    pages: list[list[tuple[float, float, float, str]]], width=595, height=842, rotate=0, extra=b""
) -> bytes:
    """Write pages of (x, y, size, text), in points from the foot of the page."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        FONT,
    ]
    for number, page in enumerate(pages):
        stream = extra + b"\n".join(_shown(*piece) for piece in page)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (width, height, rotate, 5 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    return _assembled(objects)


def _shown(x: float, y: float, size: float, text: str) -> bytes:
    code = text.encode("utf-16-be").hex().encode()
    return b"BT /F %.2f Tf 1 0 0 1 %.2f %.2f Tm <%s> Tj ET" % (size, x, y, code)


def _assembled(objects: list[bytes]) -> bytes:
    parts, places, written = [b"%PDF-1.4\n"], [], 9
    for number, content in enumerate(objects, 1):
        places.append(written)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        written += len(parts[-1])
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    parts += [b"%010d 00000 n \n" % place for place in places]
    parts.append(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, written))
    return b"".join(parts)


def typeset(
    paragraphs, size=16, leading=28, left=80, right=515, top=740, foot=90, indent=2, head="", number="— {} —"
):
    """Set paragraphs as a word processor does: first lines indented, lines full, heads and numbers on each page."""
    pages: list[list] = [[]]
    y = top
    for paragraph in paragraphs:
        for nth, line in enumerate(_lines(paragraph, (right - left) / size, indent)):
            if y < foot:
                pages.append([])
                y = top
            pages[-1].append((left + (indent * size if nth == 0 else 0), y, size, line))
            y -= leading
    for count, page in enumerate(pages, 1):
        page += [(left, 795, 9, head)] if head else []
        page += [(280, 45, 14, number.format(count))] if number else []
    return pages


def _lines(paragraph: str, room: float, indent: int) -> list[str]:
    lines, used = [""], float(indent)
    for character in paragraph:
        width = 0.5 if character < "\x7f" else 1.0
        if used + width > room and character not in NOT_FIRST:
            lines.append("")
            used = 0.0
        lines[-1] += character
        used += width
    return lines
