"""Word files: the body as a reader sees it, automatic numbers written out."""

import io
import re
from pathlib import Path

import docx as python_docx
import pytest
from docx_writer import W, listed, numbering, paragraph, write

from pipeline.readers import docx
from pipeline.readers.limits import Limits
from pipeline.readers.numbering import FORMATS

DATA = Path(__file__).parent / "data"
RUN = "<w:r><w:t>{}</w:t></w:r>"


def lines(body: str, **parts) -> list[str]:
    return docx.read(write(body, **parts), Limits()).text.split("\n")


def test_file_of_a_word_processor():
    """Headings, runs that split numbers, a table, a list, header and footer, as python-docx writes them."""
    document = python_docx.Document()
    document.sections[0].header.paragraphs[0].text = "青山县人民政府文件"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    report = [
        "青山县2022年法治政府建设情况报告",
        "一、主要做法",
        "全年办结案件1,326件，合格率98.75%，12345热线办结3.6万件。",
    ]
    document.add_heading(report[0], 0)
    document.add_heading(report[1], 1)
    split = document.add_paragraph()
    for piece in re.split(r"(?<=[\d.,])", report[2]):
        split.add_run(piece).bold = piece.isdigit()
    rows = [["项目", "2021年", "2022年"], ["行政复议", "36", "41"], ["行政应诉", "18", "9"]]
    table = document.add_table(3, 3)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            table.cell(r, c).text = cell
    for step in ("强化领导", "压实责任"):
        document.add_paragraph(step, "List Number")
    out = io.BytesIO()
    document.save(out)
    text = docx.read(out.getvalue(), Limits()).text.split("\n")
    assert text == [*report, *("\t".join(row) for row in rows), "1. 强化领导", "2. 压实责任"]


def test_report_of_real_length_with_a_table_and_split_runs():
    text = docx.read((DATA / "readers" / "haiyan.docx").read_bytes(), Limits()).text
    body = (DATA / "practice" / "haiyan.body.txt").read_text(encoding="utf-8")
    assert "".join(text.split()) == "".join(body.split())


