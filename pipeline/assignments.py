"""assignments: one row per planned task of which the text says who leads, who is responsible and by when."""

import logging
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

import pandas as pd

from pipeline import tables
from pipeline.documents import jurisdiction
from pipeline.documents.jurisdiction import Locality
from pipeline.duties import agencies, deadlines, duty_tables, duty_texts
from pipeline.duties.duty_texts import Duty
from pipeline.duties.names import NOBODY, NONE, Named, Names
from pipeline.duties.plan_items import Items
from pipeline.fold import fold

COMPANIONS = ("assignment_units",)

log = logging.getLogger(__name__)

COLUMNS = {
    "texts": ["report_id", "text"],
    "reports": ["report_id", "region", "level"],
    "sentences": ["report_id", "start", "end", "role"],
    "tokens": ["report_id", "entities"],
}

_TASK_SHOWN = 15  # characters of a task that name it
_MARKS = " \t\n\u3000—-•·*▲■◆>"  # bullets that belong to the line of duties behind the task
_BREAK = re.compile(r"\s*\n\s*")


def build(
    texts: pd.DataFrame, reports: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Read who does what by when, and list every unit of every task in a table of its own (assignment_units).

    The rules read lists by their layout and words. Where the engine names bodies and persons (tokens.entities), entries that
    the rules cannot tell are known by these, and `decided_by` says so.
    """
    rows, units = [], []
    furniture = sentences[sentences["role"] == "furniture"]
    told = tokens.loc[tokens["entities"].map(len) > 0, ["report_id", "entities"]]
    for report_id, (text,), (report,), ignored, names in tables.by_report(texts, reports, furniture, told):
        locality = jurisdiction.of_report(report)
        named = Named(text.text, [entity for row in names for entity in row.entities])
        for task in _decided(text.text, named):
            row = _row(report_id, text.text, task)
            if not _within(ignored, row["end"] - 1):
                rows.append(row)
                units += _units(row, task, locality)
    return {
        "assignments": pd.DataFrame(rows, columns=list(tables.empty("assignments").columns)),
        "assignment_units": pd.DataFrame(units, columns=list(tables.empty("assignment_units").columns)),
    }


def _within(places: list, at: int) -> bool:
    """Tell whether an offset lies in one of the sentences given, in text order."""
    before = bisect_right(places, at, key=attrgetter("start"))
    return before > 0 and at < places[before - 1].end


class _Task(NamedTuple):
    """One task: where it begins, its number and words, its duties, and, where names helped to read these, what they were."""

    start: int
    number: str | None
    words: tuple[int, int]
    duty: Duty
    names: Names = NONE
    by_rules: Duty | None = None


def _decided(text: str, named: Named) -> Iterator[_Task]:
    """Yield the tasks in order; where the engine names something in their duties, with what the rules alone read there."""
    tasks = _tasks(text, named)
    by_rules = {task.duty.end: task.duty for task in _tasks(text, NOBODY)} if named else {}
    for task in tasks:
        names = named.within(task.duty.start, task.duty.end)
        yield task._replace(names=names, by_rules=by_rules.get(task.duty.end)) if names else task


def _tasks(text: str, named: Named) -> list[_Task]:
    in_tables = [
        _Task(row.duty.start, row.number, (row.task_start, row.task_end), row.duty)
        for row in duty_tables.find(text, named)
    ]
    in_prose = _in_prose(text, named, {task.duty.end for task in in_tables})
    return sorted([*in_tables, *in_prose], key=lambda task: task.start)


def _in_prose(text: str, named: Named, told: set[int]) -> Iterator[_Task]:
    """Yield the tasks of running text; duties that end where a table's row does (`told`) are that row's."""
    items, after = None, 0
    for duty in duty_texts.find(text, named):
        if duty.end in told:
            continue
        items = items or Items(fold(text))
        task = items.task(after, duty.start, duty.own_line)
        if task is None:
            log.debug("duties at %s without a task before them", duty.start)
        else:
            yield _Task(task.start, task.number, (task.words, duty.start), duty)
        after = duty.end


def _row(report_id: str, text: str, task: _Task) -> dict:
    duty = task.duty
    words = text[slice(*task.words)]
    words = (_BREAK.sub("", words) if "\n" in words else words).strip(_MARKS)
    return {
        "assignment_id": tables.row_id(report_id, "t", task.start),
        "report_id": report_id,
        "start": task.start,
        "end": duty.end,
        "item": task.number,
        "task": "".join(words.split())[:_TASK_SHOWN],
        "lead": duty.lead,
        "responsible": duty.responsible,
        "support": duty.support,
        "persons": duty.persons,
        "deadline": duty.deadline,
        "due": deadlines.last_day(duty.deadline),
        "task_text": words,
        "decided_by": "entities" if task.names and duty != task.by_rules else "rules",
    }


def _units(row: dict, task: _Task, locality: Locality) -> Iterator[tuple]:
    """Yield the rows of a task's units."""
    for role in ("lead", "responsible", "support"):
        units = _bodies(row[role], locality, task.names)
        known = None if not task.names else _bodies(getattr(task.by_rules, role, ()), locality, NONE)
        for place, unit in enumerate(units, start=1):
            decided_by = "rules" if known is None or unit in known else "entities"
            yield (
                f"{row['assignment_id']}:{role}:{place}", row["assignment_id"], row["report_id"], role,
                unit.written, unit.name, unit.collective, decided_by,
            )  # fmt: skip


def _bodies(entries: Iterable[str], locality: Locality, names: Names) -> list[agencies.Unit]:
    return [unit for written in entries for unit in agencies.units(written, locality, names)]


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
