"""Lay out the tables that have one row per finding: each row leads to the words it was read from."""

import pandas as pd
import pyarrow.compute as pc

from pipeline.comparison.cells import Column, Grid, address, link, plain
from pipeline.library import Library
from pipeline.tables import each_row

REPORT = Column("报告", "report")
PLACE, SENTENCE = Column("出处", "place", page=False), Column("原句", "sentence", long=True, page=False)


def place(row) -> str:
    """Say where a row stands: report and character offsets, as in text[start:end]."""
    return f"{row.report_id}[{row.start}:{row.end}]"


def reports(library: Library, names: dict[str, str], most: int) -> Grid:
    """One row per report: what it is and how long."""
    columns = [
        REPORT, Column("标题", "title", long=True), Column("级别", "level", words="level"),
        Column("文种", "genre", words="genre"), Column("发布", "published"), Column("时段", "period"),
        Column("字数", "characters", number=True), Column("句数", "sentences", number=True),
    ]  # fmt: skip
    overview = library.read("overview")
    rows = [
        [
            names[r.report_id], plain(r.title), plain(r.level), plain(r.genre), plain(r.published), period(r.period_start, r.period_end),
            r.characters, r.sentences,
        ]
        for r in each_row(overview.head(most))
    ]  # fmt: skip
    return Grid(columns, rows, total=len(overview))


def period(start, end) -> str:
    """Say a period as short as it can be.

    >>> period("2021", "2025"), period("2022", "2022"), period(None, None)
    ('2021–2025', '2022', '')
    """
    told = [str(edge) for edge in dict.fromkeys((start, end)) if pd.notna(edge)]
    return "–".join(told)


def metrics(library: Library, names: dict[str, str], most: int) -> Grid:
    """One row per quantity stated."""
    columns = [
        REPORT, Column("表述", "as written"), Column("计量对象", "what is counted", long=True), Column("数值", "value", number=True),
        Column("单位", "unit"), Column("界限", "bound", words="bound"), Column("性质", "status", words="status"),
        Column("指标", "indicator", words="indicator"), Column("时段", "period"), PLACE, SENTENCE,
    ]  # fmt: skip
    shown = library.head("metrics", most)
    texts = library.sentences(shown["sentence_id"].dropna())
    rows = [
        [
            names[r.report_id], link(r.expr, address(ids=r.metric_id)), plain(r.indicator), plain(r.value), plain(r.unit), r.bound, r.status,
            plain(r.code), plain(r.period), place(r), texts.get(r.sentence_id),
        ]
        for r in each_row(shown)
    ]  # fmt: skip
    return Grid(columns, rows, total=library.count("metrics"))


def instruments(library: Library, names: dict[str, str], most: int) -> Grid:
    """One row per document named."""
    columns = [
        REPORT, Column("文件", "document", long=True), Column("作用", "role", words="role"), Column("文号", "number"), PLACE, SENTENCE,
    ]  # fmt: skip
    shown = library.head("instruments", most)
    texts = library.sentences(shown["sentence_id"].dropna())
    rows = [
        [
            names[r.report_id], link(f"《{r.title}》", address(ids=r.instrument_id)), r.role, plain(r.number), place(r),
            texts.get(r.sentence_id),
        ]
        for r in each_row(shown)
    ]  # fmt: skip
    return Grid(columns, rows, total=library.count("instruments"))


def ledger(library: Library, names: dict[str, str], most: int) -> Grid:
    """One row per promise: a task with its units and deadline, or a figure to be reached."""
    columns = [
        REPORT, Column("类别", "kind"), Column("任务或目标", "task or target", long=True), Column("牵头", "lead"),
        Column("责任／配合", "responsible, support", long=True), Column("时限", "deadline"), PLACE,
    ]  # fmt: skip
    target = pc.field("status") == "target"
    tasks, targets = library.head("assignments", most), library.head("metrics", most, where=target)
    rows = _tasks(tasks, names) + _targets(targets, names)
    total = library.count("assignments") + library.matching("metrics", "status", target)
    return Grid(columns, rows[:most], total=total)


