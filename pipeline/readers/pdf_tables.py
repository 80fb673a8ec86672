"""Read the ruled tables of a PDF page: the lines drawn on it say which characters share a cell.

A cell's lines are put together; a cell that covers several columns or rows leaves the others it covers empty.
"""

import ctypes
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

THIN = 3.0  # points: what is thinner is a line, be it drawn as a line or as a narrow box
SHORTEST = 6.0  # points: the shortest side of a cell
TOUCH = 3.0  # points by which two lines may miss each other and still meet
MOST_OBJECTS = 20_000  # drawn things of a page looked at: a map is no table
MOST_LINES = 600  # of each direction on a page


class Rule(NamedTuple):
    """A drawn line: where it stands (x of an upright one, else y) and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass
class Table:
    """A ruled table: its upright and level lines, and the grid they span (ys from top to bottom)."""

    uprights: list[Rule]
    levels: list[Rule]
    xs: list[float]
    ys: list[float]

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Return (row, column) of the grid at a place, or None outside the table."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right([-place for place in self.ys], -y) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return (row, column) if inside else None

    def owner(self, row: int, column: int) -> tuple[int, int]:
        """Return the first place, upwards and then leftwards, of the cell that covers a place of the grid."""
        while row and not _runs(self.levels, self.ys[row], (self.xs[column] + self.xs[column + 1]) / 2):
            row -= 1
        while column and not _runs(self.uprights, self.xs[column], (self.ys[row] + self.ys[row + 1]) / 2):
            column -= 1
        return row, column


def _runs(rules: list[Rule], at: float, through: float) -> bool:
    return any(abs(rule.at - at) <= TOUCH and rule.start <= through <= rule.end for rule in rules)


def find(handle, turned: Callable[[float, float], tuple[float, float]]) -> list[Table]:
    """Return the page's ruled tables of at least two columns; `turned` gives places on the page as shown."""
    uprights, levels = _rules(handle, turned)
    tables = []
    for group_uprights, group_levels in _groups(uprights, levels):
        xs, ys = _places(group_uprights), _places(group_levels)[::-1]
        if len(xs) > 2 and len(ys) > 1:
            tables.append(Table(group_uprights, group_levels, xs, ys))
    return tables


def _rules(handle, turned) -> tuple[list[Rule], list[Rule]]:
    """Return the upright and the level lines drawn on a page; a drawn box counts as its four sides."""
    from pypdfium2 import raw

    uprights: list[Rule] = []
    levels: list[Rule] = []
    sides = [ctypes.c_float() for _ in range(4)]
    for index in range(min(raw.FPDFPage_CountObjects(handle), MOST_OBJECTS)):
        thing = raw.FPDFPage_GetObject(handle, index)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if raw.FPDFPageObj_GetBounds(thing, *sides):
            left, bottom, right, top = (side.value for side in sides)
            (x0, y0), (x1, y1) = turned(left, bottom), turned(right, top)
            _add(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), uprights, levels)
    return uprights[:MOST_LINES], levels[:MOST_LINES]


def _add(
    left: float, bottom: float, right: float, top: float, uprights: list[Rule], levels: list[Rule]
) -> None:
    wide, high = right - left, top - bottom
    if wide < THIN and high > SHORTEST:
        uprights.append(Rule((left + right) / 2, bottom - TOUCH, top + TOUCH))
    elif high < THIN and wide > SHORTEST:
        levels.append(Rule((bottom + top) / 2, left - TOUCH, right + TOUCH))
    elif wide > SHORTEST and high > SHORTEST:
        uprights += [Rule(x, bottom - TOUCH, top + TOUCH) for x in (left, right)]
        levels += [Rule(y, left - TOUCH, right + TOUCH) for y in (bottom, top)]


def _groups(uprights: list[Rule], levels: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group lines that cross, directly or over others: each group is one table or box."""
    first = list(range(len(uprights) + len(levels)))

    def root(number: int) -> int:
        while first[number] != number:
            number = first[number]
        return number

    for n, upright in enumerate(uprights):
        for m, level in enumerate(levels, len(uprights)):
            if level.start <= upright.at <= level.end and upright.start <= level.at <= upright.end:
                first[root(m)] = root(n)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, rule in enumerate([*uprights, *levels]):
        groups.setdefault(root(number), ([], []))[number >= len(uprights)].append(rule)
    return [group for group in groups.values() if all(group)]


def _places(rules: list[Rule]) -> list[float]:
    """Return where lines stand, lines closer to each other than a cell can be taken as one."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > SHORTEST:
            places.append(at)
    return places
