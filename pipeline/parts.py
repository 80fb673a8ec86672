"""Name the parts a table lies in, and tell whether one is as it was without reading its rows."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


class Part(NamedTuple):
    """One row group of one of a table's files: a batch of reports, as it was written."""

    path: str
    group: int

    def read(self, columns: list[str] | None = None) -> pa.Table:
        """Return its rows."""
        with pq.ParquetFile(self.path) as file:
            return file.read_row_group(self.group, columns=columns)

    def fingerprint(self) -> bytes:
        """Return a hash of its bytes in the file and of the columns' types: equal ones hold equal rows.

        What the file says of itself besides (versions of pipeline and codebook) does not count.
        """
        with pq.ParquetFile(self.path) as file:
            group, form = file.metadata.row_group(self.group), file.schema_arrow.remove_metadata()
        hashed = hashlib.blake2b(form.to_string().encode(), digest_size=16)
        with open(self.path, "rb") as file:
            for number in range(group.num_columns):
                column = group.column(number)
                start = (
                    column.dictionary_page_offset if column.has_dictionary_page else column.data_page_offset
                )
                file.seek(start)
                hashed.update(file.read(column.total_compressed_size))
        return hashed.digest()


def of(paths: list[str]) -> list[Part]:
    """List the parts of the files given, in their order."""
    return [Part(path, group) for path in paths for group in range(pq.read_metadata(path).num_row_groups)]


def fingerprint(piece: Path | str | pa.Table) -> bytes:
    """Return a hash of a piece of a table, of its bytes where it lies in a file."""
    if not isinstance(piece, pa.Table):
        return b"".join(part.fingerprint() for part in of([str(piece)]))
    written = pa.BufferOutputStream()
    with pa.ipc.new_stream(written, piece.schema) as stream:
        stream.write_table(piece)
    return hashlib.blake2b(written.getvalue(), digest_size=16).digest()


# Where a table's file says what its parts were made from.
SOURCES = "sources"


class Sourced(NamedTuple):
    """A table made in pieces, and for each a hash of what it was made from: a later run need not make the same again."""

    pieces: Iterable[pd.DataFrame]
    sources: list[str]


def sourced(path: Path | None) -> dict[str, Part]:
    """Return the parts of a file that was written of something `Sourced`, by their sources.

    None of a file that says nothing of sources, or that is spoilt: what it held is made again.
    """
    if path is None:
        return {}
    try:
        told = (pq.read_schema(path).metadata or {}).get(SOURCES.encode(), b"[]")
        sources, found = json.loads(told), of([str(path)])
    except pa.ArrowInvalid:
        return {}
    return dict(zip(sources, found, strict=True)) if len(sources) == len(found) else {}
