"""Read the frame of a sentence: who (a unit named before the verb), which act (the verb), on what (its object)."""

import re
from functools import cache
from typing import NamedTuple

import numpy as np
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline import codebook
from pipeline.coding.emphasis import FIELD, Weak
from pipeline.coding.lines import END, Lines, codes, firsts, marks


class Act(codebook.Entry):
    """Verbs of one sort; the lower the rank, the more they tell."""

    name: str
    rank: int
    verbs: list[str]


class Frame(NamedTuple):
    """Who did what to what, in the report's words; None where the sentence does not say.

    `decided_by` is what told it: roles, dependencies, entities (the actor only) or rules. `at` is where the verb starts
    in the sentence, -1 where the rules found none.
    """

    actor: str | None
    action: str | None
    object: str | None
    decided_by: str = "rules"
    at: int = -1


@cache
def ranks() -> dict[str, int]:
    """Return every verb with its rank."""
    return {verb: act.rank for act in codebook.load("acts", Act) for verb in act.verbs}


def matcher(vocab: Vocab) -> PhraseMatcher:
    """Return spaCy's matcher for verbs of governing, by rank: whole words of the sentence, never a part of one."""
    made = PhraseMatcher(vocab)
    for rank in sorted(set(ranks().values())):
        made.add(str(rank), [Doc(vocab, words=[verb]) for verb, own in ranks().items() if own == rank])
    return made


class Verbs(NamedTuple):
    """The verbs of governing among the words of a text, in order: where they start and end, and their rank."""

    starts: np.ndarray
    ends: np.ndarray
    ranks: np.ndarray


def frames(verbs: Verbs, lines: Lines, weak: Weak) -> list[Frame]:
    """Read the frame of each folded sentence.

    Only the first verb of a clause can be its act: 完善规范性文件审查内容 completes, it does not review. Verbs inside
    《》 or “”, before 的, or in a stretch that only gives aim or occasion (`weak`) are none.
    """
    blank = _blanked(lines.text, weak)
    found = _acts(verbs, blank, lines)
    stops = [found.get(line, (end - 1,))[0] for line, end in enumerate(lines.begins[1:].tolist())]
    actors = _actors(blank.tobytes().decode("utf-32-le", "surrogatepass"), lines, stops)
    return [
        _frame(actor, found.get(line), begin, folded)
        for line, (actor, begin, folded) in enumerate(
            zip(actors, lines.begins.tolist(), lines.each, strict=False)
        )
    ]


def _frame(actor: str | None, verb: tuple[int, int] | None, begin: int, folded: str) -> Frame:
    if verb is None:
        return Frame(actor, None, None)
    at, stop = verb[0] - begin, verb[1] - begin
    return Frame(actor, folded[at:stop], _object(folded, at, stop), at=at)


def _blanked(text: str, weak: Weak) -> np.ndarray:
    """Return the codes of a text, with “ for all that is quoted, or weak because it gives aim or occasion."""
    slight = weak.factors <= FIELD
    spans = [quote.span() for quote in _QUOTED.finditer(text)]
    spans += zip(weak.starts[slight].tolist(), weak.ends[slight].tolist(), strict=True)
    blank = codes(text).copy()
    for start, end in spans:
        blank[start:end] = _QUOTE
    return blank


def _acts(verbs: Verbs, blank: np.ndarray, lines: Lines) -> dict[int, tuple[int, int]]:
    """Return by sentence the place of the verb that tells most among the first of each clause, and the first of these."""
    acting = np.flatnonzero((blank[verbs.starts] != _QUOTE) & (blank[verbs.ends] != _OF))
    clause = np.searchsorted(np.flatnonzero(_MARKS.take(blank)), verbs.starts[acting])
    first = acting[firsts(clause)]
    line = lines.of(verbs.starts[first])
    rank = line * (verbs.ranks.max(initial=0) + 1) + verbs.ranks[first]
    rank, which = np.divmod(np.sort(rank * len(first) + np.arange(len(first))), len(first))
    chosen = first[which[firsts(line[which])]]
    places = zip(verbs.starts[chosen].tolist(), verbs.ends[chosen].tolist(), strict=True)
    return dict(zip(lines.of(verbs.starts[chosen]).tolist(), places, strict=True))


