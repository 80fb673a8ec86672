"""exports: tables/*.csv, comparison.xlsx, and the tables people print as LaTeX and HTML."""

from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.comparison import GRIDS, grids
from pipeline.exports import csv_tables, gzip_members, printed, workbook
from pipeline.library import Library
from pipeline.products import PRINTED, csv
from pipeline.wording import NAMED_BY, Tongue, report_names

# The note under each table that people print.
NOTES = {
    "theme_details": (
        "比例为该主题举措句占报告全部举措句的比例，方括号内为Wilson 95%区间；代表句为含数据与文件最多的一句。",
        "Share of the report's measures that are about the theme, Wilson's 95% interval in brackets; the key sentence is the one with most figures and documents.",
    ),
    "indicators": (
        "≥ 不低于；≤ 不超过；> 超过；≈ 约。口径不同的数值不作排名。",
        "≥ at least; ≤ at most; > over; ≈ about. Figures of different kinds are not ranked.",
    ),
    "ledger": (
        "任务取自报告的分工表，目标取自写明数值的要求。",
        "Tasks are those the report assigns; targets are requirements with a figure.",
    ),
}


def build(
    library: Library,
    *,
    language: str,
    max_rows: int,
    zipped: bool = False,
    threads: int = 1,
    earlier: Callable[[str], Path | None] = lambda name: None,
) -> Iterator[tuple[str, bytes | Iterator[bytes]]]:
    """Yield every table as CSV, packed if `zipped`, the workbook (`max_rows` rows to a sheet), and the printed tables in two forms.

    Of a packed table what has not changed is taken from the file that the `earlier` run wrote under its name.
    """
    for name in csv_tables.tables(library):
        path = csv(name, zipped=zipped)
        if zipped:
            yield path, gzip_members.packed(csv_tables.members(library, name), earlier(path), threads)
        else:
            yield path, csv_tables.chunks(library, name)
    names = report_names(library.read("reports", NAMED_BY))
    book = workbook.Book(library)
    for name, grid in grids(library, names, max_rows):
        title = GRIDS[name][0]
        book.add(name, title, grid)
        if name in PRINTED:
            yield f"printed/{name}.tex", printed.latex(grid, title, NOTES[name], Tongue(language))
            yield f"printed/{name}.html", printed.word(grid, title, NOTES[name], Tongue(language))
    yield "comparison.xlsx", book.finished()


if "snakemake" in globals():
    from pipeline import stage

    stage.publish(build, snakemake)  # noqa: F821
