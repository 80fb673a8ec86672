"""Check a stated change against the levels it lies between (4127 to 2968 is a fall of 28.1 %)."""

import re
from collections.abc import Iterator

from pipeline.arithmetic.figures import Figure, Finding, number, verdict

FAR = 5.0  # points; a change farther off is a change of something else
FROM = re.compile(r"(?:由|从)[^,。;]{0,12}$")
TO = re.compile(r"^[^,。;]{0,10}[到至为][^,。;]{0,8}$")
EARLIER = re.compile(r"(?:上年|去年|[0-9]{4}年)(?:同期)?(?:为|是|的)?$")


def changes(report: list[Figure]) -> Iterator[Finding]:
    """Yield a finding for each change whose levels stand before it in its sentence."""
    for at, change in enumerate(report):
        if not (change.change and change.firm):
            continue
        before = [f for f in report[max(0, at - 3) : at] if f.sentence == change.sentence]
        levels = _levels(change, before)
        if levels:
            yield from _between(change, *levels)
            continue
        amount = _amount(change, before)
        if amount:
            yield from _grown(change, *amount)


def _levels(change: Figure, before: list[Figure]) -> tuple[Figure, Figure] | None:
    """Return the earlier and the later level right before the change."""
    if len(before) < 2:
        return None
    one, two = before[-2:]
    if one.change or two.change or one.unit != two.unit or not (one.firm and two.firm):
        return None
    if two.end > change.start or (two.name != one.name and change.name not in (one.name, two.name)):
        return None
    if (FROM.search(one.words) and TO.match(two.words)) or not two.words.strip():
        return one, two
    return (two, one) if EARLIER.search(two.words.rstrip("(（ ")) and "(" in two.words else None


def _between(change: Figure, old: Figure, new: Figure) -> Iterator[Finding]:
    if old.share:
        yield from _of_shares(change, old, new)
    elif change.share and old.low > 0:
        low, high = sorted(((new.low - old.high) / old.high * 100, (new.high - old.low) / old.low * 100))
        sign = 1 if new.value >= old.value else -1
        low, high = sorted((low * sign, high * sign))
        judged = verdict(change, low, high, FAR)
        rate = abs(new.value - old.value) / old.value * 100
        formula = f"|{number(new.value)} − {number(old.value)}| ÷ {number(old.value)} = {number(rate)} %"
        if judged:
            yield _finding(change, [old, new], judged, rate, formula, "%")
    elif change.unit == old.unit:
        gap = abs(new.value - old.value)
        judged = verdict(change, gap - (old.step + new.step) / 2, gap + (old.step + new.step) / 2, gap * 0.1)
        if judged:
            formula = f"|{number(new.value)} − {number(old.value)}| = {number(gap)}"
            yield _finding(change, [old, new], judged, gap, formula, change.unit)


def _of_shares(change: Figure, old: Figure, new: Figure) -> Iterator[Finding]:
    """Check a change between two rates: points are their difference, per cent their quotient."""
    gap, slack = abs(new.value - old.value), (old.step + new.step) / 2
    formula = f"|{number(new.value)} − {number(old.value)}| = {number(gap)} 个百分点"
    if change.unit == "百分点":
        judged = verdict(change, gap - slack, gap + slack, 1.0)
        if judged:
            yield _finding(change, [old, new], judged, gap, formula, "个百分点")
        return
    rate = gap / old.value * 100 if old.value else 0.0
    if change.share and abs(gap - change.value) < 1e-6 and abs(rate - change.value) > change.step / 2:
        yield Finding(
            "points", "conflict", [old, new, change], change.value, round(rate, 2), formula,
            f"from {old.expr} to {new.expr} is {number(gap)} percentage points, or {number(rate)} %; "
            f"the report writes {change.expr}",
            f"由{old.expr}到{new.expr}相差{number(gap)}个百分点，幅度为{number(rate)}%，报告写作{change.expr}",
        )  # fmt: skip


def _amount(change: Figure, before: list[Figure]) -> tuple[Figure, Figure] | None:
    """Return level and amount of change before a per cent change of the same thing (2,346.8万元,增加512万元,增幅27.9%)."""
    if len(before) < 2 or not change.share:
        return None
    level, amount = before[-2:]
    same = level.name == amount.name == change.name and level.unit == amount.unit
    fits = same and not level.share and amount.change == change.change and not level.change
    return (level, amount) if fits and level.firm and amount.firm else None


def _grown(change: Figure, level: Figure, amount: Figure) -> Iterator[Finding]:
    sign = 1 if change.change == "increase" else -1
    base = level.value - sign * amount.value
    slack = (level.step + amount.step) / 2
    if base - slack <= 0:
        return
    rate = amount.value / base * 100
    judged = verdict(change, amount.low / (base + slack) * 100, amount.high / (base - slack) * 100, FAR)
    formula = f"{number(amount.value)} ÷ {number(base)} = {number(rate)} %"
    if judged:
        yield _finding(change, [level, amount], judged, rate, formula, "%")


def _finding(
    change: Figure, levels: list[Figure], judged: str, value: float, formula: str, unit: str
) -> Finding:
    said = " → ".join(f.expr for f in levels)
    return Finding(
        "change", judged, [*levels, change], change.value, round(value, 2), formula,
        f"{said}: the change is {number(value)} {unit}; the report says {change.expr}",
        f"{said}，变动为{number(value)}{unit}，报告所述为{change.expr}",
    )  # fmt: skip