_QUOTE, _OF = ord("“"), ord("的")
_MARKS = marks(",;。:" + END)
_QUOTED = re.compile(rf"《[^《》{END}]*》|“[^“”{END}]*”")
# What follows a verb in its clause, but no further than a title that nothing is joined to.
_BEHIND = re.compile(r"[^,;。!?:\n》]*(?:》(?=[、《及和等(\[〔])[^,;。!?:\n》]*)*》?")
_MOVES = re.compile("[将把对]")
_MOVED = re.compile(
    r"(?:^|[,;。])[^,;。]{0,30}?(?:将|把|对)([^,;。]{2,40}?)"
    r"(?:进行了?|予以|全部|均|都|全面|依法|集中|统一|一律|逐步|逐一|组织|开展)*$"
)
TRIM = "了着过的并及和、 　"
LONGEST = 40


def _object(folded: str, start: int, end: int) -> str | None:
    since = max(0, start - 60)
    moved = _MOVES.search(folded, since, start) and _MOVED.search(folded, since, start)
    if moved:
        return moved[1].strip(TRIM) or None
    text = _BEHIND.match(folded, end, end + 3 * LONGEST)[0].strip(TRIM)
    while text[:1] in _heads() and (joined := _joined_verb().match(text)):  # 制定|印发, 修订|完善
        text = text[joined.end() :].strip(TRIM)
    return text[:LONGEST] or None


@cache
def _heads() -> frozenset[str]:
    return frozenset(verb[0] for verb in ranks())


@cache
def _joined_verb() -> re.Pattern:
    return re.compile(rf"(?:{'|'.join(sorted(ranks(), key=len, reverse=True))})(?![性化])(?=..)")


# Ends of names that begin alike stand together, which is far faster than one by one.
_UNIT_END = (
    "(?:人民政府|政府|委员会|常(?:委会|务会议)|管委会|办公室|法(?:制办|院|律顾问)|[一-鿿]局|[区县市镇]委|编办|部门|单位|"
    "机[关构]|检察院|街道|乡镇|镇街?|中[心队]|大队|领导小组|党(?:组|委|工委)|公职律师|司法所|组织部|宣传部|负责人|工作人员|执法人员)"
)
_UNIT = rf"(?:[各全]?(?:[一-鿿]{{0,10}}?{_UNIT_END}){{1,3}})"
# Words without one of the characters that these end in name no unit.
_MAY_BE_UNIT = "(?=[一-鿿]*[府会议室办院问局委门位关构道镇街心队组师所部人员])"
# A clause begins behind a mark or, in a common text, behind `END`.
_ACTOR = re.compile(
    rf"[,;。{END}](?:[一二三四五六七八九十]是|同时,?|此外,?|由|其中,?|当前,?|今年以来,?|全年|\d{{4}}年,?)*"
    rf"{_MAY_BE_UNIT}({_UNIT}(?:(?:、|和|及|与){_UNIT})*)"
)
_NO_ACTOR = (
    "将把对在为以与向从按并必凡就使让经及要使|根据|通过|严格|进一步|充分|认真|积极|全面|切实|继续|不断|深入|扎实|大力|持续|"
    "没有|事关|涉及|督促|聚焦|依法|主动|自觉|配足|针对|结合|其他|所有|部分"
)
_AFTER_ACTOR = re.compile(
    r"职能|职责|信息|网站|工作|数据|采购|诚信|立法|合同|规章|文件|督查|的|制度|机制|建设|会议|出庭|学法|队伍|之间|考核|对口|权|投入|决策|作用"
)


@cache
def _not_actor() -> re.Pattern:
    letters, words = _NO_ACTOR.split("|", 1)
    return re.compile(rf"[{letters}]|{words}|{'|'.join(sorted(ranks(), key=len, reverse=True))}")


def _actors(blank: str, lines: Lines, stops: list[int]) -> list[str | None]:
    """Return for each sentence the last unit named at the head of a clause before the verb, where it stands as its subject.

    `blank` is the common text, `stops` where in it the verbs start.
    """
    begins = lines.begins.tolist()
    heads = Lines([blank[begin:stop] for begin, stop in zip(begins, stops, strict=False)])
    found = [(actor.end(1) - 1, actor[1]) for actor in _ACTOR.finditer(END + heads.text)]
    of = heads.of(np.array([end for end, _ in found], int)).tolist()
    moved = (lines.begins - heads.begins).tolist()
    actors: list[str | None] = [None] * len(heads.each)
    for line, (end, actor) in zip(of, found, strict=True):
        if not _not_actor().match(actor) and not _AFTER_ACTOR.match(blank, end + moved[line]):
            actors[line] = actor
    return actors
