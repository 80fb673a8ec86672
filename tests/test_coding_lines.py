"""Sentences marked together are marked as each alone: nothing that is looked for reaches from one into the next."""

import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import codebook
from pipeline.coding import acts, cues, themes
from pipeline.coding.emphasis import emphasis, weak
from pipeline.coding.lines import END, Lines, codes
from pipeline.coding.patterns import Finder, Pattern, expand
from pipeline.coding.trie import Trie
from pipeline.fold import fold
from pipeline.phrases import Phrases

# Words that rules look for, marks that close a clause, and what opens one: any of them may stand at the edge of a sentence.
WORDS = (
    "评查 案卷 法律顾问 负责人 出庭 应诉 执法 公示 了 为 要 应当 等 领域 在 工作 中 作用 包括 自 以来 不少于 学时 一 九十 3 件 百分之 的 "
    "问题 不足 下一步 “ ” 《 》 , 。 ; : \n 县司法局 由 将 建立 制定 加强"
).split(" ")
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), max_size=6)


def alone(read, sentences):
    """Return what is read in each sentence when it stands alone."""
    return [each for sentence in sentences for each in read([sentence])]


@given(SENTENCES)
@settings(max_examples=300, deadline=None)
@example(["评查", "案卷"])
@example(["“一", "件”"])
@example(["为化解矛盾", "提升"])
def test_sentences_together_say_what_each_says_alone(sentences):
    for read in (themes.evidence, lambda each: cues.add_up(Lines(each))):
        assert read(sentences) == alone(read, sentences)
    lines = Lines(sentences)
    parts = [[*place] for place in zip(*map(np.ndarray.tolist, weak(lines)), strict=True)]
    begins = lines.begins.tolist()
    assert parts == [
        [start + begin, end + begin, factor]
        for begin, sentence in zip(begins, sentences, strict=False)
        for start, end, factor in emphasis(sentence)
    ]


@given(st.lists(st.text(max_size=4), max_size=5))
def test_lines_know_which_sentence_a_place_is_in(sentences):
    lines = Lines(sentences)
    numbers = [number for number, sentence in enumerate(sentences) for _ in sentence + END]
    assert lines.of(np.arange(len(lines.text))).tolist() == numbers
    assert lines.text.count(END) == len(sentences)


@given(
    st.sets(st.text("甲乙丙", min_size=1, max_size=4), min_size=1, max_size=6),
    st.text("甲乙丙丁", max_size=40),
)
def test_a_tree_of_characters_finds_what_an_automaton_finds(phrases, text):
    phrases = sorted(phrases)
    numbers, starts, ends = (column.tolist() for column in Trie(phrases).find(codes(text)))
    found = {(start, end, phrases[number]) for number, start, end in zip(numbers, starts, ends, strict=True)}
    assert found == set(Phrases({phrase: phrase for phrase in phrases}).find(text))


def test_without_patterns_nothing_is_found():
    assert not len(Finder([]).find("评查案卷").starts)


def plainly(parts, text):
    """Find `A…B…C` as the codebook defines it, step by step: each part joins the last of the one before it."""
    begun = {}
    places = [(end, start, n) for n, part in enumerate(parts) for start, end in spans(part, text)]
    for end, start, n in sorted(places, key=lambda place: (place[0], place[1], place[2])):
        if n == 0:
            begun[0] = (start, end)
        elif (before := begun.get(n - 1)) and before[1] <= start <= before[1] + 16:
            if not set(text[before[1] : start]) & set(",;。!?\n"):
                begun[n] = (before[0], end)
                if n == len(parts) - 1:
                    yield before[0], end


def spans(part, text):
    return [(at, at + len(part)) for at in range(len(text)) if text.startswith(part, at)]


@given(
    st.lists(st.sampled_from(["甲", "乙乙", "丙丁"]), min_size=2, max_size=3, unique=True),
    st.text("甲乙丙丁,", max_size=40),
)
@settings(max_examples=300)
def test_parts_of_a_pair_are_joined_in_order(parts, text):
    hits = Finder([Pattern(1.0, "x", "…".join(parts))]).find(text)
    found = list(zip(hits.starts.tolist(), hits.ends.tolist(), strict=True))
    assert found == sorted(plainly(parts, text), key=lambda place: (place[0], -place[1]))


@given(st.from_regex(acts._UNIT, fullmatch=True))
def test_what_names_a_unit_passes_the_quick_look(name):
    assert re.match(acts._MAY_BE_UNIT, name)


@pytest.mark.parametrize("theme", codebook.load("themes", themes.Theme), ids=lambda theme: theme.code)
def test_every_pattern_is_found_where_it_stands_alone(theme):
    known = themes.finder()
    for pattern in known.patterns:
        if pattern.code == theme.code:
            text = expand(fold(pattern.text))[0].replace("…", "")
            assert pattern in [known.patterns[which] for which in known.find(text).patterns.tolist()]
