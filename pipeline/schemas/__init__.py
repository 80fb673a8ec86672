"""Describe every table once: the same columns check it, type its file and write its page of the data dictionary.

One module per table beside this one holds a `SCHEMA`. `names()` lists them in the order of the data flow.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import pyarrow as pa

KINDS = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "strings": pa.list_(pa.string()),
    "integers": pa.list_(pa.int64()),
    "numbers": pa.list_(pa.float64()),
}


@dataclass(frozen=True)
class Column:
    """One column: its kind (see KINDS), what it means, and what its cells may hold."""

    kind: str
    description: str
    nullable: bool = False
    unique: bool = False
    among: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True)
class Table:
    """One table: its name, its grain (one row per …), its key column and its columns in order."""

    name: str
    grain: str
    key: str | None
    columns: dict[str, Column]

    @property
    def arrow(self) -> pa.Schema:
        """Give the file's types, so that an all-empty column keeps its type."""
        return pa.schema([(name, KINDS[column.kind]) for name, column in self.columns.items()])


def column(kind: str, description: str, **rules) -> Column:
    """Make a column; `rules` are the fields of `Column`, and an unknown kind or rule is refused at once."""
    if kind not in KINDS:
        raise ValueError(f"column kind {kind!r}: choose one of {sorted(KINDS)}")
    return Column(kind, description, **rules)


def table(name: str, doc: str, *, key: str | None, columns: dict[str, Column]) -> Table:
    """Make a table whose grain is the first sentence of its module's docstring (`name: one row per …`)."""
    return Table(name, doc.strip().split("\n\n")[0].replace("\n", " "), key, columns)


@cache
def get(name: str) -> Table:
    """Return the schema of a table; raises ModuleNotFoundError for a table that does not exist."""
    return import_module(f"pipeline.schemas.{name}").SCHEMA


def names() -> list[str]:
    """List every table that has a schema, by name."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__")
