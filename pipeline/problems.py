"""problems: one row per shortcoming a report admits and theme it is about, with the plans of the same report that answer it."""

from bisect import bisect_right
from collections.abc import Iterator

import pandas as pd

from pipeline import tables
from pipeline.coding import themes
from pipeline.fold import fold

COLUMNS = {
    "reports": ["report_id"],
    "sections": ["section_id", "report_id", "parent_id", "title", "start", "body_end"],
    "measures": ["measure_id", "report_id", "sentence_id", "start", "end", "is_measure", "status", "themes"],
}


def build(reports: pd.DataFrame, sections: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """List the problems each report admits; one is answered where the report plans a measure on the same theme.

    A problem whose sentence has no theme takes those of the heading it stands under; where that names none either, its
    theme and its answer stay empty.
    """
    rows = [
        row
        for report_id, _, headings, judged in tables.by_report(reports, sections, measures)
        for row in _report(report_id, headings, judged)
    ]
    return pd.DataFrame(rows, columns=list(tables.empty("problems").columns))


def _report(report_id: str, headings: list, judged: list) -> Iterator[dict]:
    planned: dict[str, list[str]] = {}
    for row in judged:
        if row.is_measure and row.status == "planned":
            for theme in row.themes:
                planned.setdefault(theme, []).append(row.measure_id)
    places = _Headings(headings)
    for row in judged:
        if row.status == "problem":
            yield from _problem(report_id, row, places, planned)


def _problem(report_id: str, row, places: "_Headings", planned: dict[str, list[str]]) -> Iterator[dict]:
    section = places.around(row.start)
    own = list(row.themes)
    found = own or places.themes(section)
    for theme in found or [None]:
        answers = planned.get(theme, []) if theme else []
        yield {
            "problem_id": f"{row.measure_id}:{theme or 'none'}",
            "report_id": report_id,
            "measure_id": row.measure_id,
            "sentence_id": row.sentence_id,
            "section_id": section.section_id if section else None,
            "start": row.start,
            "end": row.end,
            "theme": theme,
            "theme_from": "sentence" if own else "section" if theme else "nothing",
            "answered": bool(answers) if theme else None,
            "answer_ids": answers,
        }


class _Headings:
    """The headings of one report: which one a place stands under, and the themes it names."""

    def __init__(self, headings: list):
        self._sorted = sorted(headings, key=lambda heading: heading.start)
        self._starts = [heading.start for heading in self._sorted]
        self._by_id = {heading.section_id: heading for heading in headings}

    def around(self, at: int):
        """Return the innermost heading whose part holds the offset, or None above the first."""
        place = bisect_right(self._starts, at) - 1
        heading = self._sorted[place] if place >= 0 else None
        while heading is not None and heading.body_end <= at:
            heading = self._by_id.get(heading.parent_id)
        return heading

    def themes(self, heading) -> list[str]:
        """Return the themes of a heading, else of the nearest heading above it that names one."""
        while heading is not None:
            named = themes.named(fold(heading.title or ""))
            if named:
                return sorted(named)
            heading = self._by_id.get(heading.parent_id)
        return []


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
