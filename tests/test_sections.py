"""sections: labels, levels and parents of headings, and headings that lost their label."""

from pathlib import Path

import pandas as pd
import pytest

from pipeline import checks, schemas, sections

ROOT = Path(__file__).parent.parent


def tree(text: str) -> list[tuple]:
    """Give `(level, label, title)` of each heading."""
    table = sections.build(pd.DataFrame({"report_id": ["r"], "text": [text]}))["sections"]
    checks.check(table, schemas.get("sections"))
    for row in table.itertuples():
        assert row.start < row.end <= row.body_end <= len(text)
    return [
        (level, None if pd.isna(label) else label, title)
        for level, label, title in zip(table["level"], table["label"], table["title"], strict=True)
    ]


def report(name: str) -> list[tuple]:
    return tree((ROOT / "data/raw" / f"{name}.txt").read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))


PROSE = "各部门认真落实工作责任,全年各项任务圆满完成。"


@pytest.mark.parametrize(
    "text, expected",
    [
        (f"一、主要工作\n（一）学法。{PROSE}\n1．复议\n{PROSE}", [(1, "一、", "主要工作"), (2, "(一)", "学法"), (3, "1.", "复议")]),
        (f"1.执法\n1.1规范程序,统一文书格式,配备执法装备。\n1.2 {PROSE}", [(1, "1.", "执法"), (2, "1.1", "规范程序,统一文书格式,配备执法装备"), (2, "1.2", PROSE[:-1])]),
        (f"第一部分 总体情况\n{PROSE}\n第二部分 问题\n{PROSE}", [(1, "第一部分", "总体情况"), (1, "第二部分", "问题")]),
        (f"二、做法\n一是抓学法。{PROSE}二是抓执法。{PROSE}", [(1, "二、", "做法"), (2, "一是", "抓学法"), (2, "二是", "抓执法")]),
        (f"三、问题\n首先,{PROSE}其次,{PROSE}", [(1, "三、", "问题"), (2, "首先", PROSE[:-1]), (2, "其次", PROSE[:-1])]),
        (f"抓实学习教育 筑牢思想根基\n{PROSE}\n突出执法重点 守住安全底线\n{PROSE}", [(1, None, "抓实学习教育 筑牢思想根基"), (1, None, "突出执法重点 守住安全底线")]),
        (f"一、成效\n学法更勤。{PROSE}\n执法更严。{PROSE}", [(1, "一、", "成效"), (2, None, "学法更勤"), (2, None, "执法更严")]),
        (f"一、成效\n抓实学法\n{PROSE}\n抓实执法\n{PROSE}\n二、问题\n{PROSE}", [(1, "一、", "成效"), (2, None, "抓实学法"), (2, None, "抓实执法"), (1, "二、", "问题")]),
        (f"一、成效\n{PROSE}\n问题与不足\n{PROSE}\n三、打算\n{PROSE}", [(1, "一、", "成效"), (1, None, "问题与不足"), (1, "三、", "打算")]),
        (f"一、做法\n(一)抓学习。一是会前学。{PROSE}二是会后学。{PROSE}\n抓好执法,提升效能。一是严程序。{PROSE}",
         [(1, "一、", "做法"), (2, "(一)", "抓学习"), (3, "一是", "会前学"), (3, "二是", "会后学"), (2, None, "抓好执法,提升效能"), (3, "一是", "严程序")]),
        (f"全年成效明显。一、主要工作(一)学法。{PROSE}(二)普法。{PROSE}二、问题(一)执法不严。{PROSE}",
         [(1, "一、", "主要工作"), (2, "(一)", "学法"), (2, "(二)", "普法"), (1, "二、", "问题"), (2, "(一)", "执法不严")]),
        (f"一、基本情况 我局现有在编人员三十余人,内设机构八个,{PROSE}", [(1, "一、", "基本情况")]),
        (f"一、强化责任 压实担当\n{PROSE}", [(1, "一、", "强化责任 压实担当")]),
        (f"(一)健全审查机制\n责任单位:区司法局\n(二)推行告知承诺\n责任单位:区政务局\n{PROSE}", [(1, "(一)", "健全审查机制"), (1, "(二)", "推行告知承诺")]),
    ],
)  # fmt: skip
def test_tree(text, expected):
    assert tree(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        PROSE,
        "一、二审案件均无败诉,法院判决全部履行到位。",
        "2.5万元罚款已经全部缴纳,当事人没有异议。",
        "62.5%的案件由负责人出庭应诉,较去年有提高。",
        "第一责任人职责全面落实到位,述法工作顺利完成。",
    ],
)
def test_no_heading(text):
    assert tree(text) == []


@pytest.mark.parametrize(
    "text, forms",
    [
        (f"1.健全审查机制。{PROSE}", ["run_in"]),
        ("1.健全审查机制。\n2.推行告知承诺。", ["item", "item"]),
        ("1.健全审查机制\n2.推行告知承诺", ["item", "item"]),
        ("1.健全审查机制。(责任单位:区司法局)\n2.推行告知承诺。(区政务局牵头)", ["item", "item"]),
        (f"1.健全审查机制\n{PROSE}\n2.推行告知承诺\n{PROSE}", ["line", "line"]),
        (f"(一)健全审查机制。\n{PROSE}", ["run_in"]),
        (f"一是健全机制。{PROSE}二是办案质量稳步提升,群众满意度达到97%,投诉明显减少。", ["run_in", "item"]),
        (f"三是出台了办法。{PROSE}", ["item"]),
        (f"(三)加强12345热线建设。{PROSE}", ["run_in"]),
    ],
)
def test_forms(text, forms):
    table = sections.build(pd.DataFrame({"report_id": ["r"], "text": [text]}))["sections"]
    assert table["form"].tolist() == forms


def test_dongli_has_unnumbered_headings():
    assert [title for level, label, title in report("dongli") if level == 1] == [
        "强化教育培训 提高法治意识",
        "完善工作体系 落实工作责任",
        "突出法治审查 规范决策行为",
        "转变政府职能 提高行政效能",
        "注重监督检查 规范执法行为",
        "办好复议应诉案件 化解社会矛盾纠纷",
        "坚持依宪施政 强化监督制约",
    ]


def test_hengkou_lost_two_labels():
    upper = [(level, label) for level, label, _ in report("hengkou") if level < 3]
    numbered = [(1, "一、"), (2, "(一)"), (2, "(二)"), (2, None), (2, "(四)"), (2, "(五)")]
    problems = [(1, "二、"), (2, "(一)"), (2, "(二)"), (2, "(三)"), (2, "(四)")]
    next_steps = [(1, None), *[(2, f"{n}是") for n in "一二三四五六"]]
    assert upper == numbered + problems + next_steps


def test_yuncheng_has_its_headings_in_one_paragraph():
    upper = [(label, title) for level, label, title in report("yuncheng") if level == 1]
    assert [label for label, _ in upper] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    assert upper[3][1] == "“破冰”执法监督, 打造监督工作“郓城亮点”"


def test_huairou_breaks_a_heading_over_two_lines():
    found = report("huairou")
    assert found[0] == (1, "一、", "深入学习贯彻习近平法治思想,努力实现法治政府建设全面突破")
    assert [label for level, label, _ in found if level == 1] == ["一、", "二、", "三、"]
    assert sum(level == 3 for level, _, _ in found) == 27
    assert (4, "1.2") in [(level, label) for level, label, _ in found]
