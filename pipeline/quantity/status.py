"""Tell whether a figure is reached (`actual`) or asked for (`target`), from its words, its section and the report's genre."""

import re
from functools import cache
from typing import Literal

from pipeline import codebook
from pipeline.quantity import Quantity

ACTUAL, TARGET = "actual", "target"
REACH = 80  # characters before a figure that may decide its status
CLAUSE = re.compile(r"[。;；!！?？]")
# 每年…2次以上, 每人不少于: a norm that returns every period is asked for, whoever states it.
PERIODIC = re.compile(r"每(?:年|月|周|季|半年|人|名|个|两年|季度|家|所|年度)[^,。;；]{0,24}$")
# A floor or ceiling inside such words is the state of things, not a demand: 均不低于90%.
KEPT = re.compile(r"(?:已|均|都|保持|稳定|始终|一直|实际|连续)[^,。;]{0,4}$")
# What a title or a quotation says (《关于…要求》, “我要开超市”) is not said of the figure; nor is 要落实的 in 要落实的任务100项.
# The pattern opens with one class of characters, so that the search leaps over all others.
ASIDE = re.compile(
    r"[《“以过原此要应须需](?:(?<=《)[^《》]*+》|(?<=“)(?!十)[^“”]{0,30}+”"
    r"|(?:(?<=[以此])前|(?<=过)去|(?<=原)[来先])[都还得]?(?:需要|[要需须])"
    r"|(?<=[要应须需])[^,，。;；、应]{1,6}的(?![^,。;]{0,12}%))"
)
DEMANDED = re.compile(r"的(?:规定|目标|最低)?要求")  # 达不到每年40学时的要求
PAST_YEAR = re.compile(r"((?:19|20)[0-9]{2})年(?:底|末)?(?:的|为|达|达到|已达)?$")
# 2024年,…: the year with which a sentence of a plan opens.
ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)[0-9]{2})年")
COMPARED = (
    "比",
    "较",
    "与",
    "在",
    "以",
    "按",
    "从",
    "由",
    "自",
)  # a year after these is only a measure of another
ABLE = re.compile(r"就(?:能|可)|即可")  # 步行不超过15分钟就能办事: a state, told as a ceiling
OPENING_YEAR = re.compile(r"[^。;;!?]{0,6}?((?:19|20)[0-9]{2})年(?:度|来|底|末)?[,，]?")
RAISED = re.compile(r"(?:增|升|提高|提升|扩大|扩|降|减|压缩|缩短|达)[^,。;]{0,3}[到至为]$")
FROM = re.compile(r"(?:由|从)[^,。;]{0,12}$")
TO = re.compile(r"[^,。;]{0,6}?(?:提高|提升|增|升|降|减|缩短|压|扩|上升|下降)[^,。;]{0,4}?[到至为]")


class Cue(codebook.Entry):
    """One entry of status_cues.yaml."""

    kind: Literal[
        "target",
        "actual",
        "plan_heading",
        "past_heading",
        "plan_table",
        "not_plan_heading",
        "mixed_heading",
        "plan_opening",
    ]
    words: list[str] = []
    pattern: str = ""
    strong: bool = False
    not_after: str = ""
    not_before: str = ""


@cache
def _pattern(kind: str) -> re.Pattern:
    (cue,) = (cue for cue in codebook.load("status_cues", Cue) if cue.kind == kind)
    return re.compile(cue.pattern)


@cache
def _cues(kind: str, strong: bool) -> re.Pattern:
    """Join the cues of a kind into one pattern; with `strong` only those that hold in a plan.

    Each alternative begins with the first character of its cue, so that the search leaps over all others.
    """
    parts = []
    for cue in codebook.load("status_cues", Cue):
        if cue.kind != kind or (strong and not cue.strong):
            continue
        ahead = f"(?![{cue.not_before}])" if cue.not_before else ""
        for word in sorted(cue.words, key=len, reverse=True):
            behind = f"(?<![{cue.not_after}]{word[0]})" if cue.not_after else ""
            parts.append(f"{word[0]}{behind}{re.escape(word[1:])}{ahead}")
    return re.compile("|".join(parts))


def is_plan_heading(title: str) -> bool | None:
    """Tell whether a heading announces what will be done; None where it joins a plan to something else.

    >>> is_plan_heading("2024年工作安排"), is_plan_heading("工作计划完成情况"), is_plan_heading("问题和下步打算")
    (True, False, None)
    """
    if not _pattern("plan_heading").search(title):
        return False
    if _pattern("mixed_heading").search(title):
        return None
    return not _pattern("not_plan_heading").search(title)


