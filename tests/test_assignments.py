"""Who does a planned task, and by when: the ways plans write it, and texts that only speak of such plans."""

import json
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import assignments
from pipeline.checks import check
from pipeline.schemas import get

DATA = Path(__file__).parent / "data"


def read(text, region="青禾县", level="county", furniture=(), entities=()):
    texts = pd.DataFrame([{"report_id": "r", "text": text}])
    reports = pd.DataFrame([{"report_id": "r", "region": region, "level": level}])
    places = [{"report_id": "r", "start": a, "end": b, "role": "furniture"} for a, b in furniture]
    sentences = pd.DataFrame(places, columns=["report_id", "start", "end", "role"])
    cut = pd.DataFrame([{"report_id": "r", "entities": list(entities)}])
    made = assignments.build(texts, reports, sentences, cut)
    return {name: check(frame, get(name)) for name, frame in made.items()}


def tasks(text, **place):
    return read(text, **place)["assignments"].to_dict("records")


WAYS = [
    pytest.param(
        "1.健全审核机制。(牵头单位:县司法局;责任单位:县财政局、各乡镇;完成时限:2024年)",
        ("1", ["县司法局"], ["县财政局", "各乡镇"], [], "2024"),
        id="bracket behind the task",
    ),
    pytest.param(
        "2.3健全审核机制。\n\n　　（牵头单位、责任单位：县司法局；完成时限：长期坚持）",
        ("2.3", ["县司法局"], ["县司法局"], [], "长期坚持"),
        id="both at once, full width, a line of its own, no space behind the number",
    ),
    pytest.param(
        "（三）健全审核机制。【牵头单位】县司法局 【责任单位】县教育局、县水利局 【完成时限】2024年6月底前",
        ("三", ["县司法局"], ["县教育局", "县水利局"], [], "2024年6月底前"),
        id="labels in black brackets",
    ),
    pytest.param(
        "4、健全审核机制。【责任单位:县司法局、县信访局;完成时限:持续推进】",
        ("4", [], ["县司法局", "县信访局"], [], "持续推进"),
        id="one black bracket, no leader",
    ),
    pytest.param(
        "5.健全审核机制。(责任单位:局法规科、执法大队;时限:2024年6月底前完成)",
        ("5", [], ["局法规科", "执法大队"], [], "2024年6月底前"),
        id="a department's plan",
    ),
    pytest.param(
        "6.健全审核机制,建立台账。\n牵头单位：县司法局\n责任单位：县财政局、\n县人社局\n完成时限：2024年底\n7.下一项任务。",
        ("6", ["县司法局"], ["县财政局", "县人社局"], [], "2024年底"),
        id="labels on lines of their own, a list over two lines",
    ),
    pytest.param(
        "8.健全审核机制。\n牵头单位\n县司法局、县信访局\n责任部门\n各乡镇人民政府",
        ("8", ["县司法局", "县信访局"], ["各乡镇人民政府"], [], None),
        id="labels without colon, each above its list",
    ),
    pytest.param(
        "9.健全审核机制。(牵头单位县司法局;责任部门县财政局、各乡镇;完成时限2025年)",
        ("9", ["县司法局"], ["县财政局", "各乡镇"], [], "2025"),
        id="missing colons",
    ),
    pytest.param(
        "10.健全审核机制。(牵头单位:县司法局，责任单位：县财政局等部门，各镇(街道)；完成时限:2024 年",
        ("10", ["县司法局"], ["县财政局等部门", "各镇(街道)"], [], "2024"),
        id="mixed widths, bracket never closed",
    ),
    pytest.param(
        "11.健全审核机制。(县司法局牵头,县财政局、各乡镇(街道)配合,2024年底前完成)",
        ("11", ["县司法局"], [], ["县财政局", "各乡镇(街道)"], "2024年底前"),
        id="verbs instead of labels",
    ),
    pytest.param(
        "12.健全审核机制。(县司法局、县教育局按职责分工负责)",
        ("12", [], ["县司法局", "县教育局"], [], None),
        id="carried out by several, no date",
    ),
    pytest.param(
        "13.健全审核机制。责任单位:县政府办公室、各有关部门,乡镇人民政府按职责分工分别负责。",
        ("13", [], ["县政府办公室", "各有关部门", "乡镇人民政府"], [], None),
        id="a sentence of its own",
    ),
    pytest.param(
        "14.健全审核机制。(责任单位:县司法局)(完成时限:2024年12月)",
        ("14", [], ["县司法局"], [], "2024年12月"),
        id="two brackets",
    ),
    pytest.param(
        "15.健全审核机制。[责任领导:王某、李某　责任科室:法制科　完成时限:11月底前]",
        ("15", [], ["法制科"], [], "11月底前"),
        id="persons beside units",
    ),
    pytest.param(
        "16.健全审核机制。(牵头:县司法局;配合:县财政局、县教育局;期限:2025年)",
        ("16", ["县司法局"], [], ["县财政局", "县教育局"], "2025"),
        id="short labels",
    ),
    pytest.param(
        "17.健全审核机制。(责任单位及时限:县司法局,2024年9月底)",
        ("17", [], ["县司法局"], [], "2024年9月底"),
        id="unit and date under one label",
    ),
    pytest.param(
        "18.健全审核机制。\n(1)修订目录;\n(2)开展培训;\n(3)通报结果。\n(牵头单位:县司法局;责任单位:各乡镇;完成时限:2024年)",
        ("18", ["县司法局"], ["各乡镇"], [], "2024"),
        id="a bracket behind all parts governs the whole",
    ),
    pytest.param(
        "19.健全审核机制。\n——责任单位：各镇（街道），县级有关部门\n——完成时限：2023年—2025年\n20.下一项。",
        ("19", [], ["各镇（街道）", "县级有关部门"], [], "2023年—2025年"),
        id="dashes before the labels",
    ),
    pytest.param(
        "(一)强化保障\n健全审核机制,落实专项经费。(责任单位:县财政局;完成时限:2024年)",
        ("一", [], ["县财政局"], [], "2024"),
        id="heading with number, task below it",
    ),
]


