"""A cell shows the figure that speaks for the whole report, keeps the others, and says why it is empty."""

import pandas as pd
import pytest

from pipeline import indicator_cells, schemas
from pipeline.checks import check
from pipeline.indicator.codebook import indicators

FIGURE = {"value_max": None, "bound": "exact", "status": "actual", "change": None, "period": None}


def cells(*stated, genre="annual_report", level="county", silent=()):
    """Build the cells of one report: each of `stated` is a sentence, a figure in it and what the figure is."""
    lines, figures, place = [], [], 0
    for number, (text, *figure) in enumerate([*stated, *((text,) for text in silent)]):
        line = {"sentence_id": f"r:s{number}", "report_id": "r", "start": place, "text": text, "role": "body"}
        lines.append(line)
        if figure:
            expr, code, given = figure
            start = place + text.index(expr)
            own = {
                "metric_id": f"r:m{start}",
                "report_id": "r",
                "sentence_id": line["sentence_id"],
                "start": start,
            }
            figures.append(
                FIGURE | own | {"code": code, "unit": "%", "value": float(expr.rstrip("%件"))} | given
            )
        place += len(text) + 1
    reports = pd.DataFrame([{"report_id": "r", "genre": genre, "level": level, "period_end": "2022"}])
    sentences = pd.DataFrame(lines, columns=indicator_cells.COLUMNS["sentences"])
    metrics = pd.DataFrame(figures, columns=indicator_cells.COLUMNS["metrics"])
    made = check(indicator_cells.build(reports, sentences, metrics), schemas.get("indicator_cells"))
    return made.set_index("code")


RATE = "court_appearance_rate"
CHOICES = [
    ("level", ("出庭率提高5%。", "5%", {"change": "increase"}), ("出庭率达98%。", "98%", {})),
    ("status", ("今后出庭率不低于90%。", "90%", {"status": "target"}), ("出庭率达98%。", "98%", {})),
    (
        "latest",
        ("2021年出庭率93%。", "93%", {"period": "2021"}),
        ("2022年出庭率98%。", "98%", {"period": "2022"}),
    ),
    ("latest", ("出庭率由85%起步。", "85%", {}), ("升至98%。", "98%", {})),
    ("latest", ("出庭率上年93%。", "93%", {}), ("今年98%。", "98%", {})),
    ("whole", ("其中正职出庭率60%。", "60%", {}), ("出庭率98%。", "98%", {})),
    ("whole", ("全年无败诉(城管局出庭率60%)。", "60%", {}), ("出庭率98%。", "98%", {})),
    ("first", ("出庭率98%。", "98%", {}), ("出庭率再述为97%。", "97%", {})),
]


@pytest.mark.parametrize(("chosen", "one", "other"), CHOICES)
def test_the_figure_shown_speaks_for_the_whole_report(chosen, one, other):
    cell = cells(*((text, expr, RATE, given) for text, expr, given in (one, other))).loc[RATE]
    assert (cell["value"], cell["chosen"], cell["figures"]) == (98.0, chosen, 2)
    assert len(cell["metric_ids"]) == 2 and cell["metric_ids"][0] == cell["metric_id"]


def test_a_plan_shows_its_target_before_what_was_reached():
    stated = [
        ("目前出庭率达62.5%。", "62.5%", RATE, {}),
        ("出庭率不低于80%。", "80%", RATE, {"status": "target"}),
    ]
    assert cells(*stated, genre="plan").loc[RATE, "value"] == 80.0


def test_a_figure_alone_behind_其中_is_the_whole_of_what_it_counts():
    cell = cells(("全年审查735件,其中合同69件。", "69件", "contracts_reviewed", {"unit": "件"}))
    assert not cell.loc["contracts_reviewed", "part"]


def test_a_figure_per_head_is_a_part():
    assert cells(("人均培训62件。", "62件", "training_hours", {"unit": "学时"})).loc["training_hours", "part"]


def test_an_empty_cell_says_which_kind_of_empty_it_is():
    made = cells(silent=["认真落实行政机关负责人出庭应诉制度。"])
    assert made.loc[RATE, "absence"] == "mentioned_without_figure"
    assert made.loc[RATE, "sentence_id"] == "r:s0"
    assert made.loc["legal_aid", "absence"] == "not_mentioned"
    assert cells(genre="plan").loc["penalty_cases", "absence"] == "not_applicable"
    assert cells(level="town").loc["reconsideration_hearing_rate", "absence"] == "not_applicable"


def test_every_report_has_a_cell_for_every_indicator():
    assert list(cells().index) == [entry.code for entry in indicators()]
    assert cells()["absence"].notna().all()
