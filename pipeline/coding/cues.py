"""Find the cues that tell whether a sentence states a measure and where it stands, and add them up."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal, NamedTuple

import numpy as np

from pipeline import codebook
from pipeline.coding.lines import END, Lines, distinct, firsts, places
from pipeline.coding.patterns import Finder, Hits, Pattern

DONE, ONGOING, PROBLEM, FRAMING, NOTHING = "done", "ongoing", "problem", "framing", "nothing"
SENTENCE_KINDS = (
    DONE,
    ONGOING,
    "planned",
    PROBLEM,
    FRAMING,
    "problem_opening",
    "plan_opening",
    "habit",
    "remedy",
    "concession",
    NOTHING,
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
def meanings() -> dict[str, str]:
    """Return what each entry of the codebook speaks for."""
    return {name: cue.speaks_for for name, cue in _entries().items()}


@cache
def _finder(sections: bool) -> Finder:
    return Finder(
        Pattern(cue.weight, cue.name, text)
        for cue in _entries().values()
        if (cue.speaks_for in SECTION_KINDS) == sections
        for text in cue.cues
    )


# The patterns that look for one character name it first, and only then what must or may not stand before it: so the
# regex engine skips to it, several times as fast.
# 了 behind a verb: not in 为了, 除了, 了解, 了如指掌.
_PARTICLE = re.compile(r"了(?<=[一-鿿]了)(?<![为除临]了)(?![解如])")
_NUMERALS = "一二三四五六七八九十百千万两数几"
_COUNT = rf"(?:(?<=\d)[\d.,]*|(?<=[{_NUMERALS}])[{_NUMERALS}]*)(?:余|多|来)?(?:万|亿)?(?:余|多)?"
_UNITS = "件份次场期起宗条名户家项批例处台辆支部册篇课节卷天站所年张本套座堂轮讲吨亩笔枚篇间幢"
_CLASSIFIER = (
    r"(?:%|个百分点|成(?![立员为效果功])|人(?![民大员])|个(?![性人])|万?元|余?人次|小时|平方米|公里|公斤|"
    rf"[{_UNITS}])"
)
_FIGURE = re.compile(rf"[\d{_NUMERALS}](?:(?<=百)分之[一-鿿]{{1,6}}|(?<![第—\-\d].){_COUNT}{_CLASSIFIER})")
# Where nothing like it begins (百分之 included) there is no figure: found in a fifth of the time.
_LIKE_A_FIGURE = re.compile(rf"[%个成人万元余小平公分{_UNITS}](?<=[\d.,余多来亿{_NUMERALS}].)")
_NORM = re.compile(
    r"(?:每年|每月|每季度|每半年|每周|每人|每个)[^,;。]{0,24}$|(?:不少于|不低于|至少|不超过|控制在|力争|确保|提高到)[^,;。]{0,6}$"
)
_NORM_BEHIND = re.compile(r"(?:以内|以上的|以下的|年内|个工作日|学时|内)")
_NOT_COUNTED = re.compile(
    r"[“《\d一二三四五六七八九十第](?:(?<=“)[^“”]{1,14}”|(?<=《)[^《》]*》|(?<=\d)\d{3}年(?:度|底|以来|前)?"
    r"|(?<=一)(?![次件场起宗名户家例成百千万十])|(?<=三)项制度|(?<=一)次性|(?<=第)[一二三四五六七八九十\d]+[一-鿿]"
    r"|(?<=[一二三四五六七八九十])是)"
)


def counted(folded: str) -> bool:
    """Tell whether a sentence reports a figure that was reached.

    >>> counted("全年办理案件28件"), counted("每年培训不少于60学时"), counted("落实三项制度")
    (True, False, False)
    """
    bare = _NOT_COUNTED.sub("。", folded)
    return any(
        not _NORM_BEHIND.match(bare, figure.end())
        and not _NORM.search(bare, max(0, figure.start() - 30), figure.start())
        for figure in _FIGURE.finditer(bare)
    )


def holds_figure(folded: str) -> bool:
    """Tell whether a sentence holds a figure at all, reached or asked for."""
    return _FIGURE.search(_NOT_COUNTED.sub("。", folded)) is not None


# 要 behind a subject: not in 重要, 需要, 要求, 要素.
_OUGHT = re.compile(r"要(?<![重主需必紧摘纪纲概提只]要)(?![求件素点闻义,。、])")


def _with(pattern: re.Pattern) -> Callable[[Lines], np.ndarray]:
    """Return what numbers the sentences in which a pattern, which never crosses `END`, stands."""
    return lambda lines: lines.of(places(pattern, lines.text))


def _counting(lines: Lines) -> np.ndarray:
    likely = distinct(lines.of(places(_LIKE_A_FIGURE, lines.text))).tolist()
    return np.array([number for number in likely if counted(lines.each[number])], int)


RULES = {"particle": _with(_PARTICLE), "figure": _counting, "ought": _with(_OUGHT)}


class Cues(NamedTuple):
    """What the cues of a sentence add up to.

    First, by kind (`SENTENCE_KINDS`), how much speaks for it. Then the entries that fired; how many watchwords; what the first
    cue speaks for: done, ongoing, or "" for neither; and whether one leaves no doubt that the act is over: 了, a figure, a
    finished act.
    """

    done: float
    ongoing: float
    planned: float
    problem: float
    framing: float
    problem_opening: float
    plan_opening: float
    habit: float
    remedy: float
    concession: float
    nothing: float
    names: list[str]
    watchwords: int
    opens: str
    over: bool


class _Known:
    """The codebook's entries on sentences, by name, and its patterns, by their places in `Finder.patterns`: as numbers."""

    def __init__(self):
        entries = {name: cue for name, cue in sorted(_entries().items()) if cue.speaks_for in SENTENCE_KINDS}
        patterns = _finder(False).patterns
        texts = sorted({pattern.text for pattern in patterns})
        number = {name: each for each, name in enumerate(entries)}
        self.names = list(entries)
        self.kind = np.array([SENTENCE_KINDS.index(cue.speaks_for) for cue in entries.values()])
        self.weight = np.array([cue.weight for cue in entries.values()])
        self.over = (self.kind == _KIND[DONE]) & (self.weight >= ACT)
        self.rules = [(number[name], RULES[cue.rule]) for name, cue in entries.items() if cue.rule]
        self.entry = np.array([number[pattern.code] for pattern in patterns])
        self.text = np.array([texts.index(pattern.text) for pattern in patterns])


