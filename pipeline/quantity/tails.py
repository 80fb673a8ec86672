"""Read what follows a number: 余 and 多, a scale, the unit."""

import re
from typing import NamedTuple

from pipeline.quantity import bounds, units
from pipeline.quantity.numerals import GAP, SCALE, Numeral, scale

SPACE = re.compile(GAP)
# A number without a unit is a figure only at the end of its clause, behind words that count.
CLAUSE_END = re.compile(r"\s*(?:[,，;；。、)）!！]|$)")
TELLS = re.compile(r"(?:数|量|额|达|达到|为|超|超过|突破|逾|近|约|共|共计|累计|总计|到|至|降为|升为)\s*$")
MONEY = re.compile(
    r"资|款|额|费|案值|价值|罚|补贴|减免|减负|降本|收入|产值|损失|成本|金|营收|投入|缴|税|贷|融"
)  # 总投资1.2亿
NOT_BARE = re.compile(
    r"(?:号|电话|编号|代码|热线|邮编|年|月|日|网址|QQ|版|第|No\.?|编码|访问次数:?|点击数?:?|阅读次数:?|浏览次数:?)\s*$"
)


class Tail(NamedTuple):
    """A number with its unit: offsets of the unit as written, its name in the tables, its kind, the mark inside."""

    number: Numeral
    end: int
    unit_start: int
    unit_end: int
    unit: str
    kind: str
    inner: bounds.Mark | None
    group: units.UnitGroup | None = None
    bare: bool = False
    classifier: bool = False  # 个 stands before the unit or is it


def read_tail(text: str, number: Numeral) -> Tail | None:
    """Return the number with its unit, or bare; None when what follows cannot end a quantity."""
    if text[number.end : number.end + 1] in ADDED:
        number, at, inner = _with_additions(text, number)
    else:
        at, inner = number.end, None
    start = SPACE.match(text, at).end() if text.startswith(" ", at) else at
    return _unit(text, number, start, inner) or _shared(text, number) or _bare(text, number, at, inner)


ADDED = frozenset("余多来几+十百千万亿")


def _with_additions(text: str, number: Numeral) -> tuple[Numeral, int, bounds.Mark | None]:
    """Return the number with what is added to it (100 | 余万), where that ends, and the mark among it."""
    at, value, vague = number.end, number.value, number.vague
    inner = bounds.inside(text, at)
    if not inner and number.form == "arabic" and text.startswith("几", at):
        at, vague = at + 1, True
    if not inner and text.startswith("+", at):
        inner, at = bounds._marks("after")["+"], at + 1
    elif inner:
        at += 1
    scaled = SCALE.match(text, at) if at > number.end else None
    if scaled:
        value, at = scale(value, scaled.group()), scaled.end()
        at += bool(bounds.inside(text, at))
    if at > number.end:
        number = number._replace(end=at if not inner or scaled else number.end, value=value, vague=vague)
    return number, at, inner


def _unit(text: str, number: Numeral, start: int, inner) -> Tail | None:
    lead = text[start : start + 1]
    if lead and lead in "个大":
        skip = start + 1
        mark = bounds.inside(text, skip) if lead == "个" else None
        inner = inner or mark
        skip += bool(mark)
        own = units.at(text, skip)
        if own and (
            own.group.own or (lead == "大" and (own.group.kind == "category" or number.form == "arabic"))
        ):
            return _tail(number, own, start, inner, True)
        if lead == "大":
            return None
    unit = units.at(text, start)
    if unit is None:
        return None
    if unit.word == "月":  # without 个 a month of the calendar
        return None
    return _tail(number, unit, start, inner, lead == "个")


def _tail(number, unit, start, inner, classifier) -> Tail:
    return Tail(
        number, unit.end, start, unit.end, unit.word, unit.group.kind, inner, unit.group, False, classifier
    )


# 分别上升3.2、4.5和6.1个百分点: the unit stands behind the last of the row only.
ROW = re.compile(r"(?:(?:、|和|及|与|以及)[0-9][0-9.]{0,8}[万亿]?){1,8}+")


def _shared(text: str, number: Numeral) -> Tail | None:
    row = ROW.match(text, number.end) if number.form == "arabic" else None
    if not row or "分别" not in text[max(0, number.start - 24) : number.start]:
        return None
    last = _unit(text, number, row.end(), None)
    return last and last._replace(end=number.end, unit_start=number.end, unit_end=number.end)


def _bare(text: str, number: Numeral, at: int, inner) -> Tail | None:
    """Keep a number for a range (5至10件) or, where the words around it count, as a figure without unit."""
    before = text[max(0, number.start - 8) : number.start]
    scaled = text[at - 1 : at] in ("万", "亿", "余", "多") and any(
        c in "万亿" for c in text[number.start : at]
    )
    large = number.value >= 10000 or inner or "," in text[number.start : number.end]
    bare = bool(
        number.form == "arabic"
        and (scaled or inner or (large and TELLS.search(before)))
        and CLAUSE_END.match(text, at)
        and not NOT_BARE.search(before)
    )
    money = bare and scaled and MONEY.search(before)
    return Tail(number, at, at, at, "元" if money else "", "money" if money else "bare", inner, None, bare)
