"""Check a table against its schema with pandera, all failures at once, in words that name column, value and rule.

Nearly every table is sound, and loading pandera costs a job as much as loading pandas: it is called where a plain look at
the columns finds anything amiss, and has the last word.
"""

import pandas as pd

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
    if all(_sound(typed[name], rule) for name, rule in table.columns.items()):
        return typed
    return validated(typed, table)


def _sound(cells: pd.Series, rule: Column) -> bool:
    """Tell whether a column plainly keeps its rule; where in doubt, no."""
    empty = cells.isna()
    if (empty.any() and not rule.nullable) or (rule.unique and cells.duplicated().any()):
        return False
    told = cells[~empty] if empty.any() else cells
    return bool(
        (not rule.among or told.isin(rule.among).all())
        and (rule.at_least is None or (told >= rule.at_least).all())
        and (rule.at_most is None or (told <= rule.at_most).all())
    )


def validated(typed: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return `typed` as pandera passes it; raises BrokenTable naming every failure."""
    import pandera.pandas as pa

    try:
        rules = {name: _column(rule) for name, rule in table.columns.items()}
        return pa.DataFrameSchema(rules).validate(typed, lazy=True)
    except pa.errors.SchemaErrors as errors:
        raise BrokenTable(_told(table, errors.failure_cases)) from None


def _column(rule: Column):
    import pandera.pandas as pa

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
