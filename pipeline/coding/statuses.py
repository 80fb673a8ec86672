"""Judge whether a sentence states a measure and where it stands, from its cues and the place it stands in."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from pipeline import codebook
from pipeline.coding.patterns import Finder, Pattern

SENTENCE_KINDS = (
    "done",
    "ongoing",
    "planned",
    "problem",
    "framing",
    "problem_opening",
    "plan_opening",
    "habit",
    "remedy",
    "concession",
    "nothing",
)
SECTION_KINDS = ("section_problem", "section_plan", "section_framing", "section_review")


class Cue(codebook.Entry):
    """Words that say the same of a sentence (or, for section_…, of the section under a heading)."""

    name: str
    speaks_for: Literal[*SENTENCE_KINDS, *SECTION_KINDS]  # type: ignore[valid-type]
    weight: float
    cues: list[str] = []
    rule: Literal["", "particle", "figure", "ought"] = ""


@cache
def _entries() -> dict[str, Cue]:
    return {cue.name: cue for cue in codebook.load("statuses", Cue)}


@cache
def _finder(sections: bool) -> Finder:
    return Finder(
        Pattern(cue.weight, cue.name, text)
        for cue in _entries().values()
        if (cue.speaks_for in SECTION_KINDS) == sections
        for text in cue.cues
    )


# 了 behind a verb: not in 为了, 除了, 了解, 了如指掌.
_PARTICLE = re.compile(r"(?<=[一-鿿])(?<![为除临])了(?![解如])")
_COUNT = r"(?:\d[\d.,]*|[一二三四五六七八九十百千万两数几]+)(?:余|多|来)?(?:万|亿)?(?:余|多)?"
_CLASSIFIER = (
    r"(?:%|个百分点|成(?![立员为效果功])|人(?![民大员])|个(?![性人])|万?元|余?人次|小时|平方米|公里|公斤|"
    r"[件份次场期起宗条名户家项批例处台辆支部册篇课节卷天站所年张本套座堂轮讲吨亩笔枚篇间幢])"
)
_FIGURE = re.compile(rf"(?:百分之[一-鿿]{{1,6}}|(?<![第—\-\d]){_COUNT}{_CLASSIFIER})")
# Where there is nothing like it there is no figure: found in a fifth of the time.
_LIKE_A_FIGURE = re.compile(rf"百分之|[\d.,一二三四五六七八九十百千万两数几余多来亿]{_CLASSIFIER}")
_NORM = re.compile(
    r"(?:每年|每月|每季度|每半年|每周|每人|每个)[^,;。]{0,24}$|(?:不少于|不低于|至少|不超过|控制在|力争|确保|提高到)[^,;。]{0,6}$"
)
_NORM_BEHIND = re.compile(r"(?:以内|以上的|以下的|年内|个工作日|学时|内)")
_NOT_COUNTED = re.compile(
    r"“[^“”]{1,14}”|《[^《》]*》|\d{4}年(?:度|底|以来|前)?|一(?![次件场起宗名户家例成百千万十])|三项制度|一次性|第[一二三四五六七八九十\d]+[一-鿿]|[一二三四五六七八九十]是"
)


def counted(folded: str) -> bool:
    """Tell whether a sentence reports a figure that was reached.

    >>> counted("全年办理案件28件"), counted("每年培训不少于60学时"), counted("落实三项制度")
    (True, False, False)
    """
    if not _LIKE_A_FIGURE.search(folded):
        return False
    bare = _NOT_COUNTED.sub("。", folded)
    return any(
        not _NORM.search(bare, max(0, figure.start() - 30), figure.start())
        and not _NORM_BEHIND.match(bare, figure.end())
        for figure in _FIGURE.finditer(bare)
    )


# 要 behind a subject: not in 重要, 需要, 要求, 要素.
_OUGHT = re.compile(r"(?<![重主需必紧摘纪纲概提只])要(?![求件素点闻义,。、])")

RULES = {
    "particle": lambda folded: "了" in folded and bool(_PARTICLE.search(folded)),
    "figure": counted,
    "ought": lambda folded: "要" in folded and bool(_OUGHT.search(folded)),
}


class Cues(NamedTuple):
    """What the cues of a sentence add up to, by what they speak for; the entries that fired; how many watchwords; what the
    first cue speaks for: done, ongoing, or "" for neither; and whether one leaves no doubt that the act is over: 了, a
    figure, a finished act."""

    scores: dict[str, float]
    names: tuple[str, ...]
    watchwords: int
    opens: str = ""
    over: bool = False

    def of(self, kind: str) -> float:
        """Return the score of a kind, 0 where no cue speaks for it."""
        return self.scores.get(kind, 0.0)


# What is quoted, lies before the time reported, or only says on what occasion, is not what the sentence says was done.
_ASIDE = re.compile(
    r"^自[^,。;]{2,120}?以来,?|“(?![一二三四五六七八九十两]个)[^“”]*”|《[^《》]*》|(?:^|(?<=[,;]))在[^,;。]{2,50}?(?:中|时|过程中|事项中|方面)(?=[,积充要均])"
)


def cues(folded: str) -> Cues:
    """Add up the cues of a folded sentence; each entry of the codebook counts once."""
    body = _without_asides(folded)
    fired, watchwords, opens = {name for name, rule in _rules() if rule(body)}, set(), ""
    for name, kind, text in _told(body):
        fired.add(name)
        if kind == "framing":
            watchwords.add(text)
        elif not opens and kind in ("done", "ongoing"):
            opens = kind
    names = sorted(fired)
    scores: dict[str, float] = {}
    for name in names:
        kind, weight = _meanings()[name]
        scores[kind] = scores.get(kind, 0.0) + weight
    return Cues(scores, tuple(names), len(watchwords), opens, not fired.isdisjoint(_finished()))


def _without_asides(folded: str) -> str:
    told_by_sign = "“" in folded or "《" in folded or "在" in folded or folded.startswith("自")
    return _ASIDE.sub("“”", folded) if told_by_sign else folded


@cache
def _meanings() -> dict[str, tuple[str, float]]:
    """Return what each entry speaks for and how much it weighs."""
    return {name: (cue.speaks_for, cue.weight) for name, cue in _entries().items()}


@cache
def _finished() -> list[str]:
    """Return the entries that tell of an act that is over, whatever else is said."""
    return [name for name, (kind, weight) in _meanings().items() if kind == "done" and weight >= ACT]


@cache
def _rules() -> list[tuple[str, Callable[[str], bool]]]:
    return [(name, RULES[cue.rule]) for name, cue in _entries().items() if cue.rule]


# 证据不足的案件 is a kind of case, not a lack of one's own; 人手不足的问题 is.
_OTHERS = re.compile(r"的(?!问题|现象|情况|情形|地方|短板|矛盾)")


def _told(body: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, what it speaks for, and words of each cue, in order of the text.

    Left out are cues inside a longer noun that only looks like one (hits come by start, longer first), and lacks of others.
    """
    meanings, hidden_to = _meanings(), 0
    for _, minus_end, (_, name, text) in _finder(False).find(body):
        kind, end = meanings[name][0], -minus_end
        if kind == "nothing":
            hidden_to = max(hidden_to, end)
        elif end > hidden_to and not (kind == "problem" and _OTHERS.match(body, end)):
            yield name, kind, text


