"""assignments: one row per planned task of which the text says who leads, who is responsible and by when."""

import logging
import re
from collections.abc import Iterator

import pandas as pd

from pipeline import tables
from pipeline.documents import jurisdiction
from pipeline.documents.jurisdiction import Locality
from pipeline.duties import agencies, deadlines, duty_tables, duty_texts
from pipeline.duties.duty_texts import Duty
from pipeline.duties.plan_items import Items
from pipeline.fold import fold

COMPANIONS = ("assignment_units",)

log = logging.getLogger(__name__)

COLUMNS = {
    "texts": ["report_id", "text"],
    "reports": ["report_id", "region", "level"],
    "sentences": ["report_id", "start", "end", "role"],
}

_TASK_SHOWN = 15  # characters of a task that name it
_MARKS = " \t\n\u3000—-•·*▲■◆>"  # bullets that belong to the line of duties behind the task
_BREAK = re.compile(r"\s*\n\s*")


def build(texts: pd.DataFrame, reports: pd.DataFrame, sentences: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Read who does what by when, and list every unit of every task in a table of its own (assignment_units)."""
    rows, units = [], []
    furniture = sentences[sentences["role"] == "furniture"]
    for report_id, (text,), (report,), ignored in tables.by_report(texts, reports, furniture):
        locality = jurisdiction.of_report(report)
        for row in _rows(report_id, text.text):
            if not any(place.start <= row["end"] - 1 < place.end for place in ignored):
                rows.append(row)
                units += _units(row, locality)
    return {
        "assignments": pd.DataFrame(rows, columns=list(tables.empty("assignments").columns)),
        "assignment_units": pd.DataFrame(units, columns=list(tables.empty("assignment_units").columns)),
    }


def _rows(report_id: str, text: str) -> list[dict]:
    in_tables = [
        _row(report_id, row.duty.start, row.number, text[row.task_start : row.task_end], row.duty)
        for row in duty_tables.find(text)
    ]
    rows = [*in_tables, *_in_prose(report_id, text, {row["end"] for row in in_tables})]
    return sorted(rows, key=lambda row: row["start"])


def _in_prose(report_id: str, text: str, told: set[int]) -> Iterator[dict]:
    """Yield the tasks of running text; duties that end where a table's row does (`told`) are that row's."""
    items, after = Items(fold(text)), 0
    for duty in duty_texts.find(text):
        if duty.end in told:
            continue
        task = items.task(after, duty.start, duty.own_line)
        if task is None:
            log.debug("%s: duties at %s without a task before them", report_id, duty.start)
        else:
            yield _row(report_id, task.start, task.number, text[task.words : duty.start], duty)
        after = duty.end


def _row(report_id: str, start: int, number: str | None, words: str, duty: Duty) -> dict:
    task = _BREAK.sub("", words).strip(_MARKS)
    return {
        "assignment_id": tables.row_id(report_id, "t", start),
        "report_id": report_id,
        "start": start,
        "end": duty.end,
        "item": number,
        "task": re.sub(r"\s", "", task)[:_TASK_SHOWN],
        "lead": duty.lead,
        "responsible": duty.responsible,
        "support": duty.support,
        "persons": duty.persons,
        "deadline": duty.deadline,
        "due": deadlines.last_day(duty.deadline),
        "task_text": task,
    }


def _units(row: dict, locality: Locality) -> Iterator[dict]:
    for role in ("lead", "responsible", "support"):
        named = [unit for written in row[role] for unit in agencies.units(written, locality)]
        for place, unit in enumerate(named, start=1):
            yield {
                "unit_id": f"{row['assignment_id']}:{role}:{place}",
                "assignment_id": row["assignment_id"],
                "report_id": row["report_id"],
                "role": role,
                "unit": unit.written,
                "unit_normalised": unit.name,
                "collective": unit.collective,
            }


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
