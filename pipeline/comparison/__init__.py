"""Lay out the tables people read, once, for the page, the workbook and print."""

from collections.abc import Iterator

from pipeline.comparison import indicators, lists, themes
from pipeline.comparison.cells import Grid
from pipeline.library import Library

# Name of each table, its title in both languages, and what makes it; in the order of the workbook's sheets.
GRIDS = {
    "reports": (("报告基本情况", "The reports"), lists.reports),
    "themes": (("各报告在各主题上的举措", "Measures on each theme, report by report"), themes.themes),
    "theme_details": (("各报告在各主题上做了什么", "Who did what on each theme"), themes.details),
    "indicators": (("各报告的指标值", "Indicators side by side"), indicators.indicators),
    "ledger": (("计划台账：任务与目标", "Plan ledger: tasks and targets"), lists.ledger),
    "problems": (("承认的问题与相应计划", "Problems admitted, and plans that answer them"), themes.problems),
    "audit": (("数据自洽性核对", "Do the figures agree with each other?"), lists.audit),
    "clusters": (("从文本归纳的主题", "Themes found in the texts"), lists.clusters),
    "keyness": (("各报告的特色用语", "Phrases that set each report apart"), lists.keyness),
    "similarity": (("报告两两相似度", "Similarity of reports"), lists.similarity),
    "metrics": (("报告写出的每一个数据", "Every quantity stated"), lists.metrics),
    "instruments": (("报告以书名号提到的文件", "Documents named"), lists.instruments),
}


def grids(library: Library, names: dict[str, str], most: int) -> Iterator[tuple[str, Grid]]:
    """Yield every table with its name, `most` rows of it; `names` are the reports' ids and how they are called.

    They come one by one, so that memory holds one.
    """
    return ((name, make(library, names, most)) for name, (_, make) in GRIDS.items())


def cut_short(grid: Grid) -> tuple[str, str]:
    """Say that a table is not here whole, in both languages; nothing where it is."""
    if not grid.left_out:
        return "", ""
    rows, total = len(grid.rows), grid.total
    return (
        f"共{total:,}行，此处为前{rows:,}行；全部见 tables/*.csv。",
        f" The first {rows:,} of {total:,} rows; tables/*.csv hold all.",
    )
