"""reports: title, place, genre, issuer, number and dates as the texts themselves tell them."""

from pathlib import Path

import pandas as pd
import pytest

from pipeline import checks, reports, schemas, sections
from pipeline.manifest import COLUMNS

ROOT = Path(__file__).parent.parent


def manifest(**cells: str) -> pd.DataFrame:
    return pd.DataFrame([dict.fromkeys(COLUMNS, "") | {"report_id": "r", "file": "r.txt"} | cells])


def read(text: str, meta: dict | None = None, **cells: str) -> dict:
    """Give the metadata of a text, empty cells as None."""
    texts = pd.DataFrame([{"report_id": "r", "text": text, **(meta or {})}])
    table = reports.build(texts, sections.build(texts)["paragraphs"], manifest(**cells))
    checks.check(table, schemas.get("reports"))
    return {name: None if pd.isna(value) else value for name, value in table.iloc[0].items()}


def raw(name: str) -> dict:
    return read((ROOT / "data/raw" / f"{name}.txt").read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))


@pytest.mark.parametrize(
    "name, expected",
    [
        ("dongli", {"region": "东丽区", "level": "district", "genre": "news", "published": "2018-05-04", "issuer": "东丽区政府法制办公室"}),
        ("hengkou", {"region": "恒口示范区", "level": "zone", "genre": "self_check", "published": "2022-12-02", "period_start": "2022", "period_end": "2022", "province": None}),
        ("yuncheng", {"region": "郓城县", "level": "county", "genre": "news", "published": "2018-09-07", "period_start": None, "province": "山东省"}),
        ("huairou", {"region": "怀柔区", "level": "district", "genre": "plan", "published": "2021-12-24", "document_number": "京怀发〔2021〕25号", "period_start": "2021", "period_end": "2025", "province": "北京市"}),
        ("changning", {"region": "长宁县", "level": "county", "genre": "essay", "published": "2017-09-18", "province": None, "document_number": None}),
    ],
)  # fmt: skip
def test_the_five(name, expected):
    assert {key: raw(name)[key] for key in expected} == expected


PROSE = "全县各级各部门认真落实法治政府建设各项任务,取得了新的成效。"


@pytest.mark.parametrize(
    "head, expected",
    [
        ("某山县2023年法治政府建设年度报告", {"region": "某山县", "level": "county", "genre": "annual_report", "period_start": "2023", "period_end": "2023"}),
        ("关于某河区２０２２年度法治政府建设情况的报告", {"region": "某河区", "level": "district", "genre": "annual_report", "period_start": "2022"}),
        ("2021年青岭市法治政府建设情况报告", {"region": "青岭市", "level": "city", "genre": "annual_report", "period_start": "2021"}),
        ("云泉县公安局2020年法治政府建设工作总结", {"region": "云泉县", "level": "department", "genre": "work_summary", "period_start": "2020"}),
        ("白塔区2022年法治建设工作总结暨2023年工作要点", {"region": "白塔区", "level": "district", "genre": "work_summary"}),
        ("石桥镇二〇二三年法治建设工作总结", {"region": "石桥镇", "level": "town", "genre": "work_summary", "period_start": "2023"}),
        ("南浦经济技术开发区2024年法治政府建设工作要点", {"region": "南浦经济技术开发区", "level": "zone", "genre": "plan", "period_start": "2024"}),
        ("河湾区法治政府建设实施方案(2021—2025年)", {"region": "河湾区", "level": "district", "genre": "plan", "period_start": "2021", "period_end": "2025"}),
        ("青岭市“十三五”时期法治政府建设规划", {"region": "青岭市", "genre": "plan", "period_start": "2016", "period_end": "2020"}),
        ("江川县人民政府关于2022年上半年法治政府建设工作情况的报告", {"region": "江川县", "level": "county", "issuer": "江川县人民政府", "period_start": "2022-01-01", "period_end": "2022-06-30"}),
        ("某山县依法行政工作自查报告", {"region": "某山县", "genre": "self_check", "period_start": None}),
        ("四川省某山县2019年法治政府建设年度报告", {"region": "某山县", "province": "四川省", "level": "county"}),
        ("青岭市河湾区2019年度法治政府建设报告", {"region": "河湾区", "level": "district", "province": None}),
        ("江川市云泉市2019年度法治政府建设报告", {"region": "云泉市", "level": "city"}),
        ("云泉县人民政府办公室2021年度法治政府建设工作总结", {"region": "云泉县", "level": "department"}),
        ("云泉县人民政府办公室关于印发云泉县2021年法治政府建设工作要点的通知", {"region": "云泉县", "level": "county", "genre": "plan"}),
        ("国家税务总局云泉县税务局2020年法治政府建设情况报告", {"region": "云泉县", "level": "department"}),
        ("中共云泉县委全面依法治县委员会办公室2022年工作总结", {"region": "云泉县", "level": "county"}),
        ("加强基层法治政府建设的几点思考", {"region": None, "level": None, "genre": "essay", "period_start": None}),
    ],
)  # fmt: skip
def test_titles(head, expected):
    found = read(f"{head}\n{PROSE}{PROSE}")
    assert {"title": head} | {key: found[key] for key in expected} == {"title": found["title"]} | expected


