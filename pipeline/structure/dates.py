"""Read calendar dates as Chinese offices write them: 2022年12月2日, 2018-9-17, 二〇二四年一月十一日."""

import datetime
import re
from collections.abc import Iterator

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "O": "0",
    "元": "1",
}
_CN_YEAR = "[〇○零O一二三四五六七八九]{4}"
_CN_PART = "[一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d) ?(?:年 ?|[-/.])(?P<m>\d{{1,2}})(?: ?月 ?|[-/.])(?P<d>\d{{1,2}})(?!\d) ?日?"
    rf"|(?P<cy>{_CN_YEAR})年(?P<cm>{_CN_PART})月(?P<cd>{_CN_PART})日"
)
_YEAR = re.compile(rf"(?<!\d)((?:19|20)\d\d)(?!\d)|({_CN_YEAR})(?=年)")


def numeral(text: str) -> int:
    """Read a Chinese number below one hundred.

    >>> numeral("三十一"), numeral("十"), numeral("七")
    (31, 10, 7)
    """
    tens, ten, ones = text.rpartition("十")
    high = int(_DIGITS[tens]) if tens else 1
    return (high * 10 if ten else 0) + (int(_DIGITS[ones]) if ones else 0)


def each(folded: str) -> Iterator[tuple[int, int, str]]:
    """Yield `(start, end, ISO date)` for each date of a folded text; a date that no calendar has is passed over."""
    for match in _DATE.finditer(folded):
        iso = _iso(match)
        if iso:
            yield match.start(), match.end(), iso


def first(folded: str) -> str | None:
    """Return the first date as ISO.

    >>> first("发布日期:2022年12月02日16时"), first("二〇二四年一月十一日")
    ('2022-12-02', '2024-01-11')
    """
    return next((iso for _, _, iso in each(folded)), None)


def whole(folded: str) -> str | None:
    """Return the date that a line consists of, brackets and spaces aside; None if it says more.

    >>> whole("(2023年3月24日)"), whole("截至2023年3月24日")
    ('2023-03-24', None)
    """
    match = _DATE.fullmatch(squeeze(folded).strip("()"))
    return _iso(match) if match else None


def behind_agency(folded: str) -> str | None:
    """Return the date that closes a line after the name of an office."""
    head, gap, tail = folded.rpartition("  ")
    return whole(tail) if gap and head.strip() and "。" not in head else None


def squeeze(folded: str) -> str:
    """Drop all white space."""
    return "".join(folded.split())


def years(folded: str) -> list[str]:
    """List the years named, in order: 2021年, 2021—2025, 二〇二四年.

    >>> years("纲要(2021—2025年)"), years("二〇二三年度")
    (['2021', '2025'], ['2023'])
    """
    return [match[1] or _digits(match[2]) for match in _YEAR.finditer(folded)]


def _digits(chinese: str) -> str:
    return "".join(_DIGITS[c] for c in chinese)


def _iso(match: re.Match) -> str | None:
    try:
        if match["y"]:
            return datetime.date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
        month, day = numeral(match["cm"]), numeral(match["cd"])
        return datetime.date(int(_digits(match["cy"])), month, day).isoformat()
    except (ValueError, KeyError):
        return None
