"""Read and write the tables: checked against their schema, typed, and never half-written."""

import json
import os
from collections import namedtuple
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import schemas


def row_id(report_id: str, letter: str, start: int) -> str:
    """Name a row by its report and place, so that an id outlives changes elsewhere in the report.

    >>> row_id("dongli", "m", 917)
    'dongli:m917'
    """
    return f"{report_id}:{letter}{start}"


def files(path: Path) -> list[Path]:
    """List a table's Parquet files: `<table>.parquet`, or every batch in the folder `<table>/`."""
    single = path.with_name(path.name + ".parquet")
    return [single] if single.exists() else sorted(path.glob("*.parquet"))


def read(paths: Iterable[Path | str], columns: list[str] | None = None) -> pd.DataFrame:
    """Return one frame over the Parquet files given, in their order; only `columns`, if named."""
    parts = [pq.read_table(path, columns=columns, partitioning=None) for path in paths]
    if not parts:
        raise FileNotFoundError("no table file: run the pipeline first (make run)")
    return pa.concat_tables(parts).to_pandas()


def write(frame: pd.DataFrame, name: str, path: Path | str, metadata: dict[str, str] | None = None) -> None:
    """Check `frame` against the schema of table `name` and put it at `path` in one step (write aside, then rename)."""
    from pipeline.checks import check

    schema = schemas.get(name)
    ready = check(frame, schema)
    arrow = pa.Table.from_pandas(ready, schema=schema.arrow, preserve_index=False)
    arrow = arrow.replace_schema_metadata({"table": name, **(metadata or {})})
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        pq.write_table(arrow, aside, compression="zstd")
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def metadata(path: Path | str) -> dict[str, str]:
    """Return what is known of a table file: the pipeline's version and each codebook file's version."""
    raw = pq.read_schema(path).metadata or {}
    return {key.decode(): value.decode() for key, value in raw.items()}


def by_report(*frames: pd.DataFrame) -> Iterator[tuple]:
    """Yield `(report_id, rows, rows, …)`: for each report of the first frame the rows of every frame, as lists of tuples.

    A frame with no rows for the report gives an empty list. Rows are named tuples, in the frame's order.
    """
    grouped = [_rows_by_report(frame) for frame in frames]
    for report_id in grouped[0]:
        yield (report_id, *(rows.get(report_id, []) for rows in grouped))


def _rows_by_report(frame: pd.DataFrame) -> dict[str, list]:
    row_of = partial(tuple.__new__, namedtuple("Row", frame.columns))
    columns = [frame[name].tolist() for name in frame.columns]  # far faster than itertuples on strings
    rows: dict[str, list] = {}
    for report_id, run in groupby(map(row_of, zip(*columns, strict=True)), attrgetter("report_id")):
        rows.setdefault(report_id, []).extend(run)
    return rows


def empty(name: str) -> pd.DataFrame:
    """Return the table `name` without rows, its columns in place."""
    return pd.DataFrame(columns=list(schemas.get(name).columns))


def to_json(value) -> str:
    """Write a value as JSON the same way each time (sorted keys, Chinese kept readable)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
