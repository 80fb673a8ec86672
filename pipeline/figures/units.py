"""Draw which units a report's tasks bind together, and which of them lead."""

from collections import Counter
from itertools import combinations

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Curve

from pipeline.figures.canvas import BLUE, GREY, ORANGE, Drawn, empty, short
from pipeline.wording import report_names

TITLE = ("任务分工中的单位网络", "Units bound together by planned tasks")
METHOD = (
    "点为单位，大小为承担的任务数，蓝色表示至少牵头一项；连线为同列一项任务，粗细为次数。按社群排列（贪心模块度）。",
    "A dot is a unit, its size the tasks it has, blue where it leads at least one; a line joins units named in one task, as wide as often. In order of communities (greedy modularity).",
)
UNITS = 26
LONGEST_NAME = 14


def draw(reports: pd.DataFrame, assignments: pd.DataFrame, *, say, limit: int) -> Drawn:
    """Draw the report with most assignments, its busiest units in a ring."""
    if assignments.empty:
        why = ("没有报告写明牵头单位、责任单位。", "No report names lead and responsible units.")
        return empty(say, TITLE, why, METHOD)
    report_id = assignments["report_id"].value_counts(sort=True).sort_index(kind="stable").idxmax()
    tasks = assignments[assignments["report_id"] == report_id]
    ties, load, led = _network(tasks)
    figure, axes = plt.subplots(figsize=(7.1, 6.2))
    places = _ring(ties)
    _edges(axes, ties, places)
    _nodes(axes, places, load, led, report_id)
    axes.set_aspect("equal")
    axes.set_xlim(-1.75, 1.75)
    axes.set_ylim(-1.5, 1.5)
    axes.set_axis_off()
    _legend(axes, say)
    name = report_names(reports)[report_id]
    several = assignments["report_id"].nunique()
    more = (
        (
            f"共{several}份报告写明分工，图中为任务最多的一份。",
            f" {several} reports assign tasks; the one with most is shown.",
        )
        if several > 1
        else ("", "")
    )
    caption = (
        f"{name}{len(tasks)}项任务中承担任务最多的{len(places)}个单位（全部{_units(tasks)}个）；括号内为任务数／其中牵头数。{more[0]}",
        f"The {len(places)} busiest of {_units(tasks)} units in {len(tasks)} tasks of {name}; in brackets, tasks / of these led.{more[1]}",
    )
    return Drawn(
        figure, TITLE, caption, METHOD, {"tasks": len(tasks), "units": _units(tasks), "reports": several}
    )


def _bound(row) -> list[str]:
    return sorted({*row.lead, *row.responsible, *row.support})


def _units(tasks: pd.DataFrame) -> int:
    return len({unit for row in tasks.itertuples() for unit in _bound(row)})


def _network(tasks: pd.DataFrame) -> tuple[nx.Graph, Counter, Counter]:
    load = Counter(unit for row in tasks.itertuples() for unit in _bound(row))
    led = Counter(unit for row in tasks.itertuples() for unit in sorted(set(row.lead)))
    busiest = sorted(load, key=lambda unit: (-load[unit], unit))[:UNITS]
    ties = nx.Graph()
    ties.add_nodes_from(busiest)
    for row in tasks.itertuples():
        for pair in combinations([unit for unit in _bound(row) if unit in set(busiest)], 2):
            weight = ties.get_edge_data(*pair, default={"weight": 0})["weight"]
            ties.add_edge(*pair, weight=weight + 1)
    return ties, load, led


def _ring(ties: nx.Graph) -> dict[str, tuple[float, float]]:
    groups = nx.community.greedy_modularity_communities(ties, weight="weight") if ties.edges else [set(ties)]
    strength = dict(ties.degree(weight="weight"))
    order = [unit for group in groups for unit in sorted(group, key=lambda unit: (-strength[unit], unit))]
    angles = np.pi / 2 - 2 * np.pi * np.arange(len(order)) / max(1, len(order))
    return {unit: (np.cos(a), np.sin(a)) for unit, a in zip(order, angles, strict=True)}


def _edges(axes, ties: nx.Graph, places: dict) -> None:
    heaviest = max((w for *_, w in ties.edges(data="weight")), default=1)
    for a, b, weight in sorted(ties.edges(data="weight"), key=lambda edge: (edge[2], edge[0], edge[1])):
        curve = Curve([places[a], (0, 0), places[b]], [Curve.MOVETO, Curve.CURVE3, Curve.CURVE3])
        share = weight / heaviest
        axes.add_patch(PathPatch(curve, fc="none", ec=GREY, lw=0.3 + 2.6 * share, alpha=0.12 + 0.5 * share))


def _nodes(axes, places: dict, load: Counter, led: Counter, report_id: str) -> None:
    most = max(load.values())
    for unit, (x, y) in places.items():
        size = 12 + 150 * load[unit] / most
        dot = axes.scatter(
            [x], [y], s=size, color=BLUE if led[unit] else ORANGE, marker="o" if led[unit] else "s", zorder=3
        )
        dot.set_url(f"#unit={unit}&report={report_id}")
        right = x >= -1e-9
        angle = np.degrees(np.arctan2(y, x))
        axes.text(
            1.09 * x, 1.09 * y, f"{short(unit, LONGEST_NAME)} ({load[unit]}/{led[unit]})", fontsize=7,
            rotation=angle if right else angle + 180, rotation_mode="anchor",
            ha="left" if right else "right", va="center",
        )  # fmt: skip


def _legend(axes, say) -> None:
    for colour, marker, zh, en in (
        (BLUE, "o", "牵头过任务", "leads a task"),
        (ORANGE, "s", "只参与", "takes part only"),
    ):
        axes.scatter([], [], color=colour, marker=marker, s=40, label=say(zh, en))
    axes.legend(loc="lower left", borderaxespad=0)
