"""Figures stand side by side only where they are of one kind; the matrix says which are not, and why."""

import pandas as pd
import pytest

from pipeline import codebook, indicator_matrix, schemas
from pipeline.checks import check
from pipeline.indicator.codebook import UnitFamily, families, indicators

USUAL = {"status": "actual", "unit": "%", "change": None, "period": "2022", "part": False, "level": "county"}


def laid(reports, *cells):
    """Return the matrix of cells that lie in one piece, or in several."""
    return pd.concat(indicator_matrix.build(reports, cells), ignore_index=True)


def matrix(odd: dict, code="court_appearance_rate", usual=USUAL):
    """Build the matrix of three usual reports and one odd one; return the odd one's row."""
    given = [{**usual, "report_id": f"r{n}"} for n in range(3)] + [{**usual, **odd, "report_id": "odd"}]
    rows = [_cell(row, code) for row in given]
    cells = pd.DataFrame(rows, columns=list(schemas.get("indicator_cells").columns))
    reports = pd.DataFrame([{"report_id": row["report_id"], "level": row["level"]} for row in given])
    made = check(laid(reports, cells), schemas.get("indicator_matrix"))
    assert set(made["comparability"][:3]) == {"comparable"}
    return made.iloc[3]


def _cell(row: dict, code: str) -> dict:
    known = {name: row[name] for name in ("report_id", "status", "unit", "change", "period", "part")}
    metric = f"{row['report_id']}:m1"
    return {
        **known, "code": code, "value": 90.0, "value_max": None, "bound": "exact", "metric_id": metric,
        "metric_ids": [metric], "figures": 1, "chosen": "only", "absence": None, "sentence_id": "s",
    }  # fmt: skip


CASES = [
    ({}, "comparable", None),
    ({"status": "target"}, "not_comparable", "目标值，最常见的是实际值 (a target; commonest is a result)"),
    ({"change": "increase"}, "not_comparable", "增幅，最常见的是数额 (an increase; commonest is a level)"),
    ({"unit": "分"}, "not_comparable", "得分，最常见的是百分比 (points scored; commonest is per cent)"),
    ({"period": "2018"}, "caution", "统计期为2018，最常见的是2022 (speaks of 2018; commonest is 2022)"),
    ({"period": None}, "caution", "统计期不明 (period unknown)"),
    ({"part": True}, "caution", "分项或人均数 (a part, or per head)"),
    ({"level": "city"}, "comparable", None),  # a share does not grow with the place
]


@pytest.mark.parametrize(("odd", "judged", "reason"), CASES)
def test_a_figure_of_another_kind_is_told_from_the_others(odd, judged, reason):
    row = matrix(odd)
    assert row["comparability"] == judged
    assert (None if pd.isna(row["comparability_reason"]) else row["comparability_reason"]) == reason


def test_two_unknown_periods_need_not_be_one():
    given = [{**USUAL, "period": None, "report_id": f"r{n}"} for n in range(2)]
    cells = pd.DataFrame(
        [_cell(row, "court_appearance_rate") for row in given],
        columns=list(schemas.get("indicator_cells").columns),
    )
    reports = pd.DataFrame([{"report_id": row["report_id"], "level": "county"} for row in given])
    made = laid(reports, cells)
    pd.testing.assert_frame_equal(laid(reports, cells[:1], cells[1:]), made)
    assert set(made["comparability"]) == {"caution"}
    assert set(made["comparability_reason"]) == {"统计期不明 (period unknown)"}


COUNTS = [
    ({"level": "city"}, "caution", "市，最常见的是区县"),
    ({"level": "district"}, "comparable", None),
    ({"unit": "起"}, "comparable", None),
    ({"unit": "个"}, "comparable", None),
    ({"unit": "人次"}, "not_comparable", "人次，最常见的是件数"),
    ({"level": None}, "comparable", None),
]


@pytest.mark.parametrize(("odd", "judged", "reason"), COUNTS)
def test_counts_depend_on_the_size_of_the_place_and_on_what_is_counted(odd, judged, reason):
    row = matrix(odd, "legal_aid", {**USUAL, "unit": "件"})
    assert row["comparability"] == judged
    assert reason is None or row["comparability_reason"].startswith(reason)


def test_figures_of_one_basis_only_may_be_ranked():
    assert matrix({})["basis"] == "actual share"
    assert matrix({"status": "target"})["basis"] == "target share"
    assert matrix({"change": "decrease"})["basis"] == "actual share decrease"


def test_empty_cells_are_not_judged():
    cells = pd.DataFrame(
        [
            {
                "report_id": "r",
                "code": "legal_aid",
                "part": False,
                "metric_ids": [],
                "figures": 0,
                "absence": "not_mentioned",
            }
        ],
        columns=list(schemas.get("indicator_cells").columns),
    )
    reports = pd.DataFrame([{"report_id": "r", "level": "county"}])
    row = check(laid(reports, cells), schemas.get("indicator_matrix")).iloc[0]
    assert row[["basis", "comparability", "comparability_reason"]].isna().all()


def test_a_unit_belongs_to_one_family():
    listed = [unit for family in codebook.load("indicator_units", UnitFamily) for unit in family.units]
    assert sorted(listed) == sorted(families())


def test_every_indicator_can_be_shown_to_readers():
    assert all(entry.zh and entry.en and entry.note and entry.definition for entry in indicators())
