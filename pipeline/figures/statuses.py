"""Draw what each report's sentences are: done, ongoing, planned, a problem admitted, or framing."""

import matplotlib.pyplot as plt
import pandas as pd

from pipeline.comparison.cells import address
from pipeline.figures.canvas import BLUE, ORANGE, RED, SKY, Drawn, empty, first, short
from pipeline.wording import report_names

COLUMNS = {"measures": ["report_id", "status"]}
TITLE = ("各报告语句的性质构成", "What the sentences of each report are")
METHOD = (
    "每个正文句子归入一类：已完成、持续开展、计划开展的举措，承认的问题，或表态与背景。一句兼有已完成与持续者计为已完成。",
    "Each body sentence is of one kind: an act done, ongoing or planned, a problem admitted, or framing. A sentence with done and ongoing acts counts as done.",
)
# Kind, colour, hatch: the hatch tells them apart in grey.
KINDS = (
    ("done", BLUE, ""),
    ("ongoing", SKY, "////"),
    ("planned", ORANGE, ".."),
    ("problem", RED, "xx"),
    ("framing", "#dddddd", ""),
)
ROOM_FOR_NUMBER = 0.045


def draw(reports: pd.DataFrame, measures: pd.DataFrame, *, say, limit: int) -> Drawn:
    """Draw one bar per report, whole in every bar, its parts to the bar's number of sentences."""
    if measures.empty:
        return empty(say, TITLE, ("没有正文句子。", "There are no body sentences."), METHOD)
    names = report_names(reports)
    told = measures[["report_id", "status"]].fillna({"status": "framing"})
    counts = told.groupby(["report_id", "status"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=[k for k, *_ in KINDS], fill_value=0)
    ids, cut = first([i for i in reports["report_id"] if i in counts.index], limit)
    figure, axes = plt.subplots(figsize=(7.1, 0.9 + 0.36 * len(ids)))
    _bars(axes, counts.loc[ids], say)
    labels = [f"{short(names[i], 14)}\nn = {counts.loc[i].sum():,}" for i in ids]
    axes.set_yticks(range(len(ids)), labels)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    axes.set_xlabel(say("占全部正文句子的比例", "share of body sentences"))
    figure.legend(loc="outside upper center", ncols=5, handlelength=1.4, columnspacing=1.2)
    caption = (
        f"{len(ids)}份报告共{int(counts.loc[ids].to_numpy().sum()):,}个正文句子的性质，条内数字为句数。{cut[0]}",
        f"Kinds of the {int(counts.loc[ids].to_numpy().sum()):,} body sentences of {len(ids)} reports; numbers in the bars are sentences.{cut[1]}",
    )
    return Drawn(figure, TITLE, caption, METHOD, {"reports": len(reports), "sentences": len(measures)})


def _bars(axes, counts: pd.DataFrame, say) -> None:
    whole = counts.sum(axis=1).clip(lower=1)
    left = pd.Series(0.0, index=counts.index)
    for kind, colour, hatch in KINDS:
        share = counts[kind] / whole
        bars = axes.barh(
            range(len(counts)), share, left=left, color=colour, hatch=hatch, edgecolor="white", lw=0.5, height=0.66,
            label=say.of("status", kind),
        )  # fmt: skip
        for place, (bar, report_id) in enumerate(zip(bars, counts.index, strict=True)):
            bar.set_url("#" + address(status=kind, report=report_id))
            if share[report_id] >= ROOM_FOR_NUMBER:
                middle = left[report_id] + share[report_id] / 2
                box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85}
                axes.text(
                    middle, place, counts.loc[report_id, kind], ha="center", va="center", fontsize=7, bbox=box
                )
        left = left + share
