"""Judge the numerals that mislead: one to ten in Chinese, bare 百 and 千, days, years and labels."""

import re
from functools import cache
from typing import Literal

from pipeline import codebook
from pipeline.quantity import exclusions, units
from pipeline.quantity.numerals import CHINESE_RUN
from pipeline.quantity.tails import Tail

CLAUSE_END = re.compile(r"\s*(?:$|[,，。;；、:：!！?？()（）】\n]|和|及|与|[0-9])")
SECONDARY = frozenset("次轮期段元倍位批遍届首流")  # 二次污染, 二轮: 二 before these is the second, not two
ONE_END = re.compile(r"\s*(?:$|[,，。;；、()（）])")
BESIDE = 30  # characters; a count so near before lends its sense to 一 (乱搭乱建22宗、乱挖乱采一处)
LABEL = re.compile(r"(?:^|\n)\s*$")
LABELLED = re.compile(r"[0-9]{1,2}\.[0-9]")
DURATION = re.compile(
    r"(?:满|为期|任期|期限|期限为|有效期|有效期为|保存|长达|历时|工作|从业|时限|时限为|延长|周期为?|需|年限"
    r"|(?:缩短|压缩|压减|减少|调整|减|降)[至到为]?|由(?:法定|原来|规定)?的?|从(?:法定|原来|规定)?的?|法定|原来的)\s*$"
)
SHORTENED = re.compile(r"(?:压缩|缩短|压减|减少|减|降|提速|调整)")  # 60日压缩为15个工作日
HORIZON = re.compile(r"之?内")  # 三年内: a deadline of a plan, no length of time that is counted

# 一 counts only at the end of a clause and never in a pattern of one each (一村一顾问, 每月一次).
NOT_ONE = re.compile(
    r"(?:每|同|某|这|那|任何|统|唯|单|第|另|逐|一|各|万|之|不|如|专|划|合|归|哪|其|另外|同样|仅此|又|头|再|在|新|下|上|首|末|合|聚|走|拧|绑|联|亲如)$"
)
PERIODIC = re.compile(r"每(?:年|月|周|季|天|日|半年|季度|个月|人|次|两|三|逢|户|村)|一[^,，。;；]{1,6}一")
DENIED = re.compile(r"(?:未发生|没有发生|未出现|没有出现|未接到|未收到|未发现|没有|无|未)(?=一$|$)")
DENIED_REACH = 6


class Words(codebook.Entry):
    """One entry of counting_words.yaml."""

    kind: Literal["yields", "countable"]
    words: list[str]


@cache
def _words(kind: str) -> re.Pattern:
    words = [w for entry in codebook.load("counting_words", Words) if entry.kind == kind for w in entry.words]
    joined = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(rf"(?:{joined})$" if kind == "yields" else rf"[^,，。;；、“”]{{0,6}}?(?:{joined})")


def refuses(text: str, core: Tail) -> bool:
    """Tell whether what reads as number and unit is no figure, whatever marks of a bound stand around it."""
    number, group, unit = core.number, core.group, core.unit
    if core.bare or group is None:
        return False
    if exclusions.is_rank(text, number.start, unit):
        return True
    if unit == "次" and exclusions.is_session(text, number.start, core.end):
        return True
    if unit == "番" and "翻" not in text[max(0, number.start - 2) : number.start]:
        return True
    if number.form == "arabic":
        return _is_label(text, core) or unit == "级" or _is_slogan(text, core)
    if denied(text, core) is not None:
        return False
    if number.value <= 10 and units.makes_another_word(text, core.unit_end, group):
        return True
    return number.form != "bare" and group.kind == "category" and (unit == "级" or number.value <= 10)


def refuses_marked(text: str, core: Tail, mark, behind, floor: int) -> bool:
    """Tell whether it is no figure for want of a mark, or with those it has; `floor` is where the figure before it ended."""
    number, group = core.number, core.group
    if core.bare or group is None:
        return False
    marked = bool(mark or behind or core.inner)
    if group.kind == "calendar" and not _is_duration(text, core, mark, behind):
        return True
    if number.form == "arabic" or denied(text, core) is not None:
        return False
    if number.form == "bare":
        return not (marked or text[number.start - 1 : number.start] == "上")
    if number.value > 10 or number.value_max or number.vague:
        return False
    if number.value == 1:
        beside = floor > 0 and number.start - floor <= BESIDE
        return not _counts_one(text, core, beside, bool(mark and mark.mark.demands))
    return _is_name(text, core, marked)