def test_a_table_may_name_its_task_as_it_likes():
    head = "序号\t工作名称\t年度要求\t责任单位\t完成时限"
    [task] = tasks(f"{head}\n（2）\t法治课进校园\t授课10场\t镇司法所\t2024年10月")
    assert (task["item"], task["task"], list(task["responsible"])) == ("2", "法治课进校园", ["镇司法所"])
    assert task["deadline"] == "2024年10月"


@pytest.mark.parametrize(("text", "wanted"), WAYS)
def test_ways_to_write_it(text, wanted):
    [task] = tasks(text)
    got = (task["item"], *(list(task[f]) for f in ("lead", "responsible", "support")), task["deadline"])
    assert tuple(None if pd.isna(x) is True else x for x in got) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "每项任务都明确了牵头部门、责任部门及完成时限,力争年底完成。",
        "细化任务,落实清单,明确完成时限、牵头单位和责任单位。",
        "责任编辑:韩某",
        "要求牵头单位主动担当,责任单位密切配合。",
        "责任单位:要切实加强统筹。",
        "(由县长牵头)成立领导小组。",
        "设立专班(由县司法局负责)推进工作。",
        "牵头单位:县司法局",
        "",
        "没有任务的普通一句话。",
    ],
)
def test_texts_without_assignments(text):
    assert tasks(text) == []


def test_page_furniture_assigns_nothing():
    text = "首页 政务公开\n责任部门:县司法局\n正文。"
    assert tasks(text, furniture=[(0, 18)]) == []


def test_a_table_has_one_row_per_task():
    text = (
        "任务分解表\n序号\t领域\t工作任务\t牵头单位\t责任单位\t完成时限\n"
        "1\t决策\t公布决策目录\t县政府办公室\t各部门、各乡镇\t2024年3月底前\n"
        "2\t开展后评估\t县司法局\t县直各部门\t长期坚持\n注:口径见说明。"
    )
    rows = tasks(text)
    assert [row["item"] for row in rows] == ["1", "2"]
    assert [list(row["lead"]) for row in rows] == [["县政府办公室"], ["县司法局"]]
    assert [row["task"] for row in rows] == ["公布决策目录", "开展后评估"]
    assert [row["due"] for row in rows][0] == "2024-03-31" and rows[1]["deadline"] == "长期坚持"


