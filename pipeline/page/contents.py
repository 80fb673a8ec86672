"""Say what the page holds, in which order: its parts, their figures and their tables."""

from typing import NamedTuple

from pipeline.library import Library
from pipeline.page import lists
from pipeline.page.cells import Grid


class Part(NamedTuple):
    """One part of the page: its id in links, its heading, its figures and its tables with their captions."""

    id: str
    zh: str
    en: str
    figures: tuple[str, ...]
    grids: dict[str, tuple[str, str]]


PARTS = (
    Part("statuses", "语句性质", "Kinds of sentences", ("statuses", "overview"), {}),
    Part("ledger", "计划台账", "Plan ledger", ("timeline", "units"), {"ledger": ("任务与目标值，各有时限与责任单位", "Tasks and targets with deadline and units")}),
    Part("phrases", "特色用语与相似度", "Phrases and similarity", ("keyness",), {
        "keyness": ("各报告的特色用语", "Phrases that set each report apart"),
        "similarity": ("报告两两相似度", "Similarity of reports")}),
    Part("metrics", "全部数据", "All figures", (), {"metrics": ("报告写出的每一个数据", "Every quantity stated")}),
    Part("instruments", "文件", "Documents", (), {"instruments": ("报告以书名号提到的文件", "Documents named")}),
    Part("reports", "报告", "Reports", (), {"reports": ("报告基本情况", "The reports")}),
)  # fmt: skip
GRIDS = {
    "reports": lists.reports,
    "metrics": lists.metrics,
    "instruments": lists.instruments,
    "ledger": lists.ledger,
    "keyness": lists.keyness,
    "similarity": lists.similarity,
}


def parts(library: Library) -> tuple[Part, ...]:
    """Return the parts of the page in order."""
    return PARTS


def grids(library: Library, names: dict[str, str]) -> dict[str, Grid]:
    """Return every table of the page by name."""
    return {name: make(library, names) for name, make in GRIDS.items()}
