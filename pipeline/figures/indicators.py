"""Draw the reports' figures for each harmonised indicator on a scale of its own; what cannot be compared is told, not drawn."""

from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from pipeline.comparison.cells import address
from pipeline.comparison.figure import written
from pipeline.figures.canvas import BLUE, GREY, RED, Drawn, empty, printable, short
from pipeline.wording import pair, report_names

COLUMNS = {
    "indicator_matrix": ["report_id", "code", "metric_id", "metric_ids", "comparability"],
    "metrics": ["report_id", "metric_id", "value", "value_max", "bound", "unit", "status", "change", "code"],
}
TITLE = ("各报告的指标值", "Indicators, report by report")
METHOD = (
    "实心为已实现，空心为目标；箭头表示界限（不低于、超过向右，不超过向左）。每个指标自有刻度，比率为0–100%。统计口径与多数报告不同的数值只写出、不画在刻度上。",
    "Filled: reached; hollow: target. Arrows are bounds (at least and over to the right, at most to the left). Each indicator has its own scale, shares 0–100%. A figure of another kind than most reports' is written, not drawn on the scale.",
)
STRIPS, ALONE, EACH, NAMED = 16, 60, 4, 8
DOTTED = 400  # reports: more dots would be a smear, and a page too large to open
LINE = 0.165  # inches
GOLDEN = 0.618  # spreads dots over the height of a strip, the same way each time
ARROWS = {"at_least": 1, "over": 1, "at_most": -1}


class Figure(NamedTuple):
    """One figure of one report, as it is drawn."""

    report_id: str
    metric_id: str
    value: float
    bound: str
    status: str
    text: str
    drawn: bool


def draw(
    reports: pd.DataFrame, indicator_matrix: pd.DataFrame, metrics: pd.DataFrame, *, say, limit: int
) -> Drawn:
    """Draw a strip for each indicator that several reports state (a line per figure, or, for many reports, a dot per
    report and their median), and below, what one report alone states."""
    drawn, cut = _spread(list(reports["report_id"]))
    strips = _strips(*(table[table["report_id"].isin(drawn)] for table in (indicator_matrix, metrics)))
    if not strips:
        return empty(
            say, TITLE, ("没有可归入统一指标的数值。", "No figure fits a harmonised indicator."), METHOD
        )
    names, many = report_names(reports), len(reports) > NAMED
    shared = {code: figures for code, figures in strips.items() if len({f.report_id for f in figures}) > 1}
    shown = dict(list(shared.items())[:STRIPS])
    alone = [(code, f) for code, figures in strips.items() if code not in shared for f in figures]
    _lay_out(shown, alone[:ALONE], names, many, say)
    n = {"indicators": len(strips), "figures": sum(map(len, strips.values())), "reports": len(drawn)}
    return Drawn(plt.gcf(), TITLE, _caption(strips, shared, shown, alone, cut), METHOD, n)


def _spread(ids: list[str]) -> tuple[list[str], tuple[str, str]]:
    """Return the reports that have dots, evenly spread where there are too many, and the sentence that says so.

    >>> _spread(["a", "b"])
    (['a', 'b'], ('', ''))
    """
    if len(ids) <= DOTTED:
        return ids, ("", "")
    step = len(ids) / DOTTED
    return [ids[int(number * step)] for number in range(DOTTED)], (
        f"共{len(ids):,}份报告，本图取其中均匀抽取的{DOTTED}份。",
        f" Of {len(ids):,} reports {DOTTED}, evenly spread, are taken for this figure.",
    )


