"""manifest: one row per report file, with what a researcher knows of it; checked whole before any work begins."""

import csv
import io
import os
import re
from datetime import date
from pathlib import Path

import pandas as pd

from pipeline import places
from pipeline.errors import InputError, did_you_mean
from pipeline.places import Place
from pipeline.readers import decoding
from pipeline.readers.limits import UnreadableFile

FILE = "manifest.csv"
COLUMNS = (
    "report_id",
    "file",
    "region",
    "province",
    "level",
    "genre",
    "published",
    "period_start",
    "period_end",
    "source_url",
)
REQUIRED = ("report_id", "file")
LEVELS = ("district", "county", "zone", "city", "town", "department")
GENRES = ("annual_report", "self_check", "work_summary", "plan", "news", "essay")
AMONG = {"level": LEVELS, "genre": GENRES}
DATES = ("published", "period_start", "period_end")

ID = re.compile(r"[^\W_][\w.-]{0,79}")  # letters of any script, digits, then also _ - and dots
PART_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
HINTS = 20  # rows for which near names are sought: the search compares with every name there is
# What a folder holds beside reports: notes, Word's lock files, a saved page's pictures, the system's own.
BESIDE = re.compile(r"\..*|~\$.*|README.*|Thumbs\.db|desktop\.ini|manifest\.csv", re.I)
PAGE_FOLDER = re.compile(r".*(?:_files|\.files)", re.I)


def load(raw: Place | Path | str) -> pd.DataFrame:
    """Return the manifest of the folder or bucket `raw`, every cell a string ("" for blank), rows in the manifest's order:
    a report added at its end changes the last batch only.

    Raises InputError with every problem of the manifest and its files.
    """
    rows = read(raw)
    problems = check(rows, raw)
    if problems:
        raise InputError(problems)
    return pd.DataFrame([cells for _, cells in rows], columns=COLUMNS)


def read(raw: Place | Path | str) -> list[tuple[int, dict[str, str]]]:
    """Return the manifest's rows with their line numbers; raises InputError where it is not such a table at all."""
    raw = places.at(raw)
    place = f"{raw}/{FILE}"
    if not raw.has(FILE):
        raise InputError([f"{place}: is missing (make it with: {raw.adding(raw)})"])
    try:
        text = decoding.decode(raw.read(FILE)).text  # Excel saves Chinese CSV as GB18030 or UTF-16
    except UnreadableFile as error:
        raise InputError([f"{place}: {error}"]) from error
    lines = _lines(text, place)
    header = [name.strip() for name in lines[0][1]] if lines else []
    problems = [f"{place}, header: {problem}" for problem in _header_problems(header)]
    problems += [
        f"{place}, row {line}: {len(cells)} cells under {len(header)} columns"
        for line, cells in lines[1:]
        if len(cells) > len(header)
    ]
    if problems:
        raise InputError(problems)
    return [(line, _row(header, cells)) for line, cells in lines[1:]]


def _lines(text: str, place: str) -> list[tuple[int, list[str]]]:
    """Return the table's lines that are not blank, with their numbers."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise InputError([f"{place}, row {reader.line_num}: is no CSV: {error}"]) from error


def _header_problems(header: list[str]) -> list[str]:
    missing = [f"column {name!r} is missing" for name in REQUIRED if name not in header]
    unknown = [
        f"column {name!r} is not known{did_you_mean(name, COLUMNS)}" for name in header if name not in COLUMNS
    ]
    twice = [f"column {name!r} stands twice" for name in sorted({n for n in header if header.count(n) > 1})]
    return missing + unknown + twice


def _row(header: list[str], cells: list[str]) -> dict[str, str]:
    given = dict(zip(header, cells, strict=False))
    return {name: given.get(name, "").strip() for name in COLUMNS}


def check(rows: list[tuple[int, dict[str, str]]], raw: Place | Path | str) -> list[str]:
    """List every problem of the rows and of the folder, in the manifest's order, files without a row last."""
    raw = places.at(raw)
    place = f"{raw}/{FILE}"
    present = dict.fromkeys(files(raw))
    problems = [] if rows else [f"{place}: has no rows (add reports with: {raw.adding('FILE…')})"]
    ids: dict[str, tuple[int, str]] = {}
    taken: dict[str, int] = {}
    absent = 0
    for line, row in rows:
        found = [*_id_problems(row["report_id"], line, ids), *_cell_problems(row)]
        problem = _file_problem(row["file"], raw, line, taken)
        if problem is None and row["file"] not in present and not raw.has(row["file"]):
            absent += 1
            near = did_you_mean(row["file"], present) if absent <= HINTS else ""
            problem = f"file {row['file']!r} is not in {raw}{near}"
        found += [problem] if problem else []
        problems += [f"{place}, row {line}: {each}" for each in found]
    named = {os.path.normpath(row["file"]) for _, row in rows}
    problems += [
        f"{raw}/{name}: has no row in {FILE} (add one with: {raw.adding(f'{raw}/{name}')}, or move the file away)"
        for name in present
        if name not in named
    ]
    return problems