_KIND = {kind: number for number, kind in enumerate(SENTENCE_KINDS)}
# An entry of this weight that speaks for done leaves no doubt.
ACT = 2.0


@cache
def _known() -> _Known:
    return _Known()


def add_up(lines: Lines) -> list[Cues]:
    """Add up the cues of each sentence; each entry of the codebook counts once."""
    known, bodies = _known(), _bodies(lines)
    hits = _told(bodies.text)
    within, entries, size = bodies.of(hits.starts), known.entry[hits.patterns], len(bodies.each)
    fired = [within * len(known.names) + entries]
    fired += [rule(bodies) * len(known.names) + entry for entry, rule in known.rules]
    fired_in, fired = np.divmod(distinct(np.concatenate(fired)), len(known.names))
    place = (
        fired_in * len(SENTENCE_KINDS) + known.kind[fired]
    )  # in order of names, so that sums are always the same
    scores = np.bincount(place, known.weight[fired], size * len(SENTENCE_KINDS)).reshape(
        size, len(SENTENCE_KINDS)
    )
    names = [known.names[entry] for entry in fired.tolist()]
    over = np.bincount(fired_in[known.over[fired]], minlength=size) > 0
    columns = (
        *scores.T.tolist(),
        [names[start:end] for start, end in bodies.runs(fired_in)],
        _watchwords(within, hits, size),
        _opens(within, hits, size),
        over.tolist(),
    )
    return list(map(Cues._make, zip(*columns, strict=True)))


def _watchwords(lines: np.ndarray, hits: Hits, size: int) -> list[int]:
    """Count the different watchwords of each sentence."""
    known = _known()
    ours = known.kind[known.entry[hits.patterns]] == _KIND[FRAMING]
    texts = len(hits.patterns) + len(known.text)
    different = distinct(lines[ours] * texts + known.text[hits.patterns[ours]])
    return np.bincount(different // texts, minlength=size).tolist()


def _opens(lines: np.ndarray, hits: Hits, size: int) -> list[str]:
    """Return what the first cue of each sentence that speaks for done or ongoing speaks for."""
    known = _known()
    opens = [""] * size
    kind = known.kind[known.entry[hits.patterns]]
    ours = np.flatnonzero((kind == _KIND[DONE]) | (kind == _KIND[ONGOING]))
    first = ours[firsts(lines[ours])]
    for number, speaks_for in zip(lines[first].tolist(), kind[first].tolist(), strict=True):
        opens[number] = SENTENCE_KINDS[speaks_for]
    return opens


# What is quoted, lies before the time reported, or only says on what occasion, is not what the sentence says was done.
# Each way is told by its first character, what must stand before it comes after: so the regex engine skips to it.
_ASIDE = re.compile(
    rf"自(?<![^{END}]自)[^,。;{END}]{{2,120}}?以来,?|“(?![一二三四五六七八九十两]个)[^“”{END}]*”|《[^《》{END}]*》"
    rf"|在(?<![^,;{END}]在)[^,;。{END}]{{2,50}}?(?:中|时|过程中|事项中|方面)(?=[,积充要均])"
)


def _bodies(lines: Lines) -> Lines:
    """Return the sentences without what is said aside."""
    return Lines(_ASIDE.sub("“”", lines.text).split(END)[:-1])


# 证据不足的案件 is a kind of case, not a lack of one's own; 人手不足的问题 is.
_OTHERS = re.compile(r"的(?!问题|现象|情况|情形|地方|短板|矛盾)")


def _told(text: str) -> Hits:
    """Return the cues of a text, without those inside a longer noun that only looks like one, and without lacks of others."""
    hits = _finder(False).find(text)
    kind = _known().kind[_known().entry[hits.patterns]]
    nouns = kind == _KIND[NOTHING]  # what holds another comes before it
    told = ~nouns & (hits.ends > np.maximum.accumulate(np.where(nouns, hits.ends, 0)))
    lacks = np.flatnonzero(told & (kind == _KIND[PROBLEM]))
    told[lacks] = [not _OTHERS.match(text, end) for end in hits.ends[lacks].tolist()]
    return hits.only(told)


def section_kinds(titles: Sequence[str]) -> dict[str, str]:
    """Say what sections hold, from their headings: `problem`, `plan`, `framing`, `review`, or "" where one does not say.

    >>> section_kinds(["二、存在的主要问题", "三、2024年工作安排", "强化执法监督"])
    {'二、存在的主要问题': 'problem', '三、2024年工作安排': 'plan', '强化执法监督': ''}
    """
    lines, finder = Lines(list(dict.fromkeys(titles))), _finder(True)
    hits, kinds = finder.find(lines.text), dict.fromkeys(lines.each, "")
    last = np.lexsort((hits.starts, -hits.ends, line := lines.of(hits.starts)))
    for place in last[firsts(line[last])].tolist():
        entry = _entries()[finder.patterns[hits.patterns[place]].code]
        kinds[lines.each[line[place]]] = entry.speaks_for.removeprefix("section_")
    return kinds
