"""manifest: every mistake is told at once, with its place and the way out; a good manifest passes untouched."""

import pytest

from pipeline import manifest
from pipeline.errors import InputError

HEADER = "report_id,file,region,province,level,genre,published,period_start,period_end,source_url\n"


@pytest.fixture
def folder(tmp_path):
    def make(rows: str, files: str = "a.txt b.txt", header: str = HEADER, encoding: str = "utf-8"):
        (tmp_path / "manifest.csv").write_bytes((header + rows).encode(encoding))
        for name in files.split():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("依法行政。", encoding="utf-8")
        return tmp_path

    return make


def problems(raw) -> str:
    with pytest.raises(InputError) as caught:
        manifest.load(raw)
    return "\n".join(caught.value.problems).replace(str(raw), "RAW")


def test_good_manifest_keeps_its_order(folder):
    frame = manifest.load(folder("b,b.txt,青山县,,county,plan,2022-12-02,2021,2025,\na,a.txt,,,,,,,,\n"))
    assert list(frame["report_id"]) == ["b", "a"]
    assert frame.loc[0, "period_end"] == "2025"
    assert frame.loc[1, "region"] == ""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_manifest_saved_by_excel_in_other_encodings(folder, encoding):
    frame = manifest.load(folder("a,a.txt,青山县,,,,,,,\nb,b.txt,白水区,,,,,,,\n", encoding=encoding))
    assert list(frame["region"]) == ["青山县", "白水区"]


def test_short_header_and_chinese_ids(folder):
    frame = manifest.load(folder("青山县2022,a.txt\n2-b.x,b.txt\n", header="report_id,file\n"))
    assert list(frame["report_id"]) == ["青山县2022", "2-b.x"]


@pytest.mark.parametrize(
    "rows, told",
    [
        ("a,a.txt\nb,c.txt\n", "RAW/manifest.csv, row 3: file 'c.txt' is not in RAW"),
        ("a,a.txt\n", "RAW/b.txt: has no row in manifest.csv"),
        ("a,a.txt\na,b.txt\n", "row 3: report_id 'a' stands in row 2 already"),
        ("a,a.txt\nA,b.txt\n", "row 3: report_id 'A' differs from 'a' in row 2 by capital letters only"),
        ("x/a,a.txt\nb,b.txt\n", "row 2: report_id 'x/a' is not usable"),
        ("a b,a.txt\nb,b.txt\n", "row 2: report_id 'a b' is not usable"),
        ("..,a.txt\nb,b.txt\n", "row 2: report_id '..' is not usable"),
        (",a.txt\nb,b.txt\n", "row 2: report_id is empty"),
        ("a,\nb,b.txt\n", "row 2: no file is named"),
        ("a,../a.txt\nb,b.txt\n", "row 2: file '../a.txt' must be a name inside the folder"),
        ("a,/etc/passwd\nb,b.txt\n", "row 2: file '/etc/passwd' must be a name inside the folder"),
        ("a,C:\\a.txt\nb,b.txt\n", "must be a name inside the folder"),
        ('a,"a\n.txt"\nb,b.txt\n', "holds a line break or control character"),
        ("a,a.txt\nb,./a.txt\n", "row 3: file './a.txt' stands in row 2 already"),
        ("a,a.txt,,,,,2022-02-30\nb,b.txt\n", "row 2: published '2022-02-30' is not a date"),
        ("a,a.txt,,,,,2022年\nb,b.txt\n", "row 2: published '2022年' is not a date"),
        ("a,a.txt,,,,,,2023,2022-12\nb,b.txt\n", "row 2: period_start 2023 lies after period_end 2022-12"),
        (
            "a,a.txt,,,,anual_report\nb,b.txt\n",
            "genre 'anual_report' is not known (did you mean 'annual_report'?)",
        ),
        ("a,a.txt,,,towm\nb,b.txt\n", "level 'towm' is not known (did you mean 'town'?)"),
        ("a,a.txt,,,,,,,,,x,y\nb,b.txt\n", "row 2: 12 cells under 10 columns"),
        ("", "RAW/manifest.csv: has no rows"),
        ('a,"' + "x" * 200_000 + '"\n', "row 2: is no CSV: field larger than field limit"),
    ],
)
def test_each_mistake_is_named(folder, rows, told):
    assert told in problems(folder(rows))


def test_all_mistakes_come_at_once(folder):
    told = problems(folder("a b,aa.txt,,,x,y,z\n"))
    assert [
        word in told
        for word in ("a b", "'aa.txt' is not in", "level 'x'", "genre 'y'", "'z'", "b.txt: has no row")
    ]
    assert len(told.splitlines()) == 7


def test_near_name_is_proposed(folder):
    assert "(did you mean 'b.txt'?)" in problems(folder("a,a.txt\nb,bb.txt\n"))


@pytest.mark.parametrize(
    "header, told",
    [
        ("report_id,flie\n", "column 'flie' is not known (did you mean 'file'?)"),
        ("report_id,region\n", "column 'file' is missing"),
        ("report_id,file,file\n", "column 'file' stands twice"),
    ],
)
def test_header_mistakes(folder, header, told):
    assert told in problems(folder("a,a.txt\n", header=header))


def test_missing_manifest_says_how_to_make_one(tmp_path):
    assert "is missing (make it with: python -m pipeline add" in problems(tmp_path)


def test_link_out_of_the_folder_is_refused(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text("机密", encoding="utf-8")
    raw = folder("a,a.txt\nb,b.txt\nc,c.txt\n")
    (raw / "c.txt").symlink_to(outside)
    assert "row 4: file 'c.txt' is a link out of RAW" in problems(raw)


def test_link_to_a_folder_outside_is_refused(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("机密", encoding="utf-8")
    raw = folder("a,a.txt\nb,b.txt\nc,sub/secret.txt\n")
    (raw / "sub").symlink_to(outside)
    assert "row 4: file 'sub/secret.txt' is a link out of RAW" in problems(raw)


def test_link_inside_the_folder_is_followed(folder):
    raw = folder("a,a.txt\nb,b.txt\n", files="a.txt")
    (raw / "b.txt").symlink_to(raw / "a.txt")
    assert len(manifest.load(raw)) == 2


def test_notes_hidden_files_and_page_folders_need_no_row(folder):
    raw = folder(
        "a,a.txt\nb,b.txt\n", files="a.txt b.txt README.md .DS_Store ~$b.docx Thumbs.db a_files/logo.png"
    )
    assert len(manifest.load(raw)) == 2


def test_files_in_subfolders_are_found(folder):
    raw = folder("a,2022/a.txt\nb,b.txt\n", files="2022/a.txt b.txt 2022/extra.txt")
    assert problems(raw).startswith("RAW/2022/extra.txt: has no row")


@pytest.mark.parametrize(
    "value, good", [("2022", 1), ("2022-12", 1), ("2022-13", 0), ("2024-02-29", 1), ("22-1-1", 0)]
)
def test_dates(value, good):
    assert manifest.is_date(value) == bool(good)
