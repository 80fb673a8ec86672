"""Hold what an engine knows of a sentence beyond its words in spaCy's Doc, and read from it who did what to what.

`doc.ents` are names, `token.head` and `token.dep_` the parse, `doc.spans["roles"]` the arguments of verbs, each with the
place of its verb as its `id`. Where an engine tells none of this (jieba), nothing here is done.
"""

from itertools import pairwise

from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from pipeline.coding.acts import LONGEST, TRIM, Frame

ROLES = "roles"
WHO, WHAT = "ARG0", "ARG1"
# Stanford and Universal labels for one relation.
_SUBJECTS, _OBJECTS = frozenset(("nsubj", "top", "xsubj")), frozenset(("dobj", "obj", "range"))
_UNITS = ("ORG", "NT")
_CLAUSE = ",;。，；：:\n"


def told(cut) -> bool:
    """Say whether a row of the tokens table holds more than words and tags."""
    return bool(len(cut.heads) or len(cut.entities) or len(cut.roles))


def doc(vocab: Vocab, cut) -> Doc:
    """Return the Doc of a row of the tokens table with names, parse and roles; together its words are the text."""
    words = list(cut.words)
    parse = {"heads": list(cut.heads), "deps": list(cut.relations)} if len(cut.heads) else {}
    made = Doc(vocab, words=words, spaces=[False] * len(words), **parse)
    first = cut.starts[0] if words else 0
    made.ents = filter_spans(_names(made, cut.entities, first))
    made.spans[ROLES] = _arguments(made, cut.roles, first)
    return made


def _names(made: Doc, entities, first: int) -> list[Span]:
    found = []
    for entity in entities:
        start, end, label = entity.split(":", 2)
        found.append(made.char_span(int(start) - first, int(end) - first, label, alignment_mode="expand"))
    return found


def _arguments(made: Doc, roles, first: int) -> list[Span]:
    found = []
    for role in roles:
        verb, _, label, start, end = role.split(":")
        span = made.char_span(int(start) - first, int(end) - first, label, alignment_mode="expand")
        found.append(Span(made, span.start, span.end, label, span_id=str(int(verb) - first)))
    return found


def frame(marked: Doc, rules: Frame) -> Frame:
    """Return the frame from roles, else from the parse, else that of the rules, and which of them decided.

    The verb that the rules chose stays, if there is one. What an engine leaves open stays as the rules have it.
    """
    at = rules.at
    for read in (_from_roles, _from_parse):
        found = read(marked, at)
        if found:
            return Frame(
                found.actor or rules.actor, found.action, found.object or rules.object, found.decided_by
            )
    unit = None if rules.actor else _leading_unit(marked, at)
    return rules._replace(actor=unit, decided_by="entities") if unit else rules


def _from_roles(marked: Doc, at: int) -> Frame | None:
    by_verb: dict[int, dict[str, Span]] = {}
    for span in marked.spans.get(ROLES, ()):
        by_verb.setdefault(int(span.id_), {}).setdefault(span.label_, span)
    heard = at if at in by_verb else min((verb for verb in by_verb if WHAT in by_verb[verb]), default=None)
    if heard is None or (at >= 0 and heard != at) or not by_verb[heard].keys() & {WHO, WHAT}:
        return None
    verb = _token_at(marked, heard)
    return Frame(_words(by_verb[heard].get(WHO)), verb.text, _words(by_verb[heard].get(WHAT)), "roles")


def _from_parse(marked: Doc, at: int) -> Frame | None:
    if not marked.has_annotation("DEP"):
        return None
    verb = _token_at(marked, at) if at >= 0 else next((t for t in marked if t.dep_.lower() == "root"), None)
    if verb is None:
        return None
    who, what = (
        next((child for child in verb.children if child.dep_ in labels), None)
        for labels in (_SUBJECTS, _OBJECTS)
    )
    if who is None and what is None:
        return None
    return Frame(_branch(who), verb.text, _branch(what), "dependencies")


def _token_at(marked: Doc, at: int):
    return marked.char_span(at, at + 1, alignment_mode="expand")[0]


def _branch(token) -> str | None:
    """Return a word with all that hangs on it, if that stands in one piece; else the word."""
    if token is None:
        return None
    places = [each.i for each in token.subtree if not each.is_space]
    if not places:
        return None
    whole = all(later - earlier == 1 for earlier, later in pairwise(places))
    return _words(token.doc[places[0] : places[-1] + 1] if whole else token)


def _words(span) -> str | None:
    return (span.text.strip(TRIM)[:LONGEST] or None) if span is not None else None


def _leading_unit(marked: Doc, at: int) -> str | None:
    """Return the last organisation named at the head of a clause before the verb."""
    unit = None
    for name in marked.ents:
        begins = name.start == 0 or marked[name.start - 1].text[-1] in _CLAUSE
        if begins and name.label_.upper().startswith(_UNITS) and (at < 0 or name.end_char <= at):
            unit = name.text
    return unit
