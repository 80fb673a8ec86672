"""Problems a report admits, their themes, and the plans that answer them."""

import pandas as pd
import pytest

from pipeline import problems
from pipeline.checks import check
from pipeline.schemas import get

REPORTS = pd.DataFrame({"report_id": ["r"]})


def section(start, end, title, parent=None):
    return {
        "section_id": f"r:h{start}",
        "report_id": "r",
        "parent_id": parent,
        "title": title,
        "start": start,
        "body_end": end,
    }


def judged(at, status, themes):
    return {
        "measure_id": f"r:a{at}",
        "report_id": "r",
        "sentence_id": f"r:s{at}",
        "start": at,
        "end": at + 10,
        "is_measure": status != "problem",
        "status": status,
        "themes": themes,
    }


SECTIONS = [
    section(100, 400, "存在的问题"),
    section(110, 200, "普法宣传形式单一", parent="r:h100"),
    section(400, 600, "下一步打算"),
]
MEASURES = [
    judged(120, "problem", []),
    judged(210, "problem", ["emergency", "openness"]),
    judged(300, "problem", []),
    judged(410, "planned", ["publicity"]),
    judged(450, "planned", ["emergency", "publicity"]),
    judged(500, "done", ["openness"]),
]


def build(sections=SECTIONS, measures=MEASURES):
    columns = ["section_id", "report_id", "parent_id", "title", "start", "body_end"]
    frame = pd.DataFrame(sections, columns=columns)
    made = problems.build(REPORTS, frame, pd.DataFrame(measures, columns=list(judged(0, "done", []))))
    return check(made, get("problems")).set_index("problem_id")


def test_one_row_per_problem_and_theme():
    assert list(build().index) == ["r:a120:publicity", "r:a210:emergency", "r:a210:openness", "r:a300:none"]


def test_a_sentence_without_theme_takes_that_of_its_heading():
    row = build().loc["r:a120:publicity"]
    assert (row["theme_from"], row["section_id"]) == ("section", "r:h110")


def test_a_plan_on_the_same_theme_answers_and_a_done_measure_does_not():
    made = build()
    assert made.loc["r:a210:emergency", "answered"] and list(made.loc["r:a210:emergency", "answer_ids"]) == [
        "r:a450"
    ]
    assert not made.loc["r:a210:openness", "answered"]
    assert list(made.loc["r:a120:publicity", "answer_ids"]) == ["r:a410", "r:a450"]


def test_a_problem_on_no_known_theme_says_so():
    row = build().loc["r:a300:none"]
    assert row["theme_from"] == "nothing" and pd.isna(row["answered"]) and pd.isna(row["theme"])
    assert row["section_id"] == "r:h100"


@pytest.mark.parametrize(
    ("sections", "measures"), [([], MEASURES), (SECTIONS, []), ([], []), (SECTIONS[1:2], MEASURES)]
)
def test_missing_headings_or_measures_raise_nothing(sections, measures):
    made = build(sections, measures)
    assert len(made) == (0 if not measures else 4)
