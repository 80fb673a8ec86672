"""Pack what the evidence panel and the search need of each report: its text, and where everything found in it stands."""

import json
from collections.abc import Iterator

import pandas as pd

from pipeline.figures.timeline import DEADLINE_YEAR, years
from pipeline.library import Library
from pipeline.tables import by_report

# Columns of the rows, in the order the page's scripts read them.
COLUMNS = {
    "texts": ["report_id", "text"],
    "sentences": ["report_id", "start", "end", "role"],
    "sections": ["report_id", "start", "body_end", "label", "title"],
    "measures": ["report_id", "measure_id", "start", "end", "is_measure", "status", "themes"],
    "metrics": ["report_id", "start", "end", "code", "status", "indicator"],
    "instruments": ["report_id", "start", "end", "role", "number", "title"],
    "assignments": ["report_id", "assignment_id", "start", "end", "deadline"],
    "assignment_units": ["assignment_id", "unit_normalised"],
}
FOUND = list(COLUMNS)[1:-1]


def pack(library: Library, per_shelf: int) -> Iterator[list[dict]]:
    """Yield the reports in the order of the table `texts`, `per_shelf` to a shelf; memory holds one batch of them."""
    shelf: list[dict] = []
    members = _members(library)
    for batch in zip(*(library.batches(name, columns) for name, columns in COLUMNS.items()), strict=True):
        *tables, units = batch
        named = {"clusters": next(members), "units": _units(units)}
        for report_id, (report,), *rows in by_report(*tables):
            shelf.append(_report(report_id, report.text, dict(zip(FOUND, rows, strict=True)), named))
            if len(shelf) == per_shelf:
                yield shelf
                shelf = []
    if shelf:
        yield shelf


def _members(library: Library) -> Iterator[dict[str, str]]:
    """Yield the theme of each measure, batch by batch: `cluster_members` is written in the batches of `measures`."""
    for piece in library.pieces("cluster_members", ["measure_id", "cluster_id"]):
        yield dict(zip(piece["measure_id"].to_pylist(), piece["cluster_id"].to_pylist(), strict=True))


def _units(units: pd.DataFrame) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    pairs = zip(units["assignment_id"].tolist(), units["unit_normalised"].tolist(), strict=True)
    for task, unit in dict.fromkeys(pairs):
        found.setdefault(task, []).append(unit)
    return found


def _report(report_id: str, text: str, of: dict[str, list], named: dict[str, dict]) -> dict:
    return {
        "id": report_id,
        "text": text,
        "sentences": [[r.start, r.end, r.role] for r in of["sentences"]],
        "sections": [[r.start, r.body_end, f"{_text(r.label) or ''}{r.title}"] for r in of["sections"]],
        "measures": [
            [
                r.start,
                r.end,
                int(r.is_measure),
                _text(r.status),
                list(r.themes),
                named["clusters"].get(r.measure_id),
            ]
            for r in of["measures"]
        ],
        "metrics": [[r.start, r.end, _text(r.code), r.status, _text(r.indicator)] for r in of["metrics"]],
        "instruments": [
            [r.start, r.end, r.role, *(years(r.number, r.title) or (None, None))] for r in of["instruments"]
        ],
        "assignments": [
            [r.start, r.end, None, named["units"].get(r.assignment_id, []), _year(r.deadline)]
            for r in of["assignments"]
        ],
    }


def _text(value) -> str | None:
    return value if isinstance(value, str) else None


def _year(deadline) -> int | None:
    found = DEADLINE_YEAR.search(deadline) if isinstance(deadline, str) else None
    return int(found[0]) if found else None


def to_script(value) -> str:
    """Write `value` as JSON that may stand inside a script element: no character ends or opens one.

    >>> to_script("</script>")
    '"\\\\u003c/script>"'
    """
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return told.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
