"""Draw what share of each report's measures every theme takes, with its interval."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from pipeline.comparison.cells import address
from pipeline.figures.canvas import Drawn, empty, first, short
from pipeline.wording import pair, report_names

COLUMNS = {
    "theme_matrix": ["report_id", "theme", "measures", "report_measures", "share", "share_low", "share_high"],
}
TITLE = ("各报告举措的主题分布", "Themes of the measures in each report")
METHOD = (
    "格内为该主题举措句占报告全部举措句的比例，下为Wilson 95%区间；一句可属多个主题，各列之和可超过100%。区间只反映句数多少，不含编码误差。",
    "In each cell the share of the report's measures that are about the theme, below it Wilson's 95% interval; a sentence may have several themes, so columns may add up to more than 100%. Intervals reflect the number of sentences, not coding error.",
)
WITH_NUMBERS = 8
DARK = 0.55
LONGEST_NAME = 66


def draw(reports: pd.DataFrame, theme_matrix: pd.DataFrame, *, say, limit: int) -> Drawn:
    """Draw themes down, reports across, each cell as dark as its share; numbers in the cells of up to eight reports."""
    if not theme_matrix["measures"].sum():
        return empty(say, TITLE, ("没有归入主题的举措。", "No measure has a theme."), METHOD)
    names = report_names(reports)
    ids, cut = first(list(reports["report_id"]), limit)
    shown = theme_matrix[theme_matrix["report_id"].isin(ids)]
    cells = {(row.theme, row.report_id): row for row in shown.itertuples()}
    themes = list(dict.fromkeys(theme_matrix["theme"]))
    shares = np.array([[_share(cells[theme, i]) for i in ids] for theme in themes])
    numbered = len(ids) <= WITH_NUMBERS
    figure, axes = plt.subplots(figsize=(7.1, 0.9 + (0.31 if numbered else 0.2) * len(themes)))
    image = axes.imshow(shares, aspect="auto", cmap="Blues", vmin=0, vmax=max(0.3, shares.max()))
    for row, theme in enumerate(themes):
        for column, report_id in enumerate(ids):
            _cell(
                axes,
                row,
                column,
                cells[theme, report_id],
                shares[row, column] / image.get_clim()[1],
                numbered,
            )
    _frame(axes, themes, ids, names, cells, say)
    figure.colorbar(
        image, ax=axes, shrink=0.4, format=lambda share, _: f"{share:.0%}", pad=0.01
    ).outline.set_visible(False)
    caption = (
        f"{len(ids)}份报告的举措在{len(themes)}个主题上的比例；n为该报告举措句数。{cut[0]}",
        f"Share of measures by theme, {len(themes)} themes in {len(ids)} reports; n is the report's measures.{cut[1]}",
    )
    n = {
        "reports": len(reports),
        "measures": int(theme_matrix.groupby("report_id")["report_measures"].first().sum()),
    }
    return Drawn(figure, TITLE, caption, METHOD, n)


def _share(row) -> float:
    return 0.0 if pd.isna(row.share) else row.share


def _cell(axes, row: int, column: int, cell, depth: float, numbered: bool) -> None:
    box = Rectangle((column - 0.5, row - 0.5), 1, 1, fill=True, facecolor="none", edgecolor="white", lw=1)
    box.set_url("#" + address(theme=cell.theme, report=cell.report_id))
    axes.add_patch(box)
    if not numbered:
        return
    colour = "white" if depth > DARK else "black"
    if not cell.measures:
        axes.text(column, row, "–", ha="center", va="center", color=colour, fontsize=7)
        return
    axes.text(column, row - 0.17, f"{cell.share:.0%}", ha="center", va="center", color=colour, fontsize=7.5)
    interval = f"{100 * cell.share_low:.0f}–{cell.share_high:.0%}"
    axes.text(column, row + 0.25, interval, ha="center", va="center", color=colour, fontsize=5.5)


def _frame(axes, themes: list[str], ids: list[str], names: dict[str, str], cells: dict, say) -> None:
    labels = [
        say(*(short(name, LONGEST_NAME) for name in pair("theme", theme)), between="\n") for theme in themes
    ]
    axes.set_yticks(range(len(themes)), labels, fontsize=6.5, linespacing=1.1)
    axes.xaxis.tick_top()
    few = len(ids) <= WITH_NUMBERS
    sizes = [cells[themes[0], i].report_measures for i in ids]
    labels = [
        f"{short(names[i], 14)}\nn = {n}" if few else short(names[i], 8)
        for i, n in zip(ids, sizes, strict=True)
    ]
    axes.set_xticks(range(len(ids)), labels, rotation=0 if few else 90)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
