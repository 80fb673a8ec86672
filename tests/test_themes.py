"""Test the theme codebook on sentences of our own wording."""

from pathlib import Path

import pytest
import yaml

from pipeline import codebook
from pipeline.coding import themes
from pipeline.fold import fold

SENTENCES = yaml.safe_load(
    Path(__file__).with_name("data").joinpath("themes.yaml").read_text(encoding="utf-8")
)
THEMES = codebook.load("themes", themes.Theme)
CODES = [theme.code for theme in THEMES]


def cases(kind):
    return [
        pytest.param(code, sentence, id=f"{code}-{number}")
        for code, kinds in SENTENCES.items()
        for number, sentence in enumerate(kinds[kind])
    ]


def codes(sentence, above=None):
    (own,) = themes.evidence([fold(sentence)])
    return themes.decide(own, above or {}, {}).codes


@pytest.mark.parametrize("code", CODES)
def test_every_theme_has_sentences_that_try_it(code):
    assert len(SENTENCES[code]["positive"]) >= 5
    assert len(SENTENCES[code]["negative"]) >= 3


@pytest.mark.parametrize(("code", "sentence"), cases("positive"))
def test_a_sentence_of_the_theme_is_coded_with_it(code, sentence):
    assert code in codes(sentence)


@pytest.mark.parametrize(("code", "sentence"), cases("negative"))
def test_a_sentence_that_comes_near_the_theme_is_not_coded_with_it(code, sentence):
    assert code not in codes(sentence)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [pytest.param(t.code, s, id=f"{t.code}-{n}") for t in THEMES for n, s in enumerate(t.includes)],
)
def test_the_codebook_keeps_its_own_word_on_what_belongs(code, sentence):
    assert code in codes(sentence)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [pytest.param(t.code, s, id=f"{t.code}-{n}") for t in THEMES for n, s in enumerate(t.excludes)],
)
def test_the_codebook_keeps_its_own_word_on_what_does_not_belong(code, sentence):
    words, _, other = sentence.partition(" (")
    coded = codes(words)
    assert code not in coded
    assert other.rstrip(")。") in coded
