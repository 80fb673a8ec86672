"""Documents between 《 and 》: which are found, with which number, and in which role."""

import json
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import instruments
from pipeline.checks import check
from pipeline.documents import titles
from pipeline.schemas import get

DATA = Path(__file__).parent / "data"
REGIONS = {
    "dongli": ("东丽区", "district"),
    "hengkou": ("恒口示范区", "zone"),
    "huairou": ("怀柔区", "district"),
    "linjiang": ("临江区", "department"),
    "haiyan": ("海堰区", "district"),
}


def tables_of(text, region="青禾县", level="county", report_id="r"):
    """Make the three input tables of one report; a sentence ends at 。 or a blank line."""
    texts = pd.DataFrame([{"report_id": report_id, "text": text}])
    reports = pd.DataFrame([{"report_id": report_id, "region": region, "level": level}])
    rows, start = [], 0
    for at, char in enumerate(text):
        if char in "。！!？?" or text[at : at + 2] == "\n\n" or at == len(text) - 1:
            rows.append(
                {
                    "sentence_id": f"{report_id}:s{start}",
                    "report_id": report_id,
                    "start": start,
                    "end": at + 1,
                }
            )
            start = at + 1
    return texts, reports, pd.DataFrame(rows, columns=["sentence_id", "report_id", "start", "end"])


def named(text, **place):
    return instruments.build(*tables_of(text, **place))


def roles(text, **place):
    return list(named(text, **place)["role"])


ISSUED = [
    "县政府研究制定《青禾县重大行政决策事项目录管理办法》。",
    "年内出台了《关于进一步规范涉企检查的若干措施》《免罚清单》等制度6项。",
    "我县修订并重新公布《青禾县行政裁量权基准》。",
    "先后印发《年度工作要点》(青政办发〔2023〕8号)、《督察方案》,压实各方责任。",
    "《青禾县法治督察工作办法》经县委常委会会议审议通过。",
    "《青禾县2023年法治建设安排》已经县政府同意,现印发给你们,请认真执行。",
    "配套建立“三张清单”,即《权力清单》《责任清单》《中介服务清单》。",
    "县司法局会同县检察院联合会签《关于行政检察与行政执法监督衔接的意见》。",
    "经市政府批准,发布《青禾县城区禁放通告》。",
    "起草《青禾县数字档案管理办法(草案)》并公开征求意见。",
    "制定落实《青禾县普法责任清单》。",
    "全年制发《行政执法监督通知书》14份、《行政执法监督建议书》6份。",
    "完成《青禾县国土空间规划》编制工作。",
    "与相邻三县签订《跨区域执法协作协议》。",
    "编印《以案释法案例选编》2000册。",
    "启动《青禾县供水管理办法》立法后评估。",
    "对《青禾县招商引资奖励办法》等3件规范性文件予以废止。",
    "县人大常委会作出《关于加强检察公益诉讼工作的决定》。",
    "青禾县人民政府办公室关于印发《青禾县行政执法协调监督办法》的通知",
    "围绕重大项目推进,及时出台《项目全过程咨询指引》。",
    "严格合法性审核,审查《青禾县出租房屋安全管理规定》等文件12件。",
    "形成《优化审批流程任务台账》,实行销号管理。",
    "提请县政府常务会议审议《青禾县权责清单(2023年版)》。",
    "《青禾县公共法律服务体系建设规划》等文件相继出台。",
]
BASIS = [
    "根据《行政执法机关移送涉嫌犯罪案件的规定》,完善移送标准。",
    "省委、省政府印发《关于加强基层法治建设的意见》后,我县迅速部署。",
    "对照《市县法治政府建设示范指标体系》逐项开展自查。",
    "严格执行新修订的《行政复议法》,畅通申请渠道。",
    "按照市司法局《关于开展案卷评查的通知》要求,组织交叉评查。",
    "2021年8月,中共中央、国务院印发了《法治政府建设实施纲要(2021—2025年)》。",
    "自《优化营商环境条例》施行以来,办事环节压减三成。",
    "以《法治社会建设实施纲要(2020—2025年)》为指引,推进基层治理。",
    "制定贯彻落实《关于加强行政规范性文件管理的意见》的具体措施。",
    "制定《法治中国建设规划(2020—2025年)》任务分工方案。",
    "深入学习贯彻《信访工作条例》,推动信访问题依法解决。",
    "依《政府信息公开条例》答复申请31件。",
    "扎实推进《青山省乡镇综合行政执法条例》落地。",
    "认真履行《党政主要负责人履行推进法治建设第一责任人职责规定》明确的各项职责。",
    "违反《建设工程质量管理条例》第六十四条规定的,依法处罚。",
    "转发《关于规范涉企行政检查的通知》(司办通〔2022〕9号),逐级传达。",
    "严格落实市政府出台的《行政执法公示办法》。",
    "全面推行《行政执法“三项制度”工作指引》,实现全覆盖。",
    "为推动《纲要》各项任务落到实处,县委召开专题会议。",
    "省、市相继出台《关于深化法治督察的意见》,为我们提供了遵循。",
    "把落实《重大行政决策程序暂行条例》作为硬任务。",
    "国务院办公厅《提升行政执法质量三年行动计划》明确了六项任务。",
]
CITED = [
    "开展《民法典》进乡村宣传活动80余场。",
    "邀请专家作《数字政府与依法行政》专题辅导。",
    "县政府常务会议专题学习《噪声污染防治法》。",
    "集中观看《庭审现场》教学片。",
    "在《法治日报》刊发经验文章2篇。",
    "开设《法治青禾》电视专栏,播出24期。",
    "向群众发放《反有组织犯罪法》单行本500册。",
    "举办《行政处罚法》培训班3期。",
    "以《宪法》《乡村振兴促进法》等为重点内容开展普法。",
    "把《习近平法治思想学习纲要》列入干部学法必修课。",
    "组织收听收看《今日说法》节目。",
    "通过宣讲《反电信网络诈骗法》,群众防范意识明显增强。",
    "深入企业解读《公平竞争审查条例》。",
    "开展《中华人民共和国安全生产法》知识竞赛。",
    "编印《民法典》宣传手册3万份。",
    "县长以《依法行政永远在路上》为题讲授法治课。",
]


