"""Who does a planned task, where an engine names bodies and persons: what names add to the rules, and what they must not change."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_assignments import WAYS, read

from pipeline.duties.names import Named

FIELDS = ("lead", "responsible", "support", "persons")
BODIES, PERSONS = ("县第一中学", "县第二中学", "青禾文旅", "县司法局"), ("王明", "李兰", "赵强")


def entities(text, bodies=BODIES, persons=PERSONS):
    """Return what a model would say that knows these names, in the form of tokens.entities."""
    found = [(m.span(), "ORGANIZATION") for name in bodies for m in re.finditer(name, text)]
    found += [(m.span(), "PERSON") for name in persons for m in re.finditer(name, text)]
    return [f"{start}:{end}:{label}" for (start, end), label in sorted(found)]


def told(text, named):
    """Return the lists of each task, without empty ones, and who decided."""
    rows = read(text, entities=named)["assignments"].to_dict("records")
    return [({f: list(row[f]) for f in FIELDS if len(row[f])}, row["decided_by"]) for row in rows]


# A text, what rules read in it, and what is read where the bodies and persons above are named.
NAMED = [
    pytest.param(
        "1.办好学校。(责任单位:县第一中学、青禾文旅;完成时限:2024年)",
        None,
        {"responsible": ["县第一中学", "青禾文旅"]},
        id="bodies without the ending of one",
    ),
    pytest.param(
        "2.办好学校。（责任单位：县司法局王明、县财政局（李兰）；完成时限：2024年）",
        {"responsible": ["县司法局王明", "县财政局（李兰）"]},
        {"responsible": ["县司法局", "县财政局"], "persons": ["王明", "李兰"]},
        id="a person behind the body, in brackets or not",
    ),
    pytest.param(
        "2.办好学校。(责任单位:县司法局(局长王明)、县文旅局（园区）、县财政局（预算科李兰）)",
        {"responsible": ["县司法局(局长王明)", "县文旅局（园区）", "县财政局（预算科李兰）"]},
        {"responsible": ["县司法局", "县文旅局（园区）", "县财政局"], "persons": ["局长王明", "预算科李兰"]},
        id="an office and its holder in brackets",
    ),
    pytest.param(
        "3.办好学校。(副县长李兰牵头,县第一中学配合)",
        None,
        {"support": ["县第一中学"], "persons": ["副县长李兰"]},
        id="an office and its holder lead, told by verbs",
    ),
    pytest.param(
        "4.办好学校。(牵头单位:王明副县长、县司法局)",
        {"lead": ["王明副县长", "县司法局"]},
        {"lead": ["县司法局"], "persons": ["王明副县长"]},
        id="the office behind the name",
    ),
    pytest.param(
        "5.办好学校。\n责任人:王明 李兰　赵强\n完成时限:2024年",
        None,
        {"persons": ["王明", "李兰", "赵强"]},
        id="persons alone beside a deadline, blanks between them",
    ),
    pytest.param(
        "6.办好学校。(责任单位:县司法局;责任人:王明和李兰)",
        {"responsible": ["县司法局"], "persons": ["王明和李兰"]},
        {"responsible": ["县司法局"], "persons": ["王明", "李兰"]},
        id="two persons joined by and",
    ),
    pytest.param(
        "7.办好学校。\n牵头单位\n县第一中学 县第二中学\n",
        None,
        {"lead": ["县第一中学", "县第二中学"]},
        id="a label without colon above bodies parted by a blank",
    ),
    pytest.param(
        "序号\t任务\t责任单位\t完成时限\n1\t办学\t王明\t2024年\n",
        {"responsible": ["王明"]},
        {"persons": ["王明"]},
        id="a person in a table's cell",
    ),
    pytest.param(
        "序号\t任务\t责任单位\n1\t办学\t县第一中学 县第二\n",
        {"responsible": ["县第一中学县第二"]},
        {"responsible": ["县第一中学", "县第二"]},
        id="a blank in a table's cell",
    ),
]


@pytest.mark.parametrize(("text", "rules", "wanted"), NAMED)
def test_names_tell_what_rules_cannot(text, rules, wanted):
    assert told(text, []) == ([(rules, "rules")] if rules else [])
    assert told(text, entities(text)) == [(wanted, "entities")]


UNCHANGED = [
    pytest.param("1.办好。(责任单位:县司法局;完成时限:2024年)", entities, id="rules tell the same"),
    pytest.param(
        "2.办好。(责任单位:县财政局、县教育局)", lambda text: ["11:20:ORGANIZATION"], id="over a mark"
    ),
    pytest.param(
        "3.办好。(责任单位:县司法局、县一中)", lambda text: ["5:11:ORGANIZATION"], id="out of the place"
    ),
    pytest.param(
        "4.办好。(责任单位:县司法局、各乡镇)",
        lambda text: entities(text, (), ["司法局"]),
        id="an ending of a body taken for a person",
    ),
    pytest.param("5.办好。(责任单位:县一中、县司法局)", lambda text: ["11:14:LOCATION"], id="a place"),
    pytest.param("联系人:王明 电话:123456", entities, id="a person to call"),
    pytest.param("责任单位:要请王明加强统筹。", entities, id="running words"),
]


@pytest.mark.parametrize(("text", "named"), UNCHANGED)
def test_names_change_nothing_else(text, named):
    assert told(text, named(text)) == told(text, [])
    assert all(decided == "rules" for _, decided in told(text, named(text)))


@pytest.mark.parametrize("text", [param.values[0] for param in WAYS])
def test_where_rules_read_all_they_stand(text):
    spans = [match.span() for match in re.finditer("县司法局|县财政局|县教育局|各乡镇", text)]
    assert told(text, [f"{start}:{end}:ORGANIZATION" for start, end in spans]) == told(text, [])


def test_each_unit_says_who_told_it():
    text = "1.办好。(牵头单位:县第一中学和县司法局;责任单位:县财政局王明、各乡镇)"
    units = read(text, entities=entities(text))["assignment_units"]
    assert list(zip(units["unit"], units["decided_by"], strict=True)) == [
        ("县第一中学", "entities"),
        ("县司法局", "entities"),
        ("县财政局", "entities"),
        ("各乡镇", "rules"),
    ]


@pytest.mark.parametrize("label", ["ORG", "ORGANIZATION", "NT", "nt"])
def test_bodies_by_the_labels_of_every_released_model(label):
    assert Named("县一中", [f"0:3:{label}"]).within(0, 3).bodies == {"县一中"}


@pytest.mark.parametrize("label", ["PERSON", "PER", "NR", "nr"])
def test_persons_by_the_labels_of_every_released_model(label):
    assert Named("王 明", [f"0:3:{label}"]).within(0, 3).persons == {"王明"}


@given(
    st.text(alphabet="牵头责任单位人完成时限:：;、()（）县局中学王明。\n\t 12年", max_size=120),
    st.lists(
        st.tuples(st.integers(0, 120), st.integers(1, 12), st.sampled_from(("ORG", "PERSON"))), max_size=8
    ),
)
def test_any_names_give_rows_inside_the_text(text, found):
    text = "1.任务。" + text
    named = [f"{a}:{min(len(text), a + n)}:{label}" for a, n, label in found if a < len(text)]
    made = read(text, entities=named)
    for row in made["assignments"].to_dict("records"):
        assert 0 <= row["start"] < row["end"] <= len(text)
        assert any(len(row[field]) for field in FIELDS)
    assert set(made["assignment_units"]["assignment_id"]) <= set(made["assignments"]["assignment_id"])
