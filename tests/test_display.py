"""Test `pipeline.show`: a finding by its id, its words marked, markup in them escaped."""

import pytest

import pipeline
from pipeline.display import Shown
from pipeline.errors import InputError
from pipeline.excerpts import cut


def test_finding_is_shown_with_its_words(processed):
    metric = pipeline.load("metrics", processed).iloc[0]
    shown = pipeline.show(metric["metric_id"], processed=processed)
    assert shown.evidence.words == metric["expr"]
    assert f"【{metric['expr']}】" in str(shown) and "status: " in str(shown)
    assert f"<mark>{metric['expr']}</mark>" in shown._repr_html_()


@pytest.mark.parametrize("letter", ["d", "a", "s", "h", "p"])
def test_rows_of_other_tables_are_shown_too(processed, letter):
    tables = {"d": "instruments", "a": "measures", "s": "sentences", "h": "sections", "p": "paragraphs"}
    row = pipeline.load(tables[letter], processed).iloc[0]
    row_id = f"{row['report_id']}:{letter}{row['start']}"
    assert pipeline.show(row_id, processed=processed).evidence.start == row["start"]


def test_words_that_look_like_markup_are_escaped():
    text = '全年<script>alert("x")</script>12件'
    shown = Shown("a:m0", {"unit": "<b>"}, cut("a", text, 2, 10))
    assert "<script>" not in shown._repr_html_() and "<b><b>" not in shown._repr_html_()


@pytest.mark.parametrize(
    "row_id, told",
    [
        ("qingshan:m99999", "not in the table metrics"),
        ("qingshan", "not the id of a row"),
        ("qingshan:x5", "not the id of a row"),
    ],
)
def test_id_that_is_not_there_is_told(processed, row_id, told):
    with pytest.raises(InputError, match=told):
        pipeline.show(row_id, processed=processed)
