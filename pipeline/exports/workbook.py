"""Write comparison.xlsx: a sheet for each table people read, one for notes and one for the data dictionary."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from pipeline import schemas
from pipeline.comparison import cut_short
from pipeline.comparison.cells import Column, Grid, told
from pipeline.exports import sheet_rows
from pipeline.exports.cells import safe
from pipeline.library import Library
from pipeline.wording import Tongue

HEADER = Font(bold=True)
SHADE = PatternFill("solid", fgColor="E8EEF4")
WRAPPED = Alignment(wrap_text=True, vertical="top")
WIDTHS = {"number": 11, "long": 48, "else": 18}
# A workbook carries the time it was made; ours carries this one, so that the same tables give the same bytes.
NO_TIME = datetime(2000, 1, 1)
ROWS_END = b"</sheetData>"
BOTH = Tongue("both")
NOTES = (
    ("这本工作簿由程序生成，同样的报告得到同样的内容。", "This workbook is generated; the same reports give the same content."),
    ("每一行都可回到原文：括号、链接和“出处”列给出报告及字符位置（自0计，不含末位），report.html 可直接查看。", "Every row leads back to the text: the column 'place' gives report and character offsets (from 0, end exclusive); report.html shows them."),
    ("数值前的符号：≥ 不低于，≤ 不超过，> 超过，≈ 约，↑↓ 增减幅度。", "Signs before figures: ≥ at least, ≤ at most, > over, ≈ about, ↑↓ a change."),
    ("空格有三种：未提及；提及但无数值；不适用于该文种或层级。", "Nothing is of three kinds: not mentioned; mentioned without a figure; not applicable to the genre or level."),
    ("以 = + - @ 开头的文字前加了单引号，以免被当作公式运行。", "Text that begins with = + - @ has an apostrophe before it, lest it run as a formula."),
    ("完整的表在 tables/*.csv。", "The whole tables are in tables/*.csv."),
)  # fmt: skip


class Book:
    """The workbook, to which one table after the other is added: openpyxl makes all of it but the rows."""

    def __init__(self, library: Library):
        self._book, self._library = Workbook(write_only=True), library
        self._rows: dict[str, list[bytes]] = {}
        self._cut: list[list[str]] = []

    def add(self, name: str, title: tuple[str, str], grid: Grid) -> None:
        """Add a sheet for a table people read."""
        if grid.left_out:
            zh, en = cut_short(grid)
            self._cut.append([f"{title[0]}：{zh}", f"{title[1]}:{en}"])
        rows = (
            [safe(told(cell, column, BOTH)) for cell, column in zip(row, grid.columns, strict=True)]
            for row in grid.rows
        )
        headings = [_heading(column) for column in grid.columns]
        self._sheet(f"{title[0][:14]} {name}"[:31], headings, map(_width, grid.columns), rows)

    def finished(self) -> bytes:
        """Put notes before the tables and the data dictionary behind them, and return the workbook's bytes."""
        versions = [[name, version] for name, version in self._library.versions().items()]
        notes = [*([zh, en] for zh, en in NOTES), *self._cut, *versions]
        self._sheet("说明 notes", ["说明", "notes"], (70, 90), notes, place=0)
        headings = ["表 table", "列 column", "类型 kind", "含义 meaning", "取值 values"]
        self._sheet("数据字典 dictionary", headings, (20, 22, 12, 90, 50), _dictionary(self._library))
        self._book.properties.created = NO_TIME
        return self._filled()

    def _sheet(
        self,
        title: str,
        headings: list[str],
        widths: Iterable[int],
        rows: Iterable[list],
        place: int | None = None,
    ) -> None:
        sheet = self._book.create_sheet(title.replace("：", " ").replace("/", " "), place)
        sheet.freeze_panes = "A2"
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.append([_cell(sheet, heading, heads=True) for heading in headings])
        written = sheet_rows.xml(rows, first=2, style=_cell(sheet, "").style_id)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(written) + 1}"
        self._rows[sheet.title] = written

    def _filled(self) -> bytes:
        """Return the workbook with its rows, and its times set to `NO_TIME`: openpyxl stamps the file and every part of it with now."""
        made, filled = io.BytesIO(), io.BytesIO()
        self._book.save(made)
        stamp = self._book.properties.modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        rows = {sheet.path[1:]: self._rows[sheet.title] for sheet in self._book}
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(filled, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                content = source.read(name)
                if name == "docProps/core.xml":
                    content = content.replace(stamp, NO_TIME.strftime("%Y-%m-%dT%H:%M:%SZ").encode())
                elif name in rows:
                    before, end, after = content.rpartition(ROWS_END)
                    content = b"".join([before, *rows[name], end, after])
                target.writestr(zipfile.ZipInfo(name, NO_TIME.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
        return filled.getvalue()


def _heading(column: Column) -> str:
    return safe(column.zh if column.zh == column.en else f"{column.zh}\n{column.en}")


def _width(column: Column) -> int:
    return WIDTHS["long" if column.long else "number" if column.number else "else"]


def _cell(sheet, value: str, *, heads: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    cell.alignment = WRAPPED
    if heads:
        cell.font, cell.fill = HEADER, SHADE
    return cell


def _dictionary(library: Library) -> list[list[str]]:
    return [
        [name, column, rule.kind, rule.description, "、".join(rule.among)]
        for name in library.names
        for column, rule in schemas.get(name).columns.items()
    ]