@pytest.mark.parametrize("sentence", ISSUED)
def test_what_the_locality_makes_is_issued(sentence):
    assert set(roles(sentence)) == {"issued"}, named(sentence)[["title", "role", "role_why"]].to_dict(
        "records"
    )


@pytest.mark.parametrize("sentence", BASIS)
def test_what_it_follows_is_basis(sentence):
    assert set(roles(sentence)) == {"basis"}, named(sentence)[["title", "role", "role_why"]].to_dict(
        "records"
    )


@pytest.mark.parametrize("sentence", CITED)
def test_what_it_studies_or_publicises_is_cited(sentence):
    assert set(roles(sentence)) == {"cited"}, named(sentence)[["title", "role", "role_why"]].to_dict(
        "records"
    )


MIXED = [
    ("依据《行政强制法》,我局制定《行政强制操作规程》。", ["basis", "issued"]),
    ("贯彻《纲要》(国发〔2021〕9号),印发《实施意见》,并组织《纲要》专题讲座。", ["basis", "issued", "cited"]),
    ("制定《办案指引》;学习《行政诉讼法》;执行《听证规则》。", ["issued", "cited", "basis"]),
    ("修订《议事规则》和《工作规则》,宣传《民法典》、《刑法》。", ["issued", "issued", "cited", "cited"]),
]


@pytest.mark.parametrize(("sentence", "wanted"), MIXED)
def test_each_title_of_a_sentence_keeps_its_own_verb(sentence, wanted):
    assert roles(sentence) == wanted


@pytest.mark.parametrize(
    ("region", "level", "role"),
    [
        ("青禾县", "county", "basis"),
        ("青禾市", "city", "issued"),
        ("青禾街道", "town", "basis"),
        ("沐江市青禾区", "district", "basis"),
    ],
)
def test_the_city_is_above_a_county_and_not_above_itself(region, level, role):
    assert roles("市政府出台《关于加强诚信建设的意见》。", region=region, level=level) == [role]


def test_the_province_is_above_a_city_and_not_above_itself():
    sentence = "省政府办公厅印发《关于深化“一网通办”的意见》。"
    assert roles(sentence, region="青禾市", level="city") == ["basis"]
    assert roles(sentence, region="青禾省", level="province") == ["issued"]


def test_a_title_that_names_the_locality_is_its_own_where_no_verb_tells():
    assert roles("《青禾县档案工作办法》成效明显。") == ["issued"]
    assert roles("《沐江市档案工作办法》成效明显。") == ["basis"]


NUMBERS = [
    ("按照《暂行规定》(市政府令第88号)办理。", "市政府令第88号"),
    ("印发《若干措施》（青政规〔2022〕3号）。", "青政规〔2022〕3号"),
    ("印发《若干措施》［青政发［2019］12号］。", "青政发［2019］12号"),
    ("执行《条例》(国务院令第752号,以下简称《条例》)。", "国务院令第752号"),
    ("执行《办法》(文号:司规〔2020〕1号)。", "司规〔2020〕1号"),
    ("出台《办法》2.0版(青政办发〔2024〕6号)。", "青政办发〔2024〕6号"),
    ("落实青政发〔2021〕40号《关于规范执法的通知》。", "青政发〔2021〕40号"),
    ("印发《通知》青府办〔2021〕7号,明确要求。", "青府办〔2021〕7号"),
    ("执行《规定》(2019年省政府令第230号)。", "2019年省政府令第230号"),
]


