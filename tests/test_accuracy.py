"""The tables are as right as they were: bars on the coded sets, and the page of scores is that of the code at hand."""

import pytest

from evaluation import clusters, corpora, fields, scoring
from evaluation.__main__ import PAGE
from evaluation.page import page
from evaluation.tally import total
from pipeline.library import Library

STRICT = "found with value, unit, bound and status right: F1"
INDICATOR = "indicator named alike (half of the characters)"
EXACT = "lead, responsible and deadline right: F1"


@pytest.fixture(scope="module")
def made(five, others):
    """Return the tables of each run by its name."""
    return {corpora.ALONE: Library.at(five), "others": others}


@pytest.fixture(scope="module")
def coded(made):
    """Return gold and tables of each of the project's sets."""
    return {corpus: scoring.read(made[corpus.run], corpus.gold) for corpus in corpora.PROJECT}


@pytest.fixture(scope="module")
def scores(coded):
    """Return the scores of each set by group and name."""
    wholes = {corpus: total(scoring.score(each).values()) for corpus, each in coded.items()}
    return {
        corpus: {(score.group, score.name): score.value for score in fields.scores(whole.counts)}
        for corpus, whole in wholes.items()
    }


@pytest.mark.parametrize(
    ("group", "name", "bar"),
    [
        ("Figures", "found: F1", 0.98),
        ("Figures", STRICT, 0.93),
        ("Figures", "value right", 0.99),
        ("Figures", "bound right", 0.97),
        ("Figures", "status right", 0.96),
        ("Figures", INDICATOR, 0.88),
        ("Figures", "indicator code: F1", 0.92),
        ("Documents", "found: F1", 1.00),
        ("Documents", "role right", 0.95),
        ("Documents", "number right", 1.00),
        ("Tasks", EXACT, 0.99),
        ("Sentences", "measure: F1", 0.96),
        ("Sentences", "status right", 0.93),
        ("Sentences", "themes (micro): F1", 0.90),
    ],
)
def test_development_set(scores, group, name, bar):
    assert scores[corpora.DEVELOPMENT][group, name] >= bar


@pytest.mark.parametrize(
    ("name", "bar"),
    [
        ("found: F1", 0.93),
        (STRICT, 0.84),
        ("value right", 0.97),
        ("bound right", 0.93),
        ("status right", 0.92),
        (INDICATOR, 0.80),
        ("indicator code: F1", 0.80),
    ],
)
def test_practice_set(scores, name, bar):
    assert scores[corpora.PRACTICE]["Figures", name] >= bar


@pytest.mark.parametrize(
    ("group", "name", "bar"),
    [
        ("Figures", "found: F1", 0.93),
        ("Figures", STRICT, 0.84),
        ("Documents", "role right", 0.90),
        ("Sentences", "measure: F1", 0.93),
        ("Sentences", "status right", 0.85),
        ("Sentences", "themes (micro): F1", 0.85),
    ],
)
def test_held_out_set(scores, group, name, bar):
    assert scores[corpora.HELD_OUT][group, name] >= bar


def test_found_themes_go_with_those_of_the_coders(coded):
    found = clusters.compare(coded[corpora.DEVELOPMENT])
    assert found.f1 >= 0.60
    assert found.v_measure >= 0.75
    assert found.outliers / found.items < 0.15


def test_page_of_scores_is_current(made):
    text = page([(corpus, made[corpus.run]) for corpus in corpora.PROJECT])
    assert PAGE.read_text(encoding="utf-8") == text, "docs/accuracy.md is stale: run `make evaluate`"


@pytest.mark.parametrize("corpus", corpora.PROJECT, ids=lambda corpus: corpus.name)
def test_every_mark_is_found_in_the_text_read(coded, corpus):
    lost = [
        (report, mark.context)
        for report, kinds in coded[corpus].marks.items()
        for marks in kinds.values()
        for mark in marks
        if coded[corpus].places[report].find(mark.context, -1, mark.context) is None
    ]
    assert lost == []
