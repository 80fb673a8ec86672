"""Read numerals, Arabic and Chinese, where they stand in a folded text."""

import re
from functools import lru_cache
from typing import NamedTuple

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
SCALES = SMALL | LARGE
CHINESE = "零〇一二两三四五六七八九十百千万亿"
LONGEST = 24  # characters; a longer run of digits is a code, not a quantity

# No group repeats without end and every run is possessive: a line of digits or commas costs its length.
ARABIC = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}+(?![0-9])|[0-9]++)(?:\.[0-9]++)?")
SCALE = re.compile(r"[十百千]?(?:万亿|[万亿])|[十百千]")
CHINESE_RUN = re.compile(rf"[数几]?[{CHINESE}]++几?(?:[万亿]{{1,2}}+)?(?:点[{CHINESE}]{{1,6}}+)?")

# 1 326 / 49 97 / 1, 326 / 62. 5: digits, a separator or decimal point torn from its digits.
TORN = re.compile(r"(?:, | ,)(?=[0-9]{3}(?![0-9]))| (?=[0-9])|\. (?=[0-9])| \.(?=[0-9])")
GAP = r" {1,3}"  # may stand between number and unit


class Numeral(NamedTuple):
    """A number and where it stands; `form` is arabic, chinese, or bare (百, 千, 万 alone, which need a mark)."""

    start: int
    end: int
    value: float
    value_max: float | None
    vague: bool
    form: str


def arabic(text: str, start: int) -> Numeral | None:
    """Read the Arabic numeral at `start`, with the scale behind it (1.98亿)."""
    match = ARABIC.match(text, start)
    end, digits = match.end(), match.group()
    if text[end : end + 1] in _TORN_AT and end < len(text):
        end, digits = _mend(text, start, end, digits)
    if end - start > LONGEST:
        return Numeral(start, end, 0, None, False, "code")
    value = float(digits.replace(",", ""))
    if text[end : end + 1] in SCALES and (scaled := SCALE.match(text, end)):
        end = scaled.end()
        value = scale(value, scaled.group())
    return Numeral(start, end, value, None, False, "arabic")


_TORN_AT = frozenset(" ,.")


def _mend(text: str, start: int, end: int, digits: str) -> tuple[int, str]:
    """Join what stray spaces tore apart, so far as the parts make one number."""
    for _ in range(4):
        torn = TORN.match(text, end)
        rest = torn and ARABIC.match(text, torn.end())
        if not rest or not _fits(digits, torn.group().strip(), rest.group(), text[start - 1 : start]):
            break
        digits, end = digits + torn.group().strip() + rest.group(), rest.end()
    return end, digits


def _fits(digits: str, mark: str, rest: str, before: str) -> bool:
    """Tell whether `rest` goes on with the number: 1 326, 62. 5, 49 97; after a year or a label it begins another."""
    whole = digits.rsplit(",", 1)[-1]
    if mark == ".":
        return "." not in digits and "." not in rest and "," not in rest
    if mark == ",":
        return len(whole) <= 3 and whole.isdigit() and len(rest.partition(".")[0]) == 3
    if "." in digits or "," in rest or not before or before in NOT_TORN_AFTER or YEAR.match(digits):
        return False
    return len(whole) + len(rest.partition(".")[0]) <= 7


YEAR = re.compile(r"(?:19|20)[0-9]{2}$")
NOT_TORN_AFTER = frozenset("图表第章节号附版\t\n0123456789.、")


def scale(value: float, scales: str) -> float:
    """Multiply by every scale word: 1.98 and 亿, 5 and 百万; rounded to what the digits can carry."""
    for word in scales:
        value *= SCALES[word]
    return round(value, 6)


def chinese(text: str, start: int) -> Numeral | None:
    """Read the Chinese numeral at `start` (二十六万四千, 五六十, 十几, 数百); None when it is no number."""
    match = CHINESE_RUN.match(text, start)
    if not match:
        return None
    run, end = match.group(), match.end()
    if end - start > LONGEST or run == "零" or run == "〇":
        return None  # 零件 is a part of a machine, 零投诉 a slogan
    read = value_of(run)
    if read is None:
        return None
    value, top, vague = read
    form = "bare" if run[0] in SCALES and run[0] != "十" else "chinese"
    return Numeral(start, end, value, top, vague, form)


@lru_cache(maxsize=4096)
def value_of(run: str) -> tuple[float, float | None, bool] | None:
    """Return value, upper end of a range, and whether the words are vague.

    >>> value_of("二十六万四千"), value_of("五六十"), value_of("十几万")
    ((264000, None, False), (50, 60, True), (100000, None, True))
    """
    whole, point, decimals = run.partition("点")
    if point:
        return _decimal(whole, decimals)
    if run[0] == "数" or "几" in run:
        plain = run[1:] if run[0] in "数几" else run.replace("几", "")
        value = _sum(plain) if plain else None
        return None if value is None else (value, None, True)
    pair = PAIR.search(run)
    if pair:
        return _pair(run, pair)
    value = _sum(run)
    return None if value is None else (value, None, False)


PAIR = re.compile(r"[一二两三四五六七八九]{2}")  # 五六十, 三四百, 十七八: two digits side by side are a range


def _decimal(whole: str, decimals: str):
    value = _sum(whole)
    if value is None or any(c not in DIGITS for c in decimals.rstrip("万亿")):
        return None
    digits = "".join(str(DIGITS[c]) for c in decimals.rstrip("万亿"))
    scales = decimals[len(digits) :]
    return (scale(float(f"{int(value)}.{digits}"), scales), None, False) if digits else None


def _pair(run: str, pair: re.Match):
    low, high = (DIGITS[c] for c in pair.group())
    if not (high == low + 1 or (low, high) == (3, 5)) or len(run) > 6:
        return None
    values = [_sum(run[: pair.start()] + c + run[pair.end() :]) for c in pair.group()]
    return None if None in values else (values[0], values[1], True)


def _sum(run: str) -> int | None:
    """Return the value of a well-formed Chinese numeral; None for digit strings (二〇二四) and nonsense (百千万)."""
    total, section, digit = 0, 0, None
    last_small, last_large = 10**4, 10**13
    last_unit = 1
    for c in run:
        if c in DIGITS:
            if digit:
                return None
            digit = DIGITS[c]
            last_unit = 1 if digit == 0 else last_unit
        elif c in SMALL:
            if SMALL[c] >= last_small or (digit == 0 and c != "十"):
                return None
            last_small = last_unit = SMALL[c]
            section, digit = section + (digit or 1) * SMALL[c], None
        elif c not in LARGE:
            return None
        else:
            if LARGE[c] >= last_large and not (c == "亿" and last_large == 10**4):
                return None
            grown = section + (digit or 0)
            if c == "亿" and last_large == 10**4:
                total, grown = 0, total + grown
            total += (grown or (1 if not total else 0)) * LARGE[c]
            last_large, last_small, last_unit = LARGE[c], 10**4, LARGE[c]
            section, digit = 0, None
    tail = digit or 0
    if tail and last_unit >= 100:  # 三百五 is 350, 一万二 is 12000
        tail *= last_unit // 10
    return total + section + tail