def files(raw: Place | Path | str) -> list[str]:
    """List the report files of a folder by their path in it, leaving out notes, hidden files and saved pages' pictures."""
    return [name for name in places.at(raw).names() if _may_be_a_report(name)]


def _may_be_a_report(name: str) -> bool:
    *folders, file = name.split("/")
    hidden = any(folder.startswith(".") or PAGE_FOLDER.fullmatch(folder) for folder in folders)
    return not hidden and not BESIDE.fullmatch(file)


def place_problem(raw: Place | Path | str, file: str) -> str | None:
    """Say why a file name must not be followed: it is empty, leads out of the folder, or breaks the line."""
    if not file:
        return "no file is named"
    if CONTROL.search(file):
        return f"file name {file!r} holds a line break or control character (rename the file)"
    if file.startswith("/") or ".." in file.split("/") or re.match(r"[A-Za-z]:|.*\\", file):
        return f"file {file!r} must be a name inside the folder of reports, without '..', drive or backslash"
    refusal = places.at(raw).refusal(file)
    return f"file {file!r} {refusal}" if refusal else None


def _file_problem(file: str, raw: Place, line: int, taken: dict[str, int]) -> str | None:
    problem = place_problem(raw, file)
    if problem:
        return problem
    first = taken.setdefault(os.path.normpath(file), line)
    return None if first == line else f"file {file!r} stands in row {first} already"


def id_problem(report_id: str) -> str | None:
    """Say why an id cannot name a report, or None."""
    if not report_id:
        return "report_id is empty"
    if not ID.fullmatch(report_id) or ".." in report_id:
        return (
            f"report_id {report_id!r} is not usable: up to 80 letters, digits, '_', '-' and single dots, "
            "beginning with a letter or digit (no spaces, slashes or colons)"
        )
    return None


def _id_problems(report_id: str, line: int, ids: dict[str, tuple[int, str]]) -> list[str]:
    problem = id_problem(report_id)
    if problem:
        return [problem]
    first_line, first = ids.setdefault(report_id.casefold(), (line, report_id))
    if first_line == line:
        return []
    if first == report_id:
        return [f"report_id {report_id!r} stands in row {first_line} already"]
    return [
        f"report_id {report_id!r} differs from {first!r} in row {first_line} by capital letters only, "
        "which some computers cannot keep apart (rename one)"
    ]


def _cell_problems(row: dict[str, str]) -> list[str]:
    problems = [
        f"{name} {row[name]!r} is not known{did_you_mean(row[name], choices)}; there are: {', '.join(choices)}"
        for name, choices in AMONG.items()
        if row[name] and row[name] not in choices
    ]
    problems += [
        f"{name} {row[name]!r} is not a date (write 2023-03-24, 2023-03 or 2023)"
        for name in DATES
        if row[name] and not is_date(row[name])
    ]
    if is_date(row["period_start"]) and is_date(row["period_end"]):
        length = min(len(row["period_start"]), len(row["period_end"]))
        if row["period_start"][:length] > row["period_end"][:length]:
            problems.append(f"period_start {row['period_start']} lies after period_end {row['period_end']}")
    return problems


def is_date(value: str) -> bool:
    """Tell whether a string is a day, month or year that exists: 2023-03-24, 2023-03 or 2023.

    >>> is_date("2023-02-29")
    False
    """
    match = PART_DATE.fullmatch(value)
    if not match:
        return False
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
