"""sentences: the gold boundaries, roles, and the promise that nothing of a report is lost."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import checks, schemas, sections, sentences
from pipeline.fold import fold

ROOT = Path(__file__).parent.parent
GOLD = ["dongli", "hengkou", "huairou"]
GOLD_SHARE = 0.97  # of the gold sentences found with the same boundaries; 399 of 399 when this was written


def cut(text: str) -> pd.DataFrame:
    texts = pd.DataFrame({"report_id": ["r"], "text": [text]})
    found = sections.build(texts)
    return sentences.build(texts, found["paragraphs"], found["sections"])


def rows(text: str, *roles: str) -> list[str]:
    """Give the sentences of a text as published, only of the roles named if any are."""
    table = cut(text)
    return [t for t, role in zip(table["text"], table["role"], strict=True) if not roles or role in roles]


def roles(text: str) -> list[str]:
    return cut(text)["role"].tolist()


def report(name: str) -> str:
    return (ROOT / "data/raw" / f"{name}.txt").read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def test_gold_sentences_have_the_same_boundaries():
    found = wanted = 0
    for name in GOLD:
        text = report(name)
        spans = {(row.start, row.end) for row in cut(text).itertuples()}
        for line in (ROOT / "tests/data/gold" / f"{name}.measures.jsonl").read_text("utf-8").splitlines():
            gold = json.loads(line)
            start, end = gold["offset"], gold["offset"] + len(gold["context"])
            assert text[start:end] == gold["context"]
            wanted += 1
            found += (start, end) in spans
    assert found / wanted >= GOLD_SHARE, f"{found} of {wanted}"


def test_the_table_keeps_its_schema():
    checks.check(cut(report("huairou")), schemas.get("sentences"))
    checks.check(cut(""), schemas.get("sentences"))


def test_gold_measures_are_no_furniture():
    for name in GOLD:
        text = report(name)
        role = {row.start: row.role for row in cut(text).itertuples()}
        for line in (ROOT / "tests/data/gold" / f"{name}.measures.jsonl").read_text("utf-8").splitlines():
            gold = json.loads(line)
            if gold["is_measure"] and not gold["optional"]:
                assert role[gold["offset"]] == "body", gold["context"]


PIECES = st.sampled_from(
    [
        "一、",
        "(二)",
        "1.2 ",
        "一是",
        "首先,",
        "加强法治政府建设",
        "完善制度",
        "。",
        ";",
        "!",
        "”",
        "“",
        "(",
        ")",
        "《",
        "\n",
        "\n\n",
        "　　",
        " ",
        "\t",
        "   ",
    ]
    + [
        "牵头单位:",
        "完成时限:2023年",
        "发布时间:2023-01-01",
        "版权所有",
        "某某区人民政府",
        "2023年1月5日",
        "各镇人民政府:",
        "- 3 -",
        "５件",
    ]
    + ["\ufeff", "\u200b", "\x0c", "\u3000", "a?b", "…", "——", "(一)(二)", "附件:1.表.docx"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80))
def test_every_character_is_in_one_row_or_white_space(text):
    table, end, blank = cut(text), 0, fold(text)
    for row in table.itertuples():
        assert row.start >= end and not blank[end : row.start].strip()
        assert row.text == text[row.start : row.end] != ""
        end = row.end
    assert not blank[end:].strip()


@pytest.mark.parametrize(
    "text, expected",
    [
        ("出台办法。印发方案!效果如何?", ["出台办法。", "印发方案!", "效果如何?"]),
        ("提出“有错必纠。”随后整改。", ["提出“有错必纠。”", "随后整改。"]),
        ("审查合同９份；出具意见书３份。", ["审查合同９份；", "出具意见书３份。"]),
        ("成员单位:区司法局;区财政局;区教委。", ["成员单位:区司法局;区财政局;区教委。"]),
        (
            "坚持(立足实际;注重实效;讲求方法)的原则开展工作。",
            ["坚持(立足实际;注重实效;讲求方法)的原则开展工作。"],
        ),
        ("围绕“法治同行,你我参与!”主题开展宣传。", ["围绕“法治同行,你我参与!”主题开展宣传。"]),
        ("开设《谁来执法?》专栏。反响热烈!", ["开设《谁来执法?》专栏。", "反响热烈!"]),
        ("落实“有案必立。有错必究。”,追责两人。", ["落实“有案必立。", "有错必究。”,追责两人。"]),
        (
            "落实责任。加强学法.规范执法.满意率95.5%.",
            ["落实责任。", "加强学法.", "规范执法.", "满意率95.5%."],
        ),
        ("投诉增长3.5%。满意率99.2%。", ["投诉增长3.5%。", "满意率99.2%。"]),
        ("网址见http://a.gov.cn/x?id=3,请查阅。", ["网址见http://a.gov.cn/x?id=3,请查阅。"]),
    ],
)
def test_sentences_end_at_their_marks(text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        # a sentence broken over a blank line
        (
            "推行证照联办。健全案件卷宗移交和保管制\n\n  度,实行专人负责。\n\n落实回访。",
            ["推行证照联办。", "健全案件卷宗移交和保管制\n\n  度,实行专人负责。", "落实回访。"],
        ),
        # a line that ends in a comma goes on
        ("区政府召开会议,\n部署全年任务。", ["区政府召开会议,\n部署全年任务。"]),
        # a heading of more than a line's length with a short rest
        (
            "一、深入推进依法行政工作体系建设,持续提升全区法治\n\n建设水平\n\n全区上下共同努力,各项任务圆满完成。",
            [
                "一、深入推进依法行政工作体系建设,持续提升全区法治\n\n建设水平",
                "全区上下共同努力,各项任务圆满完成。",
            ],
        ),
        # two headings are not one
        ("一、主要做法\n(一)强化学法\n组织学法。", ["一、主要做法", "(一)强化学法", "组织学法。"]),
        # paragraphs parted by runs of spaces in one line
        (
            "今年以来,某县扎实推进法治政府建设。      一、抓“关键少数”,做学法表率       “其身正,不令而行。”县政府常务会议坚持会前学法制度,"
            "组织学法6次。        二、抓制度建设",
            [
                "今年以来,某县扎实推进法治政府建设。",
                "一、抓“关键少数”,做学法表率",
                "“其身正,不令而行。”",
                "县政府常务会议坚持会前学法制度,组织学法6次。",
                "二、抓制度建设",
            ],
        ),
    ],
)
def test_line_breaks_do_not_decide(text, expected):
    assert rows(text) == expected


def wrapped(text: str, columns: int, indent: str) -> str:
    """Cut every line of a text at a width as a screen does, no mark at a line's head and no number cut."""
    lines = []
    for line in filter(str.strip, text.split("\n")):
        at, rest = 0, indent + line.strip()
        while rest:
            width = at = 0
            while at < len(rest) and width + 1 + (rest[at] > "\xff") <= columns:
                width, at = width + 1 + (rest[at] > "\xff"), at + 1
            while at < len(rest) and rest[at] in "，。；：、！？”）》,;:)%":
                at += 1
            while 0 < at < len(rest) and rest[at].isdecimal() and rest[at - 1].isdecimal():
                at -= 1
            lines.append(rest[:at])
            rest = rest[at:]
    return "\n".join(lines)


