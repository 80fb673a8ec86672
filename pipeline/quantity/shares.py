"""Read shares in words: 百分之九十八点六, 三分之二, 1/4, 六成五, 过半, and a rate of nil."""

import re

from pipeline.quantity import bounds, numerals
from pipeline.quantity.numerals import CHINESE, Numeral
from pipeline.quantity.tails import Tail

FRACTION = re.compile(
    rf"(?P<whole>百|千|万|[{CHINESE}]{{1,4}}|[0-9]{{1,3}})分之"
    rf"(?P<part>[{CHINESE}]{{1,8}}(?:点[{CHINESE}]{{1,6}})?|[0-9]{{1,4}}(?:\.[0-9]{{1,4}})?)"
)
SLASHED = re.compile(r"(?P<part>[1-9])/(?P<whole>[2-9]|10)(?![0-9/])")  # 1/4左右
# A slash is a fraction only beside such words; 12/4 is a date.
SLASHED_BEFORE = re.compile(r"(?:占|近|约|超|超过|的|不足|不到|达|达到|为|逾|仅)$")
SLASHED_AFTER = ("以上", "左右", "以下", "的")
TENTHS = re.compile(
    r"(?P<tens>[一二两三四五六七八九]{1,2}|[1-9])成(?P<ones>[一二三四五六七八九半])?(?P<more>多|余)?"
)
# 成立, 成果, 成员 …: 成 begins another word.
NOT_TENTHS = re.compile(r"[立果效功员熟本长绩型就品交婚都份像套人网片群堆]|为(?!.{0,4}[,。;])|不变")
HALF = {"半数": 50.0, "一半": 50.0, "百分百": 100.0, "半": 50.0}
MARKED = ("近", "过", "逾", "超", "不足", "不到")
HALF_BEFORE = re.compile(
    r"(?:减少|下降|降低|压减|压缩|缩短|占|近|约|超|过|的|不足|不到|达|达到|为|逾)[^,，。]{0,2}$"
)
HALF_ALONE = re.compile(r"半(?![年天月日夜个载路途空身小时官])")  # 近半, 过半, not 近半年
# What every share begins with; one look tells nine numerals of ten that they are none.
BEGINS = re.compile(
    rf"[{CHINESE}0-9]{{1,4}}分之|[1-9]/|[一二两三四五六七八九1-9]{{1,2}}成|[0零](?![0-9])|半|一半|百分百"
)
NIL = re.compile(r"[0零]\s*(?:[,，。;；、)）]|$)")  # 败诉率为零
NIL_BEFORE = re.compile(r"率(?:均|都|始终|持续|继续)?(?:为|是|保持|保持为|降为|降至|降到)$")


def share(text: str, start: int) -> Tail | None:
    """Read the share in words that begins at `start`, None where there is none."""
    if not BEGINS.match(text, start):
        return None
    match = FRACTION.match(text, start) or _slashed(text, start)
    if match:
        return _fraction(text, match)
    match = TENTHS.match(text, start)
    if match and not NOT_TENTHS.match(text, match.end()) and (start == 0 or text[start - 1] not in "第十.,"):
        return _tenths(match)
    if text[start] in "0零" and NIL.match(text, start) and NIL_BEFORE.search(text[max(0, start - 6) : start]):
        return _percent(start, start + 1, 0.0)
    return _half(text, start) or _half_a_time(text, start)


def _percent(start: int, end: int, value: float, top: float | None = None, inner=None, unit="%") -> Tail:
    number = Numeral(start, end, value, top, top is not None, "share")
    return Tail(number, end, end, end, unit, "percent", inner)


def _half(text: str, start: int) -> Tail | None:
    word = next((w for w in HALF if text.startswith(w, start)), None)
    before = text[max(0, start - 6) : start]
    if not word or (word == "半" and not (HALF_ALONE.match(text, start) and before.endswith(MARKED))):
        return None
    inner = (
        bounds.over() if before.endswith("过") and not before.endswith("超过") else None
    )  # 过半 is over half
    told = HALF_BEFORE.search(before) or text.startswith(("以上", "左右"), start + len(word))
    return _percent(start, start + len(word), HALF[word], inner=inner) if told else None


HALF_TIME = re.compile(r"半(?:个(?P<own>小时|工作日|月|学时|课时)|(?P<bare>小时|[天日](?=以?内)))(?![圈谈])")


def _half_a_time(text: str, start: int) -> Tail | None:
    """Read 半个工作日, 半小时; after 每, 上, 下 and numbers 半 is part of another word."""
    match = HALF_TIME.match(text, start) if text[start] == "半" else None
    if not match or text[start - 1 : start] in tuple("每上下前后一两大多过夜老") and start:
        return None
    number = Numeral(start, start + 1, 0.5, None, False, "share")
    unit = match["own"] or match["bare"]
    return Tail(number, match.end(), start + 1, match.end(), unit, "time", None)


def _slashed(text: str, start: int) -> re.Match | None:
    match = SLASHED.match(text, start)
    if not match:
        return None
    beside = SLASHED_BEFORE.search(text[max(0, start - 3) : start]) or text.startswith(
        SLASHED_AFTER, match.end()
    )
    return match if beside else None


def _fraction(text: str, match: re.Match) -> Tail | None:
    def value(words):
        return float(words) if words[0].isdigit() else (numerals.value_of(words) or [None])[0]

    whole, part = value(match["whole"]), value(match["part"])
    if not whole or part is None:
        return None
    if match["whole"] == "千":
        return _percent(match.start(), match.end(), part, unit="‰")
    return _percent(match.start(), match.end(), round(part / whole * 100, 2))


def _tenths(match: re.Match) -> Tail:
    tens = match["tens"]
    low, top = (int(tens), None) if tens.isdigit() else (numerals.value_of(tens) or (0, None))[:2]
    ones = match["ones"]
    extra = 0 if not ones else 5 if ones == "半" else numerals.DIGITS[ones]
    inner = bounds.inside(match["more"], 0) if match["more"] else None
    return _percent(match.start(), match.end(), low * 10.0 + extra, top and top * 10.0, inner)
