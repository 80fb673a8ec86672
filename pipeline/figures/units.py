"""Draw which units a report's tasks bind together, and which of them lead."""

from collections import Counter
from itertools import combinations

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Curve

from pipeline.comparison.cells import address
from pipeline.figures.canvas import BLUE, GREY, ORANGE, Drawn, empty, short
from pipeline.wording import report_names

COLUMNS = {"assignment_units": ["report_id", "assignment_id", "role", "unit_normalised", "collective"]}
TITLE = ("任务分工中的单位网络", "Units bound together by planned tasks")
METHOD = (
    "点为单位，大小为承担的任务数，圆点至少牵头一项，菱形为成组单位（如各部门）；连线为同列一项任务，粗细为次数。按社群排列（贪心模块度）。",
    "A dot is a unit, its size the tasks it has, round where it leads at least one, a diamond where the words stand for many units; a line joins units named in one task, as wide as often. In order of communities (greedy modularity).",
)
UNITS = 26
LONGEST_NAME = 14


def draw(reports: pd.DataFrame, assignment_units: pd.DataFrame, *, say, limit: int) -> Drawn:
    """Draw the report with most tasks assigned, its busiest units in a ring."""
    if assignment_units.empty:
        why = ("没有报告写明牵头单位、责任单位。", "No report names lead and responsible units.")
        return empty(say, TITLE, why, METHOD)
    tasks_of = assignment_units.groupby("report_id")["assignment_id"].nunique()
    report_id = tasks_of.idxmax()
    units = assignment_units[assignment_units["report_id"] == report_id]
    ties, load, led = _network(units)
    figure, axes = plt.subplots(figsize=(7.1, 6.2))
    places = _ring(ties)
    _edges(axes, ties, places)
    _nodes(axes, places, load, led, report_id, set(units.loc[units["collective"], "unit_normalised"]))
    _frame(axes, say)
    caption = _caption(
        report_names(reports)[report_id], int(tasks_of[report_id]), len(places), len(load), len(tasks_of)
    )
    return Drawn(
        figure,
        TITLE,
        caption,
        METHOD,
        {"tasks": int(tasks_of[report_id]), "units": len(load), "reports": len(tasks_of)},
    )


def _caption(name: str, tasks: int, shown: int, units: int, reports: int) -> tuple[str, str]:
    zh = f"{name}{tasks}项任务中承担任务最多的{shown}个单位（全部{units}个）；括号内为任务数／其中牵头数。"
    en = (
        f"The {shown} busiest of {units} units in {tasks} tasks of {name}; in brackets, tasks / of these led."
    )
    if reports > 1:
        zh += f"共{reports}份报告写明分工，图中为任务最多的一份。"
        en += f" {reports} reports assign tasks; the one with most is shown."
    return zh, en


def _network(units: pd.DataFrame) -> tuple[nx.Graph, Counter, Counter]:
    bound = units.groupby("assignment_id", sort=True)["unit_normalised"].agg(lambda names: sorted(set(names)))
    load = Counter(unit for task in bound for unit in task)
    leading = units[units["role"] == "lead"].drop_duplicates(["assignment_id", "unit_normalised"])
    led = Counter(leading["unit_normalised"])
    busiest = sorted(load, key=lambda unit: (-load[unit], unit))[:UNITS]
    ties = nx.Graph()
    ties.add_nodes_from(busiest)
    for task in bound:
        for a, b in combinations([unit for unit in task if unit in ties], 2):
            weight = ties.get_edge_data(a, b, default={"weight": 0})["weight"]
            ties.add_edge(a, b, weight=weight + 1)
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
        axes.add_patch(PathPatch(curve, fc="none", ec=GREY, lw=0.3 + 2.6 * share, alpha=0.22 + 0.45 * share))


def _nodes(axes, places: dict, load: Counter, led: Counter, report_id: str, collective: set[str]) -> None:
    most = max(load.values())
    for unit, (x, y) in places.items():
        marker, colour = _look(bool(led[unit]), unit in collective)
        dot = axes.scatter([x], [y], s=12 + 150 * load[unit] / most, color=colour, marker=marker, zorder=3)
        dot.set_url("#" + address(unit=unit, report=report_id))
        right = x >= -1e-9
        angle = np.degrees(np.arctan2(y, x))
        axes.text(
            1.09 * x, 1.09 * y, f"{short(unit, LONGEST_NAME)} ({load[unit]}/{led[unit]})", fontsize=7,
            rotation=angle if right else angle + 180, rotation_mode="anchor",
            ha="left" if right else "right", va="center",
        )  # fmt: skip


def _look(leads: bool, collective: bool) -> tuple[str, str]:
    if collective:
        return "D", GREY
    return ("o", BLUE) if leads else ("s", ORANGE)


def _frame(axes, say) -> None:
    axes.set_aspect("equal")
    axes.set_xlim(-1.75, 1.75)
    axes.set_ylim(-1.5, 1.5)
    axes.set_axis_off()
    kinds = (
        (True, False, "牵头过任务", "leads a task"),
        (False, False, "只参与", "takes part only"),
        (False, True, "成组单位（如各部门）", "many units at once"),
    )
    for leads, collective, zh, en in kinds:
        marker, colour = _look(leads, collective)
        axes.scatter([], [], color=colour, marker=marker, s=40, label=say(zh, en))
    axes.figure.legend(loc="outside lower center", ncols=3)