def _caption(strips: dict, shared: dict, shown: dict, alone: list, cut: tuple[str, str]) -> tuple[str, str]:
    drawn = [f for figures in shown.values() for f in figures]
    off = sum(not f.drawn for f in drawn)
    zh = f"{len(strips)}个指标中{len(shared)}个有两份以上报告写出数值，图中为其中{len(shown)}个的{len(drawn)}个数值（{off}个口径不同，以×标出、不上刻度）；"
    en = f"{len(shared)} of {len(strips)} indicators are stated by two reports or more; shown are {len(drawn)} figures of {len(shown)} of these ({off} of another kind, marked × and off the scale); "
    only = min(len(alone), ALONE)
    return (
        zh + f"下方为只有一份报告写出的{only}个数值（共{len(alone)}个）。{cut[0]}",
        en + f"below, {only} of {len(alone)} figures that one report alone states.{cut[1]}",
    )


def _lay_out(shown: dict, alone: list, names: dict[str, str], many: bool, say) -> None:
    left, right = _columns(shown, many)
    above = 0.3 + LINE * max(_lines(left, many), _lines(right, many)) if shown else 0
    below = 0.3 + LINE * -(-len(alone) // 2) if alone else 0
    figure = plt.figure(figsize=(7.1, max(1.0, above + below)))
    heights = [height for height in (above, below) if height]
    parts = figure.subfigures(len(heights), 1, height_ratios=heights, squeeze=False)[:, 0]
    if shown:
        for column, codes in zip(parts[0].subfigures(1, 2, wspace=0.03), (left, right), strict=True):
            _column(column, {code: shown[code] for code in codes}, names, many, say)
    if alone:
        _list(parts[-1].subplots(1, 1), alone, names, say)


def _list(axes, alone: list, names: dict[str, str], say) -> None:
    axes.set_axis_off()
    axes.set_title(say("只有一份报告写出的数值", "Stated by one report alone"), fontsize=7.5)
    rows = -(-len(alone) // 2)
    axes.set_xlim(0, 2)
    axes.set_ylim(rows - 0.5, -0.5)
    for place, (code, f) in enumerate(alone):
        zh, en = pair("indicator", code)
        x, y = divmod(place, rows)
        marked = f"{'●' if f.status == 'actual' else '○'} {printable(f.text)}"
        axes.text(x + 0.27, y, marked, va="center", ha="right", fontsize=6.5).set_url(
            "#" + address(ids=f.metric_id)
        )
        axes.text(
            x + 0.29,
            y,
            short(
                f"{zh} · {names[f.report_id]}" if say.language != "en" else f"{en} · {names[f.report_id]}", 34
            ),
            va="center",
            fontsize=6.5,
        )


def _strips(matrix: pd.DataFrame, metrics: pd.DataFrame) -> dict[str, list[Figure]]:
    """Return the figures of each indicator, those of most reports first, all figures of a report under its cell's verdict."""
    known = {row.metric_id: row for row in metrics[metrics["code"].notna()].itertuples()}
    strips: dict[str, list[Figure]] = {}
    for cell in matrix[matrix["metric_id"].notna()].itertuples():
        own = known[cell.metric_id]
        for metric_id in list(cell.metric_ids)[:EACH]:
            row = known[metric_id]
            alike = (row.status, row.unit, _or_none(row.change)) == (
                own.status,
                own.unit,
                _or_none(own.change),
            )
            text = written(row.value, row.value_max, row.bound, row.unit, row.change)
            drawn = cell.comparability != "not_comparable" and alike
            strips.setdefault(cell.code, []).append(
                Figure(cell.report_id, metric_id, row.value, row.bound, row.status, text, drawn)
            )
    return dict(sorted(strips.items(), key=lambda item: -len({f.report_id for f in item[1]})))


def _or_none(value):
    return None if pd.isna(value) else value


def _height(figures: list[Figure], many: bool) -> float:
    return 6.3 if many else len(figures) + 3.4


def _lines(codes_to_figures: dict[str, list[Figure]], many: bool) -> float:
    return sum(_height(figures, many) for figures in codes_to_figures.values())


def _columns(shown: dict[str, list[Figure]], many: bool) -> tuple[dict, dict]:
    left, right = {}, {}
    for code, figures in shown.items():
        shorter = left if _lines(left, many) <= _lines(right, many) else right
        shorter[code] = figures
    return left, right


def _column(column, strips: dict[str, list[Figure]], names: dict[str, str], many: bool, say) -> None:
    if not strips:
        return
    heights = [_height(figures, many) for figures in strips.values()]
    grid = column.subplots(len(strips), 1, height_ratios=heights, squeeze=False)[:, 0]
    for axes, (code, figures) in zip(grid, strips.items(), strict=True):
        zh, en = pair("indicator", code)
        reports = len({f.report_id for f in figures})
        n = f"  n = {reports}"
        title = say(short(zh, 24), short(en, 52), between=f"{n}\n")
        axes.set_title(title if say.language == "both" else title + n, fontsize=6.5)
        (_cloud if many else _rows)(axes, code, figures, names)
        _scale(axes, figures)


def _scale(axes, figures: list[Figure]) -> None:
    axes.tick_params(labelsize=6, length=2)
    axes.grid(axis="x")
    values = [f.value for f in figures if f.drawn]
    if not values:
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.set_xlim(0, 1)
    elif all(f.text.endswith("%") for f in figures if f.drawn) and max(values) <= 100:
        axes.set_xlim(0, 128)
        axes.set_xticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100 %"])
    else:
        axes.set_xlim(0, 1.45 * max(values) or 1)
        axes.locator_params(axis="x", nbins=4)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")


def _rows(axes, code: str, figures: list[Figure], names: dict[str, str]) -> None:
    for place, f in enumerate(figures):
        if f.drawn:
            axes.scatter([f.value], [place], s=22, zorder=3, **_look(f.status)).set_url(
                "#" + address(ids=f.metric_id)
            )
            step = ARROWS.get(f.bound, 0)
            if step:
                arrow = {"arrowstyle": "<-", "color": BLUE, "lw": 1, "shrinkA": 0, "shrinkB": 2}
                axes.annotate(
                    "",
                    (f.value, place),
                    (17 * step, 0),
                    textcoords="offset points",
                    va="center",
                    arrowprops=arrow,
                )
            axes.annotate(
                printable(f.text),
                (f.value, place),
                (20 if step > 0 else 6, 0),
                textcoords="offset points",
                va="center",
                fontsize=6,
            )
        else:
            left_out = axes.text(
                0.02,
                place,
                printable(f"× {f.text}"),
                transform=axes.get_yaxis_transform(),
                va="center",
                fontsize=6,
            )
            left_out.set(color=RED, url="#" + address(ids=f.metric_id))
    labels = [
        short(names[f.report_id], 8) if not place or figures[place - 1].report_id != f.report_id else ""
        for place, f in enumerate(figures)
    ]
    axes.set_yticks(range(len(figures)), labels, fontsize=6.5)
    axes.set_ylim(len(figures) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)


def _look(status: str) -> dict:
    return {"facecolor": BLUE if status == "actual" else "white", "edgecolor": BLUE, "linewidth": 1}


def _cloud(axes, code: str, figures: list[Figure], names: dict[str, str]) -> None:
    drawn = [f for f in figures if f.drawn]
    for status in ("actual", "target"):
        some = [(place, f) for place, f in enumerate(drawn) if f.status == status]
        heights = [(place * GOLDEN) % 1 for place, _ in some]
        look = _look(status)
        dots = axes.scatter([f.value for _, f in some], heights, s=9, alpha=0.6, **look)
        dots.set_urls([f"#ids={f.metric_id}" for _, f in some])
    if drawn:
        axes.axvline(float(np.median([f.value for f in drawn])), color=GREY, lw=1)
    left_out = len(figures) - len(drawn)
    if left_out:
        axes.text(0.99, 1.02, f"× {left_out}", transform=axes.transAxes, ha="right", fontsize=6, color=RED)
    axes.set_yticks([])
    axes.set_ylim(-0.2, 1.2)