@pytest.mark.parametrize(("sentence", "number"), NUMBERS)
def test_the_number_beside_a_title_is_kept_as_written(sentence, number):
    assert named(sentence)["number"].iloc[0] == number


@pytest.mark.parametrize(
    "sentence",
    [
        "执行《规划(2021—2025年)》(试行)。",
        "出台《清单》(第二批)。",
        "发放《民法典》(500册)。",
        "印发《要点》1号楼张贴。",
    ],
)
def test_a_bracket_that_is_no_number_gives_none(sentence):
    assert named(sentence)["number"].isna().all()


FOUND = [
    ("关于印发《法治建设\n　　实施方案》的通知", ["法治建设实施方案"]),
    ("印发《关于贯彻〈实施纲要(2021—2025 年)〉的意见》。", ["关于贯彻〈实施纲要(2021—2025 年)〉的意见"]),
    ("转发《关于印发《工作规程》的通知》。", ["关于印发《工作规程》的通知"]),
    ("转发《关于印发〈工作规程》的通知》。", ["关于印发〈工作规程》的通知"]),
    ("按照《实施纲要(2015—2020年)、《实施方案》要求", ["实施纲要(2015—2020年)", "实施方案"]),
    ("未闭合《后面再也没有书名号。下一句有《规定》。", ["规定"]),
    ("《》", []),
    ("没有书名号的句子。", []),
    ("》《", []),
]


@pytest.mark.parametrize(("text", "wanted"), FOUND)
def test_titles_are_found_whole_and_never_run_away(text, wanted):
    assert list(named(text)["title"]) == wanted


def test_a_shortened_title_points_to_the_full_one():
    rows = named("贯彻《法治督察工作规定》(以下简称《规定》)。《规定》第三条很重要。")
    assert list(rows["document"].unique()) == ["法治督察工作规定"]
    assert list(rows["role"]) == ["basis"] * 3


def test_a_report_without_place_or_sentences_still_gives_rows():
    texts, reports, sentences = tables_of("出台《办法》。", region=None, level=None)
    rows = instruments.build(texts, reports, sentences.iloc[:0])
    assert list(rows["role"]) == ["issued"] and rows["sentence_id"].isna().all()


def test_no_report_at_all_gives_an_empty_table():
    texts, reports, sentences = tables_of("出台《办法》。")
    assert check(instruments.build(texts[:0], reports[:0], sentences[:0]), get("instruments")).empty


@given(st.text(alphabet="《》〈〉()〔〕制定印发按照的、,。\n 号第令2021办法条例市县", max_size=200))
def test_offsets_always_give_the_title(text):
    rows = check(named(text), get("instruments"))
    for row in rows.itertuples():
        words = text[row.start : row.end]
        assert words.startswith("《") and "".join(words.strip("《》").split())[:3] in "".join(
            row.title.split()
        )
        assert row.number is None or pd.isna(row.number) or row.number in text
    assert rows["start"].is_monotonic_increasing


@pytest.mark.parametrize("text", ["《" * 200_000, "《办法》" * 50_000, "制定、" * 70_000, "（《" * 100_000])
def test_two_hundred_thousand_characters_take_seconds(text):
    began = time.perf_counter()
    titles.find(text)
    named(text)
    assert time.perf_counter() - began < 20


def gold(report):
    for folder in ("gold", "practice"):
        path = DATA / folder / f"{report}.jsonl"
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines()
            return [g for g in map(json.loads, lines) if g["kind"] == "instrument"]
    raise FileNotFoundError(report)


def text_of(report):
    raw = DATA.parents[1] / "data" / "raw" / f"{report}.txt"
    practice = DATA / "practice" / {"haiyan": "haiyan.body.txt"}.get(report, f"{report}.txt")
    return (raw if raw.exists() else practice).read_text(encoding="utf-8")


@pytest.mark.parametrize("report", REGIONS)
def test_annotated_reports(report):
    region, level = REGIONS[report]
    rows = {row.start: row for row in named(text_of(report), region=region, level=level).itertuples()}
    for item in gold(report):
        row = rows.pop(item["offset"])
        assert row.title == item["title"]
        assert row.role in {item["role"], item.get("role_alt"), *item.get("accept", {}).get("role", [])}, row
        if not item["optional"]:
            assert (None if pd.isna(row.number) else row.number) == item.get("number"), row
    assert not rows, "documents found that no coder marked"
