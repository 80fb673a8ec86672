"""Lay out the indicators side by side: each figure with its bound and status, and three kinds of nothing."""

import pandas as pd
import pyarrow.compute as pc

from pipeline.comparison.cells import Column, Grid, address, link, nothing, plain, report_column
from pipeline.comparison.figure import written
from pipeline.library import Library
from pipeline.tables import each_row
from pipeline.wording import pair

# More reports than this do not fit side by side; then each figure has a row.
SIDE_BY_SIDE = 12
SHORT_OF = {
    "not_mentioned": ("未提及", "not mentioned"),
    "mentioned_without_figure": ("提及，无数值", "mentioned, no figure"),
    "not_applicable": ("不适用", "not applicable"),
}
VERDICT = {"caution": ("慎比", "compare with caution"), "not_comparable": ("不可比", "not comparable")}


def indicators(library: Library, names: dict[str, str], most: int) -> Grid:
    """One row per indicator that any report states, a column per report; of many reports, one row per figure."""
    if len(names) > SIDE_BY_SIDE:
        return _long(library, names, most)
    matrix = library.read("indicator_matrix")
    stated = matrix.loc[matrix["metric_id"].notna(), "code"]
    codes = [code for code in dict.fromkeys(matrix["code"]) if code in set(stated)]
    cells = {(row.code, row.report_id): row for row in each_row(matrix)}
    columns = [Column("指标", "indicator", long=True), *(report_column(i, name) for i, name in names.items())]
    columns.append(Column("可比性", "comparability", long=True))
    rows = [
        [
            pair("indicator", code),
            *(_cell(cells[code, i]) for i in names),
            _why([cells[code, i] for i in names]),
        ]
        for code in codes
    ]
    return Grid(columns, rows)


def _cell(row):
    if pd.isna(row.metric_id):
        return _nothing(row)
    text = written(row.value, row.value_max, row.bound, row.unit, row.change)
    told = [pair("status", row.status)] + (
        [VERDICT[row.comparability]] if row.comparability in VERDICT else []
    )
    if row.figures > 1:
        told.append((f"共{row.figures}个数值", f"{row.figures} figures"))
    aside = ("，".join(zh for zh, _ in told), ", ".join(en for _, en in told))
    return link(text, address(indicator=row.code, report=row.report_id), list(aside), row.value)


def _nothing(row):
    absence = SHORT_OF[row.absence]
    if pd.notna(row.sentence_id):
        return link(list(absence), address(ids=row.sentence_id), sort=-1)
    return nothing(*absence, sort=-2)


def _why(row_cells: list) -> str:
    reasons = dict.fromkeys(
        row.comparability_reason for row in row_cells if pd.notna(row.comparability_reason)
    )
    return "；".join(reason for reason in reasons if reason)


def _long(library: Library, names: dict[str, str], most: int) -> Grid:
    stated = pc.field("metric_id").is_valid()
    columns = [
        Column("指标", "indicator", words="indicator"), Column("报告", "report"), Column("数值", "figure", number=True),
        Column("性质", "status", words="status"), Column("时段", "period"), Column("可比性", "comparability", words="comparability"),
        Column("原因", "why", long=True),
    ]  # fmt: skip
    rows = [
        [
            r.code, names[r.report_id],
            link(written(r.value, r.value_max, r.bound, r.unit, r.change), address(indicator=r.code, report=r.report_id), sort=r.value),
            r.status, plain(r.period), plain(r.comparability), plain(r.comparability_reason),
        ]
        for r in each_row(library.head("indicator_matrix", most, where=stated))
    ]  # fmt: skip
    return Grid(columns, rows, total=library.matching("indicator_matrix", "metric_id", stated))
