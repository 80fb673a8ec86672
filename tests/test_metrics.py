"""The metrics table: status, bound, period and evidence of each figure, in its section and genre."""

import pandas as pd
import pytest

from pipeline import metrics, quantity
from pipeline.checks import check
from pipeline.fold import fold
from pipeline.quantity import period, status
from pipeline.schemas.metrics import SCHEMA


def frames(parts, genre="annual_report", start="2023-01-01", end="2023-12-31"):
    """Make the tables of one report from `(heading, sentence, …)` parts; a heading of None opens the report."""
    text, headings, lines = "", [], []
    for heading, *sentences in parts:
        section = None
        if heading:
            section = f"r:h{len(text)}"
            headings.append((section, "r", None, "line", heading, len(text)))
            text += heading + "\n"
        for sentence in sentences:
            lines.append((f"r:s{len(text)}", "r", section, len(text), sentence, "body"))
            text += sentence + "\n"
    report = pd.DataFrame([("r", genre, None, start, end)], columns=metrics.COLUMNS["reports"])
    sections = pd.DataFrame(headings, columns=metrics.COLUMNS["sections"])
    return text, (report, sections, pd.DataFrame(lines, columns=metrics.COLUMNS["sentences"]))


def table(parts, **report):
    text, tables = frames(parts, **report)
    made = check(metrics.build(*tables), SCHEMA)
    assert all(text[row.start : row.end] == row.expr for row in made.itertuples())
    return made


def statuses(parts, **report):
    return list(table(parts, **report)["status"])


def test_a_figure_takes_its_status_from_its_section():
    parts = [
        ("一、工作开展情况", "举办培训12场次。"),
        ("二、2024年工作安排", "举办培训20场次。", "目前有律师30名。"),
    ]
    assert statuses(parts) == ["actual", "target", "actual"]


def test_the_next_steps_may_begin_in_mid_text():
    parts = [(None, "全年培训300人次。", "下一步，我县将补齐短板。", "新建工作室5个。")]
    assert statuses(parts) == ["actual", "target"]


def test_everything_in_a_plan_is_asked_for_but_what_it_looks_back_on():
    past = ["截至目前已建成站点40个。", "“十三五”时期，全区办理复议案件320件，制发建议书12份。"]
    parts = [("（一）总体目标", "网办率达到90%。", *past, "每年培训4次，目前全县有律师30名。")]
    assert statuses(parts, genre="plan") == ["target", *["actual"] * 3, "target", "actual"]


def test_a_plan_may_tell_what_there_is_before_what_it_asks():
    parts = [
        ("二、工作基础", "全县辖12个乡镇。2022年，司法所审查合同56份；调解纠纷310件，成功302件。"),
        ("三、夯实工作基础", "审查合同80份。", "2022年网办率达到81%，2023年达到90%。"),
    ]
    asked = ["target", "actual", "target"]
    assert statuses(parts, genre="plan") == [*["actual"] * 4, *asked]


def test_a_table_behind_the_plan_may_count_what_was_done():
    _, (report, sections, lines) = frames(
        [("三、2024年工作打算", "举办培训20场次。", "附表1 2023年度执法情况统计表", "行政处罚\t86件")]
    )
    lines.loc[lines["text"].str.startswith("附表"), "role"] = "caption"
    made = metrics.build(report, sections, lines)
    assert list(made["status"]) == ["target", "actual"]


def test_a_heading_that_reports_on_a_plan_is_no_plan():
    assert statuses([("二、年度工作计划完成情况", "审查合同56份。")]) == ["actual"]


def test_a_bound_is_read_with_its_status():
    made = table([("一、工作成效", "满意率达到90%以上。"), ("二、下一步打算", "满意率达到95%以上。")])
    assert list(made["bound"]) == ["over", "at_least"]


