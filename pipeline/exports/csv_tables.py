"""Write every table as CSV that Excel opens by a double click: UTF-8 with a byte order mark, and cells it does not run."""

import csv
import io
import zlib
from collections.abc import Iterable, Iterator

import pandas as pd

from pipeline.exports.cells import safe
from pipeline.library import Library
from pipeline.products import NOT_FOR_SPREADSHEETS

BYTE_ORDER_MARK = "\ufeff"
GZIP = 31  # what zlib calls that form


def tables(library: Library) -> list[str]:
    """List the tables that readers get as CSV."""
    return [name for name in library.names if name not in NOT_FOR_SPREADSHEETS]


def chunks(library: Library, name: str) -> Iterator[bytes]:
    """Yield one table's CSV batch by batch: the header once, every batch's rows after it."""
    for number, frame in enumerate(library.batches(name)):
        yield _csv(frame, header=number == 0).encode("utf-8")


def packed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same as gzip, without its time of day: what R, Stata, pandas and 7-Zip read as it is."""
    packer = zlib.compressobj(wbits=GZIP)
    for chunk in chunks:
        yield packer.compress(chunk)
    yield packer.flush()


def _csv(frame: pd.DataFrame, *, header: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if header:
        out.write(BYTE_ORDER_MARK)
        writer.writerow(frame.columns)
    columns = [[safe(value) for value in frame[column].tolist()] for column in frame.columns]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()
