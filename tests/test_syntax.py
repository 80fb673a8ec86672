"""Who did what to what, where an engine tells roles, a parse or names; the rules stand in for what it leaves open."""

from types import SimpleNamespace

import pytest
from spacy.vocab import Vocab

from pipeline.coding import language, syntax

#        区   司法局   已    修订   3    份    文件   。
WORDS = ["区", "司法局", "已", "修订", "3", "份", "文件", "。"]
STARTS = [100, 101, 104, 105, 107, 108, 109, 111]
PARSE = {
    "heads": [1, 3, 3, 3, 5, 6, 3, 3],
    "relations": ["nn", "nsubj", "advmod", "root", "nummod", "clf", "dobj", "punct"],
}
ROLES = {"roles": ["105:107:ARG0:100:104", "105:107:ARGM-ADV:104:105", "105:107:ARG1:107:111"]}
NAMES = {"entities": ["100:104:ORGANIZATION"]}


def cut(words=WORDS, starts=STARTS, **told):
    row = {"heads": [], "relations": [], "entities": [], "roles": []} | told
    return SimpleNamespace(words=words, starts=starts, **row)


def framed(**told):
    """Return the frame of one sentence, which stands behind another of which the engine tells nothing more."""
    marks = language.mark([cut(["修订", "。"], [0, 2]), cut(**told)]).user_data[language.MARKS]
    return marks.frames[1]


@pytest.mark.parametrize(
    "told, decided_by, thing",
    [
        ({}, "rules", "3份文件"),
        (ROLES, "roles", "3份文件"),
        (ROLES | PARSE, "roles", "3份文件"),
        (PARSE, "dependencies", "3份文件"),
    ],
)
def test_one_frame_from_each(told, decided_by, thing):
    frame = framed(**told)
    assert (frame.action, frame.object, frame.decided_by) == ("修订", thing, decided_by)
    if told:
        assert frame.actor == "区司法局"


def test_the_doc_holds_all_the_engine_tells():
    doc = syntax.doc(Vocab(), cut(**ROLES, **PARSE, **NAMES))
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("区司法局", "ORGANIZATION")]
    assert [(s.text, s.label_, s.id_) for s in doc.spans["roles"]][2] == ("3份文件", "ARG1", "5")
    assert doc[1].head.text == "修订" and doc[1].dep_ == "nsubj"


def test_a_verb_without_roles_of_its_own_is_left_to_the_rules():
    elsewhere = ["104:105:ARG0:100:104"]
    assert framed(roles=elsewhere).decided_by == "rules"


def test_roles_find_the_act_where_the_codebook_knows_no_such_verb():
    words, starts = ["全区", "涌现", "一批", "典型"], [0, 2, 4, 6]
    frame = framed(words=words, starts=starts, roles=["2:4:ARG0:0:2", "2:4:ARG1:4:8"])
    assert frame[:4] == ("全区", "涌现", "一批典型", "roles")


def test_what_roles_leave_open_the_rules_fill():
    frame = framed(roles=["105:107:ARG0:100:104"])
    assert (frame.actor, frame.object) == ("区司法局", "3份文件")


def test_a_name_at_the_head_of_a_clause_is_the_actor_where_the_rules_see_none():
    words, starts = ["仲裁庭", "修订", "办法"], [0, 3, 5]
    told = framed(words=words, starts=starts, entities=["0:3:ORGANIZATION"])
    assert (told.actor, told.decided_by) == ("仲裁庭", "entities")
    assert framed(words=words, starts=starts).actor is None


@pytest.mark.parametrize(
    ("label", "actor"), [("ORG", "仲裁庭"), ("nt", "仲裁庭"), ("ns", None), ("PERSON", None)]
)
def test_bodies_act_whatever_the_model_calls_them(label, actor):
    told = framed(words=["仲裁庭", "修订", "办法"], starts=[0, 3, 5], entities=[f"0:3:{label}"])
    assert told.actor == actor


def test_a_line_break_that_a_model_takes_for_an_object_is_none():
    told = framed(words=["修订", "\n"], starts=[0, 2], heads=[0, 0], relations=["root", "dobj"])
    assert (told.action, told.object) == ("修订", None)
