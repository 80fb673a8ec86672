"""Name a figure by words told with another figure or clause: 其中, 同比, 占比, 分别, or a clause that leads up to it."""

import re

from pipeline.indicator.before import name_before
from pipeline.indicator.reading import REACH, RECENT, SEPARATORS, Reading, Span
from pipeline.indicator.words import ROLES

DEED = ROLES["light"] | ROLES["pure"] | ROLES["verb"]
VAGUE = re.compile(
    r"[一两二三四五六七八九十\d]+[个次课场件名家期项年天人]$"
)  # a count too vague to be a figure
STATE = re.compile(
    r"(?:更加|更为|十分|持续|再)?(?:明显|显著|平稳|良好|突出|到位|扎实|有力|创新高|新高|提速|降下来了?)$"
)
PARTS = re.compile(r"以及|[、和及与]")
BETWEEN = re.compile(
    r"[ 、,和及与以]*(?:同比|环比)?(?:增长|增加|提高|上升|提升|下降|减少|降低)?(?:到|至|了|为)?"
)


def told_before(reading: Reading, index: int, low: int, moved: bool) -> Span | None:
    """Name a figure whose own clause (from `low`) is silent: by the clause before it, or as a figure before it."""
    return clause_before(reading, low) or _level_before(reading, index, moved)


def clause_before(reading: Reading, low: int) -> Span | None:
    """Return the name in the clause that ends before `low`, if no figure stands between."""
    text, floor, high = reading.text, reading.last_end(), low
    while high > floor and text[high - 1] in SEPARATORS:
        high -= 1
    if high <= floor or high == low or text[high:low].strip(",:( \t"):
        return None
    place = high
    while place > max(floor, high - REACH) and text[place - 1] not in SEPARATORS:
        place -= 1
    if place == floor and floor:
        return None
    for said in (VAGUE, STATE):
        if found := said.search(text, max(place, high - 8), high):
            high = found.start()
    start, end, *_ = name_before(text, place, high)
    return (start, end) if end - start >= 2 else None


def object_before(reading: Reading, low: int) -> Span | None:
    """Return the object of the clause before, for a verb that names nothing itself (办理建议和提案,目前共 | 办结 | 41件)."""
    span = clause_before(reading, low)
    opened = span and max(reading.last_end(), span[0] - 12)
    return span if span and DEED.first(reading.text, opened, span[1]) < span[1] else None


def _level_before(reading: Reading, index: int, moved: bool) -> Span | None:
    """Return the name of the last level told; of one in a like unit, unless the figure is a share by which it grew."""
    if index and reading.growth[index - 1] and (moved or _arrives(reading, index)):
        return reading.spans[index - 1]
    unit = reading.quantities[index].unit
    named = [i for i in reading.recent() if reading.spans[i]]
    levels = [i for i in named if not reading.growth[i]]
    like = (unit, "%") if unit == "百分点" else (unit,)
    alike = [i for i in levels if unit == "%" or reading.quantities[i].unit in like]
    chosen = (levels if moved and unit == "%" else alike) or levels or named
    return reading.spans[chosen[-1]] if chosen else None


ARRIVES = re.compile(r"[,、]?(?:现已|目前|已)?(?:达到?了?|增至|升至|降至|升为|降为|至|为)")


def _arrives(reading: Reading, index: int) -> bool:
    """Tell a level reached by the change told just before it (出庭率提升21个百分点,达到 | 77.8%)."""
    before, figure = reading.quantities[index - 1 : index + 1]
    alike = figure.unit == before.unit or (before.unit, figure.unit) == ("百分点", "%")
    return alike and bool(ARRIVES.fullmatch(reading.text, before.end, figure.start))


def deal_out(reading: Reading, index: int, start: int, end: int) -> None:
    """Give each figure behind 分别 its own name, a part of what stands before it or the last levels told; else one for all."""
    run = _run(reading, index)
    if start < end:
        names = _parts(reading.text, start, end)
    else:
        told = [reading.spans[i] for i in reading.recent() if reading.spans[i] and not reading.growth[i]]
        names = list(dict.fromkeys(told))[-len(run) :]
    if len(names) == len(run) > 1:
        reading.dealt.update(zip(run, names, strict=True))
    else:
        reading.like.update(dict.fromkeys(run[1:], index))


def _run(reading: Reading, index: int) -> list[int]:
    """List the figures that follow one another with nothing but 和, 、 or a word of growth between."""
    quantities, run = reading.quantities, [index]
    for place in range(index + 1, min(len(quantities), index + RECENT)):
        if not BETWEEN.fullmatch(reading.text, quantities[place - 1].end, quantities[place].start):
            break
        run.append(place)
    return run


def _parts(text: str, start: int, end: int) -> list[Span]:
    spans, low = [], start
    for found in PARTS.finditer(text, start, end):
        spans.append((low, found.start()))
        low = found.end()
    return [*spans, (low, end)]
