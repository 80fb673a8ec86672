"""The audit: what a report's figures say of each other, and the cases in which it must keep silent."""

import pandas as pd
import pytest

from pipeline import audit, metrics
from pipeline.checks import check
from pipeline.schemas.audit import SCHEMA


def findings(*sentences, genre="annual_report"):
    text, lines = "", []
    for sentence in sentences:
        lines.append((f"r:s{len(text)}", "r", None, len(text), sentence, "body"))
        text += sentence
    report = pd.DataFrame([("r", genre, None, "2023", "2023")], columns=metrics.COLUMNS["reports"])
    sections = pd.DataFrame([], columns=metrics.COLUMNS["sections"])
    frame = pd.DataFrame(lines, columns=metrics.COLUMNS["sentences"])
    made = check(audit.build(report, frame, metrics.build(report, sections, frame)), SCHEMA)
    return [(row.kind, row.verdict) for row in made.itertuples()]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("参加考试人员512人，考试合格498人，合格率97.3%。", [("rate", "consistent")]),
        ("参加考试人员512人，考试合格498人，合格率97.2%。", [("rate", "rounding")]),
        ("参加考试人员512人，考试合格498人，合格率96.1%。", [("rate", "conflict")]),
        ("持证应审人员640名，考试过关632人，通过率98.2%。", [("rate", "conflict")]),
        ("全年受理纠纷850件，调解成功833件，调解成功率98%。", [("rate", "consistent")]),
        ("发现隐患62处，整改58处，整改率93.5%。", [("rate", "consistent")]),
        ("审结的120件中，和解后撤回42件，占35%。", [("rate", "consistent")]),
        ("涉企检查由上年的4,200户次降为3,150户次，降幅25%。", [("change", "consistent")]),
        ("涉企检查由上年的4,200户次降为3,150户次，降幅28%。", [("change", "conflict")]),
        ("网办率由86.2%提高到91.7%，升幅5.5个百分点。", [("change", "consistent")]),
        ("网办率由86.2%提高到91.7%，升幅5.9个百分点。", [("change", "conflict")]),
        ("网办率由90%提高到95%，提高5%。", [("points", "conflict")]),
        ("罚没款2,346.8万元，同比增加512万元，增幅27.9%。", [("change", "consistent")]),
        ("受理投诉举报320件，其中投诉240件、举报80件。", [("total", "consistent")]),
        ("受理诉求320件，同比增长12%，其中投诉240件、举报80件。", [("total", "consistent")]),
        ("清理文件40件，宣布失效9件、保留35件。", [("total", "conflict")]),
        ("办理案件30件，其中移送35件。", [("total", "conflict")]),
        ("新设经营主体1.27万户，其中企业4,638户、个体工商户8,062户。", [("total", "consistent")]),
        ("制定《立项办法》《公示规定》《审核细则》3项制度。", [("list", "consistent")]),
        ("制定《立项办法》《公示规定》《审核细则》4项制度。", [("list", "conflict")]),
    ],
)
def test_figures_are_checked_against_each_other(text, wanted):
    assert findings(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "受理案件120件，审结95件，按期办结率100%。",
        "应诉案件48件，败诉2件，一审败诉率2.1%。",
        "办理案件50件，其中重大案件10件、涉企案件45件。",
        "办理案件30件，其中涉及人员45人。",
        "收到申请120余件，办结100件，办结率90%。",
        "计划培训人员500人，考试合格率达到95%以上。",
        "制定《立项办法》《公示规定》等5项制度。",
        "编发《法治简报》11期、《工作动态》2期。",
        "满意率由80%提高到90%，提高12.5%。",
        "举办培训12场，培训人员900人次，覆盖率60%。",
        "参加考试512人，考试合格498人，通报2人，合格率在全市排名前10%。",
        "网办率达94%，比上年提高5个百分点。",
        "开展检查300次，发现问题80个，整改问题75个，抽查合格率90%。",
    ],
)
def test_where_figures_need_not_fit_nothing_is_said(text):
    assert findings(text) == []


def test_a_rate_the_report_does_not_state_is_computed():
    assert findings("两级调解组织共调解案件319件，调解成功295件。") == [("derived", "not_checkable")]


def test_nothing_is_computed_from_figures_in_conflict():
    assert findings("清理县政府文件30件，宣布失效6件、保留28件。") == [("total", "conflict")]


def test_a_figure_stated_twice_is_compared_but_never_called_wrong():
    assert findings("全县负责人出庭应诉率100%。", "全县负责人出庭应诉率100%。") == [
        ("restated", "consistent")
    ]
    assert findings("全县负责人出庭应诉率100%。", "全县负责人出庭应诉率98%。") == [
        ("restated", "not_checkable")
    ]


def test_plans_are_not_audited():
    assert findings("培训执法人员500人，考试合格400人，合格率90%。", genre="plan") == []
