"""Check a stated rate against the part and the whole beside it (425 of 427 is 99.53 %, not 99.3 %)."""

import re
from collections.abc import Iterator

from pipeline.arithmetic.figures import Figure, Finding, alike, known, number, verdict

FAR = 3.0  # points; a rate farther from the quotient is a rate of something else
RATE = re.compile(r"(?P<stem>[一-鿿]{2,8})率$")
# 一审败诉率, 按期办结率: of a rate so narrowed the part must bear the same words.
WORDS_OF_CHANGE = re.compile(r"同比|比上年|较上年|环比|平均|人均|目标|全省|全市平均|去年|上年")
NEAR = 4  # counts looked back for part and whole


def rates(report: list[Figure]) -> Iterator[Finding]:
    """Yield a finding for each rate whose part and whole stand beside it."""
    for at, rate in enumerate(report):
        if not (rate.share and rate.firm and rate.change is None and rate.value <= 100):
            continue
        counts = _counts_before(report, at)
        pair = _named_pair(rate, counts)
        fitting = _fitting(rate, counts)
        if fitting and (pair or rate.value < 100):
            yield _finding(rate, *fitting, "consistent")
        elif pair and not WORDS_OF_CHANGE.search(rate.words):
            judged = verdict(rate, *_quotient(*pair), FAR)
            if judged:
                yield _finding(rate, *pair, judged)


def _counts_before(report: list[Figure], at: int) -> list[Figure]:
    """Return the exact counts shortly before the rate, the nearest last: of its sentence and of the one before."""
    rate = report[at]
    near = [f for f in report[max(0, at - NEAR) : at] if rate.sentence - f.sentence <= 1]
    return [
        f for f in near if f.firm and not f.change and f.unit not in ("%", "百分点", "倍", "") and f.value > 0
    ]


def _named_pair(rate: Figure, counts: list[Figure]) -> tuple[Figure, Figure] | None:
    """Return part and whole where the rate bears the part's name (调解成功 … 成功率) and the whole stands right before it."""
    match = RATE.search(rate.name)
    if not match:
        return None
    here = [f for f in counts if f.sentence == rate.sentence]
    for at in range(len(here) - 1, 0, -1):
        part, whole = here[at], here[at - 1]
        if (
            _same_act(match["stem"], part)
            and alike(part, whole)
            and part.value <= whole.value
            and whole.value >= 5
        ):
            return part, whole
    return None


def _same_act(stem: str, part: Figure) -> bool:
    said = part.name + part.words
    if stem in said or (len(stem) > 2 and stem[-2:] in said and stem[:-2] in said):
        return True
    return any(stem in entry.words and any(word in said for word in entry.words) for entry in known("same"))


def _fitting(rate: Figure, counts: list[Figure]) -> tuple[Figure, Figure] | None:
    """Return the nearest part and whole that give the rate."""
    for part in reversed(counts):
        for whole in reversed(counts):
            if part is not whole and part.value <= whole.value and _near_alike(part, whole):
                if verdict(rate, *_quotient(part, whole), FAR) == "consistent":
                    return part, whole
    return None


def _near_alike(part: Figure, whole: Figure) -> bool:
    return alike(part, whole) or {part.unit, whole.unit} == {"件", "次"}


def _quotient(part: Figure, whole: Figure) -> tuple[float, float]:
    return part.low / whole.high * 100, min(part.high / whole.low * 100 if whole.low > 0 else 100.0, 100.0)


def _finding(rate: Figure, part: Figure, whole: Figure, judged: str) -> Finding:
    share = part.value / whole.value * 100
    formula = f"{number(part.value)} ÷ {number(whole.value)} = {number(share)} %"
    return Finding(
        "rate", judged, [whole, part, rate], rate.value, round(share, 2), formula,
        f"{part.expr} of {whole.expr} is {number(share)} %; the report says {rate.expr} ({rate.name})",
        f"{whole.expr}中的{part.expr}为{number(share)}%，报告所述{rate.name}为{rate.expr}",
    )  # fmt: skip
