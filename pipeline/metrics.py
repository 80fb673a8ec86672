"""metrics: one row per quantity that a report states, with its bound, status, period and what it counts."""

import pandas as pd

from pipeline import period, quantity, status
from pipeline.fold import fold
from pipeline.schemas.metrics import SCHEMA
from pipeline.tables import by_report, row_id

COLUMNS = {
    "reports": ["report_id", "level", "genre", "period_start", "period_end"],
    "sections": ["section_id", "report_id", "parent_id", "form", "title", "start"],
    "sentences": ["sentence_id", "report_id", "section_id", "start", "text", "role"],
}
# Titles and page furniture hold no figures of the government's; who does a task by when is another table.
SILENT = frozenset(("title", "salutation", "signature", "furniture", "assignment"))


def build(reports: pd.DataFrame, sections: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Read every quantity of every sentence; `start` and `end` count characters of `texts.text`."""
    rows: list[tuple] = []
    for report_id, (report,), headings, lines in by_report(reports, sections, sentences):
        rows += of_report(report_id, report, headings, lines)
    return pd.DataFrame(rows, columns=list(SCHEMA.columns))


def of_report(report_id: str, report, headings: list, lines: list) -> list[tuple]:
    """List the quantities of one report as rows."""
    outline = Outline(headings, report.genre == "plan")
    own_period = period.of_report(report.period_start, report.period_end)
    rows = []
    for line in lines:
        if line.role in SILENT:
            continue
        folded = fold(line.text)
        outline.read(folded, line)
        for found in quantity.scan(folded):
            rows.append(_row(report_id, line, folded, found, outline, own_period))
    return rows


def _row(report_id: str, line, folded: str, found: quantity.Quantity, outline: "Outline", own_period) -> tuple:
    stands = status.of(folded, found, outline.planned(line.section_id))
    bound = found.bound_if_target if stands == status.TARGET else found.bound
    start, end = line.start + found.start, line.start + found.end
    when = period.of(folded, found.start, stands, own_period, outline.titles(line.section_id))
    return (
        row_id(report_id, "m", start), report_id, line.sentence_id, start, end, line.text[found.start : found.end],
        found.value, found.value_max, found.unit, bound, found.change, stands, None, None, None, None, when,
    )  # fmt: skip


class Outline:
    """The headings of one report while its sentences are read: which of them speak of what will be done."""

    def __init__(self, headings: list, plan: bool):
        self._plan = plan
        self._parent = {h.section_id: h.parent_id for h in headings}
        self._title = {h.section_id: fold(h.title or "") for h in headings}
        self._form = {h.section_id: h.form for h in headings}
        self._opened: set[str | None] = set()
        self._known: dict[str, tuple[bool, str]] = {}

    def read(self, folded: str, line) -> None:
        """Note a sentence with which the report turns to its plan; what follows under its heading is planned."""
        section = line.section_id
        while section is not None and self._form.get(section) == "item":
            section = self._parent[section]
        if status.opens_plan(folded) and section not in self._opened:
            self._opened.add(section)
            self._known.clear()

    def planned(self, section: str | None) -> bool:
        """Tell whether figures under this heading are asked for rather than reached."""
        if self._plan:
            return True
        if section is None:
            return None in self._opened
        return self._look(section)[0]

    def titles(self, section: str | None) -> str:
        """Return the titles over a sentence, outermost first."""
        return "" if section is None else self._look(section)[1]

    def _look(self, section: str) -> tuple[bool, str]:
        if section not in self._known:
            above, titles = (False, "")
            parent = self._parent.get(section)
            if parent is not None:
                above, titles = self._look(parent)
            title = self._title.get(section, "")
            own = self._form.get(section) != "item" and status.is_plan_heading(title)
            self._known[section] = above or bool(own) or section in self._opened, f"{titles} {title}".strip()
        return self._known[section]


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
