"""Score the tables of a run against a folder of gold files, report by report."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evaluation import figures, gold, sentences
from evaluation.places import Places
from evaluation.tally import Tally
from pipeline.errors import InputError, did_you_mean
from pipeline.library import Library

COMPARE = {
    "metric": ("metrics", figures.metrics),
    "instrument": ("instruments", figures.instruments),
    "assignment": ("assignments", figures.assignments),
    "measure": ("measures", sentences.measures),
}
TABLES = tuple(table for table, _ in COMPARE.values())


@dataclass(frozen=True)
class Coded:
    """What was coded and what the pipeline made of it: marks and texts by report, tables by name and report."""

    marks: dict[str, dict[str, list]]
    places: dict[str, Places]
    rows: dict[str, dict[str, list[dict]]]
    library: Library


def read(library: Library, folder: Path | str) -> Coded:
    """Read gold files and the tables of the reports they code; raises InputError for a report without a text."""
    marks = gold.read(folder)
    texts = library.read("texts", ["report_id", "text"])
    texts = dict(zip(texts["report_id"], texts["text"], strict=True))
    absent = [
        f"{folder}: gold for report {report!r}, but the pipeline read no such report{did_you_mean(report, texts)}"
        for report in marks
        if report not in texts
    ]
    if absent:
        raise InputError(absent)
    rows = {name: _by_report(library.read(name), marks) for name in TABLES}
    return Coded(marks, {report: Places(texts[report]) for report in marks}, rows, library)


def _by_report(frame: pd.DataFrame, reports) -> dict[str, list[dict]]:
    rows: dict[str, list[dict]] = {report: [] for report in reports}
    for row in frame[frame["report_id"].isin(list(reports))].to_dict("records"):
        rows[row["report_id"]].append(row)
    return rows


def score(coded: Coded) -> dict[str, Tally]:
    """Return one tally for each coded report, in the order of their names."""
    return {report: _score(coded, report) for report in sorted(coded.marks)}


def _score(coded: Coded, report: str) -> Tally:
    tally = Tally()
    for kind, marks in coded.marks[report].items():
        table, compare = COMPARE[kind]
        compare(tally, marks, coded.places[report], coded.rows[table][report])
    return tally
