"""texts: each file is decoded as published, and a broken one harms no other."""

import codecs
import logging

import docx_writer
import pandas as pd
import pdf_writer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import tables, texts
from pipeline.errors import InputError
from pipeline.readers import plain
from pipeline.readers.limits import Limits, UnreadableFile

REPORT = (
    "青山县2022年法治政府建设工作情况报告\n\n一、主要做法\n(一)强化组织领导。县政府常务会议学法12次,培训执法人员1,326人次。\n"
    "(二)健全决策机制。审查合同69份、文件18件,提出意见建议二百余条。\n"
)
TRADITIONAL = (
    "青山縣2022年法治政府建設工作情況報告\n\n一、主要做法\n(一)強化組織領導。縣政府常務會議學法12次,培訓執法人員1,326人次。\n"
    "(二)健全決策機制。審查合同69份、文件18件,提出意見建議二百餘條。\n"
)
FOUR_BYTE = "㙍村镇司法所调解员䶮某(化名)办理案件36件,𠮷家沟村、𣲗水社区建成法治文化广场。\n"


@pytest.mark.parametrize(
    "text, codec, encoding",
    [
        (REPORT, "utf-8", "utf-8"),
        (REPORT, "utf-8-sig", "utf-8"),
        (REPORT, "utf-16", "utf-16-le"),
        (REPORT, "utf-16-le", "utf-16-le"),
        (REPORT, "utf-16-be", "utf-16-be"),
        (REPORT, "gbk", "gb18030"),
        (REPORT, "gb2312", "gb18030"),
        (REPORT + FOUR_BYTE, "gb18030", "gb18030"),
        (FOUR_BYTE, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "utf-8", "utf-8"),
        ("plain ASCII\n", "ascii", "utf-8"),
    ],
)
def test_encodings(text, codec, encoding):
    reading = plain.read(text.encode(codec), Limits())
    assert (reading.text, reading.encoding) == (text, encoding)


def test_utf16_and_gb18030_marks():
    for mark, codec in ((codecs.BOM_UTF16_BE, "utf-16-be"), ("\ufeff".encode("gb18030"), "gb18030")):
        assert plain.read(mark + REPORT.encode(codec), Limits()).text == REPORT


@pytest.mark.parametrize(
    "published, text",
    [
        ("一、a\r\n二、b\r\n", "一、a\n二、b\n"),
        ("一、a\r二、b", "一、a\n二、b"),
        ("一\r\n\r二\n\r三", "一\n\n二\n\n三"),
        ("　　１，１１０个  \t…“”\xa0\n\n\n", "　　１，１１０个  \t…“”\xa0\n\n\n"),  # must not change
        ("乾部製度\f第二页", "乾部製度\f第二页"),  # must not change
    ],
)
def test_only_line_ends_change(published, text):
    assert plain.read(published.encode(), Limits()).text == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_utf8_text_is_kept_to_the_character(text):
    assert plain.read(text.encode("utf-8-sig"), Limits()).text == text


@given(st.integers(0, len(REPORT) - 60), st.sampled_from(["gb18030", "utf-16-le", "utf-8"]))
def test_sixty_characters_suffice(start, codec):
    piece = REPORT[start : start + 60]
    assert plain.read(piece.encode(codec), Limits()).text == piece


@pytest.mark.parametrize(
    "data, told",
    [
        (
            REPORT.encode()[:60] + b"\xff" + REPORT.encode()[60:],
            "is utf-8 but for byte 0xFF at position 60 (line 3, after '",
        ),
        (REPORT.encode("gbk")[:61] + b"\xff" + REPORT.encode("gbk")[62:], "is gb18030 but for byte"),
        (bytes(range(128, 256)) * 20, "is not a text in any encoding known here"),
        ("一\0二".encode(), "holds control characters (the first is U+0000 in line 1)"),
    ],
)
def test_bad_bytes_are_named(data, told):
    with pytest.raises(UnreadableFile) as caught:
        plain.read(data, Limits())
    assert told in str(caught.value)


def test_a_stray_control_character_is_kept_and_noted():
    published = REPORT * 10 + "附表\x07"
    reading = plain.read(published.encode("gb18030"), Limits())
    assert reading.text == published
    assert reading.note == "1 control characters, the first U+0007 in line 51"