@pytest.mark.parametrize(
    "runs, text",
    [
        (("15.", "7", "万件"), "15.7万件"),
        (("　　依法行政  ",), "依法行政"),
        (("甲", "<w:r><w:tab/></w:r>", "乙"), "甲\t乙"),
        (("第一行", "<w:r><w:br/></w:r>", "第二行"), "第一行\n第二行"),
        (("上页", '<w:r><w:br w:type="page"/></w:r>', "下页"), "上页下页"),
        (("第", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>", "一条"), "第一条"),
        (
            (
                "共",
                "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>",
                f"<w:ins>{RUN.format('新')}</w:ins>",
            ),
            "共新",
        ),
        (("见", f"<w:hyperlink>{RUN.format('《办法》')}</w:hyperlink>"), "见《办法》"),
        (("页", "<w:r><w:instrText>PAGE</w:instrText></w:r>", RUN.format("3")), "页3"),
        ((f"<w:sdt><w:sdtContent>{RUN.format('控件内')}</w:sdtContent></w:sdt>",), "控件内"),
        (("2021", "<w:r><w:noBreakHyphen/></w:r>", "2025"), "2021-2025"),
    ],
)
def test_what_a_reader_sees_of_a_paragraph(runs, text):
    assert "\n".join(lines(paragraph(*runs))) == text


def test_numbers_of_several_levels_count_on_and_begin_anew():
    levels = numbering(
        ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimal", "%3.%4")
    )
    body = [
        listed("做法"),
        listed("组织", 1),
        listed("会议", 2),
        listed("学法", 2),
        listed("细目", 3),
        listed("执法", 1),
    ]
    body += [paragraph("正文不编号"), listed("评查", 2), listed("问题"), listed("短板", 1)]
    assert lines("".join(body), word_numbering__xml=levels) == [
        "一、做法", "（一）组织", "1. 会议", "2. 学法", "2.1 细目", "（二）执法", "正文不编号", "1. 评查", "二、问题", "（一）短板",
    ]  # fmt: skip


def test_number_of_a_heading_style_and_a_list_that_begins_anew():
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    styles = f"""<w:styles {W}><w:style w:styleId="base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:styleId="h"><w:basedOn w:val="base"/></w:style></w:styles>"""
    body = (
        paragraph("甲", properties='<w:pStyle w:val="h"/>')
        + listed("乙")
        + listed("丙", number=2)
        + listed("丁", number=2)
    )
    parts = {
        "word_numbering__xml": numbering(("decimal", "%1."), overrides=again),
        "word_styles__xml": styles,
    }
    assert lines(body, **parts) == ["1. 甲", "2. 乙", "1. 丙", "2. 丁"]


def test_bullets_say_nothing():
    assert lines(listed("强化领导"), word_numbering__xml=numbering(("bullet", "\uf0b7"))) == ["强化领导"]


@pytest.mark.parametrize(
    "form, number, written",
    [
        ("chineseCounting", 21, "二十一"),
        ("chineseLegalSimplified", 3, "叁"),
        ("decimalEnclosedCircle", 4, "④"),
        ("upperRoman", 9, "IX"),
        ("lowerLetter", 28, "bb"),
        ("ideographTraditional", 2, "乙"),
        ("decimalFullWidth", 12, "１２"),
        ("chineseCounting", 12345, "12345"),
    ],
)
def test_ways_to_write_a_number(form, number, written):
    assert FORMATS[form](number) == written


def test_notes_stand_below_the_paragraph_that_calls_them():
    notes = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{paragraph("——")}</w:footnote>
    <w:footnote w:id="2">{paragraph("数据截至12月底。")}</w:footnote></w:footnotes>"""
    body = paragraph("办结", '<w:r><w:footnoteReference w:id="2"/></w:r>', "36件。") + paragraph("下一段。")
    assert lines(body, word_footnotes__xml=notes) == ["办结36件。", "数据截至12月底。", "下一段。"]


def test_text_box_is_read_once():
    box = "<w:txbxContent>" + paragraph("框内文字") + "</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    drawing = f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert lines(paragraph("正文", f"<w:r>{drawing}</w:r>", "继续")) == ["正文继续", "框内文字"]


def test_contents_table_is_left_out():
    contents = f"""<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>
    <w:sdtContent>{paragraph("一、做法……1")}</w:sdtContent></w:sdt>"""
    assert lines(contents + paragraph("一、做法")) == ["一、做法"]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraph(part) for part in text.split('/'))}</w:tc>"


def test_merged_cells_keep_their_columns():
    rows = [
        cell("合计", '<w:gridSpan w:val="2"/>') + cell("227"),
        cell("复议", '<w:vMerge w:val="restart"/>') + cell("收到/申请") + cell("131"),
        cell("", "<w:vMerge/>") + cell("受理") + cell("96"),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert lines(table) == ["合计\t\t227", "复议\t收到 申请\t131", "\t受理\t96"]


def test_table_that_lays_out_the_page_is_no_table():
    table = f"<w:tbl><w:tr>{cell('抬头')}{cell('第一段，说明全年工作总体情况。/第二段，说明下一年度的工作安排和保障措施，确保各项任务落实到位。' * 3)}</w:tr></w:tbl>"
    assert lines(table)[:2] == ["抬头", "第一段，说明全年工作总体情况。"]


def test_strict_files_differ_in_namespaces_only():
    strict = write(paragraph("依法行政"), space="http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert docx.read(strict, Limits()).text == "依法行政"


def test_title_counts_only_if_the_text_bears_it():
    core = '<p:coreProperties xmlns:p="x" xmlns:dc="y"><dc:title>{}</dc:title></p:coreProperties>'
    for title, metadata in (("青山县报告", {"title": "青山县报告"}), ("模板", {})):
        data = write(paragraph("青山县报告") + paragraph("正文。"), docProps_core__xml=core.format(title))
        assert docx.read(data, Limits()).metadata == metadata
