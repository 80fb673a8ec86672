"""Read the words that bound a number: before it (不低于), inside it (100余名) and after it (90%以上)."""

import re
from functools import cache
from typing import Literal, NamedTuple

from pipeline import codebook

LINKERS = "占为达有在要应"  # one such word may stand between a mark and its number: 约占三分之二, 至少有1名
WITHIN = r"[^,，。;；:：、!?！？0-9\n“”《》一二两三四五六七八九十百千万]"
REACH = 12  # characters looked back for a mark that stands apart from its number
# 预约3人 is an appointment, 最近3次 a recency and 村规民约3份 a covenant: no mark of approximation.
NOT_APPROX = {
    "约": "预签契违履解制公规节毁条邀特誓相简",
    "近": "最附临就靠邻接亲",
    "超": "反",
    "逾": "",
    "近约": "",
}


class Mark(codebook.Entry):
    """One entry of bounds.yaml."""

    marks: list[str]
    place: Literal["before", "inside", "after"]
    bound: Literal["approx", "over", "at_least", "at_most"]
    required: Literal["approx", "over", "at_least", "at_most"] | None = None
    gap: bool = False
    demands: bool = False
    only: list[str] = []


class Found(NamedTuple):
    """A mark where it stands."""

    start: int
    end: int
    mark: Mark


@cache
def _marks(place: str) -> dict[str, Mark]:
    return {word: m for m in codebook.load("bounds", Mark) if m.place == place for word in m.marks}


def over() -> Mark:
    """Return the mark of more than the number, for words that bound only some numerals (上百场)."""
    return _marks("before")["超过"]


@cache
def _by_letter(place: str, at: int) -> dict[str, list[tuple[str, Mark]]]:
    """Map the first (0) or last (-1) character of the marks to those marks, longest first."""
    words: dict[str, list[tuple[str, Mark]]] = {}
    for word, mark in sorted(_marks(place).items(), key=lambda each: -len(each[0])):
        words.setdefault(word[at], []).append((word, mark))
    return words


@cache
def _apart() -> re.Pattern:
    """Marks that may stand before the verb (至少创建5个)."""
    words = sorted((w for w, m in _marks("before").items() if m.gap), key=len, reverse=True)
    return re.compile(rf"({'|'.join(words)}){WITHIN}{{0,8}}$")


# 接近结案总数的两成: the mark stands before the whole that a share is taken of.
OF_WHOLE = re.compile(
    rf"(接近|将近|超过|不足|不到|约占|占近|超(?![限载标期市高前额员级越龄]))(?!{WITHIN}*[由从]){WITHIN}{{1,10}}的$|(不低于|不少于|不超过|不高于){WITHIN}{{1,8}}$"
)


def before(text: str, start: int, share: bool) -> Found | None:
    """Return the mark before the number at `start`; `share` says the number is a share of something."""
    end = start
    while end > 0 and start - end < 3 and text[end - 1] in " \n\r":
        end -= 1
    found = _adjacent(text, end)
    if not found and end > 1 and text[end - 1] in LINKERS:
        found = _adjacent(text, end - 1)
    return found or _from_afar(text, end, share)


def _adjacent(text: str, end: int) -> Found | None:
    for word, mark in _by_letter("before", -1).get(text[end - 1 : end], ()):
        start = end - len(word)
        if text.endswith(word, 0, end):
            earlier = text[start - 1 : start]
            if earlier and earlier in NOT_APPROX.get(word, "") or text.endswith("规民约", 0, end):
                return None
            return Found(start, end, mark)
    return None


def _from_afar(text: str, end: int, share: bool) -> Found | None:
    window = text[max(0, end - REACH) : end]
    match = _apart().search(window) if "至" in window or "最" in window or "顶" in window else None
    if not match and share:
        match = OF_WHOLE.search(window)
    if not match:
        return None
    word = match.group(match.lastindex)
    mark = _marks("before").get(word) or _marks("before")["约" if "占" in word else word]
    return Found(end - len(window) + match.start(), end, mark)


def inside(text: str, start: int) -> Mark | None:
    """Return the mark between number and unit (余, 多, 来)."""
    return _marks("inside").get(text[start : start + 1])


# 以上述, 上下游, 内部: the mark is part of another word.
NOT_AFTER = {
    "以上": ("述", "所", "情"), "内": ("容", "部", "外", "设", "涵", "控"), "上下": ("级", "联", "游", "班", "协", "衔", "贯"),
    "多": ("次", "个", "方", "种", "元", "项", "部", "样", "家", "名"), "以内": (), "余": ("下", "额", "元"), "+": tuple("0123456789NnXx"),
}  # fmt: skip
CLAUSE_END = re.compile(r"\s*(?:$|[,，。;；、)）!！:：])")


def is_threshold(text: str, mark: Found, kind: str) -> bool:
    """Tell whether 以上 draws a line (10万元以上的案件) instead of rounding a result (发放5000份以上)."""
    return mark.mark.required is not None and kind != "percent" and not CLAUSE_END.match(text, mark.end)


LENGTHS = ("money", "time", "measure", "multiple", "calendar", "percent", "age")


def after(text: str, end: int, kind: str) -> Found | None:
    """Return the mark behind the unit that ends at `end`."""
    start = end
    if text.startswith((" ", "\n"), start):
        rest = text[start : start + 10].lstrip(" \n\r")
        start = start + len(text[start : start + 10]) - len(rest)
    for word, mark in _by_letter("after", 0).get(text[start : start + 1], ()):
        if not text.startswith(word, start) or (mark.only and kind not in mark.only):
            continue
        if text.startswith(NOT_AFTER.get(word, ()), start + len(word)):
            continue
        if word in ("多", "余") and kind not in LENGTHS:
            continue
        return Found(start, start + len(word), mark)
    return None
