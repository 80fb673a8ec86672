"""What the grammar knows of one quantity."""

from typing import NamedTuple


class Quantity(NamedTuple):
    """One quantity expression of a sentence; every offset counts from the sentence's start.

    `sentence[start:end] == expr` is the whole expression (`不低于80%`, `10万余份`), `number_start:number_end` the bare
    numeral in it (`80`, `10万`), `unit_start:unit_end` the unit as written (empty where a unit is only understood).
    `bound` is how the words read of something achieved; `bound_if_target` how they read in a requirement
    (`90%以上`: over, at_least).
    """

    start: int
    end: int
    expr: str
    value: float
    value_max: float | None
    unit: str  # as the guidelines write it: 件, 人次, 元, %, 百分点
    bound: str  # exact approx over at_least at_most
    bound_if_target: str
    change: str | None  # increase, decrease, or None for a level
    number_start: int
    number_end: int
    unit_start: int
    unit_end: int
    kind: str = "count"  # count, percent, points, money, time, multiple, measure
    requirement: bool = False  # its own words demand it: 不低于, 不少于, 至少
