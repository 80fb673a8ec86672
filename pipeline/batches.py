"""Slice the manifest into batches, so that thirty thousand reports are a few hundred jobs and a new one re-runs one."""

import csv
import io
from pathlib import Path

NAME = "{:04d}"


def plan(rows: list[dict[str, str]], size: int) -> dict[str, list[dict[str, str]]]:
    """Return the manifest's rows by batch name (`0001`, `0002`, …), in order, `size` to a batch.

    >>> plan([{"report_id": "a"}, {"report_id": "b"}, {"report_id": "c"}], 2)
    {'0001': [{'report_id': 'a'}, {'report_id': 'b'}], '0002': [{'report_id': 'c'}]}
    """
    starts = range(0, len(rows), size)
    return {NAME.format(number): rows[start : start + size] for number, start in enumerate(starts, 1)}


def save(batches: dict[str, list[dict[str, str]]], processed: Path) -> None:
    """Write each batch's slice to `<processed>/batches/<batch>.csv`; one that has not changed is not touched."""
    folder = processed / "batches"
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in batches.items():
        _write_if_new(folder / f"{name}.csv", _csv(rows))


def drop_stale(batches: dict[str, list], processed: Path, tables: dict[str, str | list[str]]) -> list[str]:
    """Delete what earlier runs left behind: batches the manifest no longer has, and tables that are made otherwise now.

    `tables` gives each table's file, or its files batch by batch. Returns the names of the files deleted.
    """
    by_batch = [name for name, made in tables.items() if not isinstance(made, str)]
    stale = [
        path
        for folder in ("batches", *by_batch)
        for path in sorted((processed / folder).glob("[0-9]*"))
        if path.stem not in batches
    ]
    stale += [path for name in by_batch for path in processed.glob(f"{name}.parquet")]
    stale += [
        path
        for name in tables
        if name not in by_batch
        for path in sorted((processed / name).glob("*.parquet"))
    ]
    for path in stale:
        path.unlink()
    return [str(path) for path in stale]


def _csv(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _write_if_new(path: Path, content: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != content:
        aside = path.with_name(f".{path.name}.new")
        aside.write_text(content, encoding="utf-8")
        aside.replace(path)
