"""Scores on pairs made by hand: what a careful reader would count, and what must not count."""

from collections import Counter

import numpy as np
import pytest

from evaluation import figures, gold, sentences
from evaluation.likeness import same
from evaluation.places import Places, pair
from evaluation.tally import Tally, rates

TEXT = "一、工作情况\n全年办结行政复议案件１２０\n余件,调解38件。新增执法记录仪45台,预计明年达到60台。"


def metric(expr: str, **fields) -> gold.Metric:
    base = {"value": 1, "bound": "exact", "status": "actual", "indicator": "案件"}
    return gold.Metric(
        report="r", kind="metric", context=expr, offset=TEXT.find(expr), expr=expr, **(base | fields)
    )


def row(expr: str, **fields) -> dict:
    start = TEXT.index(expr)
    base = {"value": 1.0, "value_max": np.nan, "unit": None, "bound": "exact", "change": None}
    base |= {"status": "actual", "indicator": "案件", "code": None, "report_id": "r"}
    return base | {"start": start, "end": start + len(expr)} | fields


def counted(marks, rows) -> tuple[Counter, list]:
    tally = Tally()
    figures.metrics(tally, marks, Places(TEXT), rows)
    return tally.counts, tally.misses


@pytest.mark.parametrize(
    ("marks", "rows", "hit", "marked", "given_"),
    [
        (["38件", "45台"], ["38件", "45台"], 2, 2, 2),
        (["38件", "45台"], ["38件"], 1, 2, 1),
        (["38件"], ["38件", "45台"], 1, 1, 2),
        (["１２０\n余件"], ["案件１２０\n余件"], 1, 1, 1),  # two thirds of the span: the same figure
        (["38件"], ["38件", "调解38件"], 1, 1, 2),  # one to one: the second is one too many
        (["38件"], ["调解38件。新增执法记录仪45台"], 0, 1, 1),  # a fifth in common: another thing
        ([], [], 0, 0, 0),
    ],
)
def test_figures_are_paired_one_to_one_by_overlap(marks, rows, hit, marked, given_):
    counts, _ = counted([metric(expr) for expr in marks], [row(expr) for expr in rows])
    assert rates(counts, "metric") == (hit, marked, given_)


@pytest.mark.parametrize("rows", [[], ["45台"]])
def test_optional_figure_is_neither_hit_nor_miss(rows):
    counts, misses = counted([metric("45台", optional=True)], [row(expr) for expr in rows])
    assert rates(counts, "metric") == (0, 0, 0)
    assert misses == []


def test_other_limits_of_a_figure_may_be_accepted():
    long, short = "预计明年达到60台", "60台"
    assert rates(counted([metric(long)], [row(short)])[0], "metric").hit == 0
    accepted = metric(long, accept={"expr": [long, short]})
    assert rates(counted([accepted], [row(short)])[0], "metric").hit == 1


@pytest.mark.parametrize(
    ("field", "wanted", "got", "right"),
    [
        ("value", {"value": 38}, 38.0, 1),
        ("value", {"value": 38}, 39.0, 0),
        ("value", {"value": 66.67}, 66.66666, 1),
        ("value_max", {}, np.nan, 1),
        ("value_max", {"value_max": 5}, np.nan, 0),
        ("unit", {"unit": "件"}, "份", 0),
        ("unit", {"unit": "个", "accept": {"unit": ["个", "学时"]}}, "学时", 1),
        ("change", {"accept": {"change": [None, "increase"]}}, None, 1),
        ("change", {"accept": {"change": [None, "increase"]}}, "increase", 1),
        ("change", {"accept": {"change": [None, "increase"]}}, "decrease", 0),
        ("bound", {"bound": "over"}, "exact", 0),
        ("indicator", {"indicator": "负责人出庭率"}, "负责人出庭应诉率", 1),
        ("indicator", {"indicator": "负责人出庭率"}, "案件", 0),
        ("indicator", {"indicator": "案件"}, None, 0),
    ],
)
def test_field_of_a_figure(field, wanted, got, right):
    counts, misses = counted([metric("38件", **wanted)], [row("38件", **{field: got})])
    assert counts[f"metric.{field}"] == right
    told = [miss.what for miss in misses]
    assert (f"figure: {field}" in told) is not bool(right)


