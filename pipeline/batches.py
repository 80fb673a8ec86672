"""Slice the manifest into batches, so that thirty thousand reports are a few hundred jobs and a new one re-runs one."""

import csv
import io
from pathlib import PurePosixPath

from pipeline.places import Place

NAME = "{:04d}"
# A job starts in 0.6 s and works on 500 reports for 1 to 7 s. Large corpora get larger batches, since twenty of them keep
# every core busy as well as forty do; a job still stays below 1 GiB of memory.
SIZE, MANY = 500, 10_000
# Holds a folder for each batch.
FOR_THE_PAGE = "report_data"


def plan(rows: list[dict[str, str]], size: int) -> dict[str, list[dict[str, str]]]:
    """Return the manifest's rows by batch name (`0001`, `0002`, …), in order, `size` to a batch (0: as many as is best).

    >>> plan([{"report_id": "a"}, {"report_id": "b"}, {"report_id": "c"}], 2)
    {'0001': [{'report_id': 'a'}, {'report_id': 'b'}], '0002': [{'report_id': 'c'}]}
    """
    size = size or (SIZE if len(rows) <= MANY else 2 * SIZE)
    starts = range(0, len(rows), size)
    return {NAME.format(number): rows[start : start + size] for number, start in enumerate(starts, 1)}


def save(batches: dict[str, list[dict[str, str]]], processed: Place) -> None:
    """Write each batch's slice to `<processed>/batches/<batch>.csv`; one that has not changed is not touched."""
    for name, rows in batches.items():
        file, content = f"batches/{name}.csv", _csv(rows).encode("utf-8")
        if not processed.has(file) or processed.read(file) != content:
            processed.write(file, content)


def stale(batches: dict[str, list], names: list[str], tables: dict[str, bool]) -> list[str]:
    """Name, among the files `names` of `processed`, what earlier runs left behind: batches the manifest no longer has, and
    tables that are made otherwise now. `tables` tells of each table whether it is made batch by batch.
    """
    by_batch = {"batches"} | {name for name, so in tables.items() if so}
    return [name for name in names if _is_stale(PurePosixPath(name), set(batches), by_batch, tables)]


def _is_stale(path: PurePosixPath, batches: set[str], by_batch: set[str], tables: dict[str, bool]) -> bool:
    if len(path.parts) == 1:
        return path.suffix == ".parquet" and path.stem in by_batch
    folder, name = path.parts[0], path.parts[1:]
    if folder == FOR_THE_PAGE:
        return len(name) == 1 or name[0][:1].isdigit() and name[0] not in batches
    if len(name) > 1:
        return False
    if folder in by_batch:
        return path.stem[:1].isdigit() and path.stem not in batches
    return folder in tables and path.suffix == ".parquet"


def _csv(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
