"""Give a figure its harmonised indicator (codebook: indicators.yaml) from its name, its unit and the words around it."""

import re
from functools import cache, lru_cache
from itertools import zip_longest

from pipeline.indicator.codebook import Line, indicators

NEAR_BEFORE, NEAR_AFTER, ABOUT = 45, 30, 300  # characters
EXCEEDED = re.compile(r"(?:超过|超出|多于|少于|高于|低于)[^,;。\d]{2,16}")
CLAUSE_END = re.compile(r"[,;。]")
THRESHOLD = re.compile(r"的[^,;。]{2,40}率")


def code(folded_sentence: str, indicator: str | None, quantity, topic: str = "") -> str | None:
    """Return the harmonised code of a figure, or None where no indicator of the codebook fits.

    `indicator` is the name `attach` found; of `quantity`, `start`, `end`, `unit` and `change` are read. `topic` is what stands
    before the sentence in its section, folded: the heading, then earlier sentences, the nearest last (300 characters
    are enough); it tells which of two things a bare 受理 or 办结率 speaks of: the nearest wins.
    """
    if not indicator or THRESHOLD.match(folded_sentence, quantity.end):
        return None
    candidates = _candidates(indicator, quantity.unit.split("(")[0], quantity.change is not None)
    if not candidates:
        return None
    near = _near(folded_sentence, quantity)
    about, best, nearest = "", None, -1
    for name, near_pattern, about_pattern, far in candidates:
        if near_pattern and not near_pattern(near) or far and far(near):
            continue
        if about_pattern is None:
            return best or name
        about = about or _about(folded_sentence, quantity, topic)
        place = max((found.start() for found in about_pattern(about)), default=-1)
        if place > nearest:
            best, nearest = name, place
    return best


def _about(sentence: str, quantity, topic: str) -> str:
    """Return what a figure's section has spoken of: some hundred characters, up to the words just behind the figure."""
    # 首次超过行政诉讼案件数: what is only compared with is not spoken of
    told = sentence[max(0, quantity.end - ABOUT) : quantity.end + NEAR_AFTER]
    return EXCEEDED.sub("", topic[-ABOUT:] + told if quantity.end < ABOUT else told)


def codes(folded_sentence: str, spans: list, quantities: list, topic: str = "") -> list[str | None]:
    """Return the codes of all figures of a sentence; a growth figure takes the code of the level whose name it shares.

    `spans` is what `attach` returned for `quantities`; see `code` for `topic`.
    """
    found, levels = [], {}
    for span, quantity, following in zip_longest(spans, quantities, quantities[1:]):
        if _is_condition(folded_sentence, quantity, following):
            found.append(None)
            continue
        if quantity.change and span in levels:
            found.append(levels[span])
            continue
        name = folded_sentence[span[0] : span[1]] if span else None
        found.append(code(folded_sentence, name, quantity, topic))
        if not quantity.change:
            levels[span] = found[-1]
    return found


def _is_condition(sentence: str, quantity, following) -> bool:
    """Tell a figure that only says which things the next one counts (罚没10万元以上 | 的案件31件)."""
    if (
        following is None
        or quantity.bound == "exact"
        and quantity.value_max is None
        or quantity.unit == "学时"
    ):
        return False
    between = sentence[quantity.end : min(following.start, quantity.end + NEAR_AFTER)]
    return between.startswith("的") and not CLAUSE_END.search(between)


def _near(sentence: str, quantity) -> str:
    """Return the words around a figure, # in its place: some before it in its part of the sentence, those behind it in its clause."""
    before = sentence[max(0, quantity.start - NEAR_BEFORE) : quantity.start].rpartition(";")[2]
    behind = CLAUSE_END.split(sentence[quantity.end : quantity.end + NEAR_AFTER], maxsplit=1)[0]
    return f"{before}#{behind}"


@lru_cache(maxsize=1 << 16)
def _candidates(name: str, unit: str, moves: bool) -> tuple:
    """Return the lines whose unit and name fit, in the codebook's order; what surrounds the figure is judged later."""
    found = []
    for entry, units, unless, lines in _compiled():
        if not _fits(entry.kind, units, unit, moves) or unless(name):
            continue
        found += [(entry.code, *around) for named, *around in lines if named(name)]
    return tuple(found)


def _fits(kind: str, units: frozenset, unit: str, moves: bool) -> bool:
    if moves and unit in ("%", "倍"):
        return kind in ("rate", "count", "amount")
    if units:
        return unit in units
    if kind == "rate":
        return unit in ("%", "百分点")
    return unit.endswith("元") == (kind == "amount") and unit not in ("%", "百分点", "倍")


@cache
def _compiled() -> list[tuple]:
    return [
        (
            entry,
            frozenset(entry.units),
            re.compile(entry.unless).search,
            [_line(m) for m in entry.match],
        )
        for entry in indicators()
    ]


def _line(line: Line) -> tuple:
    name, near, far = (re.compile(p).search if p else None for p in (line.name, line.near, line.far))
    return name, near, re.compile(line.about).finditer if line.about else None, far
