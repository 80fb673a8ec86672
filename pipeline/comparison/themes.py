"""Lay out who did what on each theme: counts, shares with intervals, done or planned, and the sentence that tells most."""

from collections import Counter

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.comparison.cells import Column, Grid, address, link, nothing, report_column
from pipeline.library import Library
from pipeline.tables import each_row
from pipeline.wording import pair

SIDE_BY_SIDE = 12
COUNTED = ("measures", "done", "ongoing", "planned")
LONGEST_SENTENCE, LONGEST_OF_MANY = 160, 48


def themes(library: Library, names: dict[str, str], most: int) -> Grid:
    """One row per theme, a column per report; of many reports, the themes over all of them."""
    if len(names) > SIDE_BY_SIDE:
        return _over_all(library.read("theme_matrix", ["theme", *COUNTED, "share"]))
    matrix = library.read("theme_matrix")
    cells = {(row.theme, row.report_id): row for row in each_row(matrix)}
    columns = [Column("主题", "theme", long=True), *(report_column(i, name) for i, name in names.items())]
    rows = [
        [link(list(pair("theme", theme)), address(theme=theme)), *(_cell(cells[theme, i]) for i in names)]
        for theme in dict.fromkeys(matrix["theme"])
    ]
    return Grid(columns, rows)


def _cell(row):
    if not row.measures:
        return nothing("未提及", "none", sort=0)
    counts = [(pair("status", name), getattr(row, name)) for name in ("done", "ongoing", "planned")]
    zh, en = (
        " ".join(f"{name[which]}{gap}{n}" for name, n in counts if n) for which, gap in ((0, ""), (1, " "))
    )
    aside = [f"{shares(row)} {zh}", f"{shares(row)} {en}"]
    return link(row.measures, address(theme=row.theme, report=row.report_id), aside, row.measures)


def shares(row) -> str:
    """Write a share with its interval: `24% [16–35]`."""
    if pd.isna(row.share):
        return "–"
    return f"{row.share:.0%} [{100 * row.share_low:.0f}–{100 * row.share_high:.0f}]"


def _over_all(matrix: pd.DataFrame) -> Grid:
    columns = [
        Column("主题", "theme", long=True), Column("有举措的报告", "reports with a measure", number=True), Column("举措句", "measures", number=True),
        Column("已完成", "done", number=True), Column("持续开展", "ongoing", number=True), Column("计划开展", "planned", number=True),
        Column("比例中位数（%）", "median share (%)", number=True),
    ]  # fmt: skip
    rows = [
        [
            link(list(pair("theme", theme)), address(theme=theme)), int((group["measures"] > 0).sum()),
            *(int(group[name].sum()) for name in COUNTED), round(100 * float(group["share"].median()), 1),
        ]
        for theme, group in matrix.groupby("theme", sort=False)
    ]  # fmt: skip
    return Grid(columns, rows)


def details(library: Library, names: dict[str, str], most: int) -> Grid:
    """One row per report and theme it has measures on, with the sentence that holds most figures and documents."""
    columns = [
        Column("主题", "theme", words="theme"), Column("报告", "report"), Column("举措句", "measures", number=True), Column("比例［95%区间］", "share [95% interval]"),
        Column("已完成", "done", number=True), Column("持续开展", "ongoing", number=True), Column("计划开展", "planned", number=True),
        Column("代表句", "key sentence", long=True), Column("代表句出处", "its place", page=False),
    ]  # fmt: skip
    told = pc.field("measures") > 0
    shown = list(each_row(library.head("theme_matrix", most, where=told)))
    keys = _key_measures(library, shown)
    texts = library.sentences(key.sentence_id for key in keys)
    longest = LONGEST_SENTENCE if len(names) <= SIDE_BY_SIDE else LONGEST_OF_MANY
    rows = [
        [
            row.theme, names[row.report_id], link(row.measures, address(theme=row.theme, report=row.report_id)), shares(row), row.done,
            row.ongoing, row.planned, link(_cut(texts[key.sentence_id], longest), address(ids=key.measure_id)),
            f"{row.report_id}[{key.start}:{key.end}]",
        ]
        for row, key in zip(shown, keys, strict=True)
    ]  # fmt: skip
    return Grid(columns, rows, total=library.matching("theme_matrix", "measures", told))


def _key_measures(library: Library, cells: list) -> list:
    """Choose for each cell the measure whose sentence holds most figures and documents, the earliest of equals."""
    wanted = {measure_id for cell in cells for measure_id in cell.measure_ids}
    measures = {}
    for piece in library.pieces("measures", ["measure_id", "sentence_id", "start", "end"]):
        if len(measures) == len(wanted):
            break
        rows = piece.filter(pc.is_in(piece["measure_id"], pa.array(sorted(wanted), pa.string()))).to_pandas()
        measures |= {row.measure_id: row for row in each_row(rows)}
    weight = _weights(library, {measure.sentence_id for measure in measures.values()})
    return [
        max((measures[i] for i in cell.measure_ids), key=lambda measure: weight[measure.sentence_id])
        for cell in cells
    ]


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _weights(library: Library, sentences: set[str]) -> Counter:
    """Count the figures and documents of each of these sentences: what tells most is shown first."""
    wanted = pa.array(sorted(sentences), pa.string())
    weight: Counter = Counter()
    for name in ("metrics", "instruments"):
        for piece in library.pieces(name, ["sentence_id"]):
            weight.update(piece.filter(pc.is_in(piece["sentence_id"], wanted))["sentence_id"].to_pylist())
    return weight


def problems(library: Library, names: dict[str, str], most: int) -> Grid:
    """One row per shortcoming admitted and theme, and whether the same report plans a measure on it."""
    columns = [
        Column("报告", "report"), Column("问题", "problem", long=True), Column("主题", "theme", words="theme"),
        Column("有相应计划", "answered by a plan"), Column("相应计划举措数", "planned measures", number=True), Column("出处", "place", page=False),
    ]  # fmt: skip
    shown = library.head("problems", most)
    texts = library.sentences(shown["sentence_id"])
    rows = [
        [
            names[r.report_id], link(_cut(texts[r.sentence_id], LONGEST_SENTENCE), address(ids=r.measure_id)), None if pd.isna(r.theme) else r.theme,
            ["主题不明", "theme unknown"] if pd.isna(r.answered) else ["有", "yes"] if r.answered else ["无", "no"], _answers(r),
            f"{r.report_id}[{r.start}:{r.end}]",
        ]
        for r in each_row(shown)
    ]  # fmt: skip
    return Grid(columns, rows, total=library.count("problems"))


def _answers(row):
    if not len(row.answer_ids):
        return 0
    return link(len(row.answer_ids), address(theme=row.theme, report=row.report_id, status="planned"))
