"""What a quick look at one character rules out, no pattern would have found: whoever changes a pattern is told here."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents import titles
from pipeline.duties import agencies, deadlines, duty_labels, duty_texts, duty_values
from pipeline.fold import fold
from pipeline.indicator import joints
from pipeline.quantity import change, exclusions

# Each pattern is searched for in what stands before a place, and only where the last character there is one of these.
BEFORE = [
    *((verb, duty_values._VERB_ENDS) for verb in duty_values._VERBS.values()),
    *((pattern, joints.LAST) for pattern in (joints.DATE, joints.COUNTED, joints.EACH)),
    (titles._BARE_BEFORE, titles._NUMBER_ENDS),
    (exclusions.RANK, exclusions.RANK_ENDS),
    (exclusions.TOKEN_BEFORE, exclusions.TOKEN_ENDS),
]


@pytest.mark.parametrize("pattern, ends", BEFORE, ids=[pattern.pattern[:20] for pattern, _ in BEFORE])
@given(data=st.data())
@settings(max_examples=100)
def test_what_a_pattern_finds_ends_as_was_looked_for(pattern, ends, data):
    found = pattern.search(data.draw(st.from_regex(pattern)))
    words = found.group().rstrip()
    assert not words or words[-1] in ends


@given(st.from_regex(exclusions.TOKEN_AFTER))
def test_what_makes_a_code_of_a_number_begins_as_was_looked_for(text):
    assert exclusions.TOKEN_AFTER.search(text).group()[0] in exclusions.TOKEN_BEGINS


@pytest.mark.parametrize("pattern", [change.WORDS, change.COMPARED, change.THROUGH, change.NOT_A_CHANGE])
@given(data=st.data())
def test_what_moves_has_a_character_of_movement(pattern, data):
    assert change.MOVES.search(data.draw(st.from_regex(pattern)))


@given(st.from_regex(deadlines._DATE, fullmatch=True))
def test_a_deadline_ends_as_was_looked_for(words):
    date, bare = deadlines._DATE.fullmatch(words), words.rstrip()
    assert bare[-1:] in deadlines._ends() or not (
        date["year"] or date["month"] or bare[:2] in ("今年", "当年", "本年")
    )


@given(st.from_regex(agencies._WRAPPING))
def test_what_wraps_a_body_is_told_by_its_first_character_or_by_one_word(words):
    found = agencies._WRAPPING.search(words)
    assert found.group()[:1] in agencies._WRAPS or "按" in found.group()


@pytest.mark.parametrize("gap", ["", " ", "  "])
def test_every_label_of_the_codebook_is_found_however_it_is_spaced(gap):
    labels = [label for entry in duty_labels._entries() for label in (*entry.labels, *entry.short)]
    labels = [label for label in labels if not duty_labels.COLUMNS_ONLY & set(duty_labels.fields(label))]
    missed = [x for x in labels if not list(duty_labels.find(f"\n【{gap.join(x)}】:"))]
    assert labels and not missed


@pytest.mark.parametrize(
    "text",
    [
        "完善制度。(牵头单位:区司法局;责任单位:各单位;完成时限:2023年)\n公开信息。(区教育局牵头,各镇配合)",
        "公开信息。(责任单位:要加强统筹)\n(完成时限:长期坚持)\n落实单位:县司法局、县财政局。",
        "责任单位:县司法局\n完成时限:2024年6月底前\n配合单位:各镇\n联系人:王明",
        "一、加强学习。(要落实责任,形成合力)(责任单位:县司法局)",
    ],
)
def test_statements_of_duty_stand_where_they_are_read(text):
    assert duty_texts.spans(text, fold(text)) == [(duty.start, duty.end) for duty in duty_texts.find(text)]
