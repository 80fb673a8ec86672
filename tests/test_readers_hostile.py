"""Hostile and broken files: each ends in one clear line, in bounded time and memory, and harms no other report."""

import sys
import zlib
from pathlib import Path

import pandas as pd
import pytest
from docx_writer import paragraph, write, zipped
from pdf_writer import typeset
from pdf_writer import write as write_pdf

from pipeline import texts
from pipeline.readers import isolation
from pipeline.readers.isolation import Isolated
from pipeline.readers.limits import Limits, UnreadableFile

DATA = Path(__file__).parent / "data" / "readers"
GOOD = "青山县2022年法治政府建设情况报告\n全年办结案件36件。\n"
BODY = paragraph("全年办结案件36件。")
ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY a0 "法治">{ENTITIES}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PAGE = "<html><body>{}</body></html>"


def pdf_with(stream: bytes) -> bytes:
    """Return a PDF whose one page has this stream for its content, packed."""
    packed = zlib.compress(stream, 9)
    data = write_pdf([[(80, 700, 16, GOOD)]])
    start, end = (
        data.index(b"<</Length", data.index(b"\n5 0 obj")),
        data.index(b"endobj", data.index(b"\n5 0 obj")),
    )
    content = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream\n" % (len(packed), packed)
    return data[:start] + content + data[end:]


