"""Scan a sentence for quantities: look only where a numeral may meet a unit, then read mark, number, unit and range."""

import re
from functools import cache

from pipeline.quantity import bounds, change, exclusions, numerals, small, units
from pipeline.quantity.model import Quantity
from pipeline.quantity.numerals import CHINESE, GAP, Numeral
from pipeline.quantity.tails import Tail, read_tail

JOINTS = re.compile(rf"(?:{GAP})?(?:[-~—–－〜]{{1,2}}|至|到)(?:{GAP})?(?=[0-9{CHINESE}])")
SLASHED = re.compile(r"(?P<part>[1-9])/(?P<whole>[2-9]|10)(?![0-9/])")  # 1/4左右
FRACTION = re.compile(
    rf"(?P<whole>百|千|万|[{CHINESE}]{{1,4}}|[0-9]{{1,3}})分之"
    rf"(?P<part>[{CHINESE}]{{1,8}}(?:点[{CHINESE}]{{1,6}})?|[0-9]{{1,4}}(?:\.[0-9]{{1,4}})?)"
)
TENTHS = re.compile(
    r"(?P<tens>[一二两三四五六七八九]{1,2}|[1-9])成(?P<ones>[一二三四五六七八九半])?(?P<more>多|余)?"
)
# 成立, 成果, 成员 …: 成 begins another word.
NOT_TENTHS = re.compile(r"[立果效功员熟本长绩型就品交婚都份像套人网片群堆]|为(?!.{0,4}[,。;])|不变")
HALF = {"半数": 50.0, "一半": 50.0, "百分百": 100.0}
NIL = re.compile(r"[0零]\s*(?:[,，。;；、)）]|$)")  # 败诉率为零
NIL_BEFORE = re.compile(r"率(?:均|都|始终|持续|继续)?(?:为|是|保持|保持为|降为|降至|降到)$")
HALF_BEFORE = re.compile(r"(?:占|近|约|超|过|的|不足|不到|达|达到|为|逾)[^,，。]{0,2}$")


@cache
def _candidates() -> re.Pattern:
    """Every place where a quantity may begin: a digit, or a run of Chinese numerals before what may follow one."""
    first = {word[0] for word in units.groups()} | set("余多来大点分成番数半几 \n至到-~—–0123456789+有")
    follow = re.escape("".join(sorted(first)))
    return re.compile(rf"[0-9]|(?<![{CHINESE}几])(?:[{CHINESE}几]++|数[十百千万亿]|半)(?=[{follow}])|百分百")


def scan(text: str) -> list[Quantity]:
    """Return the quantities of a folded sentence in order, none overlapping.

    >>> [(q.expr, q.value, q.unit, q.bound) for q in scan("办结工单100余件，办结率达99.5%")]
    [('100余件', 100.0, '件', 'over'), ('99.5%', 99.5, '%', 'exact')]
    """
    search = _candidates().search
    match = search(text)
    if not match:
        return []
    around = exclusions.Surroundings(text)
    found: list[Quantity] = []
    while match:
        read = _read(text, match.start(), around, found[-1] if found else None)
        if isinstance(read, Quantity):
            found.append(read)
            read = read.end
        match = search(text, max(read, match.start() + 1))
    return found


def _read(text: str, start: int, around, last: Quantity | None) -> Quantity | int:
    """Return the quantity at `start`, or the offset where to look on."""
    floor = last.end if last else 0
    core = _share(text, start)
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
            return _with_change(quantity, last.change)
    return quantity


def _with_change(quantity: Quantity, how: str) -> Quantity:
    fields = {name: getattr(quantity, name) for name in Quantity.__slots__}
    return Quantity(**fields | {"change": how})


def _past(text: str, start: int) -> int:
    match = numerals.CHINESE_RUN.match(text, start)
    return match.end() if match else start + 1


