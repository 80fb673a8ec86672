"""A figure as the audit sees it: the interval its digits allow, and the words around it."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from pipeline import codebook
from pipeline.fold import fold

DIGITS = re.compile(r"([0-9][0-9,]*)(?:\.([0-9]+))?")
POINT = re.compile(r"点([零〇一二三四五六七八九]+)")
NOISE = 1e-9


class Knowledge(codebook.Entry):
    """One entry of arithmetic.yaml."""

    kind: Literal["family", "same", "exclusive", "derived"]
    words: list[str] = []
    outcomes: list[list[str]] = []
    part: str = ""
    whole: str = ""
    zh: str = ""
    en: str = ""


@cache
def known(kind: str) -> list[Knowledge]:
    """Return the entries of a kind."""
    return [entry for entry in codebook.load("arithmetic", Knowledge) if entry.kind == kind]


@dataclass
class Figure:
    """One row of `metrics` with the words before it in its sentence; `step` is the weight of its last stated digit."""

    id: str
    sentence_id: str
    start: int
    end: int
    expr: str
    value: float
    unit: str
    bound: str
    change: str | None
    status: str
    name: str
    code: str | None
    period: str | None
    single: bool
    sentence: int = 0
    words: str = ""  # between the figure before it and itself
    after: str = ""  # the words right behind it
    step: float = field(init=False)

    def __post_init__(self):
        self.step = _step(fold(self.expr), self.value, self.unit)

    @property
    def firm(self) -> bool:
        """Tell whether the figure is stated exactly and as reached: only such figures are checked."""
        return self.bound == "exact" and self.status == "actual" and self.single

    @property
    def share(self) -> bool:
        return self.unit == "%"

    @property
    def low(self) -> float:
        return self.value - self.step / 2

    @property
    def high(self) -> float:
        return self.value + self.step / 2


def _step(expr: str, value: float, unit: str) -> float:
    """Return the weight of the last stated digit: 99.3% 0.1, 1.27万户 100, 12件 0 (a count is what it is)."""
    if "分之" in expr and not expr.lstrip("不低于约近").startswith("百分之"):
        return 5.0
    if "成" in expr:
        return 10.0 if expr.endswith("成") else 1.0
    match = DIGITS.search(expr)
    if match:
        whole = float(match.group(1).replace(",", "") + "." + (match.group(2) or "0"))
        step = (value / whole if whole else 1.0) * 10.0 ** -len(match.group(2) or "")
    else:
        decimals = POINT.search(expr)
        step = 10.0 ** -len(decimals.group(1)) if decimals else 1.0
    exact = unit not in ("%", "百分点", "倍") and step <= 1
    return 0.0 if exact else step


def alike(one: Figure, other: Figure) -> bool:
    """Tell whether two figures count the same kind of things, by their units."""
    if one.unit == other.unit:
        return True
    return any(one.unit in entry.words and other.unit in entry.words for entry in known("family"))


@dataclass
class Finding:
    """One result of a check: what was computed from which figures, and how it sits with what is stated."""

    kind: str
    verdict: str
    figures: list[Figure]
    stated: float | None
    computed: float | None
    formula: str
    message: str
    message_zh: str


def verdict(stated: Figure, low: float, high: float, far: float) -> str | None:
    """Judge a stated figure against the interval computed from others; None when they lie so far apart (more than `far`)
    that the figures hardly belong together."""
    if stated.low - NOISE <= high and low <= stated.high + NOISE:
        return "consistent"
    distance = min(abs(stated.value - low), abs(stated.value - high))
    if distance <= max(stated.step, NOISE):
        return "rounding"
    return "conflict" if distance <= far else None


def number(value: float) -> str:
    """Write a number as a reader would: no noise, thousands parted."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")
