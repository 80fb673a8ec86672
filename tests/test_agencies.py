"""Bodies of government in lists, each under one name, and deadlines as days."""

import pytest

from pipeline.documents.jurisdiction import Locality
from pipeline.duties import agencies, deadlines

HERE = Locality("county", ("沐江市青禾县", "青禾县", "青禾"))

SPLITS = [
    ("县教育局、县水利局等部门、各乡镇", ["县教育局", "县水利局等部门", "各乡镇"]),
    ("县委编办,县人社局；县财政局", ["县委编办", "县人社局", "县财政局"]),
    ("各镇(乡、街道)、园区管委会", ["各镇(乡、街道)", "园区管委会"]),
    ("县司法局　县财政局 县文化和\n旅游局", ["县司法局", "县财政局", "县文化和旅游局"]),
    ("县司法局、县司法局", ["县司法局"]),
    ("县市场监管局等按职责分工负责。", ["县市场监管局"]),
    ("", []),
]


@pytest.mark.parametrize(("words", "wanted"), SPLITS)
def test_lists_of_units_are_split_as_written(words, wanted):
    assert agencies.split(words) == wanted


NAMES = [
    ("县人社局", "县人力资源社会保障局"),
    ("青禾县人力资源和社会保障局", "县人力资源社会保障局"),
    ("沐江市青禾县司法局", "县司法局"),
    ("司法局", "县司法局"),
    ("县委依法治县委员会办公室", "县委依法治县办"),
    ("县委全面依法治县委员会办公室", "县委依法治县办"),
    ("县编办", "县委编办"),
    ("市公安局青禾分局", "县公安分局"),
    ("各镇(街道)", "各镇街"),
    ("各乡镇人民政府", "各乡镇"),
    ("县卫健局等部门", "县卫生健康委"),
    ("青禾经开区管委会", "青禾经开区管委会"),
    ("决策承办单位", "决策承办单位"),
]


@pytest.mark.parametrize(("written", "name"), NAMES)
def test_one_name_for_one_body(written, name):
    assert [unit.name for unit in agencies.units(written, HERE)] == [name]


DUE = [
    ("2024年6月底前", "2024-06-30"),
    ("2023", "2023-12-31"),
    ("2023年12月15日前", "2023-12-15"),
    ("2024年上半年", "2024-06-30"),
    ("2025年第三季度", "2025-09-30"),
    ("2022—2025年", "2025-12-31"),
    ("2024.6", "2024-06-30"),
    ("长期坚持", None),
    ("年底前", None),
    ("2024年19月", None),
    ("", None),
]


@pytest.mark.parametrize(("deadline", "day"), DUE)
def test_the_last_day_a_deadline_allows(deadline, day):
    assert deadlines.last_day(deadline) == day
