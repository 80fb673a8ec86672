"""Read by when a task is due: as the plan words it, and as the last day that this allows."""

import re
from calendar import monthrange
from functools import cache, lru_cache

from pipeline import codebook
from pipeline.fold import fold, written


class Words(codebook.Entry):
    """Deadlines that are no dates."""

    words: list[str]


_REMEMBERED = 1 << 10  # deadlines whose last day is kept at hand: a plan writes the same few over and over
_YEAR = r"20\d{2}\s*年?"
_DATE = re.compile(
    rf"(?:力争|确保|原则上|计划|拟)?(?:于|在|到|至)?(?:{_YEAR}\s*(?:至|到|[-—–~]+)\s*)?"
    r"(?:(?P<year>20\d{2})\s*(?:年度?|[.\-/])?|(?:今|当|本|明)年)?\s*(?:(?P<month>\d{1,2})\s*(?:月份?|(?=[.\-/]\d)|(?<=[.\-/]\d)|(?<=[.\-/]\d\d)))?\s*"
    r"(?:[.\-/]?(?P<day>\d{1,2})\s*日?)?\s*"
    r"(?P<part>年?年底|年末|月底|月末|底|上半年|下半年|第?[一二三四1-4]季度末?|[上中下]旬)?\s*(?:之前|以前|前|内)?\s*(?:基本|全面|全部)?(?:完成|落实|到位|建成)?"
)
_DATE_ENDS = (
    "0123456789年度月份日底末旬前内本面部成实位.-/"  # a date that is a deadline ends with one of these
)
_MARKS = ";,。. \t\n"  # what may stand behind a deadline
_YEAR_ONLY = re.compile(r"(20\d{2})年?")
_ENDING = re.compile(r"(?:基本|全面|全部)?(?:完成|落实到位|到位)$")
_QUARTER = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}


def clean(words: str) -> str | None:
    """Return a deadline as the plan words it, without white space; a year alone is only its digits.

    >>> clean("2023 年"), clean("2024年6月底前完成"), clean("长期坚持。")
    ('2023', '2024年6月底前', '长期坚持')
    """
    bare = "".join(words.split()).strip(";；,，。.、:：()（）[]【】")
    year = _YEAR_ONLY.fullmatch(fold(bare))
    if year:
        return year.group(1)
    return _ENDING.sub("", bare) or bare or None


def is_one(words: str) -> bool:
    """Tell whether words are a deadline, where no label says so: 2023年底前完成, 长期坚持.

    >>> is_one("2023年底前完成"), is_one("区司法局"), is_one("持续推进")
    (True, False, True)
    """
    if words[-1:] not in _ends() and not words[-1:].isdecimal():
        return False
    bare = "".join(fold(words).split()).strip(";,。.")
    if bare in _standing():
        return True
    date = _DATE.fullmatch(bare)
    return bool(date and bare and (date["year"] or date["month"] or re.match(r"[今当本明]年", bare)))


@lru_cache(_REMEMBERED)
def last_day(deadline: str | None) -> str | None:
    """Return the last day a deadline allows, ISO 8601; None for standing tasks and for dates without a year.

    >>> last_day("2024年6月底前"), last_day("2023"), last_day("2025年第三季度"), last_day("长期坚持")
    ('2024-06-30', '2023-12-31', '2025-09-30', None)
    """
    date = _DATE.fullmatch("".join(fold(deadline or "").split()))
    if not date or not date["year"]:
        return None
    year, part = int(date["year"]), date["part"] or ""
    month = int(date["month"]) if date["month"] else _month(part)
    if not 1 <= month <= 12:
        return None
    day = int(date["day"]) if date["day"] and date["month"] else {"上旬": 10, "中旬": 20}.get(part)
    last = monthrange(year, month)[1]
    return f"{year}-{month:02d}-{min(day or last, last):02d}"


def _month(part: str) -> int:
    if "季度" in part:
        return _QUARTER[part.strip("第季度末")]
    return 6 if part == "上半年" else 12


@cache
def _ends() -> frozenset[str]:
    """Return the characters with which words end that may be a deadline, as any report types them."""
    return frozenset(written(_DATE_ENDS + _MARKS + "".join(word[-1] for word in _standing())))


@cache
def _standing() -> frozenset[str]:
    return frozenset(word for entry in codebook.load("deadline_words", Words) for word in entry.words)