def _tasks(assignments: pd.DataFrame, names: dict[str, str]) -> list[list]:
    return [
        [
            names[r.report_id], ["任务", "task"], link(f"{plain(r.item) or ''} {r.task}".strip(), address(ids=r.assignment_id)),
            "、".join(r.lead), "、".join([*r.responsible, *r.support]), plain(r.deadline), place(r),
        ]
        for r in each_row(assignments)
    ]  # fmt: skip


def _targets(targets: pd.DataFrame, names: dict[str, str]) -> list[list]:
    return [
        [
            names[r.report_id], ["指标", "figure"], link(f"{plain(r.indicator) or ''} {r.expr}".strip(), address(ids=r.metric_id)),
            "", "", plain(r.period), place(r),
        ]
        for r in each_row(targets)
    ]  # fmt: skip


def keyness(library: Library, names: dict[str, str], most: int) -> Grid:
    """One row per report and phrase that sets it apart."""
    columns = [
        REPORT, Column("用语", "phrase"), Column("本报告次数", "times here", number=True), Column("其余次数", "times elsewhere", number=True),
        Column("G²", "G²", number=True), Column("效应量（log₂比）", "effect size (log₂ ratio)", number=True),
        Column("出现的报告数", "reports", number=True),
    ]  # fmt: skip
    rows = [
        [
            names[r.report_id], link(r.phrase, address(q=r.phrase, report=r.report_id)), r.n, r.n_rest, round(r.g2, 1), round(r.log_ratio, 2),
            r.reports,
        ]
        for r in each_row(library.head("keyness", most))
    ]  # fmt: skip
    return Grid(columns, rows, total=library.count("keyness"))


def similarity(library: Library, names: dict[str, str], most: int) -> Grid:
    """One row per pair of reports."""
    columns = [
        Column("报告甲", "report A"), Column("报告乙", "report B"), Column("相似度（余弦）", "similarity (cosine)", number=True),
        Column("共有的用词", "words in common", long=True), Column("文种相同", "same genre"),
    ]  # fmt: skip
    rows = [
        [
            names[r.report_a], names[r.report_b], round(r.similarity, 3), "、".join(r.shared), ["是", "yes"] if r.same_genre else ["否", "no"],
        ]
        for r in each_row(library.head("similarity", most))
    ]  # fmt: skip
    return Grid(columns, rows, [[2, "desc"]], total=library.count("similarity"))


def audit(library: Library, names: dict[str, str], most: int) -> Grid:
    """One row per finding of arithmetic: what the report says, what its other figures give."""
    columns = [
        REPORT, Column("结论", "verdict", words="verdict"), Column("核对结果", "finding", long=True), Column("所述", "stated", number=True),
        Column("推算", "computed", number=True), Column("算式", "computation"), PLACE,
    ]  # fmt: skip
    rows = [
        [
            names[r.report_id], r.verdict, link([r.message_zh, r.message], address(ids=",".join(r.metric_ids))), plain(r.stated), plain(r.computed),
            r.formula, place(r),
        ]
        for r in each_row(library.head("audit", most))
    ]  # fmt: skip
    return Grid(columns, rows, total=library.count("audit"))


def clusters(library: Library, names: dict[str, str], most: int) -> Grid:
    """One row per theme found without the codebook."""
    columns = [
        Column("归纳的主题", "theme found"), Column("主要用语", "phrases", long=True), Column("句数", "sentences", number=True),
        Column("报告数", "reports", number=True), Column("稳定度", "stability", number=True), Column("内聚度", "cohesion", number=True),
        Column("最近的编码本主题", "nearest coded theme", words="theme"), Column("与之关系", "relation to it", words="relation"),
    ]  # fmt: skip
    clusters = library.read("clusters")
    rows = [
        [
            link(r.label, address(cluster=r.cluster_id)), "、".join(r.phrases), r.size, r.reports, round(r.stability, 2), round(r.cohesion, 2),
            plain(r.nearest_theme), r.relation,
        ]
        for r in each_row(clusters.head(most))
    ]  # fmt: skip
    return Grid(columns, rows, [[2, "desc"]], total=len(clusters))
