"""PDF: paragraphs as their author wrote them, without what the pages add; what cannot be read is refused in words."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from pdf_writer import typeset, write

from pipeline.readers import pdf
from pipeline.readers.limits import Limits, UnreadableFile

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data" / "readers"
REPORT = [
    "一、主要工作情况",
    "（一）严格落实行政执法“三项制度”，规范执法行为",
    "全面推行行政执法公示、执法全过程记录和重大执法决定法制审核“三项制度”，公示执法信息4,215条，法制审核重大执法决定86件，"
    "做到应审尽审。评查案卷240卷，合格率98.75%；持证上岗人员1,326人，占在岗执法人员的93.2%，较上年提高2.5个百分点。",
    "（二）深化“放管服”改革",
    "压减办理时限62.5%，“最多跑一次”事项占比达98.6%；12345热线受理诉求3.6万件，按期办结率99.2%，群众满意率97.8%。",
    "二、下步打算",
    "坚持和加强党对法治政府建设的领导，年内培训执法人员不少于60学时，确保行政机关负责人出庭应诉率达到100%，让人民群众在"
    "每一项法律制度、每一个执法决定中都感受到公平正义，为建设更高水平的法治青山提供有力保障。",
]


def text_of(pages, **options) -> list[str]:
    return pdf.read(write(pages, **options), Limits()).text.split("\n")


@pytest.mark.parametrize("foot", [90, 300, 500, 600])
@pytest.mark.parametrize("size, leading", [(16, 28), (12, 20)])
def test_paragraphs_run_on_over_lines_and_pages(foot, size, leading):
    pages = typeset(REPORT, size=size, leading=leading, foot=foot, head="青山县人民政府公报  2023年第3期")
    assert text_of(pages) == REPORT


@pytest.mark.parametrize(
    "number",
    ["— {} —", "{}", "第 {} 页", "第{}页 共9页", "{}/9", "- {} -", "第{}页/共9页", "Page {} of 9", "·{}·"],
)
def test_page_numbers_are_left_out(number):
    assert text_of(typeset(REPORT, foot=400, number=number)) == REPORT


def test_heads_of_left_and_right_pages_differ():
    pages = typeset(REPORT * 3, foot=500)
    for count, page in enumerate(pages):
        page.append((80, 795, 16, "青山县人民政府文件" if count % 2 else "法治政府建设年度报告"))
    assert text_of(pages) == REPORT * 3


def test_title_that_reads_like_the_running_head_is_kept():
    title = "青山县2022年法治政府建设工作情况报告"
    pages = typeset(REPORT, foot=500, head=title, top=700)
    pages[0].append((90, 740, 22, title))
    assert text_of(pages) == [title, *REPORT]


def test_title_over_two_centred_lines_is_one():
    pages = typeset(REPORT, top=640)
    pages[0] += [
        (132, 740, 22, "中共青山县委青山县人民政府关于"),
        (154, 708, 22, "2022年法治政府建设情况的报告"),
    ]
    assert text_of(pages)[0] == "中共青山县委青山县人民政府关于2022年法治政府建设情况的报告"


def test_signature_and_date_are_lines_of_their_own():
    pages = typeset(REPORT, foot=300)
    pages[-1] += [(380, 200, 16, "青山县人民政府"), (388, 172, 16, "2023年1月16日")]
    assert text_of(pages) == [*REPORT, "青山县人民政府", "2023年1月16日"]


def test_signs_stored_behind_their_line_come_to_their_place():
    page = [(80, 700, 16, "落实"), (128, 700, 16, "三项制度"), (208, 700, 16, "要求。")]
    page += [(112, 700, 16, "“"), (192, 700, 16, "”"), (80, 660, 16, "第二段落实责任追究各项规定。")]
    assert text_of([page]) == ["落实“三项制度”要求。", "第二段落实责任追究各项规定。"]


def test_type_printed_twice_to_look_bold_is_read_once():
    page = [(80 + shift, 700, 16, "一、加强组织领导压实各方责任") for shift in (0, 0.3)]
    assert (
        text_of([[*page, (80, 660, 16, "人人参与，事事有人管，处处都有人负责。")]])[0]
        == "一、加强组织领导压实各方责任"
    )


def test_columns_are_read_one_after_the_other():
    left = typeset(REPORT[:4], size=10, leading=16, left=60, right=280, number="")
    right = typeset(REPORT[4:], size=10, leading=16, left=315, right=535, top=735, number="")
    assert text_of([left[0] + right[0]]) == REPORT


def test_table_rows_stay_rows():
    rows = [["项目", "2021年", "2022年"], ["行政复议", "96", "131"], ["行政应诉", "74", "63"]]
    page = [
        (80 + 150 * c, 700 - 30 * r, 12, cell) for r, row in enumerate(rows) for c, cell in enumerate(row)
    ]
    page += [(80, 560, 12, "注：本表按照收案口径进行统计。")]
    assert text_of([page])[:3] == ["\t".join(row) for row in rows]


def ruled(xs, ys, gaps=()) -> bytes:
    """Draw the lines of a grid, but those between the places named in gaps: ((x0, y0, x1, y1), …)."""
    lines = [(x, a, x, b) for x in xs for a, b in pairwise(ys)] + [
        (a, y, b, y) for y in ys for a, b in pairwise(xs)
    ]
    return b"\n".join(b"%d %d m %d %d l S" % line for line in lines if line not in gaps) + b"\n"


def test_cells_of_a_ruled_table_are_put_together():
    """Lines inside a cell are one text; a cell over two rows or columns leaves the place beside it empty."""
    grid = ruled([80, 160, 340, 420], [700, 660, 600, 560], gaps=[(80, 600, 160, 600), (160, 600, 160, 560)])
    page = [(90, 675, 12, "类别"), (170, 675, 12, "任务"), (350, 675, 12, "时限")]
    page += [(90, 590, 12, "执法")]
    page += [
        (170, 640, 12, "健全行政执法监督机制，推进执"),
        (170, 622, 12, "法规范化建设。"),
        (350, 630, 12, "12月底前"),
    ]
    page += [(350, 575, 12, "长期")]
    page += [(80, 740, 12, "任务分解见下表，各单位抓好落实。"), (80, 520, 12, "以上任务纳入年度考核。")]
    lines = text_of([page], extra=grid)
    assert lines[0] == "任务分解见下表，各单位抓好落实。" and lines[-1] == "以上任务纳入年度考核。"
    assert lines[1] == "类别\t任务\t时限"
    assert lines[2] == "执法\t健全行政执法监督机制，推进执法规范化建设。\t12月底前"
    assert lines[3] == "\t\t长期"


def test_frame_around_the_text_is_no_table():
    frame = ruled([60, 535], [60, 780]) + b"80 700 m 515 700 l S\n"
    assert text_of(typeset(REPORT), extra=frame) == REPORT


def test_table_that_only_lays_out_the_page_is_no_table():
    grid = ruled([70, 75, 525], [60, 770])
    assert text_of(typeset(REPORT), extra=grid) == REPORT


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages_are_read_as_shown(rotate):
    turn = {
        0: lambda x, y: (x, y, b"1 0 0 1"),
        90: lambda x, y: (595 - y, x, b"0 1 -1 0"),
        180: lambda x, y: (595 - x, 842 - y, b"-1 0 0 -1"),
        270: lambda x, y: (y, 842 - x, b"0 -1 1 0"),
    }[rotate]
    lines = ["全年办理行政复议案件十二件，", "调解结案三件。"]
    shown = []
    for nth, line in enumerate(lines):
        x, y, matrix = turn(80, 500 - 24 * nth)
        shown.append(
            b"BT /F 14 Tf %s %d %d Tm <%s> Tj ET" % (matrix, x, y, line.encode("utf-16-be").hex().encode())
        )
    data = write([[]], rotate=rotate, extra=b"\n".join(shown))
    assert "".join(pdf.read(data, Limits()).text.split()) == "".join(lines)


def test_watermark_across_the_page_is_left_out():
    mark = (
        b"BT /F 40 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <%s> Tj ET\n"
        % "内部资料".encode("utf-16-be").hex().encode()
    )
    assert text_of(typeset(REPORT), extra=mark) == REPORT


@pytest.mark.parametrize("producer", ["fpdf2", "typst", "actualtext"])
def test_files_of_other_programs(producer):
    reading = pdf.read((DATA / f"{producer}.pdf").read_bytes(), Limits())
    assert reading.text == (DATA / "report.txt").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    "code, character",
    [(0x2F00, "一"), (0x2ED3, "长"), (0x2, "-"), (0xF0B7, ""), (0xE123, "\ufffd"), (0x6CD5, "法")],
)
def test_radicals_and_signs_of_symbol_fonts(code, character):
    from pipeline.readers.pdf_glyphs import _character

    assert _character(code) == character


@pytest.mark.parametrize(
    "data, told",
    [
        (write(typeset(REPORT))[:-400], "is cut off"),
        (b"%PDF-1.7\n" + b"\0" * 500 + b"%%EOF", "is a damaged PDF"),
        (write([[]] * 3), "next to no text, as a scan has: run it through OCR"),
        (write([typeset(REPORT)[0]] * 12), "has 12 pages, more than the 10 allowed"),
        (write([[(80, 700, 16, "\ue123\ue124\ue125法治政府\ue126" * 5)]]), "hides what"),
        ((DATA / "encrypted.pdf").read_bytes(), "is protected by a password"),
    ],
)
def test_what_cannot_be_read_is_refused(data, told):
    with pytest.raises(UnreadableFile, match=told):
        pdf.read(data, Limits(max_pages=10))


def test_pages_without_text_are_noted():
    assert pdf.read(write([*typeset(REPORT), []]), Limits()).note == "no text on 1 of 2 pages (2)"


def test_a_document_open_elsewhere_is_not_lost():
    """The first reading starts the library anew, so it refuses to while another document is open."""
    code = (
        "import pypdfium2, sys; from pipeline.readers import pdf; from pipeline.readers.limits import Limits\n"
        "held = pypdfium2.PdfDocument(sys.argv[1]); pdf.read(open(sys.argv[1], 'rb').read(), Limits())"
    )
    command = [sys.executable, "-c", code, DATA / "typst.pdf"]
    done = subprocess.run(command, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)})
    assert done.returncode == 1 and "close the PDF documents" in done.stderr