def _share(text: str, start: int) -> Tail | None:
    """Read 百分之九十八点六, 三分之二, 六成五, 一半."""
    match = FRACTION.match(text, start) or _slashed(text, start)
    if match:
        return _fraction(text, match)
    match = TENTHS.match(text, start)
    if match and not NOT_TENTHS.match(text, match.end()) and (start == 0 or text[start - 1] not in "第十.,"):
        return _tenths(text, match)
    if text[start] in "0零" and NIL.match(text, start) and NIL_BEFORE.search(text[max(0, start - 6) : start]):
        number = Numeral(start, start + 1, 0.0, None, False, "share")
        return Tail(number, number.end, number.end, number.end, "%", "percent", None)
    word = next((w for w in HALF if text.startswith(w, start)), None)
    if word and HALF_BEFORE.search(text[max(0, start - 6) : start]):
        number = Numeral(start, start + len(word), HALF[word], None, False, "share")
        return Tail(number, number.end, number.end, number.end, "%", "percent", None)
    return None


# 占1/4, 超过2/3: a slash is a fraction only behind such words; 12/4 is a date.
SLASHED_BEFORE = re.compile(r"(?:占|近|约|超|超过|的|不足|不到|达|达到|为|逾|仅)$")


def _slashed(text: str, start: int) -> re.Match | None:
    match = SLASHED.match(text, start)
    return match if match and SLASHED_BEFORE.search(text[max(0, start - 3) : start]) else None


def _fraction(text: str, match: re.Match) -> Tail | None:
    def value(words):
        return float(words) if words[0].isdigit() else (numerals.value_of(words) or [None])[0]

    whole, part = value(match["whole"]), value(match["part"])
    if not whole or part is None:
        return None
    permille = match["whole"] == "千"
    share = part if permille else round(part / whole * 100, 2)
    number = Numeral(match.start(), match.end(), share, None, False, "share")
    return Tail(number, match.end(), match.end(), match.end(), "‰" if permille else "%", "percent", None)


def _tenths(text: str, match: re.Match) -> Tail:
    low, high = (
        numerals.value_of(match["tens"]) if not match["tens"].isdigit() else (int(match["tens"]), None, 0)
    )[:2]
    ones = match["ones"]
    extra = 0 if not ones else 5 if ones == "半" else numerals.DIGITS[ones]
    number = Numeral(
        match.start(), match.end(), low * 10.0 + extra, high and high * 10.0, bool(high), "share"
    )
    inner = bounds.inside(match["more"], 0) if match["more"] else None
    return Tail(number, match.end(), match.end(), match.end(), "%", "percent", inner)


def _count(text: str, number: Numeral) -> Tail | None:
    """Read number and unit, a range where one stands; None when this is no quantity."""
    if exclusions.is_token(text, number):
        return None
    core = read_tail(text, number)
    if core is None:
        return None
    return _range(text, core) or (core if core.unit or core.bare else None)


def _range(text: str, low: Tail) -> Tail | None:
    """Join two numbers that a dash or 至 connects (5至10件, 10%—15%, 20万元至50万元)."""
    if low.number.value_max is not None:
        return None
    joint = JOINTS.match(text, low.end)
    if not joint or text[low.number.start - 1 : low.number.start] in ("由", "从") and low.unit:
        return None
    start = joint.end()
    number = _share(text, start)
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
    mark = bounds.before(text, number.start, core.kind == "percent") if number.start else None
    if mark and mark.start < floor:
        mark = None
    behind = bounds.after(text, core.end, core.kind)
    if small.refuses(text, core, mark, behind):
        return None
    start, zero = mark.start if mark else number.start, small.denied(text, core)
    if zero is not None and zero >= floor:
        start, number = zero, number._replace(value=0.0)
    end = behind.end if behind else core.end
    ruling = mark.mark if mark else behind.mark if behind else core.inner
    if (
        mark
        and behind
        and not mark.mark.demands
        and behind.mark.bound != "approx"
        and mark.mark.bound == "approx"
    ):
        ruling = mark.mark
    bound = ruling.bound if ruling else "approx" if number.vague else "exact"
    if behind and ruling is behind.mark and bounds.is_threshold(text, behind, core.kind):
        bound = ruling.required or bound
    return Quantity(
        start, end, text[start:end], number.value, number.value_max, core.unit, bound,
        (ruling.required or bound) if ruling else bound,
        change.of(text, start, core.kind), number.start, number.end, core.unit_start, core.unit_end,
        "points" if core.unit in ("百分点", "基点") else core.kind, bool(ruling and ruling.demands),
    )  # fmt: skip
