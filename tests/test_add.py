"""add: files land in the folder and the manifest, once each, and nothing is written in a dry run."""

import pytest
from docx_writer import paragraph, write

from pipeline import add, manifest
from pipeline.__main__ import main
from pipeline.errors import InputError

REPORT = "青山县2022年法治政府建设情况报告\n\n2022年，青山县全面推进依法行政，办结案件36件。\n\n青山县人民政府\n2023年1月16日\n"
OTHER = "白水区2021年法治政府建设工作总结\n\n2021年，白水区办结案件12件。\n"


@pytest.fixture
def places(tmp_path):
    """Make an inbox of two reports and the (not yet existing) folder to add to."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "青山县 2022年报告(终稿).txt").write_text(REPORT, encoding="gb18030")
    (inbox / "b.docx").write_bytes(write("".join(paragraph(line) for line in OTHER.split("\n"))))
    return inbox, tmp_path / "raw"


def test_folder_is_copied_and_listed(places, capsys):
    inbox, raw = places
    assert main(["add", str(inbox), "--raw", str(raw)]) == 0
    frame = manifest.load(raw)
    assert list(frame["report_id"]) == ["b", "青山县-2022年报告-终稿"]
    assert list(frame["file"]) == ["b.docx", "青山县 2022年报告(终稿).txt"]
    assert (raw / "b.docx").read_bytes() == (inbox / "b.docx").read_bytes()
    shown = capsys.readouterr().out
    assert "青山县2022年法治政府建设情况报告" in shown and "2 added, 0 refused" in shown


def test_what_the_report_says_is_proposed(places):
    inbox, raw = places
    main(["add", str(inbox), "--raw", str(raw)])
    row = manifest.load(raw).set_index("report_id").loc["青山县-2022年报告-终稿"]
    assert (row["region"], row["level"], row["published"]) == ("青山县", "county", "2023-01-16")


def test_dry_run_writes_nothing(places, capsys):
    inbox, raw = places
    assert main(["add", str(inbox), "--raw", str(raw), "--dry-run"]) == 0
    assert not raw.exists()
    assert "2 would be added (nothing was written), 0 refused" in capsys.readouterr().out


def test_same_content_is_refused_whatever_its_name(places, capsys):
    inbox, raw = places
    main(["add", str(inbox), "--raw", str(raw)])
    copy = inbox / "copy.docx"
    copy.write_bytes((inbox / "b.docx").read_bytes())
    before = (raw / "manifest.csv").read_bytes()
    assert main(["add", str(copy), "--raw", str(raw)]) == 1
    assert f"refused: {copy}: has the same content as {raw / 'b.docx'}" in capsys.readouterr().out
    assert (raw / "manifest.csv").read_bytes() == before


def test_unreadable_file_is_refused_and_the_others_added(places, capsys):
    inbox, raw = places
    (inbox / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert main(["add", str(inbox), "--raw", str(raw)]) == 1
    assert "old.doc: is an old Word file" in capsys.readouterr().out
    assert len(manifest.load(raw)) == 2


def test_same_name_and_id_are_made_unlike(places, tmp_path):
    inbox, raw = places
    main(["add", str(inbox / "b.docx"), "--raw", str(raw)])
    for name, text in (("b.txt", REPORT), ("B.docx", None)):
        path = tmp_path / name
        path.write_bytes(text.encode() if text else write(paragraph("第三份报告，内容不同。")))
        main(["add", str(path), "--raw", str(raw)])
    frame = manifest.load(raw)
    assert sorted(frame["report_id"]) == ["B-3", "b", "b-2"]
    assert sorted(frame["file"]) == ["B-2.docx", "b.docx", "b.txt"]


def test_files_already_in_the_folder_get_rows(places):
    inbox, _ = places
    (inbox / "manifest.csv").write_text("file,report_id\nb.docx,old\n", encoding="utf-8")
    assert main(["add", str(inbox), "--raw", str(inbox)]) == 0
    lines = (inbox / "manifest.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["file,report_id", "b.docx,old", "青山县 2022年报告(终稿).txt,青山县-2022年报告-终稿"]
    assert len(manifest.load(inbox)) == 2


def test_missing_file_is_told(tmp_path, capsys):
    assert main(["add", str(tmp_path / "none.txt"), "--raw", str(tmp_path)]) == 1
    assert "there is no such file or folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name, expected",
    [
        ("报告.docx", "报告"),
        ("a b (1).pdf", "a-b-1"),
        ("-x_.txt", "x"),
        ("..txt", "report"),
        ("a" * 90 + ".txt", "a" * 40),
    ],
)
def test_ids_are_usable(name, expected, tmp_path):
    proposed = add._id(tmp_path / name, set())
    assert proposed == expected and manifest.id_problem(proposed) is None


def test_manifest_that_is_none_is_told(places):
    inbox, raw = places
    raw.mkdir()
    (raw / "manifest.csv").write_text("id,name\n", encoding="utf-8")
    with pytest.raises(InputError, match="column 'report_id' is missing"):
        add.run([inbox], raw, dry_run=True)


def test_a_bucket_is_not_added_to(places, capsys):
    assert main(["add", str(places[0]), "--raw", "s3://county/reports"]) == 1
    assert "is no folder: add in one, then copy it to the bucket" in capsys.readouterr().err
