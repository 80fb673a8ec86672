"""Test what is judged a measure, where it stands, what it is about and who does it, on small reports of our own."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import measures, schemas, sections, sentences, tokens
from pipeline.coding import cues, language, patterns, statuses, themes
from pipeline.coding.emphasis import emphasis
from pipeline.coding.lines import Lines
from pipeline.coding.patterns import Finder, Pattern
from pipeline.engines import Words
from pipeline.fold import fold


def judged(text, *, genre="annual_report", issuer="云溪县人民政府"):
    """Run a report's text through the stages before measures and through measures."""
    texts = pd.DataFrame({"report_id": ["r"], "text": [text]})
    reports = pd.DataFrame({"report_id": ["r"], "genre": [genre], "issuer": [issuer], "region": [None]})
    found = sections.build(texts)
    headings = found["sections"]
    rows = sentences.build(texts, found["paragraphs"], headings)
    return measures.build(reports, headings, rows, tokens.build(rows, engine="jieba"))


def one(sentence, **report):
    """Judge one sentence that stands in a chapter of deeds."""
    made = judged(f"法治政府建设情况报告\n\n一、主要工作\n\n{sentence}\n", **report)
    return made[made["start"] >= 18].iloc[-1]


def status(sentence, **report):
    row = one(sentence, **report)
    return row["status"] if row["is_measure"] else "none"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("县政府印发《法律顾问管理办法》，聘任律师九名。", "done"),
        ("全年评查案卷一百二十卷，通报问题三十个。", "done"),
        ("修订了会议制度，压缩了发文数量。", "done"),
        ("在全市率先成立行政执法监督局。", "done"),
        ("严格落实行政执法责任制，不断规范执法行为。", "ongoing"),
        ("各部门定期听取服务对象意见。", "ongoing"),
        ("依法受理行政复议申请，畅通复议渠道。", "ongoing"),
        ("每年组织执法人员参加不少于60学时的培训。", "ongoing"),
        ("各乡镇要建立法治审核员制度。", "planned"),
        ("下一步，我县将建立乡镇合法性审查中心，配备审核人员。", "planned"),
    ],
)
def test_status_of_a_measure(sentence, expected):
    assert status(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "法治是治国理政的基本方式，是社会和谐的重要保障。",
        "“法者，治之端也。”",
        "深入学习贯彻习近平法治思想，增强“四个意识”，坚定“四个自信”，做到“两个维护”，奋力开创法治建设新局面。",
    ],
)
def test_watchwords_are_no_measure(sentence):
    assert status(sentence) == "none"


def test_a_watchword_does_not_undo_an_act():
    assert status("以习近平法治思想为指导，全年组织专题培训八期，培训六百人次。") == "done"


def test_everything_a_plan_says_is_planned():
    row = one("建立行政执法监督员制度，聘任监督员。", genre="plan")
    assert (row["is_measure"], row["status"]) == (True, "planned")


def test_principles_of_a_plan_are_no_measure():
    text = "法治政府建设实施方案\n\n一、总体要求\n\n坚持党的领导，坚持以人民为中心，坚持改革创新。到2025年，负责人出庭应诉率达到98%以上。\n\n二、主要任务\n\n推行行政执法公示制度。\n"
    assert judged(text, genre="plan")["is_measure"].tolist() == [False, True, True]


def test_a_bare_lead_in_in_running_text_is_no_measure():
    text = "“建”字为基，扎紧制度篱笆。出台合法性审查规程，审查事项五十件。\n\n“调”字为要，守护一方平安。调处纠纷三百起。\n"
    assert judged(text)["is_measure"].tolist() == [False, True, False, True]


@pytest.mark.parametrize(
    "sentence",
    [
        "部分单位法治意识不强，依法行政能力有待提高。",
        "执法力量不足的问题仍然存在。",
        "普法形式比较单一，群众参与度不高。",
        "我镇虽然取得了一些成绩，但仍存在不少问题。",
    ],
)
def test_a_shortcoming_is_admitted_anywhere(sentence):
    row = one(sentence)
    assert (row["is_measure"], row["status"]) == (False, "problem")


