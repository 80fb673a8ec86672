"""Read duties from a plan laid out as a table: a head that names 任务, 牵头单位, 责任单位, 完成时限, then one row per task."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.duties import agencies, deadlines, duty_labels
from pipeline.duties.duty_texts import FIELDS, Duty, give
from pipeline.duties.names import NOBODY, Named
from pipeline.fold import fold

_LINE = re.compile(r"[^\n]+")
_RULE = re.compile(r"[-:= ]+")  # the line under the head of a table drawn with strokes
_NUMBER_BEFORE = re.compile(r"(\d{1,3}(?:\.\d{1,2})*)(?:[.、]\s*|\s+)(?=\D)")
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[一二三四五六七八九十]{1,3})[)、.]?")


class Row(NamedTuple):
    """One row of such a table: its duties, offsets of the words of its task, and its number."""

    duty: Duty
    task_start: int
    task_end: int
    number: str | None


class Cell(NamedTuple):
    """One cell: offset of its words and the words."""

    start: int
    words: str


def find(text: str, named: Named = NOBODY) -> list[Row]:
    """Return the rows of every table of duties, columns parted by tabs or upright strokes.

    >>> [row] = find("序号\\t工作任务\\t牵头单位\\t完成时限\\n1\\t完善制度\\t区司法局\\t2023年")
    >>> row.number, row.duty.lead, row.duty.deadline
    ('1', ['区司法局'], '2023')
    """
    rows: list[Row] = []
    if "\t" not in text and "|" not in text:
        return rows
    head: list[tuple[str, ...]] = []
    for start, cells in _lines(text):
        if len(cells) < 2:
            head = []
            continue
        columns = _with_task([duty_labels.column(cell.words) for cell in cells], cells)
        if _is_head(columns):
            head = columns
        elif head:
            row = _row(start, _fitted(cells, head), head, named)
            rows += [row] if row else []
    return rows


def _lines(text: str) -> Iterator[tuple[int, list[Cell]]]:
    """Yield every line with its cells; a line without tab or stroke has none."""
    for line in _LINE.finditer(text):
        words = line.group()
        if "\t" not in words and "|" not in words:
            yield line.start(), []
            continue
        mark = "\t" if "\t" in words else "|"
        cells, at = [], line.start()
        for part in words.split(mark):
            cells.append(Cell(at + len(part) - len(part.lstrip()), part.strip()))
            at += len(part) + 1
        yield line.start(), cells[1:-1] if mark == "|" and words.strip().startswith("|") else cells


def _with_task(named: list[tuple[str, ...]], cells: list[Cell]) -> list[tuple[str, ...]]:
    """Take the first column of another name (项目, 事项) for the task where a head names who does it and by when."""
    fields = {field for cell in named for field in cell}
    if "task" in fields or "deadline" not in fields or not fields & {"lead", "responsible"}:
        return named
    unnamed = [at for at, cell in enumerate(named) if not cell and cells[at].words]
    return [("task",) if unnamed[:1] == [at] else cell for at, cell in enumerate(named)]


def _is_head(named: list[tuple[str, ...]]) -> bool:
    fields = {field for cell in named for field in cell}
    return sum(map(bool, named)) >= 2 and bool(fields & {"lead", "responsible"}) and "task" in fields


def _fitted(cells: list[Cell], head: list[tuple[str, ...]]) -> list[Cell]:
    """Put a row under its head: cells that span rows above are missing in front, the number excepted."""
    missing = len(head) - len(cells)
    if missing <= 0:
        return cells[: len(head)]
    blank = [Cell(cells[0].start, "")] * missing
    keep = 1 if "item" in head[0] and _NUMBER.fullmatch(fold(cells[0].words)) else 0
    return cells[:keep] + blank + cells[keep:]


def _row(start: int, cells: list[Cell], head: list[tuple[str, ...]], named: Named) -> Row | None:
    read: dict[str, list[str]] = {name: [] for name in FIELDS}
    task, number, deadline = None, None, None
    for cell, fields in zip(cells, head, strict=True):
        for field in fields:
            if field in FIELDS:
                give(cell.words, field, read, named.within(cell.start, cell.start + len(cell.words)))
            elif field == "deadline" and cell.words:
                deadline = deadlines.clean(cell.words)
            elif field == "task" and cell.words:
                task = cell
            elif field == "item" and cell.words:
                number = fold(cell.words).strip("()、. ")
    if task is None or _RULE.fullmatch(task.words):
        return None
    end = max(cell.start + len(cell.words) for cell in cells)
    in_charge = agencies.parted(read["persons"], named.within(start, end)).persons
    if not (read["lead"] or read["responsible"] or in_charge):
        return None
    inside = _NUMBER_BEFORE.match(fold(task.words))
    if inside and number is None:
        number, task = inside.group(1), Cell(task.start + inside.end(), task.words[inside.end() :])
    duty = Duty(min(cell.start for cell in cells), end, True, deadline=deadline, **read)
    return Row(duty, task.start, task.start + len(task.words), number)
