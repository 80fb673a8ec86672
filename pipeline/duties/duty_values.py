"""Read what stands behind a label of duty: bodies, persons in charge, deadlines, and roles that a verb tells."""

import re
from collections.abc import Sequence

from pipeline.duties import agencies, deadlines
from pipeline.duties.names import Names
from pipeline.fold import fold, written

FIELDS = ("lead", "responsible", "support", "persons")
OPEN = "([【〔{"
BRACKET = re.compile(r"[(\[【〔{)\]】〕}]")
_SEGMENT_MARK = re.compile("[,，;；。]")
_NESTING = re.compile("[" + re.escape(written("([〔)]〕")) + "]")
_MARK = re.compile(r"[(\[〔)\]〕,;。]")
# 县司法局牵头, 各乡镇配合: who acts is told by the verb behind the bodies
_SHARED = r"按照?(?:各自)?(?:职责|职能|分工)(?:分工)?(?:分别|共同|抓好|做好)?(?:负责|落实|推进|实施)*"
_VERB_ENDS = frozenset(
    written("头总实进织合助与同加持责施别职能工好")
)  # a segment that ends otherwise tells no role
_VERBS = {
    "lead": re.compile(r"(?:负责牵头|牵头负责|牵头抓总|总牵头|牵头落实|牵头推进|牵头组织|牵头)$"),
    "support": re.compile(
        r"(?:协同配合|积极配合|配合落实|予以配合|协助配合|参与配合|配合|参与|协助|协同|参加|支持)$"
    ),
    "responsible": re.compile(
        rf"(?:{_SHARED}|分工负责|分别负责|共同负责|具体负责|负责落实|负责实施|负责推进|组织实施|负责)$"
    ),
}


def unbracketed(value: str) -> str:
    """Drop brackets whose other half stands outside the value, and what parts it from the next."""
    value = value.strip().rstrip("【[［〔{｛(（ \t\n;；").strip()
    while value and value[-1] in _LAST_MARKS and (value[-1] in ";；。" or _unbalanced(fold(value))):
        value = value[:-1].rstrip()
    return value


_LAST_MARKS = frozenset(")）]］】〕}｝;；。")


def _unbalanced(folded: str) -> bool:
    brackets = BRACKET.findall(folded)
    return 2 * sum(bracket in OPEN for bracket in brackets) < len(brackets)


def take(fields: Sequence[str], value: str, read: dict[str, list[str]], names: Names) -> None:
    """Add what a value names to the fields that its label opens."""
    for field in fields:
        if field == "deadline" and len(fields) == 1:
            read["deadline"].append(value)
        elif field == "persons":
            give(value, field, read, names)
        elif field in FIELDS:
            share_out(value, field, read, names)


def give(value: str, field: str, read: dict[str, list[str]], names: Names) -> None:
    """Add the entries of a list to `field`, the persons among bodies to `persons`."""
    entries = agencies.split(value, names)
    if field == "persons":
        read[field] += agencies.persons(entries, names)
    elif not names.persons:
        read[field] += entries
    else:
        bodies, persons = agencies.parted(entries, names)
        read[field] += bodies
        read["persons"] += [person for person in persons if person not in read["persons"]]


def share_out(value: str, field: str, read: dict[str, list[str]], names: Names) -> None:
    """Hand the bodies of a value to `field`, or to the role that a verb behind them tells; dates are deadlines."""
    waiting = []
    for segment in segments(value):
        role = role_by_verb(segment, names)
        if role:
            bodies = "、".join([*waiting, _VERBS[role].sub("", segment)])
            give(bodies, field if role == "responsible" else role, read, names)
            waiting = []
        elif deadlines.is_one(segment):
            read["deadline"].append(segment)
        else:
            waiting.append(segment)
    if waiting:
        give("、".join(waiting), field, read, names)


def segments(value: str) -> list[str]:
    """Split a value at commas, semicolons and full stops outside brackets."""
    parts = _outside_brackets(value, fold(value)) if _NESTING.search(value) else _SEGMENT_MARK.split(value)
    return [bare for part in parts if (bare := part.strip())]


def _outside_brackets(value: str, folded: str) -> list[str]:
    parts, depth, at = [], 0, 0
    for mark in _MARK.finditer(folded):
        char = mark.group()
        if char in "([〔":
            depth += 1
        elif char in ")]〕":
            depth = max(0, depth - 1)
        elif depth == 0:
            parts.append(value[at : mark.start()])
            at = mark.end()
    return [*parts, value[at:]]


def role_by_verb(segment: str, names: Names) -> str | None:
    """Name the role that a verb gives the bodies before it: 各乡镇配合 is support."""
    if segment[-1:] not in _VERB_ENDS:
        return None
    folded = fold(segment)
    for role, verb in _VERBS.items():
        bodies = verb.sub("", folded)
        if bodies and len(bodies) < len(segment) and are_bodies(bodies, names):
            return role
    return None


def is_plain_body(entry: str) -> bool:
    """Tell whether an entry, without white space and marks, is a body by its words, and nothing a verb or date must be told from."""
    plain = entry[-1] not in _VERB_ENDS and not deadlines.is_one(entry)
    return plain and agencies.split(entry) == [entry] and agencies.looks_like_one(entry)


def are_bodies(words: str, names: Names) -> bool:
    return all(agencies.acts(entry, names) for entry in agencies.split(words, names))