def test_strict_asks_for_value_unit_bound_and_status_but_not_for_the_upper_end():
    marks = [metric("38件", unit="件", value_max=40)]
    assert counted(marks, [row("38件", unit="件")])[0]["metric.strict"] == 1
    assert counted(marks, [row("38件", unit="件", status="target")])[0]["metric.strict"] == 0


ONE, OTHER = "mediation_cases", "disputes_resolved"


@pytest.mark.parametrize(
    ("accepted", "got", "expected"),
    [
        ([ONE], ONE, (1, 1, 1)),
        ([ONE], None, (0, 1, 0)),
        ([ONE], OTHER, (0, 1, 1)),
        ([None], None, (0, 0, 0)),
        ([None], OTHER, (0, 0, 1)),
        ([ONE, None], ONE, (0, 0, 0)),
        ([ONE, None], None, (0, 0, 0)),
        ([None, ONE], OTHER, (0, 0, 1)),
        ([ONE, OTHER], OTHER, (1, 1, 1)),
    ],
)
def test_code_allowed_beside_none_is_left_out_and_a_third_code_is_wrong(accepted, got, expected):
    mark = metric("38件", code=accepted[0], accept={"code": accepted})
    counts, misses = counted([mark], [row("38件", code=got)])
    assert rates(counts, "code") == expected
    assert bool(misses) == (got not in accepted)


DOCUMENTS = "印发《某县监督办法》(某政发〔2023〕8号),落实《实施纲要》,宣讲《宪法》。"


def document(title: str, role: str, **fields) -> gold.Instrument:
    offset = DOCUMENTS.index("《" + title)
    return gold.Instrument(
        report="r", kind="instrument", context=title, offset=offset, title=title, role=role, **fields
    )


def named(title: str, role: str, number: str | None = None) -> dict:
    start = DOCUMENTS.index("《" + title)
    return {"report_id": "r", "start": start, "end": start + len(title) + 2, "role": role, "number": number}


def test_documents_by_place_role_and_number():
    tally = Tally()
    marks = [
        document("某县监督办法", "issued", number="某政发〔2023〕8号"),
        document("实施纲要", "basis"),
        document("宪法", "cited", role_alt="basis"),
    ]
    rows = [
        named("某县监督办法", "issued", "某政发〔2023〕 8号"),
        named("实施纲要", "cited"),
        named("宪法", "basis"),
    ]
    figures.instruments(tally, marks, Places(DOCUMENTS), rows)
    assert rates(tally.counts, "instrument") == (3, 3, 3)
    assert (tally.counts["instrument.role"], tally.counts["instrument.number"]) == (2, 1)
    assert [(miss.words[:6], miss.wanted, miss.got) for miss in tally.misses] == [
        ("《实施纲要》", ["basis"], "cited")
    ]


TASKS = "1.建立台账。(责任单位:甲局;时限:2025年)\n1.开展演练。(责任单位:乙局、丙局;时限:2025年)"


def task(line: int, responsible: list[str], **fields) -> gold.Assignment:
    context = TASKS.split("\n")[line]
    base = {"item": "1", "task": context[2:8], "responsible": responsible, "deadline": "2025"}
    offset = TASKS.index(context)
    return gold.Assignment(report="r", kind="assignment", context=context, offset=offset, **(base | fields))


def done(line: int, responsible: list[str]) -> dict:
    context = TASKS.split("\n")[line]
    start = TASKS.index(context)
    units = {"lead": np.array([]), "responsible": np.array(responsible), "deadline": "2025"}
    return {"report_id": "r", "start": start, "end": start + len(context), "item": "1", **units}


def test_tasks_of_the_same_number_are_told_apart_by_place():
    tally = Tally()
    marks = [task(0, ["甲局"]), task(1, ["乙局", "丙局"])]
    figures.assignments(tally, marks, Places(TASKS), [done(1, ["乙局", "丙局"])])
    assert rates(tally.counts, "assignment") == (1, 2, 1)
    assert [miss.what for miss in tally.misses] == ["task: missed"]


def test_task_with_a_unit_too_few_is_found_but_not_exact():
    tally = Tally()
    figures.assignments(tally, [task(1, ["乙局", "丙局"])], Places(TASKS), [done(1, ["乙局"])])
    assert rates(tally.counts, "assignment", "found").hit == 1
    assert rates(tally.counts, "assignment").hit == 0
    assert (tally.counts["assignment.lead"], tally.counts["assignment.responsible"]) == (1, 0)


