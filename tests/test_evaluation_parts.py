"""Agreement beyond chance, gold files with mistakes in them, and cells of the page."""

import json
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from evaluation import agreement, clusters, fields, gold
from evaluation.likeness import alike, plain
from evaluation.markdown import cell
from evaluation.tally import Tally, total
from pipeline.errors import InputError


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=40))
def test_agreement_is_sound(pairs):
    found = agreement.nominal(pairs)
    values = {value for pair_ in pairs for value in pair_}
    if len(values) < 2:
        assert found.alpha is None
        return
    assert found.alpha <= 1
    assert found.kappa == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)))
    assert (found.alpha == pytest.approx(1)) == (found.same == 1)
    assert agreement.nominal(pairs) == found


def test_alpha_is_that_of_the_literature():
    """Hayes and Krippendorff's small-sample correction: 10 items, 2 coders, 6 agree of two values (Krippendorff 2011)."""
    a, b = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert agreement.nominal(list(zip(a, b, strict=True))).alpha == pytest.approx(0.095, abs=0.0005)


def test_several_labels_are_averaged_over_those_used():
    pairs = [(frozenset("a"), frozenset("a")), (frozenset("ab"), frozenset("b")), (frozenset(), frozenset())]
    found = agreement.several(pairs, ["a", "b", "never"])
    each = [agreement.nominal(agreement.presence(pairs, label)).alpha for label in "ab"]
    assert found.alpha == pytest.approx(sum(each) / 2)
    assert found.same == pytest.approx(2 / 3)


def test_b_cubed_of_one_cluster_each_and_of_all_in_one():
    assert clusters.b_cubed(["a", "a", "b"], [1, 1, 2]) == (1, 1, 1)
    precision, recall, _ = clusters.b_cubed(["a", "a", "b"], [1, 2, 3])
    assert (precision, recall) == (1, pytest.approx(2 / 3))


def test_scores_of_nothing_are_empty_not_perfect():
    assert {score.value for score in fields.scores(Counter())} == {None}


def test_tallies_add_up():
    one, two = Tally(Counter({"metric.hit": 1})), Tally(Counter({"metric.hit": 2}))
    one.judge("x", 1, 1)
    two.judge("x", 1, 2)
    whole = total([one, two])
    assert whole.counts["metric.hit"] == 3
    assert whole.judged == {"x": [(1, 1), (1, 2)]}


GOOD = {"report": "demo", "kind": "metric", "context": "38件", "expr": "38件", "value": 38, "bound": "exact"}
GOOD |= {"status": "actual", "indicator": "案件"}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (json.dumps(GOOD | {"unti": "件"}), "unti: no such field (did you mean 'unit'?)"),
        (json.dumps(GOOD | {"bound": "about"}), "bound: "),
        (
            json.dumps(GOOD | {"code": "mediation_case"}),
            "is not in the codebook (did you mean 'mediation_cases'?)",
        ),
        (json.dumps(GOOD | {"report": "dem"}), "report 'dem' is not the file's 'demo'"),
        (json.dumps(GOOD | {"kind": "measure"}), "kind 'measure' does not belong in this file"),
        (json.dumps(GOOD | {"accept": {"units": ["件"]}}), "'units' is not compared (did you mean 'unit'?)"),
        ('{"report": ', "is not JSON"),
        ("[1]", "kind None"),
    ],
)
def test_bad_line_of_a_gold_file_is_told_with_its_place(tmp_path, line, problem):
    path = tmp_path / "demo.jsonl"
    path.write_text(json.dumps(GOOD) + "\n\n" + line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        gold.read(tmp_path)
    assert str(caught.value).startswith(f"{path}, line 3: ")
    assert problem in str(caught.value)


def test_folder_without_gold_is_told(tmp_path):
    with pytest.raises(InputError, match="holds no gold files"):
        gold.read(tmp_path)


def test_file_without_marks_counts_as_coded(tmp_path):
    (tmp_path / "demo.jsonl").write_text("", encoding="utf-8")
    assert gold.read(tmp_path) == {"demo": {"metric": [], "instrument": [], "assignment": []}}


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a|b", "a\\|b"), ("<script>", "\\<script\\>"), ("x\n y", "x y"), ("长" * 99, "长" * 89 + "…")],
)
def test_cell_shows_text_as_it_is(text, shown):
    assert cell(text) == shown


@pytest.mark.parametrize(
    ("value", "expected"), [(np.nan, None), (3.0, 3), ("", None), (np.array(["a"]), ["a"])]
)
def test_plain(value, expected):
    assert plain(value) == expected


def test_names_without_a_common_character_are_not_alike():
    assert alike("案件", "培训") == 0
    assert alike("案 件", "案件") == 1
