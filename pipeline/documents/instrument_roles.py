"""Judge a 《document》 by the words around it: issued here, the basis of what is done, or merely cited."""

import re
from functools import cache
from typing import Literal, NamedTuple

from pipeline import codebook
from pipeline.documents import jurisdiction
from pipeline.documents.jurisdiction import Locality
from pipeline.fold import fold
from pipeline.phrases import Found, Phrases

Role = Literal["issued", "basis", "cited"]
_REACH = 90  # characters before a title that may hold its verb
_BEHIND = 40  # characters behind it


class Cue(codebook.Entry):
    """Words that give a document near them a role."""

    role: Role
    place: Literal["before", "light", "noun", "after"]
    phrases: list[str]


class Verdict(NamedTuple):
    """A role and why: the words that decided, or `title` where the words around say nothing."""

    role: Role
    why: str


class Surroundings(NamedTuple):
    """The folded text around one enumeration of titles, the insides of titles blanked: `before`《…》`behind`."""

    before: str
    behind: str


# 新修订的《行政复议法》: the verb tells the law's age, not what this locality does with it.
_NEWLY = re.compile(r"(?:最?新近?|刚刚?|近期|最近)$")
_QUALIFYING = re.compile(
    r"的|(?:制度|工作|机制|标准|情况|责任|程序|平台|体系|事项|清单|目录|流程|制|范围|质量|意见|方案|会议|会|主体|人员|能力|水平|力度|过程|率)"
)
_EMBEDS = re.compile(
    r"的?[^,。;《]{0,12}(?:方案|意见|措施|办法|细则|计划|清单|分工|通知|规划|要点|制度|台账|分解|机制|意见书)"
)
_TAIL = re.compile(
    r"\s*(?:\([^()]{0,60}\))?\s*等?(?:\d+|[一二三四五六七八九十两几多数]+)?[余多]?(?:部|件|项|个|份|类|种|套)?(?:\([^()]{0,20}\))?"
    r"(?:有关|相关|配套|党内|地方性|重要|系列|一系列|多部|与[^,。;]{0,10}相关的?)?"
    r"(?:法律法规规章|法律法规|法律、法规|法律|法规|规章|规范性文件|政策文件|制度文件|文件|党内法规|政策|制度|规定|内容|办法|知识)?的?"
)
# A clause between the verb's clause and the title that adds no verb of its own: 制定了三项制度,分别是《…》
_IDLE = re.compile(
    r"(?:以及|及|并|和|其中|包括|特别是|尤其是|即|分别是|分别为|如|例如|比如|为|有|主要有|含|涵盖|是|重点是|还有|先后|以及区|以及县)?[:\s]*"
)
_DOCUMENT = re.compile(
    r"(?:法|法典|条例|规定|办法|意见|通知|方案|规划|纲要|计划|清单|要点|制度|细则|决定|指引|标准|措施|规则|规程|目录|指南|准则|章程|公告|"
    r"通告|批复|函|责任书|协议|协议书|决议|解释|规范|机制|流程|预案|令|事项|基准|体系|责任制|纪要|报告|备忘录|公约|守则|宪法|十条|分工|任务)"
    r"(?:[(〔].{0,30}[)〕])?$"
)
_LATER = re.compile(r"(?:以来|之后|以后|后|之际|之日|\d*周年)")
_PRINTED_LAW = ("编印", "印制", "印发", "制作", "汇编", "编写", "发放", "刊印", "张贴")


def judge(title: str, told: Verdict | None, around: Surroundings, locality: Locality) -> Verdict:
    """Return the role of a document from its title and what `from_words` tells of its enumeration.

    >>> here = Locality("county", ("郓城县", "郓城"))
    >>> around = Surroundings("出台《", "》,依法启动程序")
    >>> judge("行政败诉案件责任追究办法", from_words(around, here), around, here)
    Verdict(role='issued', why='出台')
    >>> around = Surroundings("发放《", "》漫画读本等资料")
    >>> judge("民法典", from_words(around, here), around, here)
    Verdict(role='cited', why='发放')
    """
    if told and told.role != "issued":
        return told
    home = jurisdiction.of_title(title, locality)
    verdict = told or _from_title(title, home, around)
    if verdict.role == "issued" and home == "higher":
        printed = verdict.why in _PRINTED_LAW and jurisdiction.is_statute(title)
        return Verdict("cited" if printed else "basis", verdict.why)
    return verdict


def _from_title(title: str, home: str | None, around: Surroundings) -> Verdict:
    """Judge where no strong verb tells: by whose name the title bears, a light verb, and the kind of document."""
    if home == "own":
        return Verdict("issued", "title")
    light = _light(_clauses(around.before)[0])
    return light or Verdict("basis" if _DOCUMENT.search(title) else "cited", "title")


def from_words(around: Surroundings, locality: Locality) -> Verdict | None:
    """Return the role that the words around an enumeration give all its titles, None where they say nothing."""
    clause, earlier = _clauses(around.before)
    before = _before(clause, around.behind, locality)
    noun = _noun(around.behind)
    if noun and (before is None or (before.role == "issued" and noun.role != "issued")):
        return noun
    return (
        before
        or _after(around.behind, locality)
        or (_before(earlier, around.behind, locality) if earlier else None)
    )


