"""Draw when the documents a report names were issued and when its tasks fall due, 2015 to 2025 and around."""

import re

import matplotlib.pyplot as plt
import pandas as pd

from pipeline.comparison.cells import address
from pipeline.figures.canvas import BLUE, GREY, ORANGE, RED, Drawn, empty, first, short
from pipeline.tables import each_row
from pipeline.wording import report_names

COLUMNS = {
    "instruments": ["report_id", "role", "number", "title"],
    "assignments": ["report_id", "deadline"],
}
TITLE = ("文件与任务时限的时间分布", "Documents and deadlines over time")
METHOD = (
    "文件年份取自发文字号或书名中的年份（跨年规划取首末两年，画为横线）；任务时限取自分工表。没有年份的文件、长期坚持的任务不在图上，只在说明中计数。",
    "A document's year is that of its number, or of its title (a plan of several years is a line from first to last); deadlines are those of the assignments. Undated documents and standing tasks are counted in the caption, not drawn.",
)
NUMBER_YEAR = re.compile(r"[〔\[（(【]((?:19|20)\d\d)[〕\]）)】]")
TITLE_YEARS = re.compile(r"((?:19|20)\d\d)(?:\s*[-—–－~至]+\s*((?:19|20)\d\d))?\s*年?")
DEADLINE_YEAR = re.compile(r"(?:19|20)\d\d")
# The years in brackets behind a plan's title are told by its line.
LEFT_OUT = re.compile(r"[（(〔][^（(〔]*\d{4}[^）)〕]*[）)〕]")
EARLIEST, LATEST = 2000, 2049
LANES = {"issued": -0.3, "basis": -0.3, "cited": -0.3, "deadline": 0.34}
FIRST_PLAN, NEXT_PLAN, PLAN_LANES = -0.1, 0.15, 3
ROOM_FOR_TITLES = 8
MARKS = {"issued": ("^", BLUE), "basis": ("v", GREY), "cited": ("d", "#bbbbbb"), "deadline": ("s", ORANGE)}


def draw(
    reports: pd.DataFrame, instruments: pd.DataFrame, assignments: pd.DataFrame, *, say, limit: int
) -> Drawn:
    """Draw a row per report: marks for documents and deadlines by year, as large as there are many; lines for plans."""
    marks, spans = _documents(instruments)
    due = _deadlines(assignments)
    dated = pd.concat([marks, due], ignore_index=True)
    present = {*dated["report_id"], *spans["report_id"]}
    ids, cut = first([i for i in reports["report_id"] if i in present], limit)
    if not ids:
        return empty(say, TITLE, ("没有可定年的文件或任务。", "No document or task is dated."), METHOD)
    figure, axes = plt.subplots(figsize=(7.1, 1.3 + 0.85 * len(ids)))
    place = {report_id: row for row, report_id in enumerate(ids)}
    _lines(axes, spans, place)
    _dots(axes, dated, place)
    _publication(axes, reports, place)
    _frame(axes, ids, report_names(reports), say)
    undated = len(instruments) - len(marks.index) - len(spans)
    standing = len(assignments) - len(due)
    caption = (
        f"{len(ids)}份报告提到的{len(marks) + len(spans)}处有年份的文件与{len(due)}项任务时限；另有{undated}处文件无年份、{standing}项任务无年份时限，未画。{cut[0]}",
        f"{len(marks) + len(spans)} dated mentions of documents and {len(due)} deadlines in {len(ids)} reports; {undated} mentions without a year and {standing} tasks without one are not drawn.{cut[1]}",
    )
    n = {"reports": len(ids), "documents": len(marks) + len(spans), "deadlines": len(due)}
    return Drawn(figure, TITLE, caption, METHOD, n)


def years(number, title: str) -> tuple[int, int] | None:
    """Return the first and last year a document speaks of, its number before its title; None where it names none.

    >>> years("津党发[2016]24号", "法治政府建设实施意见"), years(None, "法治政府建设实施纲要（2021-2025年）"), years(None, "行政诉讼法")
    ((2016, 2016), (2021, 2025), None)
    """
    if isinstance(number, str) and (found := NUMBER_YEAR.search(number)):
        return int(found[1]), int(found[1])
    if not (found := TITLE_YEARS.search(title)):
        return None
    begin, end = int(found[1]), int(found[2] or found[1])
    return (begin, end) if EARLIEST <= begin <= end <= LATEST else None


