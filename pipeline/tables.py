"""Read and write the tables: checked against their schema, typed, and never half-written."""

import json
import os
from collections import namedtuple
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline import parts, schemas


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
    read = [pq.read_table(path, columns=columns, partitioning=None) for path in paths]
    if not read:
        raise FileNotFoundError("no table file: run the pipeline first (make run)")
    return pa.concat_tables(read).to_pandas()


class Pieces:
    """A table file by file, so that memory holds one batch of it; it can be gone through as often as needed.

    A stage asks for one by the type of its parameter: `build(reports: pd.DataFrame, tokens: Pieces)`. A report lies in one
    piece only. Where a piece is not a file it is a table of Arrow's; a stage that only goes through takes a list of frames.
    From files, strings of the columns named in `coded` come as numbers and a dictionary: words are so counted in half the time.
    """

    def __init__(
        self,
        sources: Iterable[Path | str | pa.Table],
        columns: list[str] | None = None,
        reports=None,
        coded: Iterable[str] = (),
    ):
        self._sources, self._columns, self._coded = list(sources), columns, list(coded)
        self._reports = None if reports is None else sorted(reports)

    def __iter__(self) -> Iterator[pd.DataFrame]:
        return (piece.to_pandas() for piece in self.arrow())

    def arrow(self) -> Iterator[pa.Table]:
        """Yield the pieces as Arrow holds them, which for lists of words is far faster than frames."""
        for source in self._sources:
            held = isinstance(source, pa.Table)
            table = source if held else self._read(source)
            table = table.select(self._columns) if held and self._columns else table
            if self._reports is not None:
                wanted = pa.array(self._reports, pa.string())
                table = table.filter(pc.is_in(table["report_id"].cast(pa.string()), wanted))
            yield table

    def _read(self, path: Path | str) -> pa.Table:
        coded = [leaf for name in self._coded for leaf in (name, f"{name}.list.element")]
        return pq.read_table(path, columns=self._columns, partitioning=None, read_dictionary=coded)

    def each(self) -> "Iterator[Pieces]":
        """Yield every piece by itself, not read yet."""
        for source in self._sources:
            yield Pieces([source], self._columns, self._reports, self._coded)

    def fingerprint(self) -> bytes:
        """Return a hash of the whole pieces, as they lie in their files: equal ones hold equal rows."""
        return b"".join(map(parts.fingerprint, self._sources))

    def only(self, columns: list[str] | None = None, reports=None) -> "Pieces":
        """Return the same pieces with these columns, or rows of these reports, alone."""
        return Pieces(self._sources, columns or self._columns, reports, self._coded)


def write(
    content: pd.DataFrame | Iterable[pd.DataFrame] | parts.Sourced,
    name: str,
    path: Path | str,
    metadata: dict[str, str] | None = None,
) -> int:
    """Check a table, given whole or in pieces, and put it at `path` in one step (write aside, then rename).

    Returns the number of its rows. Each piece is a row group of the file; what is `parts.Sourced` says of each what it was made from.
    """
    if isinstance(content, parts.Sourced):
        content, metadata = content.pieces, {**(metadata or {}), parts.SOURCES: to_json(content.sources)}
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        rows = _write_pieces(
            [content] if isinstance(content, pd.DataFrame) else content, schemas.get(name), aside, metadata
        )
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    return rows


def _write_pieces(pieces: Iterable[pd.DataFrame], schema: schemas.Table, path: Path, metadata) -> int:
    from pipeline.checks import BrokenTable, check

    form = schema.arrow.with_metadata({"table": schema.name, **(metadata or {})})
    seen: dict[str, list] = {name: [] for name, rule in schema.columns.items() if rule.unique}
    rows = 0
    packing = _packing(schema.arrow)
    with pq.ParquetWriter(path, form, compression="zstd", **packing) as writer:
        for piece in pieces:
            ready = check(piece, schema)
            writer.write_table(pa.Table.from_pandas(ready, schema=form, preserve_index=False))
            rows += len(ready)
            for (
                name,
                known,
            ) in seen.items():  # a hash of 64 bits for each: a few bytes where the values would be gigabytes
                known.append(pd.util.hash_array(ready[name].to_numpy(object), categorize=False))
    for name, known in seen.items():
        if len(known) > 1 and len(np.unique(np.concatenate(known))) < rows:
            raise BrokenTable(f"table {schema.name}, column {name}: a value stands in two pieces")
    return rows


def _packing(form: pa.Schema) -> dict:
    """Tell Parquet to keep places and ids, which grow from row to row, as differences: all tables take a quarter less room."""
    growing, others = {}, []
    for field in form:
        kind = field.type.value_type if pa.types.is_list(field.type) else field.type
        name = f"{field.name}.list.element" if pa.types.is_list(field.type) else field.name
        if pa.types.is_integer(kind) and field.name.endswith(("start", "starts", "end")):
            growing[name] = "DELTA_BINARY_PACKED"
        elif pa.types.is_string(kind) and field.name.endswith("_id") and field.name != "report_id":
            growing[name] = "DELTA_BYTE_ARRAY"
        else:
            others.append(name)
    return {"use_dictionary": others, "column_encoding": growing}


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


def each_row(frame: pd.DataFrame) -> Iterator[tuple]:
    """Yield the rows of a table as named tuples, as `itertuples` does, which takes far longer on strings."""
    row_of = partial(tuple.__new__, namedtuple("Row", frame.columns))
    return map(row_of, zip(*(frame[name].tolist() for name in frame.columns), strict=True))


def _rows_by_report(frame: pd.DataFrame) -> dict[str, list]:
    rows: dict[str, list] = {}
    for report_id, run in groupby(each_row(frame), attrgetter("report_id")):
        rows.setdefault(report_id, []).extend(run)
    return rows


def empty(name: str) -> pd.DataFrame:
    """Return the table `name` without rows, its columns in place."""
    return pd.DataFrame(columns=list(schemas.get(name).columns))


def to_json(value) -> str:
    """Write a value as JSON the same way each time (sorted keys, Chinese kept readable)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