def _clauses(before: str) -> tuple[str, str]:
    """Split what stands before a title into its own clause and, if that clause is idle, the one before it."""
    cut = max(before.rfind(","), before.rfind(":"))
    clause = before[cut + 1 :]
    idle = _IDLE.fullmatch(clause.rstrip("《 "))
    return clause, before[:cut] if idle and cut >= 0 else ""


def _before(clause: str, behind: str, locality: Locality) -> Verdict | None:
    hits = _verbs(clause)
    if not hits:
        return None
    cluster = _cluster(clause, hits)
    roles = [hit.key for hit in cluster]
    if "issued" in roles and roles[-1] == "basis" and _EMBEDS.match(behind[1:]):
        return Verdict("basis", _words(clause, cluster[-1:]))  # 制定贯彻落实《…》的实施方案
    for role in ("issued", "basis", "cited"):
        if role in roles:
            return _unless_from_above(role, clause, cluster, locality)
    return None


def _verbs(clause: str) -> list[Found]:
    """Return the cues of a clause that can govern the title at its end; one that qualifies a noun cannot."""
    hits = [hit for hit in _cues("before").longest(clause) if not _NEWLY.search(clause[: hit.start])]
    while len(hits) > 1 and _QUALIFYING.match(clause, hits[-1].end):
        hits.pop()  # 执行国务院出台的《…》, 制定执法公示制度、《…》: the clause's own verb decides
    return hits


def _light(clause: str) -> Verdict | None:
    hits = _cues("light").longest(clause)
    return Verdict(hits[-1].key, _words(clause, hits[-1:])) if hits else None


def _cluster(clause: str, hits: list[Found]) -> list[Found]:
    """Return the last hit and those that touch it: 制定实施, 修订和完善, 起草并印发."""
    cluster = [hits[-1]]
    for hit in reversed(hits[:-1]):
        if not re.fullmatch(r"[、和并及与]?(?:严格|正式|组织|认真)?", clause[hit.end : cluster[0].start]):
            break
        cluster.insert(0, hit)
    return cluster


def _unless_from_above(role: Role, clause: str, cluster: list[Found], locality: Locality) -> Verdict:
    why = _words(clause, cluster)
    if role == "issued" and jurisdiction.acts_from_above(clause[: cluster[0].start], locality):
        return Verdict("basis", why)
    return Verdict(role, why)


def _words(clause: str, cluster: list[Found]) -> str:
    return clause[cluster[0].start : cluster[-1].end].rstrip("《")


def _noun(behind: str) -> Verdict | None:
    """Judge by the noun a title qualifies: 《民法典》漫画读本, 《纲要》实施方案, 《…条例》等法律法规宣传活动."""
    start = _TAIL.match(behind[1:]).end() + 1
    for at in {1, start}:
        pattern, roles = _nouns()
        if noun := pattern.match(behind, at, at + 12):
            return Verdict(roles[noun.group()], noun.group())
    return None


@cache
def _nouns() -> tuple[re.Pattern, dict[str, Role]]:
    """Return a pattern of the nouns that titles qualify, the longest first, and the role each gives."""
    cues = (cue for cue in codebook.load("instrument_roles", Cue) if cue.place == "noun")
    roles = {fold(phrase): cue.role for cue in cues for phrase in cue.phrases}
    return re.compile("|".join(map(re.escape, sorted(roles, key=len, reverse=True)))), roles


def _after(behind: str, locality: Locality) -> Verdict | None:
    clause = re.split(r"[,。;:《]", behind[1:])[0]
    hits = _cues("after").longest(clause)
    if not hits:
        return None
    hit = hits[0]
    why = clause[hit.start : hit.end]
    if hit.key == "issued" and (
        _LATER.match(clause, hit.end) or jurisdiction.acts_from_above(clause[: hit.start], locality)
    ):
        return Verdict("basis", why)
    return Verdict(hit.key, why)


@cache
def _cues(place: str) -> Phrases:
    cues = codebook.load("instrument_roles", Cue)
    return Phrases({phrase: cue.role for cue in cues if cue.place == place for phrase in cue.phrases})


def surroundings(masked: str, start: int, end: int, first: int, last: int) -> Surroundings:
    """Cut what stands before and behind the titles `masked[start:end]` within their sentence `first` to `last`."""
    before = masked[max(first, start - _REACH) : start + 1]
    before = before[max(before.rfind(mark) for mark in "。!?;") + 1 :]
    opening = _unclosed_bracket(before)
    return Surroundings(before[opening:], masked[end - 1 : min(last, end + _BEHIND)])


_OPENING = re.compile(r"[(\[【]")


def _unclosed_bracket(before: str) -> int:
    """Return where an open bracket begins that the title stands in, else 0."""
    if not _OPENING.search(before):
        return 0
    depth = 0
    for at in range(len(before) - 1, -1, -1):
        depth += (before[at] in ")]】") - (before[at] in "([【")
        if depth < 0:
            return at + 1
    return 0
