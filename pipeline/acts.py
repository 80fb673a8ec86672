"""Read the frame of a sentence: who (a unit named before the verb), which act (the verb), on what (its object)."""

import re
from functools import cache
from typing import NamedTuple

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline import codebook


class Act(codebook.Entry):
    """Verbs of one sort; the lower the rank, the more they tell."""

    name: str
    rank: int
    verbs: list[str]


class Frame(NamedTuple):
    """Who did what to what, in the report's words; None where the sentence does not say."""

    actor: str | None
    action: str | None
    object: str | None


@cache
def ranks() -> dict[str, int]:
    """Return every verb with its rank."""
    return {verb: act.rank for act in codebook.load("acts", Act) for verb in act.verbs}


def matcher(vocab: Vocab) -> PhraseMatcher:
    """Return spaCy's matcher for verbs of governing: whole words of the sentence, never a part of one."""
    made = PhraseMatcher(vocab)
    made.add("ACT", [Doc(vocab, words=[verb]) for verb in ranks()])
    return made


def frame(doc: Doc, acts: list[tuple[int, int]], folded: str) -> Frame:
    """Read the frame from a sentence's tokens and the verbs matched among them.

    `acts` are token spans. A verb inside 《》 or inside a noun phrase (before 的) is no act.
    """
    outside = _QUOTED.sub(lambda quote: "“" * len(quote[0]), folded)
    best = None
    for start, end in sorted(acts):
        span = doc[start:end]
        verb = span[0].text
        rank = ranks()[verb]
        if outside[span.start_char] == "“" or folded[span.end_char : span.end_char + 1] == "的":
            continue
        if best is None or rank < best[0]:
            best = (rank, verb, span.start_char, span.end_char)
    if best is None:
        return Frame(_actor(folded, len(folded)), None, None)
    _, verb, start, end = best
    return Frame(_actor(folded, start), verb, _object(folded, start, end))


_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”")
_CLAUSE_END = re.compile(r"[,;。!?:\n]|(?<=》)(?=[^、《及和等(\[〔]|$)")
_BEFORE = re.compile(
    r"(?:^|[,;。])[^,;。]*?(?:将|把|对)([^,;。]{2,40}?)(?:进行了?|予以|全部|均|都|全面|依法|集中|统一|一律)?$"
)
_TRIM = "了着过的并及和、 　"
_LONGEST = 40


def _object(folded: str, start: int, end: int) -> str | None:
    moved = _BEFORE.search(folded, max(0, start - 60), start)
    if moved:
        return moved[1].strip(_TRIM)[:_LONGEST] or None
    stop = _CLAUSE_END.search(folded, end)
    text = folded[end : stop.start() if stop else len(folded)].strip(_TRIM)
    return text[:_LONGEST] or None


_UNIT_END = (
    r"(?:人民政府|政府|委员会|管委会|办公室|法制办|司法局|[一-鿿]局|[区县市镇]委|编办|部门|单位|机关|法院|检察院|街道|乡镇|镇街|镇|中心|大队|中队|领导小组|党组|党委|党工委|"
    r"法律顾问|公职律师|执法机构|复议机关|司法所|组织部|宣传部|常务会议|负责人|工作人员|执法人员)"
)
_UNIT = rf"(?:[各全]?[一-鿿]{{0,10}}?{_UNIT_END})"
_ACTOR = re.compile(
    rf"(?:^|[,;。])(?:同时,?|此外,?|由|其中,?|今年以来,?|\d{{4}}年,?)*({_UNIT}(?:(?:、|和|及|与){_UNIT})*)"
)
_NOT_ACTOR = re.compile(
    r"^(?:将|把|对|在|为|以|与|向|从|按|根据|加强|强化|推进|推动|完善|健全|落实|建立|制定|坚持|充分|进一步|深化|支持|提升|组织|开展|严格|规范|实行|优化)"
)
_AFTER_ACTOR = re.compile(
    r"(?:职能|职责|信息|网站|工作|数据|采购|诚信|立法|合同|规章|文件|督查|的|制度|机制|建设|会议|出庭|学法|队伍|之间|考核|对口|权|投入|决策)"
)


def _actor(folded: str, before: int) -> str | None:
    """Return the last unit named at the head of a clause before the verb, where it stands as its subject."""
    actor = None
    for found in _ACTOR.finditer(folded, 0, before):
        if not _NOT_ACTOR.match(found[1]) and not _AFTER_ACTOR.match(folded, found.end()):
            actor = found[1]
    return actor