def section_kind(title: str) -> str:
    """Say what a section holds, from its heading: `problem`, `plan`, `framing`, `review`, or "" where it does not say.

    >>> section_kind("二、存在的主要问题"), section_kind("三、2024年工作安排"), section_kind("强化执法监督")
    ('problem', 'plan', '')
    """
    hits = _finder(True).find(title)
    if not hits:
        return ""
    _, _, last = max(hits, key=lambda hit: (-hit[1], -hit[0]))
    return _entries()[last.code].speaks_for.removeprefix("section_")


class Place(NamedTuple):
    """Where a sentence stands: what its section holds, whether before the first heading, and the report's genre."""

    section: str = ""
    preamble: bool = False
    genre: str = ""
    lead_in: bool = False


class Verdict(NamedTuple):
    """The judgement on a sentence and the reasons for it."""

    is_measure: bool
    status: str | None
    why: list[str]


# A figure, a 了 or a finished act outweighs any number of watchwords, and so does a theme named outright.
ACT, WATCHWORDS, THEMED = 2.0, 2, 3.0
# Verbs of making tell of the past alone; in a sentence that opens with a verb of keeping up, they need company.
MADE, BOTH = 1.5, 2.6
_DEFINES = re.compile(
    r"^[^,。]{2,30}(?:,)?(?:是|就是|不仅是)[^,。]{2,60}(?:重要|关键|根本|基础|保障|方式|要求|任务|内容|途径|支撑|需要|互补|主体|之一|之年|时期|所在|必由之路|应有之义|体现|前提|核心|标志|载体|窗口)"
)
_TABULAR = re.compile(r"\S\t+\S|^\s*注:")
_MOTTO = re.compile(r"^[“\"'][^”\"]{4,40}[”\"'][。!]?$")