ACTUAL, TARGET = status.ACTUAL, status.TARGET


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("要求各镇街每年开展培训不少于2次", [TARGET]),
        ("确保重大决策合法性审查率达到100%", [TARGET]),
        ("为确保任务落实，全年召开推进会6次", [ACTUAL]),
        ("已完成培训12场次，计划年内再培训5场次", [ACTUAL, TARGET]),
        ("共收到应诉案件23件，应出庭21件，实际出庭21件", [ACTUAL] * 3),
        ("将全县27个部门的278项许可统一划入审批局", [ACTUAL] * 2),
        ("行政许可按时办结率均不低于99%", [ACTUAL]),
        ("重要文件备案率100%，主要领导出庭3次", [ACTUAL] * 2),
        ("截至目前建成示范村12个，到2025年将达到30个", [ACTUAL, TARGET]),
        ("依法应当听证的案件12件全部听证", [ACTUAL]),
        ("按照市政府要求，对32个单位开展考核", [ACTUAL]),
        ("下达整改要求通知书12份，应急演练5场", [ACTUAL] * 2),
        ("落实首问负责制，承诺3个工作日内办结", [TARGET]),
        ("审议通过《关于必须落实的要求》等文件9份", [ACTUAL]),
        ("每年举办法治讲座2次以上", [TARGET]),
        ("力争2024年底前网办率达95%以上", [TARGET]),
        ("居民步行不超过10分钟就能找到调解室", [ACTUAL]),
        ("承诺办结时限压缩60%，网办率达97%", [ACTUAL] * 2),
        ("计划9月底前改造调解室6个", [TARGET]),
        ("以前要跑5趟，现在只跑1趟", [ACTUAL] * 2),
    ],
)
def test_words_decide_the_status(sentence, wanted):
    folded = fold(sentence)
    assert [status.of(folded, found, planned=False) for found in quantity.scan(folded)] == wanted


@pytest.mark.parametrize(
    ("sentence", "heading", "years"),
    [
        ("审结案件46件（2022年为71件），降幅35.2%", "", ["2023", "2022", "2023"]),
        ("审议《实施方案（2021—2025年）》等文件11份", "", ["2023"]),
        ("涉企检查由上年的4,127户次降为2,968户次", "", ["2022", "2023"]),
        ("受理投诉96件，较去年的120件减少20%", "", ["2023", "2022", "2023"]),
        ("满意度由2021年的88%、2022年的91%升至今年的93%", "", ["2021", "2022", "2023"]),
        ("网办率比2021年提高5.8个百分点", "", ["2023"]),
        ("2018年以来发布120余条", "", ["2018/2023"]),
        ("2021—2023年培训骨干600人次", "", ["2021/2023"]),
        ("立案215件", "", ["2023"]),
    ],
)
def test_a_figure_speaks_of_its_year(sentence, heading, years):
    folded = fold(sentence)
    found = [period.of(folded, q.start, ACTUAL, "2023", heading) for q in quantity.scan(folded)]
    assert found == years


@pytest.mark.parametrize(
    ("sentence", "heading", "year"),
    [
        ("到2025年,示范村达到80%", "", "2025"),
        ("公职律师增至10名", "五、2024年安排", "2024"),
        ("明年培训骨干60人次", "", "2024"),
        ("培训骨干60人次", "三、下一步工作打算", "2024"),
        ("培训骨干60人次", "", "2023"),
    ],
)
def test_a_target_speaks_of_the_year_to_come(sentence, heading, year):
    (found,) = quantity.scan(fold(sentence))
    assert period.of(fold(sentence), found.start, TARGET, "2023", heading) == year


def test_titles_and_furniture_hold_no_figures():
    _, (report, sections, lines) = frames([(None, "办理案件12件", "访问次数3次")])
    lines["role"] = ["title", "furniture"]
    assert metrics.build(report, sections, lines).empty


def test_news_speaks_of_the_year_it_came_out():
    _, (report, sections, lines) = frames([(None, "今年共清理文件30件。")], start=None, end=None)
    made = metrics.build(report.assign(published="2018-09-07"), sections, lines)
    assert list(made["period"]) == ["2018"]


def test_a_report_without_sentences_gives_the_empty_table():
    _, (report, sections, lines) = frames([])
    assert list(metrics.build(report, sections, lines).columns) == list(SCHEMA.columns)


def test_a_figure_knows_what_it_counts_across_a_line_break():
    made = table([("一、行政应诉", "全年负责人出庭应诉\n率达到９８．５％。")])
    row = made.iloc[0]
    assert (row["value"], row["indicator"], row["code"]) == (
        98.5,
        "负责人出庭应诉\n率",
        "court_appearance_rate",
    )
