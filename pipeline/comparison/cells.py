"""Make the columns and cells of the page's tables, as its scripts read them."""

from typing import NamedTuple
from urllib.parse import quote

import pandas as pd


class Column(NamedTuple):
    """One column: its heading in both languages, and how its cells are shown and sorted."""

    zh: str
    en: str
    number: bool = False
    long: bool = False
    words: str | None = None


class Grid(NamedTuple):
    """One table of the page: its columns, its rows of cells, and the order it opens in."""

    columns: list[Column]
    rows: list[list]
    order: list = []

    def told(self) -> dict:
        """Return the table as the page's scripts read it."""
        columns = [{key: value for key, value in c._asdict().items() if value} for c in self.columns]
        return {"columns": columns, "rows": self.rows, "order": self.order}


def address(**parts) -> str:
    """Return the hash that leads to a view of the page; what is None is left out.

    >>> address(theme="legal_counsel", report="dongli", status=None)
    'theme=legal_counsel&report=dongli'
    """
    return "&".join(f"{key}={quote(str(value), safe=':,')}" for key, value in parts.items() if value is not None)


def link(value, hash_: str, aside=None, sort=None) -> dict:
    """Return a cell whose click leads to `hash_`, with smaller words under it and a value to sort by."""
    cell = {"v": plain(value), "h": hash_}
    if aside is not None:
        cell["a"] = aside
    if sort is not None:
        cell["s"] = plain(sort)
    return cell


def plain(value):
    """Return a value as JSON can hold it: a missing one as None, a whole float as an integer.

    >>> plain(4997.0), plain(62.5), plain(float("nan")), plain("件")
    (4997, 62.5, None, '件')
    """
    if isinstance(value, list | tuple):
        return list(value)
    if pd.isna(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.item() if hasattr(value, "item") else value
