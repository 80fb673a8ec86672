"""metrics: one row per quantity that a report states, with its bound, status, period and what it counts."""

import re

import numpy as np
import pandas as pd

from pipeline import indicator, quantity
from pipeline.fold import fold_all
from pipeline.quantity import period, status
from pipeline.quantity.unwrap import unwrap, without_gaps
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
    spoken = Spoken(sentences[~sentences["role"].isin(SILENT)])
    rows: list[tuple] = []
    for report_id, (report,), headings, lines in by_report(*map(_plain, (reports, sections, spoken.telling))):
        rows += of_report(report_id, report, headings, lines, spoken)
    return pd.DataFrame(rows, columns=list(SCHEMA.columns))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with Python's own values, None where nothing stands; three times as fast to walk."""
    return frame.astype(object).where(frame.notna(), None)


class Spoken:
    """The sentences of all reports, read together; each is known by its place among them.

    `telling` are the few with a figure, or that bear on figures behind them: `opens` tells that the report turns to its plan,
    `appendix` that a sentence is the caption of a table put behind the last section. `run` is the place from which all
    sentences up to this one stand under the same heading.
    """

    REACH = 300  # characters that a reader looks back

    def __init__(self, sentences: pd.DataFrame):
        self.folded = fold_all(sentences["text"].tolist())
        self.texts = list(map(without_gaps, self.folded))
        self.figures = quantity.scan_all(self.texts)
        self.appendix = np.zeros(len(sentences), bool)
        for place in np.flatnonzero(sentences["role"] == "caption").tolist():
            self.appendix[place] = bool(APPENDIX.match(self.texts[place]))
        opens = np.fromiter(map(status.opens_plan, self.texts), bool, len(sentences))
        places = np.flatnonzero(np.fromiter(map(bool, self.figures), bool) | opens | self.appendix)
        self.telling = sentences.iloc[places].assign(
            place=places, run=_runs(sentences)[places], opens=opens[places], appendix=self.appendix[places]
        )

    def before(self, line, titles: str) -> str:
        """Return what a section has spoken of before a sentence: its titles, then its sentences, as far as one looks back."""
        said, place = "", line.place
        while place > line.run and len(said) < self.REACH:
            place -= 1
            said = self.texts[place] + said
        if place == line.run:
            said = (self.texts[place].strip() if self.appendix[place] else titles) + said
        return said[-self.REACH :]


def _runs(sentences: pd.DataFrame) -> np.ndarray:
    """Return for each sentence the place of the first of those, one behind the other up to it, that have its section."""
    begins = np.zeros(len(sentences), bool)
    for name in ("report_id", "section_id"):
        ids = sentences[name].fillna("").to_numpy(object)
        begins[1:] |= ids[1:] != ids[:-1]
    return np.maximum.accumulate(np.where(begins, np.arange(len(sentences)), 0))


def of_report(report_id: str, report, headings: list, lines: list, spoken: Spoken) -> list[tuple]:
    """List the quantities of one report as rows; `lines` are those of its sentences that are telling."""
    outline = Outline(headings, report.genre == "plan")
    dated = period.of_report(report.period_start, report.period_end), report.published
    rows = []
    for line in lines:
        outline.read(spoken.texts[line.place], line)
        if figures := spoken.figures[line.place]:
            before = spoken.before(line, outline.headings(line.section_id))
            rows += _rows(report_id, line, unwrap(spoken.folded[line.place]), figures, outline, before, dated)
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
        self._appendix: tuple[int, str] | None = None
        self._known: dict[str, tuple[bool, str]] = {}

    def read(self, folded: str, line) -> None:
        """Note a sentence with which the report turns to its plan, or the caption of a table put behind its last section."""
        if line.appendix:
            self._appendix = line.run, folded.strip()
        elif self._appendix and self._appendix[0] != line.run:
            self._appendix = None
        if not line.opens:
            return
        section = line.section_id
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
        """Return the titles over a sentence, outermost first; over a table behind the last section stands its caption."""
        return self._appendix[1] if self._appendix else self.headings(section)

    def headings(self, section: str | None) -> str:
        """Return the headings over a sentence, outermost first."""
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
