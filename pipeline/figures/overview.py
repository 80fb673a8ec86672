"""Draw how often each named theme stands in each report, per thousand characters."""

import matplotlib.pyplot as plt
import pandas as pd

from pipeline.comparison.cells import address
from pipeline.figures.canvas import BLUE, GREY, Drawn, empty, first, printable, short
from pipeline.wording import report_names

TITLE = ("各报告提及重点制度的频次", "How often each report names ten key institutions")
METHOD = (
    "频次＝词典中的词在正文、标题中出现的次数÷报告字数（不含网页附属文字）×1000；括号内为次数。",
    "Rate = occurrences of the dictionary's word in body and headings per thousand characters of the report, page furniture left out; counts in brackets.",
)


def draw(overview: pd.DataFrame, mentions: pd.DataFrame, *, say, limit: int) -> Drawn:
    """Draw one panel per report, the themes in one order, bars to one scale."""
    if not mentions["n"].sum():
        return empty(say, TITLE, ("没有报告提及。", "No report names any of them."), METHOD)
    names = report_names(overview)
    ids, cut = first(list(overview["report_id"]), min(limit, 15))
    order = mentions.groupby("term")["per_thousand"].mean().sort_values(kind="stable").index
    shown = mentions[mentions["report_id"].isin(ids)]
    rates = shown.pivot(index="term", columns="report_id", values="per_thousand")
    counts = shown.pivot(index="term", columns="report_id", values="n")
    columns = min(len(ids), 5)
    rows = -(-len(ids) // columns)
    figure, grid = plt.subplots(
        rows, columns, figsize=(7.1, 0.7 + 2.6 * rows), sharex=True, sharey=True, squeeze=False
    )
    for axes in grid.flat[len(ids) :]:
        axes.set_axis_off()
    size = overview.set_index("report_id")["characters"]
    for axes, report_id in zip(grid.flat, ids, strict=False):
        _panel(
            axes,
            report_id,
            rates.loc[order, report_id],
            counts.loc[order, report_id],
            rates.loc[:, ids].max().max(),
        )
        axes.set_title(
            f"{short(names[report_id], 10)}\n{size[report_id]:,} {say('字', 'characters')}", fontsize=8
        )
    figure.supxlabel(say("次／千字", "times per thousand characters"), fontsize=8)
    caption = (
        f"{len(ids)}份报告正文提及各词的频次（每千字）。{cut[0]}",
        f"Mentions per thousand characters in {len(ids)} reports.{cut[1]}",
    )
    return Drawn(
        figure, TITLE, caption, METHOD, {"reports": len(overview), "mentions": int(mentions["n"].sum())}
    )


def _panel(axes, report_id: str, rates: pd.Series, counts: pd.Series, highest: float) -> None:
    bars = axes.barh(range(len(rates)), rates, color=BLUE, height=0.62)
    for place, (bar, term) in enumerate(zip(bars, rates.index, strict=True)):
        bar.set_url("#" + address(q=term, report=report_id))
        text = f"{rates[term]:.2f} ({counts[term]})" if counts[term] else "0"
        axes.text(
            rates[term] + 0.03 * highest,
            place,
            text,
            va="center",
            fontsize=6.5,
            color="black" if counts[term] else GREY,
        )
    axes.set_yticks(range(len(rates)), [printable(term) for term in rates.index])
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, 1.75 * highest)
    axes.grid(axis="x")
