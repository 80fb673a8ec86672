"""Check a table against its schema with pandera, all failures at once, in words that name column, value and rule."""

import pandas as pd
import pandera.pandas as pa

from pipeline.schemas import Column, Table

_SCALARS = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
_SHOWN = 10


class BrokenTable(AssertionError):
    """Mark a table that breaks its own schema: a mistake in the pipeline, not in the user's input."""


def check(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return `frame` with the schema's columns, in its order and types; raises BrokenTable naming every failure."""
    missing = [name for name in table.columns if name not in frame.columns]
    unknown = [name for name in frame.columns if name not in table.columns]
    if missing or unknown:
        raise BrokenTable(
            f"table {table.name}: missing columns {missing}, columns not in its schema {unknown}"
        )
    typed = frame[list(table.columns)].reset_index(drop=True)
    typed = typed.astype({name: _SCALARS[c.kind] for name, c in table.columns.items() if c.kind in _SCALARS})
    try:
        return _pandera(table).validate(typed, lazy=True)
    except pa.errors.SchemaErrors as errors:
        raise BrokenTable(_told(table, errors.failure_cases)) from None


def _pandera(table: Table) -> pa.DataFrameSchema:
    return pa.DataFrameSchema({name: _column(rule) for name, rule in table.columns.items()})


def _column(rule: Column) -> pa.Column:
    checks = []
    if rule.among:
        checks.append(pa.Check.isin(rule.among))
    if rule.at_least is not None:
        checks.append(pa.Check.ge(rule.at_least))
    if rule.at_most is not None:
        checks.append(pa.Check.le(rule.at_most))
    return pa.Column(_SCALARS.get(rule.kind), checks, nullable=rule.nullable, unique=rule.unique)


def _told(table: Table, failures: pd.DataFrame) -> str:
    lines = [
        f"table {table.name}, column {f.column}, row {f.index}: {f.failure_case!r} breaks {f.check}"
        for f in failures.head(_SHOWN).itertuples()
    ]
    more = len(failures) - _SHOWN
    return "\n".join(lines + ([f"… and {more} more"] if more > 0 else []))
