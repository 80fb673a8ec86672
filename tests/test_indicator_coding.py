"""Figures bear the harmonised indicator that their name, unit and surroundings mean, whatever words a report uses."""

import pytest
from indicator_paraphrases import PARAPHRASES
from marked_figures import read

from pipeline.errors import InputError
from pipeline.indicator import attach, code, codes
from pipeline.indicator.codebook import Indicator, indicators

# Figures of something near an indicator, and the indicator in words it also goes by.
NEIGHBOURS = [
    ("执法考试中⟦17人⟧被暂扣执法证", [None]),
    ("市人大常委会对物业条例开展执法检查⟦2次⟧，城管局开展执法检查⟦60次⟧", [None, "inspections"]),
    ("入企检查频次压减⟦↓30%⟧", [None]),
    ("⟦52名⟧新任科级干部参加任前法律考试", [None]),
    ("组织⟦312名⟧行政执法人员参加资格考试", ["officers_examined"]),
    ("⟦96个⟧调解组织覆盖全县", [None]),
    ("集体审议案件⟦48件⟧", [None]),
    ("编印《宪法在身边》口袋书⟦2万册⟧，宣传册⟦6000册⟧", ["publicity_materials"] * 2),
    ("组织“宪法进校园”“法律夜市”等活动⟦36场⟧", ["publicity_events"]),
    ("一审行政应诉案件⟦76件⟧，较上年的⟦90件⟧下降⟦↓15.6%⟧", ["litigation_cases"] * 3),
    ("对⟦12个⟧重大事项进行合法性审查", ["decisions_reviewed"]),
    ("柳河镇立案⟦83件⟧，处罚⟦21万元⟧，均为行政处罚", ["penalty_cases", "penalty_amount"]),
    ("行政复议收案⟦86件⟧，首次超过行政诉讼案件数；审结⟦80件⟧", ["reconsideration_cases"] * 2),
    ("公职律师参与案件讨论⟦9次⟧", [None]),
]
CODED = [
    ("行政首长出庭率⟦98.2%⟧", ["court_appearance_rate"]),
    ("机关负责人出庭应诉率由⟦85%⟧升至⟦100%⟧", ["court_appearance_rate"] * 2),
    (
        "以区政府为被告的一审行政诉讼案件⟦54件⟧，审结⟦49件⟧，败诉率为⟦4.1%⟧",
        ["litigation_cases", "litigation_cases", "litigation_loss_rate"],
    ),
    ("新收行政复议申请⟦312件⟧，受理⟦287件⟧，审结⟦265件⟧", ["reconsideration_cases"] * 3),
    (
        "行政复议听证率⟦46.3%⟧，调解和解率⟦31%⟧",
        ["reconsideration_hearing_rate", "mediation_closure_rate"],
    ),
    ("共调解各类民间纠纷⟦532件⟧，调解成功⟦529件⟧", ["mediation_cases", "mediation_success"]),
    ("民商事调解⟦230件⟧，诉前调解案件⟦3102件⟧", ["mediation_cases", "mediation_cases"]),
    ("排查各类矛盾纠纷⟦426件⟧，成功化解⟦418件⟧", ["disputes_resolved", "disputes_resolved"]),
    (
        "12345热线受理群众来电⟦23.6万件⟧，按时办结率⟦99.7%⟧，群众满意度⟦96.3%⟧",
        ["hotline_orders", "hotline_ontime_rate", "satisfaction_rate"],
    ),
    (
        "承办热线工单⟦8765件⟧，解决群众急难愁盼问题⟦6201件⟧，答复咨询⟦1980件⟧",
        ["hotline_orders", "hotline_solved", "hotline_answered"],
    ),
    ("政务服务事项网上可办率⟦99.5%⟧，全程网办率⟦87%⟧", ["online_handling_rate"] * 2),
    (
        "学法考试参考率⟦99.6%⟧，合格率⟦99.2%⟧",
        ["exam_participation_rate", "exam_pass_rate"],
    ),
    (
        "举办行政执法人员培训班⟦5期⟧，培训执法人员⟦680人次⟧，人均⟦40学时⟧",
        ["training_sessions", "officers_trained", "training_hours"],
    ),
    ("参加执法资格考试⟦236人⟧，考试通过⟦221人⟧", ["officers_examined", "officers_passed"]),
    (
        "审验行政执法证⟦986个⟧，注销⟦73个⟧",
        ["enforcement_certificates_checked", "enforcement_certificates_revoked"],
    ),
    (
        "全面清理行政规范性文件⟦215件⟧，废止⟦32件⟧，继续有效⟦165件⟧",
        ["norm_docs_reviewed", "norm_docs_invalidated", "norm_docs_kept"],
    ),
    (
        "合法性审核规范性文件⟦24件⟧、重大行政决策⟦11件⟧、政府合同⟦136份⟧",
        ["norm_docs_reviewed", "decisions_reviewed", "contracts_reviewed"],
    ),
    ("合法性审查重大行政决策⟦9件⟧", ["decisions_reviewed"]),
    (
        "政府法律顾问列席会议⟦28次⟧，解答法律咨询⟦150次⟧，参与处理信访案件⟦19起⟧，出具法律意见书⟦43份⟧",
        ["counsel_meetings", "counsel_consultations", "counsel_disputes", "legal_opinions"],
    ),
    ("县政府常务会议会前学法⟦6次⟧，举办领导干部法治专题讲座⟦2场⟧", ["study_sessions"] * 2),
    ("分解为⟦38项⟧具体任务，出台⟦16条⟧改革举措", ["tasks_total", "measures_total"]),
    ("开展部门联合双随机抽查⟦36次⟧，抽查市场主体⟦892户⟧", ["inspections"] * 2),
    (
        "作出行政处罚决定⟦512件⟧，罚没款⟦368.2万元⟧，同比下降⟦↓12%⟧",
        ["penalty_cases", "penalty_amount", "penalty_amount"],
    ),
    ("受理12315消费者投诉⟦3216件⟧", ["consumer_complaints"]),
    ("拆除违章建筑⟦326处⟧", ["illegal_construction_cases"]),
    ("开展法律进乡村⟦56场⟧，发放普法资料⟦5万余份⟧", ["publicity_events", "publicity_materials"]),
    ("办理人大代表建议⟦86件⟧、政协提案⟦112件⟧", ["proposals_handled"] * 2),
    ("办理法律援助案件⟦328件⟧", ["legal_aid"]),
    ("问责干部⟦12人⟧，追究部门⟦2个⟧", ["accountability_persons", "accountability_units"]),
    ("聘请行政执法社会监督员⟦18名⟧", ["supervisors_appointed"]),
    ("使县法制办编制达到⟦14人⟧", ["legal_staff"]),
    ("累计减少审批时限⟦3600多个工作日⟧，惠及企业⟦1800家⟧", ["approval_days_saved", "firms_benefited"]),
    ("取得法律职业资格的⟦13人⟧，占在岗人数的⟦7.3%⟧", [None, "legal_qualified_share"]),
]
LEFT_ALONE = [
    "食品抽检合格率⟦98.7%⟧",
    "案卷合格率⟦95%⟧，优秀率⟦35%⟧",
    "调解成功率⟦99%⟧",
    "负责人出庭发声率⟦90%⟧",
    "直接纠错率⟦7.9%⟧",
    "受理依申请公开⟦89件⟧，按期答复率⟦100%⟧",
    "食品抽检⟦5040批次⟧",
    "评查行政处罚案卷⟦180卷⟧",
    "对⟦215起⟧轻微违法行为不予处罚",
    "公布重大行政决策目录事项⟦6项⟧",
    "制定行政规范性文件⟦7件⟧",
    "公平竞争审查增量文件⟦78件⟧",
    "法制审核重大执法决定⟦412件⟧",
    "清理证明事项⟦128项⟧，保留⟦82项⟧",
    "企业开办时间由⟦3天⟧压缩至⟦1天⟧",
    "行政应诉案件败诉⟦5件⟧",
    "建成法治文化公园⟦12处⟧、法治宣传栏⟦320个⟧",
    "年行政诉讼案件⟦5件以下⟧的机关负责人出庭应诉率应有提高",
    "移送公安机关⟦14件⟧",
    "罚没⟦10万元以上⟧的案件有⟦31辆⟧",
]