@pytest.fixture
def folder(tmp_path):
    """Make a folder of one good report and the files given, and the manifest of both."""

    def make(**files: bytes):
        given = {
            "good.txt": REPORT.encode(),
            **{name.replace("__", "."): data for name, data in files.items()},
        }
        for name, data in given.items():
            (tmp_path / name).write_bytes(data)
        return tmp_path, pd.DataFrame({"report_id": [n.split(".")[0] for n in given], "file": list(given)})

    return make


def test_a_good_file_keeps_its_hash_format_and_encoding(folder):
    raw, manifest = folder()
    (row,) = texts.build(manifest, raw=raw).itertuples()
    assert (row.text, row.format, row.encoding) == (REPORT, "txt", "utf-8")
    assert len(row.sha256) == 64 and pd.isna(row.problem)


def test_stop_names_every_broken_file(folder):
    raw, manifest = folder(
        empty__txt=b" \n", junk__txt=bytes(range(128, 256)), old__doc=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1.."
    )
    with pytest.raises(InputError) as caught:
        texts.build(manifest, raw=raw, on_error="stop")
    assert [problem.split(": ")[0] for problem in caught.value.problems] == [
        str(raw / name) for name in ("empty.txt", "junk.txt", "old.doc")
    ]
    assert all("\n" not in problem for problem in caught.value.problems)


def test_skip_keeps_the_others_and_says_why(folder, caplog):
    raw, manifest = folder(empty__txt=b"")
    with caplog.at_level(logging.WARNING):
        good, empty = texts.build(manifest, raw=raw, on_error="skip").itertuples()
    assert good.text == REPORT and pd.isna(good.problem)
    assert empty.text == "" and empty.problem.startswith("is empty")
    assert "empty.txt: is empty" in caplog.text


def test_every_format_in_one_batch_with_its_facts(folder):
    body = "<p>2022年，青山县办结案件36件，合格率98.75%。</p>"
    page = f"<meta name=PubDate content=2023-01-18><title>青山县情况报告</title><h1>青山县情况报告</h1><div>{body}</div>"
    raw, manifest = folder(
        page__html=page.encode("gb18030"),
        word__docx=docx_writer.write(docx_writer.paragraph("青山县情况报告")),
        print__pdf=pdf_writer.write(pdf_writer.typeset(["青山县情况报告，办结案件三十六件。"])),
    )
    frame = texts.build(manifest, raw=raw).set_index("report_id")
    tables.write(frame.reset_index(), "texts", raw / "texts.parquet")
    assert list(frame["format"]) == ["txt", "html", "docx", "pdf"]
    assert frame.loc["page", "meta_published"] == "2023-01-18" and frame.loc["page", "encoding"] == "gb18030"
    assert frame.loc["word", "text"] == frame.loc["page", "meta_title"] == "青山县情况报告"
    assert frame.loc["print", "text"] == "青山县情况报告，办结案件三十六件。"


@pytest.mark.parametrize(
    "name, data, told",
    [
        ("a.txt", b"%PDF-1.4 ...", "has the ending '.txt' but"),
        ("a.txt", b"<!DOCTYPE html><html><body>x</body></html>", "has the ending '.txt' but"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "soffice --headless --convert-to docx"),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "WPS"),
        ("a.ofd", b"PK\x03\x04 OFD.xml", "OFD"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "OCR"),
        ("a.txt", b"PK\x03\x04 nothing known", "archive"),
        ("a.xyz", b"abc", "has the ending '.xyz', which is no format read here"),
        ("a", b"abc", "has the ending '', which is no format read here"),
    ],
)
def test_wrong_formats_are_refused_with_what_to_do(tmp_path, name, data, told):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        texts.build(pd.DataFrame({"report_id": ["a"], "file": [name]}), raw=tmp_path)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "setting, told", [("max_file_mb", "more than the 1 MB"), ("max_characters", "more than the 1 ")]
)
def test_limits_on_size(tmp_path, setting, told):
    (tmp_path / "a.txt").write_text("法" * 400_000, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        texts.build(pd.DataFrame({"report_id": ["a"], "file": ["a.txt"]}), raw=tmp_path, **{setting: 1})
    assert told in str(caught.value)


def test_links_and_parent_paths_are_not_followed(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (tmp_path / "secret.txt").write_text("机密", encoding="utf-8")
    (raw / "link.txt").symlink_to(tmp_path / "secret.txt")
    manifest = pd.DataFrame({"report_id": ["a", "b"], "file": ["link.txt", "../secret.txt"]})
    link, parent = texts.build(manifest, raw=raw, on_error="skip").itertuples()
    assert link.text == parent.text == ""
    assert "is a link out of" in link.problem and "without '..'" in parent.problem