@pytest.mark.parametrize(
    "page, published",
    [
        ("发布时间:2023-03-02 10:21 来源:县司法局", "2023-03-02"),
        ("发布日期：２０２３年３月２日", "2023-03-02"),
        ("2023-3-2 来源:某山新闻网", "2023-03-02"),
        ("生成日期:2023-01-05\n公开日期:2023-01-08", "2023-01-08"),
        ("", None),
        ("发布时间:2023-13-45", None),
    ],
)
def test_published_on_the_page(page, published):
    assert read(f"某山县2022年法治政府建设年度报告\n{page}\n{PROSE}")["published"] == published


@pytest.mark.parametrize(
    "signature, issuer, published",
    [
        ("某山县人民政府\n2023年1月9日", "某山县人民政府", "2023-01-09"),
        ("　　　　某山县司法局\n　　　　二〇二三年十二月三十一日", "某山县司法局", "2023-12-31"),
        ("中共某山县委\n某山县人民政府\n2023年1月9日", "中共某山县委、某山县人民政府", "2023-01-09"),
        ("某山县人民政府办公室(盖章)", "某山县人民政府办公室", None),
        ("某山县人民政府   2023年1月9日", "某山县人民政府", "2023-01-09"),
    ],
)
def test_signatures(signature, issuer, published):
    found = read(f"2022年法治政府建设年度报告\n{PROSE}\n\n{signature}")
    assert (found["issuer"], found["published"], found["region"]) == (issuer, published, "某山县")


@pytest.mark.parametrize(
    "page, number",
    [
        ("发文字号:某政发〔2022〕8号", "某政发〔2022〕8号"),
        ("某政办发 [2022] 第 18 号", "某政办发〔2022〕18号"),
        ("文号：某府函〔２０２１〕３号", "某府函〔2021〕3号"),
        ("", None),
    ],
)
def test_document_numbers(page, number):
    body = f"根据《实施纲要》(中发〔2021〕33号)要求,{PROSE}"
    assert read(f"{page}\n某山县2022年法治政府建设年度报告\n{body}")["document_number"] == number


def test_a_filled_manifest_cell_wins():
    text = f"某山县2022年法治政府建设年度报告\n发布时间:2023-01-05\n{PROSE}"
    cells = {
        "province": "四川省",
        "published": "2023-02",
        "genre": "news",
        "level": "zone",
        "region": "某山",
        "period_start": "2021",
    }
    assert {key: read(text, **cells)[key] for key in cells} == cells
    assert read(text, **cells)["period_end"] == "2022"


def test_the_file_speaks_where_the_text_does_not():
    meta = {
        "meta_title": "某山县2022年法治政府建设年度报告",
        "meta_published": "2023-02-01",
        "meta_issuer": "某山县司法局",
    }
    meta |= {"meta_document_number": "某政〔2023〕9号", "meta_written": "2023-01-20"}
    found = read(PROSE, meta)
    assert (found["title"], found["region"]) == (meta["meta_title"], "某山县")
    assert (found["published"], found["issuer"], found["document_number"]) == (
        "2023-02-01",
        "某山县司法局",
        "某政〔2023〕9号",
    )
    assert read(f"某河区司法局工作总结\n发布时间:2023-03-03\n{PROSE}", meta)["published"] == "2023-03-03"


@pytest.mark.parametrize("text", ["", "\n \n", PROSE, "版权所有", "12345", "某" * 10_000])
def test_what_is_not_said_stays_empty(text):
    found = read(text)
    assert {found[key] for key in ("province", "published", "document_number", "period_start", "issuer")} == {
        None
    }


def test_a_skipped_file_says_why():
    told = dict.fromkeys(reports.COLUMNS["texts"]) | {"report_id": "r", "text": "", "problem": "is empty"}
    texts = pd.DataFrame([told])[reports.COLUMNS["texts"]]
    made = reports.build(texts, sections.build(texts)["paragraphs"], manifest())
    assert made["problem"].tolist() == ["is empty"]
