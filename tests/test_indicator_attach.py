"""The words that name a figure are found wherever the grammar of these reports puts them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked_figures import read

from pipeline import quantity
from pipeline.indicator import attach, codes
from pipeline.stage import uncollected

BEFORE = [
    ("负责人出庭应诉率达⟦62.5%⟧", ["负责人出庭应诉率"]),
    ("清理占道经营⟦1820起⟧，规范户外广告⟦560块⟧", ["清理占道经营", "规范户外广告"]),
    ("新购置执法记录仪⟦156台⟧、执法车辆⟦12辆⟧", ["执法记录仪", "执法车辆"]),
    ("全年发放宣传手册⟦2万余册⟧", ["宣传手册"]),
    ("区司法局全年审查各类涉法事务⟦735件次⟧", ["审查各类涉法事务"]),
    ("市政府法律顾问共列席政府会议⟦28次⟧，出具法律意见书⟦43份⟧", ["列席政府会议", "法律意见书"]),
    ("全区人民调解组织共调解民间纠纷⟦5321件⟧", ["调解民间纠纷"]),
    ("镇（街道）司法所⟦14个⟧", ["镇(街道)司法所"]),
    ("持有行政执法证的⟦72人⟧", ["持有行政执法证"]),
    ("面商率、按时答复率双双保持在⟦100%⟧", ["面商率、按时答复率"]),
    ("举办业务比武、模拟法庭等练兵活动⟦8场⟧", ["练兵活动"]),
    ("举办“法治庙会”“律师进村”等活动⟦40场⟧", ["“法治庙会”“律师进村”等活动"]),
    ("召开专题会议总结部署、研究重大事项⟦2次⟧", ["专题会议"]),
    ("累计培育“法律明白人”⟦1860人⟧", ["“法律明白人”"]),
]
BEHIND = [
    ("组织⟦4场次⟧公共法律服务推介", ["公共法律服务推介"]),
    ("⟦36个⟧调解组织覆盖城乡", ["调解组织"]),
    ("9个社区中有⟦2个⟧没有法律顾问", ["没有法律顾问"]),
    ("⟦1800多家⟧企业从中受益", ["企业从中受益"]),
    ("各司法所应配备⟦2名⟧具备法律职业资格的司法助理员", ["具备法律职业资格的司法助理员"]),
    ("全县⟦18个⟧乡镇、⟦33个⟧行政执法部门均成立法制机构", ["乡镇", "行政执法部门"]),
    ("行政执法人员每年接受不少于⟦60学时⟧的业务知识和法律法规培训", ["业务知识和法律法规培训"]),
    ("聘请⟦20名⟧人大代表、律师担任行政执法特邀监督员", ["行政执法特邀监督员"]),
    ("下放镇（街道）的⟦98项⟧行政处罚权经评估后收回", ["行政处罚权"]),
    ("对现行有效的⟦241件⟧文件集中清理", ["现行有效的241件文件"]),
    ("分解落实了⟦5大类⟧⟦38项⟧重点任务", ["重点任务", "重点任务"]),
    ("先后充实⟦4名⟧具有法律职业资格且经验丰富同志", ["具有法律职业资格且经验丰富同志"]),
    ("为⟦516名⟧务工人员追回劳动报酬⟦1035万元⟧", ["务工人员", "追回劳动报酬"]),
    ("发放⟦1500份⟧宣传资料", ["宣传资料"]),
    ("⟦3起⟧案件因告知程序瑕疵被扣分", ["案件因告知程序瑕疵被扣分"]),
    ("共有⟦26件⟧人大代表建议和⟦31件⟧政协提案", ["人大代表建议", "政协提案"]),
]
SHARED = [
    ("清理县政府文件⟦30件⟧，宣布失效⟦6件⟧、保留⟦28件⟧", ["清理县政府文件", "宣布失效", "保留"]),
    ("抽查⟦65批次⟧⟦3218户⟧，发布典型案例⟦四批⟧⟦二十例⟧", ["抽查", "抽查", "典型案例", "典型案例"]),
    ("审查文件⟦78件⟧，其中⟦5件⟧修改后出台、⟦1件⟧不予出台", ["审查文件", "修改后出台", "不予出台"]),
    ("公布决策目录事项⟦6项⟧（含听证事项⟦2项⟧）", ["决策目录事项", "听证事项"]),
    ("响应率、解决率分别达到⟦100%⟧和⟦92.3%⟧", ["响应率", "解决率"]),
    (
        "实有经营主体⟦8.6万户⟧，注册资本⟦1034亿元⟧，分别增长⟦↑9.6%⟧和⟦↑12.1%⟧",
        ["实有经营主体", "注册资本", "实有经营主体", "注册资本"],
    ),
    (
        "新设经营主体⟦1.2万户⟧，同比增长⟦↑18.4%⟧，其中企业⟦4638户⟧",
        ["新设经营主体", "新设经营主体", "企业"],
    ),
    ("法律顾问由原来的⟦3名⟧增加到⟦8名⟧", ["法律顾问", "法律顾问"]),
    ("审核执法决定⟦90件⟧，比去年的⟦71件⟧增长⟦↑26.8%⟧", ["审核执法决定"] * 3),
    ("出庭率比上年提升⟦↑6个百分点⟧，达到⟦88%⟧", ["出庭率", "出庭率"]),
    ("企业开办时间由⟦3个工作日⟧压缩至⟦1个工作日⟧", ["企业开办时间", "企业开办时间"]),
    ("涉企检查由上年的⟦4127户次⟧降为⟦2968户次⟧", ["涉企检查", "涉企检查"]),
    ("网办率达⟦94.3%⟧，比2021年提高⟦↑5.8个百分点⟧", ["网办率", "网办率"]),
    ("“一把手”出庭⟦15次⟧，占比⟦38.5%⟧", ["“一把手”出庭", "“一把手”出庭"]),
    ("法治建设专项经费⟦350万元⟧，人均⟦12元⟧", ["法治建设专项经费", "法治建设专项经费"]),
    ("培育“法律明白人”⟦1860人⟧，平均每个村（社区）约⟦8名⟧", ["“法律明白人”", "“法律明白人”"]),
    ("罚没⟦10万元以上⟧的案件⟦31件⟧", ["罚没", "罚没10万元以上的案件"]),
]
CLAUSE_BEFORE = [
    ("认真办理人大代表建议和政协提案，目前共办结⟦41件⟧", ["人大代表建议和政协提案"]),
    ("一审行政应诉案件持续下降，降幅达⟦↓14.9%⟧", ["一审行政应诉案件"]),
    ("满意率：⟦98%⟧", ["满意率"]),
    ("行政机关负责人出庭应诉率稳步提升，达到⟦98%⟧", ["行政机关负责人出庭应诉率"]),
]
ROWS = [
    ("收到申请\t⟦96件⟧\t⟦131件⟧\t⟦↑36.5%⟧", ["收到申请"] * 3),
    ("行政应诉\t一审案件\t74\t63\t⟦↓14.9%⟧", ["一审案件"]),
    ("城东街道\t办结工单⟦312件⟧", ["办结工单"]),
]


@pytest.mark.parametrize(("marked", "names"), BEFORE + BEHIND + SHARED + CLAUSE_BEFORE + ROWS)
def test_figure_is_named_in_the_words_of_the_report(marked, names):
    sentence, quantities = read(marked)
    assert [sentence[start:end] for start, end in attach(sentence, quantities)] == names


@pytest.mark.parametrize("marked", ["⟦12件⟧", "同比增长⟦↑12%⟧。", "其中⟦3项⟧，", "达到⟦5次⟧以上。"])
def test_figure_that_nothing_names_stays_unnamed(marked):
    sentence, quantities = read(marked)
    assert attach(sentence, quantities) == [None]


PIECES = st.sampled_from("办结案件,率；的其中分别由至和、（）“”\t \n为达增长同比每年12件3%万元5个百分点第各")


@given(st.text(PIECES, max_size=60))
@settings(max_examples=300, deadline=None)
def test_names_lie_inside_the_sentence_and_beside_their_figures(sentence):
    quantities = quantity.scan(sentence)
    spans = attach(sentence, quantities)
    assert len(spans) == len(quantities)
    assert all(span is None or 0 <= span[0] < span[1] <= len(sentence) for span in spans)
    assert len(codes(sentence, spans, quantities, sentence)) == len(quantities)


@pytest.mark.parametrize(
    "piece", ["办结⟦3件⟧，", "⟦3件⟧", "\t⟦3件⟧", "⟦3件⟧的", "(⟦3件⟧", "同比增长⟦↑3%⟧和", "，"]
)
def test_a_long_sentence_costs_no_more_than_its_length(piece):
    short, long = (read(piece * n) for n in (400, 3200))
    assert _seconds(*long) < 8 * 4 * max(_seconds(*short), 0.01)


def _seconds(sentence, quantities) -> float:
    """Return the least time of three, without Python's collector, as stages run."""
    times = []
    for _ in range(3):
        with uncollected():
            start = time.process_time()
            codes(sentence, attach(sentence, quantities), quantities)
            times.append(time.process_time() - start)
    return min(times)