@pytest.mark.parametrize(("marked", "expected"), CODED + NEIGHBOURS + PARAPHRASES)
def test_figure_bears_its_harmonised_code(marked, expected):
    sentence, quantities = read(marked)
    assert codes(sentence, attach(sentence, quantities), quantities) == expected


@pytest.mark.parametrize("marked", LEFT_ALONE)
def test_figure_that_is_something_else_bears_no_code(marked):
    sentence, quantities = read(marked)
    assert set(codes(sentence, attach(sentence, quantities), quantities)) == {None}


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("(五)行政复议。", "reconsideration_cases"),
        ("行政复议收案平稳。(六)行政应诉。", "litigation_cases"),
        ("(七)城市管理。", None),
    ],
)
def test_the_nearest_topic_tells_what_a_bare_verb_counts(topic, expected):
    sentence, quantities = read("全年审结⟦116件⟧")
    assert code(sentence, "审结", quantities[0], topic) == expected


def test_every_code_of_the_codebook_is_tried_in_these_tests():
    tried = {name for _, expected in CODED for name in expected}
    assert {entry.code for entry in indicators()} <= tried


def test_codebook_has_each_code_once():
    listed = [entry.code for entry in indicators()]
    assert len(listed) == len(set(listed))


def test_broken_pattern_is_told_with_its_place():
    with pytest.raises(ValueError, match="no regular expression"):
        Indicator.model_validate(
            {"code": "x", "zh": "x", "en": "x", "definition": "x", "kind": "rate", "better": "none", "note": "x",
             "match": [{"name": "(出庭"}], "mentions": ["出庭"], "reason": "x"}
        )  # fmt: skip


def test_codebook_mistake_is_told_with_file_and_entry(tmp_path, monkeypatch):
    from pipeline import codebook

    (tmp_path / "broken.yaml").write_text(
        "version: '1'\nabout: x\nentries:\n  - {code: x, better: higher}\n", encoding="utf-8"
    )
    monkeypatch.setattr(codebook, "FOLDER", tmp_path)
    with pytest.raises(InputError, match="broken.yaml, entry 1 x"):
        codebook.load("broken", Indicator)