def _documents(instruments: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the documents of one year, and those that reach from one year into another."""
    rows = each_row(instruments[["report_id", "role", "number", "title"]])
    dated = [(r, span) for r in rows if (span := years(r.number, r.title))]
    marks = [(r.report_id, r.role, begin) for r, (begin, end) in dated if begin == end]
    spans = [(r.report_id, *span, r.title) for r, span in dated if span[0] < span[1]]
    return (
        pd.DataFrame(marks, columns=["report_id", "kind", "year"]),
        pd.DataFrame(spans, columns=["report_id", "begin", "end", "title"]),
    )


def _deadlines(assignments: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (r.report_id, "deadline", int(found[0]))
        for r in each_row(assignments[["report_id", "deadline"]])
        if isinstance(r.deadline, str) and (found := DEADLINE_YEAR.search(r.deadline))
    ]
    return pd.DataFrame(rows, columns=["report_id", "kind", "year"])


def _dots(axes, dated: pd.DataFrame, place: dict[str, int]) -> None:
    counts = dated[dated["report_id"].isin(place)].groupby(["report_id", "kind", "year"]).size()
    for (report_id, kind, year), n in counts.items():
        marker, colour = MARKS[kind]
        aside = {"issued": -0.2, "basis": 0.2, "cited": 0.0}.get(kind, 0.0)
        x, y = year + aside, place[report_id] + LANES[kind]
        axes.scatter([x], [y], s=28 + 7 * min(n, 20), marker=marker, color=colour, zorder=3).set_url(
            "#" + address(year=year, kind=kind, report=report_id)
        )
        if n > 1:
            axes.text(x, y, n, ha="center", va="center", fontsize=6, zorder=4)


def _lines(axes, spans: pd.DataFrame, place: dict[str, int]) -> None:
    counts = spans[spans["report_id"].isin(place)].groupby(["report_id", "begin", "end"])["title"]
    lane: dict[str, int] = {}
    for (report_id, begin, end), titles in counts:
        y = place[report_id] + FIRST_PLAN + NEXT_PLAN * (lane.get(report_id, 0) % PLAN_LANES)
        lane[report_id] = lane.get(report_id, 0) + 1
        (line,) = axes.plot(
            [begin - 0.45, end + 0.45],
            [y, y],
            color=BLUE,
            lw=2.2,
            alpha=0.55,
            solid_capstyle="butt",
            zorder=2,
        )
        line.set_url("#" + address(year=begin, until=end, report=report_id))
        if len(place) <= ROOM_FOR_TITLES:
            name = short(LEFT_OUT.sub("", titles.iloc[0]), 20) + (
                f" ({len(titles)})" if len(titles) > 1 else ""
            )
            axes.annotate(
                name, (begin - 0.45, y), (2, 1.5), textcoords="offset points", fontsize=5.5, va="bottom"
            )


def _publication(axes, reports: pd.DataFrame, place: dict[str, int]) -> None:
    for row in reports[reports["report_id"].isin(place)].itertuples():
        if isinstance(row.published, str) and len(row.published) >= 7:
            x = int(row.published[:4]) + (int(row.published[5:7]) - 0.5) / 12 - 0.5
            axes.vlines(
                x, place[row.report_id] - 0.4, place[row.report_id] + 0.4, color=RED, lw=1.2, zorder=1
            )


def _frame(axes, ids: list[str], names: dict[str, str], say) -> None:
    axes.set_yticks(range(len(ids)), [short(names[i], 14) for i in ids])
    axes.set_ylim(len(ids) - 0.4, -0.6)
    axes.xaxis.get_major_locator().set_params(integer=True, nbins=14)
    low, high = (round(edge) for edge in axes.get_xlim())
    axes.set_xticks([year - 0.5 for year in range(low, high + 2)], minor=True)
    axes.set_xlim(low - 0.5, high + 0.5)
    axes.tick_params(axis="x", which="both", length=0)
    axes.grid(axis="x", which="minor")
    axes.set_xlabel(say("年份", "year"))
    for kind, (marker, colour) in MARKS.items():
        zh, en = ("任务时限", "deadline of a task") if kind == "deadline" else (None, None)
        label = say(zh, en) if zh else say.of("role", kind)
        axes.scatter([], [], marker=marker, color=colour, s=28, label=label)
    axes.plot([], [], color=BLUE, lw=2.2, alpha=0.55, label=say("多年规划", "plan of several years"))
    axes.plot([], [], color=RED, lw=1.2, label=say("报告发布", "report published"))
    axes.figure.legend(loc="outside upper center", ncols=3, handlelength=1.6)