PROSE = "坚持党的领导。制定执法公示办法,配齐记录仪。下一步将开展培训。"


def sentence(context: str, is_measure: bool, **fields) -> gold.Measure:
    offset = PROSE.index(context)
    return gold.Measure(
        report="r", kind="measure", context=context, offset=offset, is_measure=is_measure, **fields
    )


def act(words: str, status: str = "done", themes: tuple[str, ...] = (), is_measure: bool = True) -> dict:
    start = PROSE.index(words)
    found = {"is_measure": is_measure, "status": status, "themes": np.array(themes, dtype=object)}
    return {"report_id": "r", "start": start, "end": start + len(words), **found}


def judged(marks, rows) -> Tally:
    tally = Tally()
    sentences.measures(tally, marks, Places(PROSE), rows)
    return tally


def test_sentence_is_a_measure_where_one_lies_in_it():
    marks = [
        sentence("坚持党的领导。", False),
        sentence("制定执法公示办法,配齐记录仪。", True, status="done", themes=["three_systems"]),
        sentence("下一步将开展培训。", True, status="planned", themes=["staff_training"]),
    ]
    rows = [
        act("坚持党的领导。", is_measure=False),
        act("制定执法公示办法,", themes=("three_systems",)),
        act("配齐记录仪。"),
    ]
    tally = judged(marks, rows)
    assert rates(tally.counts, "measure") == (1, 2, 1)
    assert rates(tally.counts, "theme") == (1, 2, 1)
    assert (tally.counts["measure.found"], tally.counts["measure.status"]) == (1, 1)
    assert tally.judged["is a measure"] == [(False, False), (True, True), (True, False)]


@pytest.mark.parametrize(
    ("themes", "possible", "got", "expected"),
    [
        (["openness"], [], ["openness"], (1, 1, 1)),
        (["openness"], ["supervision"], ["openness", "supervision"], (1, 1, 1)),
        (["openness"], ["supervision"], ["supervision"], (0, 1, 0)),
        (["openness"], [], ["supervision"], (0, 1, 1)),
        ([], ["supervision"], ["supervision"], (0, 0, 0)),
    ],
)
def test_possible_theme_is_neither_hit_nor_miss(themes, possible, got, expected):
    mark = sentence("下一步将开展培训。", True, status="planned", themes=themes, themes_alt=possible)
    tally = judged([mark], [act("下一步将开展培训。", "planned", got)])
    assert rates(tally.counts, "theme") == expected


def test_second_status_that_is_right_counts_as_agreement():
    mark = sentence("下一步将开展培训。", True, status="planned", status_alt="ongoing")
    tally = judged([mark], [act("下一步将开展培训。", "ongoing")])
    assert tally.counts["measure.status"] == 1
    assert tally.judged["status of a measure"] == [("ongoing", "ongoing")]


@pytest.mark.parametrize(
    ("words", "offset", "context", "found"),
    [
        ("38件", TEXT.index("38件"), "调解38件", "38件"),
        ("120余件", 3, "办结行政复议案件120余件", "１２０\n余件"),  # white space and width differ
        ("60台", -1, "预计明年达到60台", "60台"),
        ("70台", -1, "预计明年达到70台", None),
    ],
)
def test_mark_is_found_by_offset_or_through_its_context(words, offset, context, found):
    span = Places(TEXT).find(words, offset, context)
    assert (span and TEXT[slice(*span)]) == found


def test_same_words_again_are_the_next_place():
    places = Places("培训2次,检查2次。培训2次,检查2次。")
    spans = places.locate([("2次", -1, "培训2次,检查2次")] * 3)
    assert spans == [(2, 4), (7, 9), (12, 14)]


def test_pairs_take_the_largest_overlap_first():
    assert pair([[(0, 4)], [(3, 8)]], [(3, 8), (0, 3)]) == {1: 0, 0: 1}


@pytest.mark.parametrize(
    ("wanted", "got", "expected"),
    [
        (None, np.nan, True),
        ([], None, True),
        (["甲局"], np.array(["甲局"]), True),
        (["甲", "乙"], ["乙", "甲"], False),
    ],
)
def test_same(wanted, got, expected):
    assert same(wanted, got) is expected
