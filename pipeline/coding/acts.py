"""Read the frame of a sentence: who (a unit named before the verb), which act (the verb), on what (its object)."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline import codebook
from pipeline.coding.emphasis import FIELD


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
    """Return spaCy's matcher for verbs of governing: whole words of the sentence, never a part of one."""
    made = PhraseMatcher(vocab)
    made.add("ACT", [Doc(vocab, words=[verb]) for verb in ranks()])
    return made


def frame(verbs: Iterable[tuple[int, int]], folded: str, weak: Iterable[tuple[int, int, float]]) -> Frame:
    """Read the frame of a folded sentence from the verbs among its words (where they start and end, in order).

    Only the first verb of a clause can be its act: 完善规范性文件审查内容 completes, it does not review. Verbs inside
    《》 or “”, before 的, or in a stretch that only gives aim or occasion (`weak`) are none.
    """
    blank = _QUOTED.sub(_blank, folded) if "“" in folded or "《" in folded else folded
    for low, high, factor in weak:
        if factor <= FIELD:
            blank = blank[:low] + "“" * (high - low) + blank[high:]
    found = _act(verbs, blank, folded)
    if found is None:
        return Frame(_actor(blank, len(folded)), None, None)
    at, stop = found
    return Frame(_actor(blank, at), folded[at:stop], _object(folded, at, stop), at=at)


def _act(verbs: Iterable[tuple[int, int]], blank: str, folded: str) -> tuple[int, int] | None:
    """Return the place of the verb that tells most among the first of each clause, and the first of these."""
    rank_of = ranks()
    best, since, first = None, 0, True
    for at, stop in verbs:
        first = first or _MARK.search(blank, since, at) is not None
        since = at
        if not first or blank[at] == "“" or blank[stop : stop + 1] == "的":
            continue
        first, rank = False, rank_of[folded[at:stop]]
        if best is None or rank < best[0]:
            best = rank, at, stop
            if rank == _foremost():
                break
    return best and best[1:]


@cache
def _foremost() -> int:
    return min(ranks().values())


def _blank(quote: re.Match) -> str:
    return "“" * (quote.end() - quote.start())


_MARK = re.compile(r"[,;。:]")
_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”")
_CLAUSE_END = re.compile(r"[,;。!?:\n]|(?<=》)(?=[^、《及和等(\[〔]|$)")
_MOVED = re.compile(
    r"(?:^|[,;。])[^,;。]{0,30}?(?:将|把|对)([^,;。]{2,40}?)"
    r"(?:进行了?|予以|全部|均|都|全面|依法|集中|统一|一律|逐步|逐一|组织|开展)*$"
)
TRIM = "了着过的并及和、 　"
LONGEST = 40


def _object(folded: str, start: int, end: int) -> str | None:
    moved = _MOVED.search(folded, max(0, start - 60), start)
    if moved:
        return moved[1].strip(TRIM) or None
    reach = end + 3 * LONGEST
    stop = _CLAUSE_END.search(folded, end, reach)
    text = folded[end : stop.start() if stop else reach].strip(TRIM)
    while joined := _joined_verb().match(text):  # 制定|印发, 修订|完善
        text = text[joined.end() :].strip(TRIM)
    return text[:LONGEST] or None


@cache
def _joined_verb() -> re.Pattern:
    return re.compile(rf"(?:{'|'.join(sorted(ranks(), key=len, reverse=True))})(?![性化])(?=..)")


_UNIT_END = (
    r"(?:人民政府|政府|委员会|常委会|管委会|办公室|法制办|[一-鿿]局|[区县市镇]委|编办|部门|单位|机关|法院|检察院|街道|乡镇|镇街|镇|"
    r"中心|大队|中队|领导小组|党组|党委|党工委|法律顾问|公职律师|机构|司法所|组织部|宣传部|常务会议|负责人|工作人员|执法人员)"
)
_UNIT = rf"(?:[各全]?(?:[一-鿿]{{0,10}}?{_UNIT_END}){{1,3}})"
_ACTOR = re.compile(
    r"(?:^|[,;。])(?:[一二三四五六七八九十]是|同时,?|此外,?|由|其中,?|当前,?|今年以来,?|全年|\d{4}年,?)*"
    rf"({_UNIT}(?:(?:、|和|及|与){_UNIT})*)"
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


def _actor(folded: str, before: int) -> str | None:
    """Return the last unit named at the head of a clause before the verb, where it stands as its subject."""
    actor = None
    for found in _ACTOR.finditer(folded, 0, before):
        if not _not_actor().match(found[1]) and not _AFTER_ACTOR.match(folded, found.end()):
            actor = found[1]
    return actor
