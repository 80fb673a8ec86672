"""Draw the phrases that set each report apart from the others, as lollipops."""

import matplotlib.pyplot as plt
import pandas as pd

from pipeline.comparison.cells import address
from pipeline.figures.canvas import BLUE, Drawn, empty, first, printable, short
from pipeline.wording import report_names

TITLE = ("各报告的特色用语", "Phrases that set each report apart")
METHOD = (
    "以各报告与其余全部报告相比的对数似然比G²（Dunning 1993，Williams校正）排序；括号内为本报告次数／其余报告次数。仅列显著者，不列地名。",
    "Ranked by the log-likelihood ratio G² (Dunning 1993, Williams's correction) against all other reports; in brackets, times here / times elsewhere. Significant phrases only; place names left out.",
)
PANELS, PHRASES, ACROSS = 9, 8, 3


def draw(reports: pd.DataFrame, keyness: pd.DataFrame, *, say, limit: int) -> Drawn:
    """Draw one panel per report with its highest phrases, each panel to its own scale."""
    distinct = set(keyness["report_id"])
    ids = [i for i in reports["report_id"] if i in distinct]
    if not ids:
        why = (
            "没有可比的其他报告，或没有显著用语。",
            "No other report to compare with, or no phrase that differs enough.",
        )
        return empty(say, TITLE, why, METHOD)
    names = report_names(reports)
    ids, cut = first(ids, min(limit, PANELS))
    columns = min(ACROSS, len(ids))
    rows = -(-len(ids) // columns)
    figure, grid = plt.subplots(rows, columns, figsize=(7.1, 0.4 + 1.95 * rows), squeeze=False)
    for axes in grid.flat[len(ids) :]:
        axes.set_axis_off()
    for axes, report_id in zip(grid.flat, ids, strict=False):
        _panel(axes, keyness[keyness["report_id"] == report_id].nsmallest(PHRASES, "rank"))
        axes.set_title(short(names[report_id], 18))
    figure.supxlabel(say("对数似然比 G²", "log-likelihood ratio G²", between="  "), fontsize=8)
    caption = (
        f"{len(ids)}份报告各自最突出的至多{PHRASES}个用语。{cut[0]}",
        f"Up to {PHRASES} most distinctive phrases of {len(ids)} reports.{cut[1]}",
    )
    return Drawn(figure, TITLE, caption, METHOD, {"reports": len(reports), "phrases": len(keyness)})


def _panel(axes, rows: pd.DataFrame) -> None:
    rows = rows.iloc[::-1]
    places = range(len(rows))
    axes.hlines(places, 0, rows["g2"], color=BLUE, lw=1)
    for place, row in zip(places, rows.itertuples(), strict=True):
        axes.scatter([row.g2], [place], s=18, color=BLUE, zorder=3).set_url(
            "#" + address(q=row.phrase, report=row.report_id)
        )
    labels = [f"{printable(r.phrase)} ({r.n}/{r.n_rest})" for r in rows.itertuples()]
    axes.set_yticks(places, labels)
    axes.set_ylim(-0.6, PHRASES - 0.4)
    axes.set_xlim(0, 1.08 * rows["g2"].max())
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
