"""Say what the page holds, in which order: its parts, their figures and their tables."""

from typing import NamedTuple


class Part(NamedTuple):
    """One part of the page: its id in links, its heading, its figures and its tables."""

    id: str
    zh: str
    en: str
    figures: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()


PARTS = (
    Part("themes", "主题", "Themes", ("themes",), ("themes", "theme_details")),
    Part("indicators", "指标", "Indicators", ("indicators",), ("indicators",)),
    Part("statuses", "语句性质", "Kinds of sentences", ("statuses", "overview")),
    Part("ledger", "计划台账", "Plan ledger", ("timeline", "units"), ("ledger",)),
    Part("problems", "问题与计划", "Problems and plans", (), ("problems",)),
    Part("audit", "数据核对", "Audit of figures", ("audit",), ("audit",)),
    Part("clusters", "归纳主题", "Themes found", ("clusters",), ("clusters",)),
    Part("phrases", "用语与相似度", "Phrases and similarity", ("keyness",), ("keyness", "similarity")),
    Part("metrics", "全部数据", "All figures", (), ("metrics",)),
    Part("instruments", "文件", "Documents", (), ("instruments",)),
    Part("reports", "报告", "Reports", (), ("reports",)),
)
