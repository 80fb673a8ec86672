"""Write every table as CSV that Excel opens by a double click: UTF-8 with a byte order mark, and cells it does not run."""

import csv
import io
import zlib
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.exports.cells import BETWEEN, safe
from pipeline.library import Library
from pipeline.products import NOT_FOR_SPREADSHEETS

BYTE_ORDER_MARK = "\ufeff"
GZIP = 31  # what zlib calls that form
# Cells that may begin a formula or hold what cannot be printed: what is not found here `safe` leaves as it is.
DOUBTFUL = r"^[\s\pZ\x{b}\x{1c}-\x{1f}\x{85}]*[=+\-@＝＋－＠\t\r]|[\x{0}-\x{8}\x{b}\x{c}\x{e}-\x{1f}\x{fffe}\x{ffff}]"


def tables(library: Library) -> list[str]:
    """List the tables that readers get as CSV."""
    return [name for name in library.names if name not in NOT_FOR_SPREADSHEETS]


def chunks(library: Library, name: str) -> Iterator[bytes]:
    """Yield one table's CSV batch by batch: the header once, every batch's rows after it."""
    for number, piece in enumerate(library.pieces(name)):
        yield _csv(piece, header=number == 0).encode("utf-8")


def packed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same as gzip, without its time of day: what R, Stata, pandas and 7-Zip read as it is."""
    packer = zlib.compressobj(wbits=GZIP)
    for chunk in chunks:
        yield packer.compress(chunk)
    yield packer.flush()


def _csv(piece: pa.Table, *, header: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if header:
        out.write(BYTE_ORDER_MARK)
        writer.writerow(piece.column_names)
    writer.writerows(zip(*map(_cells, piece.columns), strict=True))
    return out.getvalue()


def _cells(column: pa.ChunkedArray) -> list:
    """Return what `safe` makes of each cell, looking only at those a spreadsheet might take amiss."""
    if pa.types.is_list(column.type) and not pa.types.is_floating(column.type.value_type):
        column = pc.binary_join(column.cast(pa.list_(pa.string())), BETWEEN)
    if not column.null_count and (pa.types.is_integer(column.type) or pa.types.is_boolean(column.type)):
        return column.to_pylist()
    if not pa.types.is_string(column.type):
        return [safe(value) for value in column.to_pandas().tolist()]
    cells = column.to_pylist()
    for place in pc.indices_nonzero(pc.match_substring_regex(column, DOUBTFUL)).to_pylist():
        cells[place] = safe(cells[place])
    return cells