HOSTILE = {
    "zip_bomb.docx": (lambda: write(BODY, word_media_a__xml=b"0" * 210_000_000), "unpacks to more than 200 MB"),
    "many_parts.docx": (lambda: zipped({f"word/{n}": "" for n in range(6_000)}), "parts, more than the 5,000"),
    "entity_bomb.docx": (lambda: write(paragraph("&a9;"), head=BOMB), "declares a document type or entities"),
    "outside.docx": (lambda: write(paragraph("&a;"), head=OUTSIDE), "declares a document type or entities"),
    "wide_entities.docx": (lambda: write("", word_document__xml=f"{BOMB}<a/>".encode("utf-16")), "document type or entities"),
    "embedded.docx": (lambda: write(BODY + "<w:altChunk/>"), "holds a part in another format"),
    "macros.docx": (lambda: write(BODY, word_vbaProject__bin=b"\0"), "holds macros"),
    "cut.docx": (lambda: write(BODY)[:-60], "is a damaged .docx file"),
    "no_document.docx": (lambda: zipped({"word/other.xml": "<a/>"}), "is no Word document"),
    "broken_xml.docx": (lambda: write("<w:p>"), "is a damaged .docx file"),
    "deep.docx": (lambda: write("<w:tbl>" * 50_000 + "</w:tbl>" * 50_000), "is a damaged .docx file"),
    "locked.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "by a password"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "soffice --headless --convert-to docx"),
    "really_old.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "has the ending '.docx' but is an old Word"),
    "text.docx": (lambda: GOOD.encode(), "is a damaged .docx file"),
    "text.pdf": (lambda: GOOD.encode(), "is a damaged PDF"),
    "locked.pdf": (lambda: (DATA / "encrypted.pdf").read_bytes(), "is protected by a password"),
    "cut.pdf": (lambda: (DATA / "fpdf2.pdf").read_bytes()[:40_000], "is cut off"),
    "scan.pdf": (lambda: write_pdf([[]]), "OCR"),
    "long.pdf": (lambda: write_pdf([[]] * 10_000), "has 10,000 pages, more than the 500 allowed"),
    "endless.pdf": (lambda: write_pdf(typeset([GOOD])).replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]"), "PDF"),
    "stuffed.pdf": (lambda: pdf_with(b"q " * 100_000_000), "to read|next to no text|down"),
    "crowded.pdf": (lambda: pdf_with(b"BT /F 1 Tf (a) Tj ET " * 3_000_000), "to read|characters|down"),
    "deep.html": (lambda: PAGE.format("<div>" * 100_000 + "依法行政。").encode(), "nested"),
    "deep_quirk.html": (lambda: PAGE.format("<b><i><table>" * 30_000 + "依法行政。").encode(), "nested|no text"),
    "empty_page.html": (lambda: PAGE.format("<script>1</script>").encode(), "holds no text"),
    "pdf.html": (lambda: write_pdf(typeset([GOOD])), "has the ending '.html' but is a .pdf file (rename it to end in .pdf)"),
    "page.txt": (lambda: PAGE.format("依法行政").encode(), "has the ending '.txt' but is a .html file"),
    "no_page.mht": (lambda: b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nabc", "without a web page in it"),
    "nul.txt": (lambda: GOOD.encode() + b"\0\0", "control characters (the first is U+0000 in line 3)"),
    "noise.txt": (lambda: bytes(range(256)) * 40, "is not a text"),
    "blank.txt": (lambda: " \r\n\u3000".encode(), "holds no text"),
    "empty.pdf": (lambda: b"", "is empty"),
}  # fmt: skip


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """Read all hostile files in one batch with a good one before and behind; return the rows by file name."""
    raw = tmp_path_factory.mktemp("raw")
    for name, (make, _) in HOSTILE.items():
        (raw / name).write_bytes(make())
    (raw / "good.docx").write_bytes(write(paragraph(GOOD)))
    (raw / "zz.html").write_text(PAGE.format(f"<p>{GOOD}</p>"), encoding="utf-8")
    names = ["good.docx", *HOSTILE, "zz.html"]
    manifest = pd.DataFrame({"report_id": [f"r{n}" for n in range(len(names))], "file": names})
    frame = texts.build(manifest, raw=raw, on_error="skip", max_seconds=5, max_memory_mb=400)
    return dict(zip(names, frame.itertuples(), strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_each_ends_in_one_clear_line(batch, name):
    row = batch[name]
    assert row.text == ""
    assert "\n" not in row.problem and "Error" not in row.problem
    assert any(told in row.problem for told in HOSTILE[name][1].split("|")), row.problem


def test_the_good_reports_are_unharmed(batch):
    assert batch["good.docx"].text == GOOD.strip()
    assert "".join(batch["zz.html"].text.split()) == "".join(GOOD.split())


def test_a_file_too_large_is_not_even_opened(tmp_path):
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(200_000_000)
    row = next(
        texts.build(
            pd.DataFrame({"report_id": ["a"], "file": ["large.txt"]}), raw=tmp_path, on_error="skip"
        ).itertuples()
    )
    assert row.problem.startswith("has 200 MB, more than the 50 MB allowed") and pd.isna(row.sha256)


@pytest.mark.parametrize(
    "name", ["a b.txt", "“引号”'.txt", "报告（最终版）.txt", "$(touch x);`y`.txt", "-rf.txt", "=1+1.txt"]
)
def test_odd_names_are_only_names(tmp_path, name):
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    frame = texts.build(pd.DataFrame({"report_id": ["a"], "file": [name]}), raw=tmp_path)
    assert list(frame["text"]) == [GOOD]
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_name_with_a_line_break_is_refused_in_one_line(tmp_path):
    (tmp_path / "a\nb.txt").write_text(GOOD, encoding="utf-8")
    frame = texts.build(
        pd.DataFrame({"report_id": ["a"], "file": ["a\nb.txt"]}), raw=tmp_path, on_error="skip"
    )
    assert frame["problem"][0].startswith(r"file name 'a\nb.txt' holds a line break")


SERVE = "import os, sys, time; print('ready', flush=True); sys.stdin.buffer.readline(); "


@pytest.mark.parametrize(
    "deed, told",
    [("time.sleep(60)", "takes longer than 1 s"), ("os.abort()", "brought the reading process down")],
)
def test_a_worker_that_hangs_or_dies_is_replaced(monkeypatch, deed, told):
    with Isolated(Limits(max_seconds=1), command=(sys.executable, "-c", SERVE + deed)) as reader:
        with pytest.raises(UnreadableFile, match=told):
            reader.read(b"<html>x</html>", ".html")
        reader.command = isolation.COMMAND
        reader.limits = Limits()
        assert reader.read(PAGE.format(f"<p>{GOOD}</p>").encode(), ".html").text


@pytest.mark.parametrize(
    "deed",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "subprocess.run(['true'])",
        "os.system('true')",
        "open('made', 'w')",
        "os.remove('made')",
    ],
)
def test_nothing_is_fetched_run_or_written(deed, tmp_path):
    """The guard of the worker refuses it, whichever library should try."""
    import subprocess

    code = f"import os, socket, subprocess, sys; from pipeline.readers import worker; sys.addaudithook(worker._guard); {deed}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(isolation.ROOT)},
    )
    assert "PermissionError: reading a file must not" in done.stderr
    assert not list(tmp_path.iterdir())


def test_memory_is_bounded():
    with Isolated(Limits(max_memory_mb=150, max_seconds=60)) as reader:
        with pytest.raises(UnreadableFile, match="MB of memory|process down"):
            reader.read(PAGE.format("<p>法治，政府。</p>" * 1_500_000).encode(), ".html")