def is_plan_table(caption: str) -> bool:
    """Tell whether the table under a caption lists what will be done (任务分解表) rather than what was (情况统计表)."""
    return bool(_pattern("plan_table").search(caption)) and not _pattern("not_plan_heading").search(caption)


def opens_plan(folded_sentence: str) -> bool:
    """Tell whether the report turns to its plan with this sentence (下一步，我县将…)."""
    return bool(_pattern("plan_opening").match(folded_sentence))


def looks_back(title: str) -> bool:
    """Tell whether a heading of a plan speaks of what there is already (基本情况, 工作基础)."""
    return bool(_pattern("past_heading").search(title)) and not is_plan_heading(title)


def of(folded_sentence: str, quantity: Quantity, planned: bool, year: str | None = None) -> str:
    """Judge one quantity; `planned` says that its section or report speaks of what will be done, from `year` on."""
    start = quantity.start
    if DEMANDED.match(folded_sentence, quantity.end):
        return TARGET
    before = ASIDE.sub("", CLAUSE.split(folded_sentence[max(0, start - REACH) : start])[-1])
    asked = _last(_cues(TARGET, False), before)
    done = _done(before, asked, planned)
    if planned:
        return _in_plan(folded_sentence, quantity, before, asked, done, year)
    if ABLE.match(folded_sentence, quantity.end):
        return ACTUAL
    if quantity.requirement or PERIODIC.search(before) and quantity.bound != quantity.bound_if_target:
        return ACTUAL if KEPT.search(before) and (done >= 0 or asked < 0) else TARGET
    return TARGET if asked > done else ACTUAL


def _in_plan(sentence: str, quantity: Quantity, before: str, asked: int, done: int, year: str | None) -> str:
    """Judge a figure among what will be done: reached are a starting level, a past year's level, and what is told as past."""
    if FROM.search(before) and TO.match(sentence, quantity.end):
        return ACTUAL
    named = PAST_YEAR.search(before)
    if named:
        return ACTUAL if year and named.group(1) < year else TARGET
    if asked < 0 and _is_past(sentence, before, quantity.start, year):
        return ACTUAL
    if quantity.requirement or (RAISED.search(before) and "已" not in before):
        return TARGET
    opening = max(sentence.rfind(mark, 0, quantity.start) for mark in "。;；!?") + 1
    if LOOKING_BACK.match(sentence, opening) and asked < 0:
        return ACTUAL
    return ACTUAL if done > asked else TARGET


def _is_past(sentence: str, before: str, start: int, year: str | None) -> bool:
    """Tell whether a figure's comma clause names a year that is over when the plan begins, or its sentence opens with one."""
    if not year:
        return False
    clause = before[max(before.rfind(","), before.rfind("，")) + 1 :]
    own = [(named.start(), named.group(1)) for named in ANY_YEAR.finditer(clause)]
    if own and not clause[: own[-1][0]].endswith(COMPARED):
        return own[-1][1] < year
    opening = OPENING_YEAR.match(sentence, max(sentence.rfind(mark, 0, start) for mark in "。!?") + 1, start)
    if not opening or opening.group(1) >= year:
        return False
    return all(later < year for later in ANY_YEAR.findall(sentence, opening.end(), start))


def _done(before: str, asked: int, planned: bool) -> int:
    """Return where the last word of the past stands that reaches the figure, -1 if none.

    A plan looks back only within the figure's own comma clause; elsewhere the weak cues count only where a comma parts
    them from a demand before them.
    """
    strong = _last(_cues(ACTUAL, True), before)
    comma = max(before.rfind(","), before.rfind("，"))
    if planned:
        return strong if strong > comma else -1
    weak = _last(_cues(ACTUAL, False), before) if asked >= 0 else -1
    return max(strong, weak if "," in before[max(asked, 0) : weak + 1] else -1)


# 去年,…; 但仍有…: the sentence looks back, or at what is wrong now.
LOOKING_BACK = re.compile(
    r"\s*(?:但|然而|仍|尚|“?十[一二三]五”?(?:时期|期间|以来)|近(?:几|两|三|五)?年来?|过去|去年|上一?年|截[至止]|[^,。;]{2,16}以来|目前|现有)"
)


def _last(pattern: re.Pattern, text: str) -> int:
    last = -1
    for found in pattern.finditer(text):
        last = found.start()
    return last
