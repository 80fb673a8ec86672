"""Draw the sheet of what a report's own figures say of each other: which agree, which conflict."""

import textwrap

import matplotlib.pyplot as plt
import pandas as pd

from pipeline.comparison.cells import address
from pipeline.figures.canvas import BLUE, GREY, RED, SKY, Drawn, empty, printable, short
from pipeline.wording import pair, report_names

TITLE = ("数据自洽性核对", "Do the reports' figures agree with each other?")
METHOD = (
    "只用报告自己写出的数：比率对分子分母，增减对前后两期，合计对分项，重复的数对先后两处。说法不足以核对的，列为无法核对。",
    "Only figures the report itself states are used: a rate against part and whole, a change against two levels, a total against its parts, a figure against its repetition. What cannot be settled is called not checkable.",
)
VERDICTS = {
    "conflict": ("X", RED),
    "rounding": ("D", SKY),
    "consistent": ("o", BLUE),
    "not_checkable": ("s", GREY),
}
ROWS, WIDTH, WIDTH_EN, LINE = 24, 62, 110, 0.155


def draw(reports: pd.DataFrame, audit: pd.DataFrame, *, say, limit: int) -> Drawn:
    """Draw a line per finding, conflicts first: verdict, report, and what was computed."""
    if audit.empty:
        return empty(
            say, TITLE, ("没有可以互相核对的数据。", "No figures can be checked against each other."), METHOD
        )
    names = report_names(reports)
    rank = {verdict: place for place, verdict in enumerate(VERDICTS)}
    ordered = audit.assign(rank=audit["verdict"].map(rank)).sort_values(
        ["rank", "report_id", "start"], kind="stable"
    )
    shown = [(row, _lines(row, say)) for row in ordered.head(ROWS).itertuples()]
    height = sum(len(lines) + 0.8 for _, lines in shown)
    figure, axes = plt.subplots(figsize=(7.1, 0.75 + LINE * height))
    axes.set(xlim=(0, 1), ylim=(height, -0.3))
    axes.set_axis_off()
    y = 0.5
    for row, lines in shown:
        _finding(axes, y, row, lines, names[row.report_id])
        y += len(lines) + 0.8
    counts = audit["verdict"].value_counts()
    _heading(axes, counts, say)
    told = "，".join(f"{_name(v)[0]}{counts[v]}项" for v in VERDICTS if v in counts)
    told_en = ", ".join(f"{counts[v]} {_name(v)[1]}" for v in VERDICTS if v in counts)
    cut = (f"列出前{ROWS}项。", f" The first {ROWS} are shown.") if len(audit) > ROWS else ("", "")
    caption = f"{len(audit)}项核对：{told}。{cut[0]}", f"{len(audit)} checks: {told_en}.{cut[1]}"
    return Drawn(
        figure, TITLE, caption, METHOD, {"checks": len(audit), "reports": int(audit["report_id"].nunique())}
    )


def _name(verdict: str) -> tuple[str, str]:
    return pair("verdict", verdict)


def _lines(row, say) -> list[str]:
    zh = textwrap.wrap(printable(row.message_zh), WIDTH)
    en = textwrap.wrap(printable(row.message), WIDTH_EN)
    return {"zh": zh, "en": en, "both": zh + en}[say.language]


def _finding(axes, y: float, row, lines: list[str], name: str) -> None:
    mark, colour = VERDICTS[row.verdict]
    axes.scatter([0.012], [y], marker=mark, color=colour, s=30)
    link = axes.text(0.035, y, short(name, 9), va="center", fontsize=7)
    link.set_url("#" + address(ids=",".join(row.metric_ids)))
    for number, line in enumerate(lines):
        axes.text(0.15, y + number, line, va="center", fontsize=7 if number == 0 else 6.5)


def _heading(axes, counts: pd.Series, say) -> None:
    """Set the key to the marks above the sheet, each with its number of findings."""
    marks = [
        axes.scatter([], [], marker=mark, color=colour, s=36, label=f"{say(*_name(verdict))}  {counts.get(verdict, 0)}")
        for verdict, (mark, colour) in VERDICTS.items()
    ]  # fmt: skip
    axes.figure.legend(handles=marks, loc="outside upper left", ncols=4, handletextpad=0.4)
