"""Make the columns and cells of the page's tables, as its scripts read them."""

import re
from typing import NamedTuple
from urllib.parse import quote

import pandas as pd

from pipeline.wording import Tongue

# What `quote` would leave as it is, as ids are: found in a third of its time.
PLAIN = re.compile(r"[A-Za-z0-9_.~:,-]*")
_SEVERAL = (list, tuple)


class Column(NamedTuple):
    """One column: its heading in both languages, how its cells are shown and sorted, and whether the page shows it."""

    zh: str
    en: str
    number: bool = False
    long: bool = False
    words: str | None = None
    page: bool = True


class Grid(NamedTuple):
    """One table: its columns, its rows of cells, the order it opens in, and how many rows there are in all."""

    columns: list[Column]
    rows: list[list]
    order: list = []
    total: int | None = None

    @property
    def left_out(self) -> int:
        """Count the rows that are not here because the table would be too long to read."""
        return max(0, (self.total or 0) - len(self.rows))

    def printed(self) -> "Grid":
        """Return the table without the columns that only the workbook has."""
        kept = [number for number, column in enumerate(self.columns) if column.page]
        rows = [[row[number] for number in kept] for row in self.rows]
        return self._replace(columns=[self.columns[number] for number in kept], rows=rows)

    def script(self) -> dict:
        """Return the table as the page's scripts read it."""
        grid = self.printed()
        shown = ("zh", "en", "number", "long", "words")
        columns = [
            {key: value for key, value in c._asdict().items() if value and key in shown} for c in grid.columns
        ]
        return {"columns": columns, "rows": grid.rows, "order": grid.order}


def address(**parts) -> str:
    """Return the hash that leads to a view of the page; what is None is left out.

    >>> address(theme="legal_counsel", report="dongli", status=None)
    'theme=legal_counsel&report=dongli'
    """
    return "&".join(f"{key}={_quoted(str(value))}" for key, value in parts.items() if value is not None)


def _quoted(text: str) -> str:
    return text if PLAIN.fullmatch(text) else quote(text, safe=":,")


def link(value, hash_: str, aside=None, sort=None) -> dict:
    """Return a cell whose click leads to `hash_`, with smaller words under it and a value to sort by."""
    cell = {"v": plain(value), "h": hash_}
    if aside is not None:
        cell["a"] = aside
    if sort is not None:
        cell["s"] = plain(sort)
    return cell


def nothing(zh: str, en: str, sort) -> dict:
    """Return a cell that says in small grey words that there is nothing, and of which kind."""
    return {"v": [zh, en], "s": sort, "m": True}


def report_column(report_id: str, name: str) -> Column:
    """Return the column of one report; its English heading adds the id, which Latin readers know it by."""
    return Column(name, name if report_id == name else f"{name} {report_id}")


def plain(value):
    """Return a value as JSON can hold it: a missing one as None, a whole float as an integer.

    >>> plain(4997.0), plain(62.5), plain(float("nan")), plain("件")
    (4997, 62.5, None, '件')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, _SEVERAL):
        return list(value)
    if pd.isna(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.item() if hasattr(value, "item") else value


def told(cell, column: Column, say: Tongue):
    """Return what a cell says outside the page: coded values by name, both wordings, smaller words in brackets.

    >>> told(link("62.5 %", "", ["已实现", "actual"]), Column("", ""), Tongue("zh"))
    '62.5 %（已实现）'
    """
    value, aside = (cell["v"], cell.get("a")) if isinstance(cell, dict) else (cell, None)
    if column.words and value is not None:
        codes = value if isinstance(value, list) else [value]
        value = "、".join(say.of(column.words, code) for code in codes)
    elif isinstance(value, _SEVERAL):
        value = say(*value)
    if not aside:
        return value
    return f"{value}（{aside if isinstance(aside, str) else say(*aside)}）"
