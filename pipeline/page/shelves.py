"""Pack what the evidence panel and the search need of each report: its text, and where everything found in it stands.

Shelves hold the reports of one batch and nothing from tables over the whole corpus, so that a report that changes costs the
shelves of its batch. The themes found in all reports together are therefore kept beside them.
"""

import json
from collections import defaultdict
from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.figures.timeline import DEADLINE_YEAR, years
from pipeline.library import Library
from pipeline.tables import by_report

# Columns of the rows, in the order the page's scripts read them.
COLUMNS = {
    "texts": ["report_id", "text"],
    "sentences": ["report_id", "start", "end", "role"],
    "sections": ["report_id", "start", "body_end", "label", "title"],
    "measures": ["report_id", "start", "end", "is_measure", "status", "themes"],
    "metrics": ["report_id", "start", "end", "code", "status", "indicator"],
    "instruments": ["report_id", "start", "end", "role", "number", "title"],
    "assignments": ["report_id", "assignment_id", "start", "end", "deadline"],
    "assignment_units": ["assignment_id", "unit_normalised"],
}
FOUND = list(COLUMNS)[1:-1]


def pack(library: Library, per_shelf: int) -> Iterator[tuple[str, list[dict]]]:
    """Yield shelves of `per_shelf` reports in the order of the table `texts`, named by batch and number: `0001/0`.

    Memory holds one batch of them.
    """
    parts = zip(*(library.batches(name, columns) for name, columns in COLUMNS.items()), strict=True)
    for batch, (*tables, units) in zip(library.batch_names("texts"), parts, strict=True):
        tasks = _units(units)
        packed = [
            _report(report_id, report.text, dict(zip(FOUND, rows, strict=True)), tasks)
            for report_id, (report,), *rows in by_report(*tables)
        ]
        for number, first in enumerate(range(0, len(packed), per_shelf)):
            yield f"{batch}/{number}", packed[first : first + per_shelf]


def members(library: Library, clusters: list[str]) -> Iterator[tuple[str, dict[str, dict]]]:
    """Yield for each batch its name and, by report and theme (its number in `clusters`), where the theme's measures start."""
    named = pa.array(clusters, pa.string())
    pieces = library.pieces("cluster_members", ["report_id", "measure_id", "cluster_id"])
    for batch, piece in zip(library.batch_names("texts"), pieces, strict=True):
        number = pc.index_in(piece["cluster_id"], named)
        start = pc.replace_substring_regex(piece["measure_id"], "^.*:[a-z]", "").cast(pa.int64())
        rows = zip(*(column.to_pylist() for column in (piece["report_id"], number, start)), strict=True)
        found: dict[str, dict] = defaultdict(lambda: defaultdict(list))
        for report_id, cluster, place in rows:
            if cluster is not None:  # an outlier is a theme of its own
                found[report_id][cluster].append(place)
        yield batch, found


def _units(units: pd.DataFrame) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    pairs = zip(units["assignment_id"].tolist(), units["unit_normalised"].tolist(), strict=True)
    for task, unit in dict.fromkeys(pairs):
        found.setdefault(task, []).append(unit)
    return found


def _report(report_id: str, text: str, of: dict[str, list], tasks: dict[str, list[str]]) -> dict:
    return {
        "id": report_id,
        "text": text,
        "sentences": [[r.start, r.end, r.role] for r in of["sentences"]],
        "sections": [[r.start, r.body_end, f"{_text(r.label) or ''}{r.title}"] for r in of["sections"]],
        "measures": [
            [r.start, r.end, int(r.is_measure), _text(r.status), list(r.themes)] for r in of["measures"]
        ],
        "metrics": [[r.start, r.end, _text(r.code), r.status, _text(r.indicator)] for r in of["metrics"]],
        "instruments": [
            [r.start, r.end, r.role, *(years(r.number, r.title) or (None, None))] for r in of["instruments"]
        ],
        "assignments": [
            [r.start, r.end, None, tasks.get(r.assignment_id, []), _year(r.deadline)]
            for r in of["assignments"]
        ],
    }


def _text(value) -> str | None:
    return value if isinstance(value, str) else None


def _year(deadline) -> int | None:
    found = DEADLINE_YEAR.search(deadline) if isinstance(deadline, str) else None
    return int(found[0]) if found else None


def file(name: str, value) -> tuple[str, bytes]:
    """Return name and content of a file that hands `value` to the page's scripts when they ask for `name`."""
    return f"report_data/{name}.js", f'pageData("{name}",{to_script(value)});\n'.encode()


def to_script(value) -> str:
    """Write `value` as JSON that may stand inside a script element: no character ends or opens one.

    >>> to_script("</script>")
    '"\\\\u003c/script>"'
    """
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return told.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