def judge(folded: str, found: Cues, place: Place, themed: float) -> Verdict:
    """Judge one folded sentence; `themed` is the weight of its strongest theme pattern."""
    if ("\t" in folded or "注:" in folded) and _TABULAR.search(folded):
        return Verdict(False, None, ["row or note of a table"])
    if place.section == "framing" and not _FIGURE.search(_NOT_COUNTED.sub("。", folded)):
        return Verdict(False, None, ["section: framing"])
    if _is_problem(found, place):
        return Verdict(False, "problem", _why(found, "problem", place))
    if place.lead_in:
        return Verdict(False, None, ["lead-in"])
    if _is_framing(folded, found, place, themed):
        return Verdict(False, None, _why(found, "framing", place))
    status = _status(found, place)
    return Verdict(True, status, _why(found, status, place))


def _is_problem(found: Cues, place: Place) -> bool:
    if place.section == "problem":
        return not (found.of("plan_opening") and found.of("planned"))
    if place.section == "plan" or place.genre == "plan":
        return False
    lacking = found.of("problem_opening") or found.of("problem")
    if lacking and found.of("concession"):
        return True
    if found.of("problem_opening"):
        return not found.over
    mended = found.of("remedy") or found.of("done") or found.of("planned")
    return bool(found.of("problem")) and not mended


def _is_framing(folded: str, found: Cues, place: Place, themed: float) -> bool:
    if _MOTTO.match(folded.strip()):
        return True
    if _DEFINES.match(folded) and found.of("done") < ACT:
        return True
    if place.preamble:
        return bool(found.watchwords) or not (found.over and themed >= THEMED)
    outweighed = found.of("done") >= (ACT if found.watchwords >= 2 * WATCHWORDS else 1) or themed >= THEMED
    return found.watchwords >= WATCHWORDS and not outweighed


def _status(found: Cues, place: Place) -> str:
    if place.genre == "plan" or place.section == "plan":
        return "planned"
    done, ongoing, planned = found.of("done"), found.of("ongoing"), found.of("planned")
    if planned > done or (planned >= ACT and not found.over):
        return "planned"
    if found.over:
        return "done"
    if found.of("habit") or (found.opens == "ongoing" and done < BOTH):
        return "ongoing"
    return "done" if done >= MADE or done > ongoing else "ongoing"


def _why(found: Cues, kind: str, place: Place) -> list[str]:
    reasons = [f"section: {place.section}"] if place.section else []
    reasons += ["genre: plan"] if place.genre == "plan" else []
    return reasons + [name for name in found.names if _meanings()[name][0] == kind]