@pytest.mark.parametrize(
    "sentence",
    [
        "着力解决执法不规范问题，加强日常监督。",
        "针对基层法治力量薄弱的实际，选派业务骨干驻点指导。",
        "对审核把关不严的单位予以通报。",
        "推动根治欠薪，畅通维权渠道。",
        "对证据不足的案件退回补充调查。",
    ],
)
def test_a_shortcoming_that_is_mended_or_of_others_is_not_admitted(sentence):
    assert one(sentence)["is_measure"]


CHAPTERS = """云溪县2023年度法治政府建设情况报告

一、主要工作

(一)规范行政执法。评查案卷四十卷，优秀率八成。

二、存在的问题

一是执法人员数量不足；二是部分案卷制作不规范。

三、下一步工作打算

(一)补齐短板。加强执法人员培训，提升办案能力。
"""


def test_a_sentence_is_judged_with_its_chapter():
    made = judged(CHAPTERS)
    assert made["status"].tolist() == ["done", "problem", "problem", "planned"]
    assert made["is_measure"].tolist() == [True, False, False, True]


def test_problems_and_plans_are_told_apart_where_there_is_no_heading():
    text = (
        "全年办理复议案件三十件，纠错四件。同时，我们也清醒认识到，还存在一些短板和不足。复议力量比较薄弱。"
        "下一步，我局将充实复议办案人员。建立案件会商机制。\n"
    )
    assert judged(text)["status"].tolist() == ["done", "problem", "problem", "planned", "planned"]


def test_an_enumeration_keeps_the_theme_of_its_lead_in():
    text = "一、主要工作\n\n一是强化法律顾问工作。先后选定三家单位，签订协议三份。全程参与重大项目十二个。\n"
    made = judged(text)
    assert [list(codes) for codes in made["themes"]] == [["legal_counsel"], ["legal_counsel"]]
    assert any("heading" in reason for reason in made["themes_why"][1])


def test_a_lead_in_that_tells_a_result_is_a_measure():
    text = "一、主要工作\n\n一是出庭应诉率实现100%。县长带头出庭两次。\n"
    assert judged(text)["is_measure"].tolist() == [True, True]


def test_a_sentence_says_why_it_is_coded():
    row = one("聘请法律顾问九名，出具法律意见书四十份。")
    assert list(row["themes"]) == ["legal_counsel"]
    assert "法律意见书 → legal_counsel 3.0" in list(row["themes_why"])
    assert "a counted result" in list(row["status_why"])


def test_several_themes_are_told_strongest_first():
    row = one("会前学法六次，办理人大代表建议二十件、政协提案九件。")
    assert list(row["themes"]) == ["supervision", "leaders_study"]


@pytest.mark.parametrize(
    ("sentence", "actor", "action", "thing"),
    [
        ("县司法局制定合同审查办法，明确流程。", "县司法局", "制定", "合同审查办法"),
        ("制定合同审查办法。", "云溪县人民政府", "制定", "合同审查办法"),
        ("各乡镇、各部门建立学法制度。", "各乡镇、各部门", "建立", "学法制度"),
        (
            "印发《云溪县行政执法公示办法》，全面推行。",
            "云溪县人民政府",
            "印发",
            "《云溪县行政执法公示办法》",
        ),
        ("将法治建设纳入绩效考核。", "云溪县人民政府", "纳入", "法治建设"),
        ("加强领导，成立工作专班。", "云溪县人民政府", "成立", "工作专班"),
    ],
)
def test_the_frame_says_who_did_what(sentence, actor, action, thing):
    row = one(sentence)
    assert (row["actor"], row["action"], row["object"]) == (actor, action, thing)


def test_a_sentence_without_a_verb_of_governing_has_no_action():
    row = one("群众满意度百分之九十九。")
    assert row["action"] is None and row["object"] is None


def test_rows_point_at_their_sentence_and_fit_the_schema():
    made = judged(CHAPTERS)
    assert [CHAPTERS[s:e] for s, e in zip(made["start"], made["end"], strict=True)][
        0
    ] == "评查案卷四十卷，优秀率八成。"
    assert list(made.columns) == list(schemas.get("measures").columns)
    assert made["measure_id"].tolist() == [f"r:a{start}" for start in made["start"]]