def _is_duration(text: str, core: Tail, mark, behind) -> bool:
    """Tell a length of time (60日内, 满3年) from a date."""
    start = core.number.start
    if core.number.value >= 1900 and core.unit == "年":
        return False
    if text[start - 1 : start] in ("月", "年") and core.unit == "日":
        return False
    if core.unit == "年" and HORIZON.match(text, core.end):
        return False
    if (mark and text[mark.start : mark.end] != "近") or SHORTENED.match(text, core.end):
        return True
    return bool(behind or DURATION.search(text[max(0, start - 5) : start]))


# 实现3个100%, 5个一: 个 counts figures, not things; 15分钟服务圈 is a name.
COUNTS_FIGURES = re.compile(r"[“\"]?(?:[0-9]|一(?:[,。;、”\"]|$|工程|活动|批))")
CIRCLE = re.compile(r"[^,。;、]{0,10}圈")


def _is_slogan(text: str, core: Tail) -> bool:
    if core.kind == "time":
        return bool(CIRCLE.match(text, core.end))
    return core.unit == "个" and bool(COUNTS_FIGURES.match(text, core.end))


def _is_label(text: str, core: Tail) -> bool:
    """Tell a list number with the first words of its item (1.5个工作组) from a decimal."""
    number = core.number
    return (
        LABELLED.fullmatch(text, number.start, number.end) is not None
        and core.kind not in ("percent", "money", "multiple", "measure")
        and LABEL.search(text[: number.start]) is not None
    )


def _is_name(text: str, core: Tail, marked: bool) -> bool:
    """Tell whether a small Chinese numeral makes a name (三项制度) rather than a count (四件)."""
    if core.kind == "money" and not (marked or _ends(text, core.end)):  # 三元区, 一元化
        return True
    if core.kind in ("percent", "points", "money", "multiple", "measure"):
        return False
    if core.unit == "个" and COUNTS_FIGURES.match(text, core.end):
        return True
    small = core.group.small
    ends = _ends(text, core.end)
    if text[core.number.start : core.number.end] == "二" and core.unit in SECONDARY and not ends:
        return True
    if marked or (core.kind == "time" and core.unit != "月") or small == "always" or core.unit == "月":
        return False
    if small == "never":
        return True
    if ends and text[core.end : core.end + 1] not in ("“", "一", '"', "‘"):
        return False
    if text[core.end : core.end + 1] in ("“", "一", '"', "‘"):
        return True
    if _words("yields").search(text[max(0, core.number.start - 5) : core.number.start]):
        return False
    return not (core.unit == "个" and _words("countable").match(text, core.end))


def _ends(text: str, at: int) -> bool:
    """Tell whether the clause ends at `at`, or another count begins there (四批二十例; not 五讲四美)."""
    if CLAUSE_END.match(text, at):
        return True
    another = CHINESE_RUN.match(text, at)
    return bool(another and another.group() != "一" and units.at(text, another.end()))


def _counts_one(text: str, core: Tail, beside: bool, demanded: bool) -> bool:
    """Tell whether 一 counts: where one is demanded (至少有一名), else at the end of a clause in which it cannot mean a."""
    start, small = core.number.start, core.group.small
    if core.kind == "money":
        return bool(ONE_END.match(text, core.end))
    if core.kind in ("percent", "points", "multiple", "measure"):
        return True
    if core.kind in ("time", "calendar") or small == "never":
        return False
    if demanded and core.unit != "次":
        return True
    if small == "final" and not beside:
        return False
    if not start or not ONE_END.match(text, core.end) or NOT_ONE.search(text[max(0, start - 2) : start]):
        return False
    clause = text[max(text.rfind(c, 0, start) for c in ",;。,") + 1 : core.end]
    return not PERIODIC.search(clause)


def denied(text: str, core: Tail) -> int | None:
    """Return where a denial of a single case begins (无一例, 未发生一起), else None."""
    start = core.number.start
    if core.number.value != 1 or core.group is None or text[start] != "一":
        return None
    window = text[max(0, start - DENIED_REACH) : start]
    match = DENIED.search(window) if "未" in window or "无" in window or "没" in window else None
    return start - len(window) + match.start() if match else None
