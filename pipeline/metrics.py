"""metrics: one row per quantity that a report states, with its bound, status, period and what it counts."""

import re

import pandas as pd

from pipeline import indicator, quantity
from pipeline.fold import fold_all
from pipeline.quantity import period, status
from pipeline.quantity.unwrap import unwrap
from pipeline.schemas.metrics import SCHEMA
from pipeline.tables import by_report, row_id

COLUMNS = {
    "reports": ["report_id", "genre", "published", "period_start", "period_end"],
    "sections": ["section_id", "report_id", "parent_id", "form", "title", "start"],
    "sentences": ["sentence_id", "report_id", "section_id", "start", "text", "role"],
}
APPENDIX = re.compile(r"\s*附(?:表|件|录)")  # a table behind the last section, which does not govern it
# Titles and page furniture hold no figures of the government's.
SILENT = frozenset(("title", "salutation", "signature", "furniture"))


def build(reports: pd.DataFrame, sections: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Read every quantity of every sentence; `start` and `end` count characters of `texts.text`."""
    rows: list[tuple] = []
    for report_id, (report,), headings, lines in by_report(*map(_plain, (reports, sections, sentences))):
        rows += of_report(report_id, report, headings, lines)
    return pd.DataFrame(rows, columns=list(SCHEMA.columns))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with Python's own values, None where nothing stands; three times as fast to walk."""
    return frame.astype(object).where(frame.notna(), None)


def of_report(report_id: str, report, headings: list, lines: list) -> list[tuple]:
    """List the quantities of one report as rows."""
    outline = Outline(headings, report.genre == "plan")
    dated = period.of_report(report.period_start, report.period_end), report.published
    rows, topic = [], Topic()
    spoken = [line for line in lines if line.role not in SILENT]
    sentences = list(map(unwrap, fold_all([line.text for line in spoken])))
    scanned = [quantity.scan(sentence.text) for sentence in sentences]
    for line, sentence, figures in zip(spoken, sentences, scanned, strict=True):
        outline.read(sentence.text, line.section_id, line.role)
        before = topic.before(line, sentence.text, outline)
        if figures:
            rows += _rows(report_id, line, sentence, figures, outline, before, dated)
    return rows


def _rows(report_id: str, line, sentence, figures: list, outline: "Outline", topic: str, dated: tuple):
    """Yield the rows of one sentence: its figures, judged, with the words that name what each counts."""
    planned, titles = outline.planned(line.section_id), outline.titles(line.section_id)
    names = indicator.attach(sentence.text, figures)
    codes = indicator.codes(sentence.text, names, figures, topic)
    for found, name, code in zip(figures, names, codes, strict=True):
        stands = status.of(sentence.text, found, planned, outline.begins(dated[0]))
        bound = found.bound_if_target if stands == status.TARGET else found.bound
        when = period.of(sentence.text, found.start, stands, dated[0], titles, dated[1])
        start, end, expr = _published(line, sentence, found.start, found.end)
        named = _published(line, sentence, *name) if name else (None,) * 3
        yield (
            row_id(report_id, "m", start), report_id, line.sentence_id, start, end, expr, found.value, found.value_max,
            found.unit, bound, found.change, stands, named[2], named[0], named[1], code, when,
        )  # fmt: skip


def _published(line, sentence, start: int, end: int) -> tuple[int, int, str]:
    """Return where a span of the unwrapped sentence stands in the report's text, and the words there."""
    start, end = sentence.back(start, end)
    return line.start + start, line.start + end, line.text[start:end]


class Topic:
    """What a section has spoken of before a sentence: its heading, then its sentences, as far as a reader looks back."""

    REACH = 300  # characters

    def __init__(self):
        self._section, self._before = None, ""

    def before(self, line, folded: str, outline: "Outline") -> str:
        """Return the words before a sentence and let it stand before the next; a section begins with its headings."""
        if line.section_id != self._section:
            self._section, self._before = line.section_id, outline.titles(line.section_id)
        before = self._before
        self._before = (before + folded)[-self.REACH :]
        return before


class Outline:
    """The headings of one report while its sentences are read: which of them speak of what will be done."""

    def __init__(self, headings: list, plan: bool):
        self._plan = plan
        self._parent = {h.section_id: h.parent_id for h in headings}
        titles = fold_all([h.title or "" for h in headings])
        self._title = {h.section_id: title for h, title in zip(headings, titles, strict=True)}
        self._form = {h.section_id: h.form for h in headings}
        self._headed = any(form != "item" for form in self._form.values())
        self._opened: set[str | None] = set()
        self._appendix: tuple[str | None, str] | None = None
        self._known: dict[str, tuple[bool, str]] = {}

    def read(self, folded: str, section: str | None, role: str) -> None:
        """Note a sentence with which the report turns to its plan, or the caption of a table put behind its last section."""
        if role == "caption" and APPENDIX.match(folded):
            self._appendix = section, folded.strip()
        elif self._appendix and self._appendix[0] != section:
            self._appendix = None
        if not status.opens_plan(folded):
            return
        while section is not None and self._form.get(section) == "item":
            section = self._parent[section]
        self._opened.add(section)
        self._known.clear()

    def planned(self, section: str | None) -> bool:
        """Tell whether figures under this heading are asked for rather than reached."""
        if self._appendix:
            return status.is_plan_table(self._appendix[1])
        if section is None:  # what stands before the first heading of a plan tells why it is made
            return None in self._opened or (self._plan and not self._headed)
        return self._look(section)[0]

    def begins(self, period: str | None) -> str | None:
        """Return the year from which what is planned counts: a plan's own, of any other report the year after its period."""
        if not period:
            return None
        return period[:4] if self._plan else str(int(period[-4:]) + 1)

    def titles(self, section: str | None) -> str:
        """Return the titles over a sentence, outermost first."""
        if self._appendix:
            return self._appendix[1]
        return "" if section is None else self._look(section)[1]

    def _look(self, section: str) -> tuple[bool, str]:
        if section not in self._known:
            above, titles = (self._plan, "")
            parent = self._parent.get(section)
            if parent is not None:
                above, titles = self._look(parent)
            title = self._title.get(section, "") if self._form.get(section) != "item" else ""
            if self._plan and status.looks_back(title):
                above = False
            planned = above or bool(status.is_plan_heading(title)) or section in self._opened
            self._known[section] = planned, f"{titles} {title}".strip()
        return self._known[section]


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