def test_a_table_drawn_with_strokes():
    text = "| 任务 | 牵头单位 | 责任单位 |\n| --- | --- | --- |\n| 3.公布目录 | 县司法局 | 各乡镇 |\n"
    [row] = tasks(text)
    assert list(row["lead"]) == ["县司法局"] and (row["item"], row["task"]) == ("3", "公布目录")


def test_a_plan_all_in_one_line():
    text = (
        "二、主要任务  (一)优化服务  1.压减材料,减少跑动。(牵头单位:县政务服务局;责任单位:各部门;完成时限:2024年)"
        "2.推广电子证照。(牵头单位:县大数据局;责任单位:各部门;完成时限:2025年)"
    )
    assert [(row["item"], row["task"], row["deadline"]) for row in tasks(text)] == [
        ("1", "压减材料,减少跑动。", "2024"),
        ("2", "推广电子证照。", "2025"),
    ]


def test_several_sentences_and_a_broken_line_belong_to_one_task():
    text = "13.规范执法。全面落实公示。严格落实告知制\n\n　　度,保障陈述权利。\n\n　　(牵头单位:县司法局;责任单位:各单位;完成时限:2023 年)"
    [row] = tasks(text)
    assert row["item"] == "13" and row["task"] == "规范执法。全面落实公示。严格落"
    assert row["task_text"].endswith("告知制度,保障陈述权利。")
    assert text[row["start"] : row["end"]] == text


def test_a_heading_is_not_part_of_the_first_task_below_it():
    text = "3.扎实监管\n\n3.1 推行分级监管。\n(牵头单位:县市场监管局;责任单位:各部门;完成时限:2022年)"
    [row] = tasks(text)
    assert (row["item"], row["task"]) == ("3.1", "推行分级监管。")


def test_two_bodies_joined_by_and_are_two_units_of_the_network():
    made = read("1.共享线索。(牵头单位:县检察院和县司法局;责任单位:县文化和旅游局)")
    assert [list(row) for row in made["assignments"]["lead"]] == [["县检察院和县司法局"]]
    assert list(made["assignment_units"]["unit_normalised"]) == ["县检察院", "县司法局", "县文化和旅游局"]


@given(st.text(alphabet="牵头责任单位完成时限:：;、()（）【】区县局各镇。\n\t 1.2一二年020", max_size=160))
def test_any_text_gives_rows_inside_it(text):
    made = read("1.任务。" + text)
    for row in made["assignments"].to_dict("records"):
        assert 0 <= row["start"] < row["end"] <= len(text) + 5
        assert (
            len(row["task"]) <= 15 and (len(row["lead"]) + len(row["responsible"]) + len(row["support"])) > 0
        )
    assert set(made["assignment_units"]["assignment_id"]) <= set(made["assignments"]["assignment_id"])


BIG = [
    "1.完善制度。(牵头单位:区司法局;责任单位:各单位;完成时限:2023年)" * 4000,
    "责任单位" * 50_000,
    "(牵头单位:" * 30_000,
    "牵头单位:\n" * 30_000,
    "(" * 200_000,
    " \t" * 100_000 + "责任单位",
    "没有任何标签的一句话" * 20_000,
    "序号\t任务\t牵头单位\t责任单位\n" + "1\t甲\t乙局\t丙局\n" * 15_000,
]


@pytest.mark.parametrize("text", BIG, ids=range(len(BIG)))
def test_two_hundred_thousand_characters_take_seconds(text):
    began = time.perf_counter()
    read(text)
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize(("report", "folder"), [("huairou", "gold"), ("haiyan", "practice")])
def test_annotated_plans(report, folder):
    raw = DATA.parents[1] / "data" / "raw" / f"{report}.txt"
    path = raw if raw.exists() else DATA / "practice" / f"{report}.body.txt"
    lines = (DATA / folder / f"{report}.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = [g for g in map(json.loads, lines) if g["kind"] == "assignment"]
    got = tasks(path.read_text(encoding="utf-8"), region="怀柔区", level="district")
    assert len(got) == len(wanted)
    for row, gold in zip(got, wanted, strict=True):
        assert (row["item"], row["task"]) == (gold["item"], gold["task"])
        assert [list(row["lead"]), list(row["responsible"])] == [gold["lead"], gold["responsible"]]
        assert row["deadline"] in gold.get("accept", {}).get("deadline", [gold["deadline"]])
