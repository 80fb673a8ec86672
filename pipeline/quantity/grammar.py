"""Scan a sentence for quantities: look only where a numeral may meet a unit, then read mark, number, unit and range."""

import re
from collections.abc import Callable
from functools import cache

from pipeline.quantity import bounds, change, exclusions, numerals, small, units
from pipeline.quantity.model import Quantity
from pipeline.quantity.numerals import CHINESE, GAP, Numeral
from pipeline.quantity.shares import share
from pipeline.quantity.tails import Tail, read_tail

JOINTS = re.compile(rf"(?:{GAP})?(?:[-~—–―─−‐‑〜]{{1,2}}|至|到)(?:{GAP})?(?=[0-9{CHINESE}])")


JOINT_BEGINS = frozenset(" -~—–―─−‐‑〜至到")
# 2022年 is a date, whatever stands around it, unless a range begins there; a digit in three belongs to one. Its first digit
# has been read, as that of a number below.
_YEAR = rf"(?:(?<=1)9|(?<=2)0)[0-9]{{2}}年(?!{JOINTS.pattern})"
_ARABIC = (
    r"(?>(?:[0-9]{0,2}(?:,[0-9]{3}){1,6}+(?![0-9])|[0-9]*+)(?:\.[0-9]++)?)"  # the rest of numerals.ARABIC
)


@cache
def _candidates() -> re.Pattern:
    """Every place where a quantity may begin: a digit, or a run of Chinese numerals before what may follow one.

    It opens with one class of characters, so that the search leaps over all others: four times as fast as alternatives
    tried at every character. Where a number is plainly none of a quantity (a year, a label, part of a name), the group takes
    it in to its end; else only where it matches counts, not how far.
    """
    first = units.firsts() | set("余多来大点分成番数半几 至到-~—–―─−‐‑〜0123456789+有")
    follow = re.escape("".join(sorted(first)))
    goes_on = re.escape("".join(sorted(_followers() | set("分成/.0123456789"))))
    return re.compile(
        rf"[0-9{CHINESE}几数半](?:(?<=[0-9])({_YEAR}|{_ARABIC}(?=\s*+[^{goes_on}\s]|\.(?! [0-9])))?"
        rf"|(?<![{CHINESE}几].)(?:(?<=[{CHINESE}几])[{CHINESE}几]*+|(?<=数)[十百千万亿]|(?<=半))(?=[{follow}])"
        r"|(?<=百)分百|(?<=[零半])(?=[,。;、)以左的]|$)|(?<=[近过逾超足到]半))"
    )


def scan(text: str) -> list[Quantity]:
    """Return the quantities of a folded sentence in order, none overlapping.

    >>> [(q.expr, q.value, q.unit, q.bound) for q in scan("办结工单100余件，办结率达99.5%")]
    [('100余件', 100.0, '件', 'over'), ('99.5%', 99.5, '%', 'exact')]
    """
    return scan_all([text])[0]


def scan_all(texts: list[str]) -> list[list[Quantity]]:
    """Return the quantities of each of many sentences, most of which hold none."""
    search = _candidates().search
    return [_scan(*each, search) if each[1] else [] for each in zip(texts, map(search, texts), strict=True)]


def _scan(text: str, match: re.Match | None, search: Callable) -> list[Quantity]:
    around, found = None, []
    while match:
        if match.lastindex:
            read = match.end()
        else:
            around = around or exclusions.Surroundings(text)
            read = _read(text, match.start(), around, found[-1] if found else None)
            if isinstance(read, Quantity):
                found.append(read)
                read = read.end
            read = max(read, match.start() + 1)
        match = search(text, read)
    return found


def _read(text: str, start: int, around, last: Quantity | None) -> Quantity | int:
    """Return the quantity at `start`, or the offset where to look on."""
    floor = last.end if last else 0
    core = share(text, start)
    if core is None:
        number = numerals.arabic(text, start) if text[start].isdigit() else numerals.chinese(text, start)
        if number is None:
            return _past(text, start)
        if number.form == "code":
            return number.end
        core = _count(text, number)
        if core is None:
            return number.end
    quantity = _finish(text, core, floor)
    if quantity is None or around.hides(quantity.number_start, quantity.number_end, core.kind == "percent"):
        return core.end if quantity is None else quantity.number_end
    if last and quantity.change is None and quantity.kind in ("percent", "points") and last.change:
        if change.is_chained(text, quantity.start):
            return quantity._replace(change=last.change)
    return quantity