@pytest.mark.parametrize(
    "text",
    [
        "今天天气很好",
        "总的来看，法治建设，任重道远，永远在路上",
        "首页 > 政务公开 > 正文\n打印本页\n",
        "。。。\n\n；；；\n",
        "《》〈〉“”（）",
        "😀\u3000１２３\t\u200b",
        "加强领导" * 40,
    ],
)
def test_odd_reports_give_sane_rows(text):
    made = judged(text)
    assert made["start"].between(0, len(text)).all()
    assert made["themes"].map(len).le(22).all()


def test_no_reports_give_an_empty_table():
    none = {name: pd.DataFrame(columns=columns) for name, columns in measures.COLUMNS.items()}
    made = measures.build(**none)
    assert made.empty and list(made.columns) == list(schemas.get("measures").columns)


def seconds(length):
    text = "加强对行政执法案卷的评查和对重大行政决策的合法性审查、" * (length // 27)
    begun = time.process_time()
    words = tokens.build(
        pd.DataFrame({"sentence_id": ["s"], "report_id": ["r"], "start": [0], "text": [text]}), engine="jieba"
    )
    (spoken,) = language.mark(words.itertuples()).user_data[language.MARKS].spoken
    assert spoken.weights
    return time.process_time() - begun


def test_an_endless_sentence_takes_time_in_proportion_to_its_length():
    seconds(2_700)
    assert seconds(270_000) < 20 * max(seconds(27_000), 0.05)


def hits(finder, found):
    """Return where patterns stand, and which, as tuples."""
    return [(start, end, finder.patterns[which]) for start, end, which in np.array(found).T.tolist()]


@given(st.text(alphabet="法律顾问评查案卷、，。；《》“”为了在中等领域要应当不得…|()", max_size=80))
@settings(max_examples=200, deadline=None)
def test_hits_and_emphasis_stay_inside_the_text(text):
    folded = fold(text)
    spans = [(start, end) for start, end, _ in hits(themes.finder(), themes.found(folded))]
    spans += [(start, end) for start, end, _ in emphasis(folded)]
    assert all(0 <= start < end <= len(folded) for start, end in spans)
    (found,), (own,) = cues.add_up(Lines([folded])), themes.evidence([folded])
    statuses.judge(folded, found, statuses.Place(), own.subject)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("评查…案卷", "评查行政处罚案卷", [(0, 8)]),
        ("评查…案卷", "评查工作，案卷归档", []),
        ("评查…案卷", "案卷评查", []),
        ("评查…案卷", "评查" + "又" * 17 + "案卷", []),
        ("(选聘|续聘)顾问", "选聘顾问，续聘顾问", [(0, 4), (5, 9)]),
        ("１２３４５热线", "12345热线", [(0, 7)]),
    ],
)
def test_patterns_are_found_as_the_codebook_writes_them(pattern, text, found):
    finder = Finder([Pattern(1.0, "x", pattern)])
    assert [(start, end) for start, end, _ in hits(finder, finder.find(fold(text)))] == found


def test_a_longer_phrase_speaks_for_its_own_theme_alone():
    assert {pattern.code for *_, pattern in hits(themes.finder(), themes.found("落实执法全过程记录"))} == {
        "three_systems"
    }


def test_a_phrase_that_two_themes_share_speaks_for_both():
    assert {pattern.code for *_, pattern in hits(themes.finder(), themes.found("予以公示"))} == {
        "three_systems",
        "openness",
    }


def test_spans_of_a_doc_are_the_words_a_pattern_stands_in():
    sentences = [
        Words(["推行", "法律顾问", "制度", "。"], [0, 2, 6, 8], ["v", "n", "n", "w"]),
        Words(["续聘", "法律顾问团", "。"], [0, 2, 7], ["v", "n", "w"]),
    ]
    doc = language.mark(sentences)
    assert [(span.text, span.label_) for span in doc._.themes] == [
        ("法律顾问", "legal_counsel"),
        ("法律顾问团", "legal_counsel"),
    ]


def test_expanding_writes_every_choice_once():
    assert patterns.expand("(甲|乙)(丙)?丁") == ["甲丙丁", "甲丁", "乙丙丁", "乙丁"]
