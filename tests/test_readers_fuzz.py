"""Damaged files of every format: read or refused in words, in seconds, and never bringing the reader down."""

import time
from pathlib import Path

import pytest
from docx_writer import listed, numbering, paragraph, write, zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_writer import typeset
from pdf_writer import write as write_pdf

from pipeline.readers.isolation import Isolated
from pipeline.readers.limits import Limits, UnreadableFile
from pipeline.readers.reading import Reading

DATA = Path(__file__).parent / "data"
FAILURES = sorted((DATA / "readers" / "failures").iterdir())
TEXT = ["一、主要做法", "（一）办结案件1,326件，合格率98.75%，“三项制度”落实见效。", "2023年1月16日"]
PAGE = (DATA / "practice" / "haiyan.html").read_bytes()
DOCUMENT = f'<w:document xmlns:w="x"><w:body>{"".join(map(listed, TEXT))}</w:body></w:document>'
LISTS = numbering(("chineseCounting", "%1、"), ("decimal", "%2."))
XML = {"word/document.xml": DOCUMENT.encode(), "word/numbering.xml": LISTS.encode()}
GOOD = {
    ".txt": ["\n".join(TEXT).encode("gb18030") * 3, "\n".join(TEXT).encode("utf-16")],
    ".html": [PAGE, PAGE.decode("utf-8").encode("gb18030")],
    ".mht": [b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n" + PAGE],
    ".docx": [write("".join(map(listed, TEXT)) + paragraph("正文"), word_numbering__xml=LISTS)],
    ".pdf": [write_pdf(typeset(TEXT * 5, head="公报")), (DATA / "readers" / "typst.pdf").read_bytes()],
}  # fmt: skip
UNEXPECTED = ("stopped the reader", "brought the reading process down", "takes longer", "MB of memory")
INSERTED = [
    b"<table><tr><td>" * 40,
    b"<div>" * 300,
    b"</p>" * 20,
    b"\xff" * 40,
    b"\0" * 9,
    b"&#x110000;",
    b"<!--",
    b"-9999999999",
]
SLOW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@pytest.fixture(scope="module")
def reader():
    with Isolated(Limits()) as started:
        yield started


def survives(reader: Isolated, data: bytes, suffix: str) -> None:
    """Read a file, which must give a reading or a reason, within the time allowed."""
    start = time.monotonic()
    try:
        assert isinstance(reader.read(data, suffix), Reading)
    except UnreadableFile as error:
        assert not any(word in str(error) for word in UNEXPECTED), error
        assert "\n" not in str(error)
    assert time.monotonic() - start < 30  # far above the limit of 10 s, for busy machines


@st.composite
def damaged(draw, suffix: str):
    """Draw a good file with some of its bytes changed, cut, doubled or stuffed."""
    data = bytearray(draw(st.sampled_from(GOOD[suffix])))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 200))
        deed = draw(st.sampled_from(["change", "cut", "double", "stuff"]))
        if deed == "change":
            data[at : at + 1] = draw(st.binary(min_size=1, max_size=4))
        elif deed == "cut":
            del data[at : at + length]
        elif deed == "double":
            data[at:at] = data[at : at + length]
        else:
            data[at:at] = draw(st.sampled_from(INSERTED))
    return bytes(data)


@pytest.mark.parametrize("suffix", GOOD)
@SLOW
@given(drawn=st.data())
def test_damaged_files(reader, suffix, drawn):
    survives(reader, drawn.draw(damaged(suffix)), suffix)


@SLOW
@given(
    name=st.sampled_from(sorted(XML)),
    at=st.integers(0, 2000),
    length=st.integers(0, 60),
    new=st.sampled_from(
        [b"", b"<w:p>", b"</w:tbl>", b"%9", b"99999999", b"&lt;", "（%1）".encode(), b'w:val="-1"']
    ),
)
def test_word_files_with_damaged_parts(reader, name, at, length, new):
    """The parts are damaged before they are zipped, since damage to the ZIP seldom gets past its check sums."""
    part = XML[name]
    survives(reader, zipped(XML | {name: part[:at] + new + part[at + length :]}), ".docx")


@pytest.mark.parametrize("suffix", GOOD)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.binary(max_size=3000))
def test_random_bytes(reader, suffix, data):
    survives(reader, data, suffix)
    survives(
        reader,
        {".pdf": b"%PDF-1.7\n", ".html": b"<html>", ".docx": b"PK\x03\x04"}.get(suffix, b"") + data,
        suffix,
    )


@pytest.mark.parametrize("path", FAILURES, ids=lambda path: path.name)
def test_failures_found_once(reader, path):
    """Files that once took too long or brought a reader down: glyphs as wide as a country (strips of the page)."""
    survives(reader, path.read_bytes(), path.suffix)