@pytest.mark.parametrize("indent", ["　　", ""])
@pytest.mark.parametrize("columns", [56, 72, 88])
@pytest.mark.parametrize("name", ["dongli", "changning", "linjiang"])
def test_lines_cut_at_a_width_are_joined(name, columns, indent):
    path = ROOT / ("tests/data/practice" if name == "linjiang" else "data/raw") / f"{name}.txt"
    text = path.read_text("utf-8")
    whole = {"".join(sentence.split()) for sentence in rows(text)}
    joined = {"".join(sentence.split()) for sentence in rows(wrapped(text, columns, indent))}
    assert len(whole & joined) / len(whole) >= 0.97


def test_running_heads_and_contents_are_furniture():
    text = """某某区2021年度法治政府建设报告
目  录
一、主要工作……………1
二、问题………………5
全区上下扎实推进法治政府建设,取得了新的成效。
一、主要工作
某某区法治政府建设公报
各部门认真落实各项任务,全年成效明显。
某某区2021年度法治政府建设报告
某某区法治政府建设公报
二、问题
执法力量仍然不足,普法形式较为单一。
某某区法治政府建设公报"""
    expected = "title furniture furniture furniture body heading furniture body furniture furniture heading body furniture"
    assert roles(text) == expected.split()


def test_a_page_number_does_not_swallow_the_sentence():
    line = "全镇上下认真贯彻落实上级部署,围绕中心服务大局扎实推进各项"
    text = "\n".join([line] * 5 + ["- 2 -"] + [line] * 5) + "。"
    assert roles(text) == ["body", "furniture", "body"]


