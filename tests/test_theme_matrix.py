"""Measures by report and theme: every cell there, counts that add up, intervals that agree with scipy."""

import time

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from pipeline import codebook, theme_matrix
from pipeline.checks import check
from pipeline.coding.themes import Theme
from pipeline.schemas import get

THEMES = [theme.code for theme in codebook.load("themes", Theme)]


def measure(at, report, status, themes, is_measure=True):
    return {
        "measure_id": f"{report}:a{at}",
        "report_id": report,
        "sentence_id": f"{report}:s{at}",
        "is_measure": is_measure,
        "status": status,
        "themes": themes,
    }


MEASURES = pd.DataFrame(
    [
        measure(0, "甲县", "done", ["publicity"]),
        measure(1, "甲县", "planned", ["publicity", "leaders_study"]),
        measure(2, "甲县", "ongoing", []),
        measure(3, "甲县", "problem", ["publicity"], is_measure=False),
        measure(4, "甲县", None, ["emergency"], is_measure=False),
        measure(0, "乙区", "done", ["emergency"]),
    ]
)
METRICS = pd.DataFrame(
    {"metric_id": ["甲县:m1", "甲县:m2", "甲县:m3"], "sentence_id": ["甲县:s0", "甲县:s0", "甲县:s3"]}
)
INSTRUMENTS = pd.DataFrame({"instrument_id": ["甲县:d1", "甲县:d2"], "sentence_id": ["甲县:s1", None]})
REPORTS = pd.DataFrame({"report_id": ["甲县", "乙区", "丙镇"]})


@pytest.fixture(scope="module")
def matrix():
    made = theme_matrix.build(REPORTS, MEASURES, METRICS, INSTRUMENTS)
    return check(made, get("theme_matrix")).set_index(["report_id", "theme"])


def test_every_report_has_every_theme_in_the_order_of_the_codebook(matrix):
    assert list(matrix.index) == [(report, theme) for report in REPORTS["report_id"] for theme in THEMES]
    assert len(THEMES) == 22


def test_a_theme_is_counted_with_its_statuses_and_evidence(matrix):
    cell = matrix.loc[("甲县", "publicity")]
    assert (cell["measures"], cell["done"], cell["ongoing"], cell["planned"]) == (2, 1, 0, 1)
    assert list(cell["measure_ids"]) == ["甲县:a0", "甲县:a1"]
    assert cell["report_measures"] == 3 and cell["share"] == pytest.approx(2 / 3)


def test_figures_and_documents_follow_their_sentence(matrix):
    cell = matrix.loc[("甲县", "publicity")]
    assert list(cell["metric_ids"]) == ["甲县:m1", "甲县:m2"] and cell["metrics"] == 2
    assert list(cell["instrument_ids"]) == ["甲县:d1"]
    assert matrix.loc[("甲县", "leaders_study"), "instruments"] == 1


def test_what_is_no_measure_counts_for_nothing(matrix):
    assert matrix.loc[("甲县", "emergency"), "measures"] == 0


def test_a_silent_report_has_counts_of_zero_and_no_share(matrix):
    silent = matrix.loc["丙镇"]
    assert (
        (silent["measures"] == 0).all() and silent["share"].isna().all() and silent["share_low"].isna().all()
    )
    assert all(len(ids) == 0 for ids in silent["measure_ids"])


def test_the_interval_holds_the_share(matrix):
    known = matrix[matrix["report_measures"] > 0]
    assert ((known["share_low"] <= known["share"]) & (known["share"] <= known["share_high"])).all()


@pytest.mark.parametrize(("hits", "total"), [(0, 1), (1, 1), (0, 40), (3, 17), (17, 17), (250, 1000)])
def test_the_interval_is_wilsons(hits, total):
    low, high = theme_matrix.wilson(np.array([hits]), np.array([total]))
    wanted = binomtest(hits, total).proportion_ci(method="wilson")
    assert (low[0], high[0]) == pytest.approx((wanted.low, wanted.high), abs=1e-9)


def test_nothing_at_all_gives_an_empty_matrix():
    made = theme_matrix.build(REPORTS[:0], MEASURES[:0], METRICS[:0], INSTRUMENTS[:0])
    assert check(made, get("theme_matrix")).empty


def test_a_thousand_reports_take_seconds():
    names = [f"r{i}" for i in range(1000)]
    rows = [measure(at, name, "done", [THEMES[at % 22]]) for name in names for at in range(60)]
    began = time.perf_counter()
    made = theme_matrix.build(pd.DataFrame({"report_id": names}), pd.DataFrame(rows), METRICS, INSTRUMENTS)
    assert len(made) == 22_000 and made["measures"].sum() == 60_000
    assert time.perf_counter() - began < 20
