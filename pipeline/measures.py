"""measures: one row per sentence judged, with its status, themes and frame, and what decided each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

import pandas as pd

from pipeline import schemas, tables
from pipeline.coding import language, statuses, themes
from pipeline.fold import fold

COLUMNS = {
    "reports": ["report_id", "genre", "issuer", "region"],
    "sections": ["section_id", "report_id", "parent_id", "form", "title"],
    "sentences": ["sentence_id", "report_id", "section_id", "paragraph", "start", "end", "text", "role"],
    "tokens": ["sentence_id", "report_id", "words", "starts", "heads", "relations", "entities", "roles"],
}


def build(
    reports: pd.DataFrame, sections: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
) -> pd.DataFrame:
    """Judge every body sentence of a batch; what headings say is taken into account, not judged."""
    made = []
    for report_id, report, headings, rows, cut in tables.by_report(reports, sections, sentences, tokens):
        words = {row.sentence_id: row for row in cut}
        body = [row for row in rows if row.role == "body"]
        doc = language.mark(words[row.sentence_id] for row in body)
        made += _report(report_id, report[0], headings, body, doc.user_data[language.MARKS])
    return pd.DataFrame(made, columns=list(schemas.get("measures").columns))


class Heading(NamedTuple):
    """What a heading says of the sentences under it: what the section holds, and its themes with their weights."""

    kind: str
    themes: dict[str, float]
    chapter: str


_NOWHERE = Heading("", {}, "")
# A heading two levels up says less than the one right above.
_FARTHER = 0.6


def _headings(sections) -> dict[str, Heading]:
    read: dict[str, Heading] = {}
    for row in sections:
        above = read.get(row.parent_id, _NOWHERE)
        if row.form == "item":
            # It numbers a sentence that is judged itself: as its own heading it would count twice.
            read[row.section_id] = above
            continue
        title = fold(row.title or "")
        inherited = {code: weight * _FARTHER for code, weight in above.themes.items()}
        read[row.section_id] = Heading(
            kind=_kind(above.kind, statuses.section_kind(title)),
            themes=themes.named(title) or inherited,
            chapter=above.chapter or (row.section_id if row.form == "line" else ""),
        )
    return read


def _kind(above: str, own: str) -> str:
    """A chapter of plans or problems stays one, whatever its parts are called (补齐短板 is a plan in a plan)."""
    return above if above in ("plan", "problem", "framing") else own or above


@dataclass(slots=True)
class _Reading:
    """What the sentences so far say of the next one."""

    headed: bool
    started: bool = False
    opens: bool = True
    paragraph: int = -1
    section: str | None = None
    mode: str = ""
    mode_chapter: str = ""
    lead: dict[str, float] = field(default_factory=dict)
    before: dict[str, float] = field(default_factory=dict)

    def move_to(self, row, heading: Heading) -> None:
        """Forget what does not reach into the sentence's section or paragraph."""
        if row.section_id != self.section:
            self.lead = {}
        if (row.section_id, row.paragraph) != (self.section, self.paragraph):
            self.before = {}
        if heading.chapter != self.mode_chapter:
            self.mode = ""
        self.started, self.opens = self.paragraph >= 0, row.paragraph != self.paragraph
        self.section, self.paragraph = row.section_id, row.paragraph

    def turn(self, mode: str, heading: Heading) -> None:
        """Take note that problems or plans are spoken of from here on in the chapter."""
        self.mode, self.mode_chapter = mode, heading.chapter


def _report(report_id: str, report, sections, rows, marks: list[language.Marks]) -> Iterator[dict]:
    headings = _headings(sections)
    issuer = _text(report.issuer) or _text(report.region)
    reading = _Reading(headed=bool(sections))
    marked = list(zip(rows, marks, strict=True))
    for (row, found), (follower, ahead) in zip_longest(marked, marked[1:], fillvalue=_NOBODY):
        heading = headings.get(row.section_id, _NOWHERE)
        reading.move_to(row, heading)
        coded, verdict = _judge(row, found, follower, ahead, heading, reading, report.genre)
        frame = found.frame
        yield {
            "measure_id": tables.row_id(report_id, "a", row.start),
            "report_id": report_id,
            "sentence_id": row.sentence_id,
            "start": row.start,
            "end": row.end,
            "is_measure": verdict.is_measure,
            "status": verdict.status,
            "themes": coded.codes,
            "themes_why": coded.why,
            "status_why": verdict.why,
            "actor": frame.actor or issuer,
            "action": frame.action,
            "object": frame.object,
            "decided_by": frame.decided_by,
        }


_NOBODY = (None, None)


def _judge(
    row, marks: language.Marks, follower, ahead, heading: Heading, reading: _Reading, genre
) -> tuple[themes.Coding, statuses.Verdict]:
    folded, cues = marks.folded, marks.cues
    _turn(folded, cues, heading, reading)
    subject = themes.subject(marks.spoken)
    lead_in = follower is not None and (
        _leads_in(row, folded, cues, follower, ahead.folded)
        or (reading.opens and subject < statuses.THEMED and _bare(row, follower, folded, cues))
    )
    place = statuses.Place(
        section=reading.mode or heading.kind,
        preamble=(reading.headed or not reading.started) and _text(row.section_id) is None,
        genre=_text(genre) or "",
        lead_in=lead_in,
    )
    above = heading.themes | reading.lead if reading.lead else heading.themes
    coded = themes.decide(marks.evidence, marks.spoken, above, reading.before)
    verdict = statuses.judge(folded, cues, place, subject)
    if lead_in:
        reading.lead = dict.fromkeys(coded.codes, themes.HEADING)
    reading.before = dict.fromkeys(coded.codes, themes.BEFORE)
    return coded, verdict


def _turn(folded: str, cues: statuses.Cues, heading: Heading, reading: _Reading) -> None:
    if cues.of("plan_opening") and _OPENS_PLAN.match(folded):
        reading.turn("plan", heading)
    elif cues.of("problem_opening") and not cues.of("done"):
        reading.turn("problem", heading)


_OPENS_PLAN = re.compile(
    r"\s*(?:谈及|谈到|对于|关于|展望|面向|站在)?(?:下一?步|接下来|下一?阶段|今后|新的一年|明年)"
)


_LABEL = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}是|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}(?:\.\d{1,2})?[.、\s]|第[一二三四五六七八九十]+,)"
)
_FIRST = re.compile(r"\s*(?:一是|(?:首先|第一),|\(1\)|1[.、])")
_LEAD_LONGEST, _BARE_LONGEST = 32, 18


def _leads_in(row, folded: str, cues: statuses.Cues, follower, next_folded: str) -> bool:
    """Tell a lead-in: a short sentence that names a topic for those behind it and tells no result itself."""
    if len(folded.strip()) > _LEAD_LONGEST or cues.of("done") >= statuses.ACT:
        return False
    if not folded.rstrip().endswith(("。", ":")):
        return False
    if _LABEL.match(folded):
        return not _LABEL.match(next_folded) and follower.section_id == row.section_id
    return bool(_FIRST.match(next_folded))


def _bare(row, follower, folded: str, cues: statuses.Cues) -> bool:
    """Tell a lead-in without a label (“建”字为基，扎紧篱笆。): very short, without an act, more of its paragraph behind it."""
    return (
        follower.paragraph == row.paragraph
        and len(folded.strip()) <= _BARE_LONGEST
        and cues.of("done") < 1
        and folded.strip()[-1] in "。:"
    )


def _text(value) -> str | None:
    return value if isinstance(value, str) and value else None


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