def test_roles_of_a_whole_page():
    page = """您的位置:首页 > 信息公开 > 正文
某某县2021年法治政府建设年度报告
发布时间:2022-01-20 来源:县司法局 浏览次数:88
各乡镇人民政府,县直各单位:
2021年,我县深入推进法治政府建设,现将有关情况报告如下。
一、主要成效
(一)强化学法。组织专题学法4次。
1.健全复议机制。年内受理复议申请12件。(牵头单位:县司法局;完成时限:2022年底)
某某县行政执法情况表
单位\t件数
公安局\t12
某某县人民政府
2022年1月18日
上一篇:无
版权所有:某某县人民政府"""
    expected = """furniture title furniture salutation body heading heading body heading body assignment caption body body
    signature signature furniture furniture"""
    assert roles(page) == expected.split()


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 政务公开 > 法治政府建设",
        "您当前的位置:首页>>专题",
        "发布日期:2023-03-02 10:21 信息来源:区司法局 字体:[大 中 小]",
        "2019-1-8 来源:某某新闻网",
        "索引号:1134000/2023-00012",
        "3. [发文字号] 某政发〔2022〕8号",
        "某政办发〔2022〕17号",
        "责任编辑:王某",
        "(编辑:李某 审核:赵某)",
        "【打印本页】 【关闭窗口】",
        "打印 | 关闭",
        "下一篇:某某区召开会议",
        "相关新闻",
        "主办:某某区人民政府办公室 承办:大数据中心",
        "网站标识码:1234567890 某ICP备12345678号-1",
        "地址:某某市解放路1号 邮编:100000",
        "— 12 —",
        "第3页 共10页",
        "扫一扫在手机打开当前页",
        "分享到: 微信 微博",
        "附件:某某区2022年度报告.docx",
        "(此件公开发布)",
        "字号:  ",
    ],
)
def test_furniture(line):
    assert roles(f"{line}\n\n某某区认真履行职责,全年共开展法治讲座三十余场,受教育群众两万余人。") == [
        "furniture",
        "body",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "来源于群众的意见均已办结。",
        "打印机、电脑等设备配备到位。",
        "首页公示信息及时更新,全年更新300条。",
        "版权执法力度加大,查处案件5件。",
        "主办案件35件,承办建议12件。",
        "编辑法治简报12期。",
        "一、责任编辑制度不断健全。",
    ],
)
def test_no_furniture(line):
    assert "furniture" not in roles(f"某某区认真履行职责,全年共开展法治讲座三十余场。\n{line}")


@pytest.mark.parametrize(
    "duty",
    [
        "(牵头单位:区司法局;责任单位:各部门;完成时限:2023年)",
        "（责任部门：区财政局、区审计局；时限：长期坚持）",
        "【牵头单位：区政府办；配合单位：各镇（街道）】",
        "牵头单位:区司法局",
        "责任单位：各镇人民政府,区级各部门",
        "完成时限:2024年6月底前",
        "(区司法局牵头,各镇、街道配合)",
    ],
)
def test_duties_are_rows_of_their_own(duty):
    text = f"一、工作任务\n1.健全复议机制,全面提升案件办理质量。\n{duty}\n2.强化普法宣传,落实普法责任制。\n{duty}"
    assert rows(text, "assignment") == [duty, duty]


def test_a_duty_behind_its_sentence_is_cut_off():
    text = "2.推进清单管理,年底前编制完成(责任单位:区政务局)。"
    assert rows(text) == ["2.推进清单管理,年底前编制完成", "(责任单位:区政务局)。"]


def test_a_table_of_duties():
    text = "任务\t牵头单位\t完成时限\n健全机制\t区司法局\t2023年\n某区已经把上述各项任务逐一分解到具体责任单位和责任人。"
    assert roles(text) == ["assignment", "assignment", "body"]


def test_a_heading_that_states_a_fact_is_body():
    text = "一、成效\n一是调解成功率达到98%。全年调解纠纷三百余起。二是强化保障。落实经费。"
    assert roles(text) == ["heading", "body", "body", "heading", "body"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n \n",
        "　　\n\t\n",
        "版权所有",
        "某区" * 500_000,
        "。" * 100_000,
        "(" * 100_000,
        "一、" * 50_000,
        "牵头单位:" * 30_000,
    ],
)
def test_odd_reports_are_cut_all_the_same(text):
    table = cut(text)
    assert "".join("".join(table["text"]).split()) == "".join(text.split())