def _past(text: str, start: int) -> int:
    match = numerals.CHINESE_RUN.match(text, start)
    return match.end() if match else start + 1


def _count(text: str, number: Numeral) -> Tail | None:
    """Read number and unit, a range where one stands; None when this is no quantity."""
    behind = text[number.end : number.end + 1]
    if behind not in _followers() and not behind.isspace():
        return None
    if exclusions.is_token(text, number):
        return None
    core = read_tail(text, number)
    if core is None:
        return None
    return _range(text, core) or (core if core.unit or core.bare else None)


@cache
def _followers() -> frozenset[str]:
    """Return what may follow a numeral that is a quantity: a unit, what adds to the number, a range, the end of a clause.

    月 names a month of the calendar where it follows at once.
    """
    firsts = frozenset(word[0] for word in units.groups() if word != "月")
    return firsts | frozenset("个大余多来几+十百千万亿,，;；。、)）!！和及与以至到-~—–―─−‐‑〜") | {""}


def _range(text: str, low: Tail) -> Tail | None:
    """Join two numbers that a dash or 至 connects (5至10件, 10%—15%, 20万元至50万元)."""
    if low.number.value_max is not None or text[low.end : low.end + 1] not in JOINT_BEGINS:
        return None
    joint = JOINTS.match(text, low.end)
    if not joint or text[low.number.start - 1 : low.number.start] in ("由", "从") and low.unit:
        return None
    start = joint.end()
    number = share(text, start)
    if number is None:
        second = numerals.arabic(text, start) if text[start].isdigit() else numerals.chinese(text, start)
        number = read_tail(text, second) if second and second.form != "code" else None
    if number is None or not number.unit or (low.unit and low.unit != number.unit):
        return None
    return _span(text, low, number)


def _span(text: str, low: Tail, high: Tail) -> Tail | None:
    bottom, top = low.number.value, high.number.value
    scaled = numerals.SCALE.search(text[high.number.start : high.number.end])
    if not low.unit and scaled and not numerals.SCALE.search(text[low.number.start : low.number.end]):
        grown = numerals.scale(bottom, scaled.group())  # 5—10万元: the scale is of both
        bottom = grown if grown < top else bottom
    if not bottom < top or (1900 < bottom < 2100 and 1900 < top < 2100 and high.kind == "calendar"):
        return None
    number = Numeral(low.number.start, high.number.end, bottom, top, low.number.vague, low.number.form)
    return high._replace(number=number)


def _finish(text: str, core: Tail, floor: int) -> Quantity | None:
    """Add the marks of bound and change, and refuse what only looks like a figure."""
    number = core.number
    if small.refuses(text, core):
        return None
    mark = bounds.before(text, number.start, core.kind == "percent") if number.start else None
    if mark and mark.start < floor:
        mark = None
    behind = bounds.after(text, core.end, core.kind)
    if small.refuses_marked(text, core, mark, behind, floor):
        return None
    start, zero = mark.start if mark else number.start, small.denied(text, core)
    if number.form == "bare" and not mark and text[start - 1 : start] == "上":  # 上百场 is a hundred and more
        mark = bounds.Found(start - 1, start, bounds.over())
        start -= 1
    if zero is not None and zero >= floor:
        start, number = zero, number._replace(value=0.0)
    end = behind.end if behind else core.end
    ruling = mark.mark if mark else behind.mark if behind else core.inner
    bound = ruling.bound if ruling else "approx" if number.vague else "exact"
    if behind and ruling is behind.mark and bounds.is_threshold(text, behind, core.kind):
        bound = ruling.required or bound
    return Quantity(
        start, end, text[start:end], number.value, number.value_max, core.unit, bound,
        (ruling.required or bound) if ruling else bound,
        change.of(text, start, core.kind), number.start, number.end, core.unit_start, core.unit_end,
        "points" if core.unit in ("百分点", "基点") else core.kind, bool(ruling and ruling.demands),
    )  # fmt: skip
