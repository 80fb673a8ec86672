"""measures: one row per sentence judged, with its status, themes and frame, and what decided each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from typing import NamedTuple

import pandas as pd

from pipeline import schemas, tables
from pipeline.coding import language, statuses, themes
from pipeline.coding.acts import Frame
from pipeline.coding.cues import Cues, section_kinds
from pipeline.fold import fold_all

COLUMNS = {
    "reports": ["report_id", "genre", "issuer", "region"],
    "sections": ["section_id", "report_id", "parent_id", "form", "title"],
    "sentences": ["sentence_id", "report_id", "section_id", "paragraph", "start", "end", "role"],
    "tokens": ["sentence_id", "words", "starts", "heads", "relations", "entities", "roles"],
}


def build(
    reports: pd.DataFrame, sections: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
) -> pd.DataFrame:
    """Judge every body sentence of a batch; what headings say is taken into account, not judged."""
    body = sentences.loc[sentences["role"] == "body", COLUMNS["sentences"]]
    words = {row.sentence_id: row for row in tables.each_row(tokens[COLUMNS["tokens"]])}
    parts = _parts(tables.by_report(reports, sections, body))
    made = [row for part in parts for row in _judged(part, words)]
    return pd.DataFrame(made, columns=list(schemas.get("measures").columns))


# So many characters are marked together: enough that the arrays' own time does not count, little enough for the memory.
_TOGETHER = 300_000


def _parts(reports: Iterable[tuple]) -> Iterator[list[tuple]]:
    part, size = [], 0
    for report in reports:
        part.append(report)
        size += sum(row.end - row.start for row in report[-1])
        if size >= _TOGETHER:
            yield part
            part, size = [], 0
    yield part


def _judged(part: list[tuple], words: dict[str, tuple]) -> Iterator[tuple]:
    """Yield the rows of some reports, whose sentences and headings are read all at once."""
    every = [row for *_, rows in part for row in rows]
    marks = language.mark(words[row.sentence_id] for row in every).user_data[language.MARKS]
    titles = _titles(row.title for _, _, headings, _ in part for row in headings if row.form != "item")
    found = zip(every, marks.lines.each, marks.spoken, marks.cues, marks.frames, strict=True)
    sentences = map(_Sentence._make, found)
    for report_id, report, headings, rows in part:
        yield from _report(
            report_id, report[0], _headings(headings, titles), list(islice(sentences, len(rows)))
        )


class _Sentence(NamedTuple):
    """A row of the sentences table, the folded sentence, and what was marked in it."""

    row: tuple
    folded: str
    spoken: themes.Spoken
    cues: Cues
    frame: Frame


class Heading(NamedTuple):
    """What a heading says of the sentences under it: what the section holds, and its themes with their weights."""

    kind: str
    themes: dict[str, float]
    chapter: str


_NOWHERE = Heading("", {}, "")
# A heading two levels up says less than the one right above.
_FARTHER = 0.6


class _Titles(NamedTuple):
    """What headings say by themselves, by their title as published."""

    kinds: dict[str, str]
    themes: dict[str, dict[str, float]]


def _titles(titles: Iterable[str | None]) -> _Titles:
    titles = list(dict.fromkeys(titles))
    folded = dict(zip(titles, fold_all([title or "" for title in titles]), strict=True))
    kinds, named = section_kinds(folded.values()), themes.all_named(folded.values())
    return _Titles(
        {title: kinds[plain] for title, plain in folded.items()},
        {title: named[plain] for title, plain in folded.items()},
    )


def _headings(sections, titles: _Titles) -> dict[str, Heading]:
    read: dict[str, Heading] = {}
    for row in sections:
        above = read.get(row.parent_id, _NOWHERE)
        if row.form == "item":
            # It numbers a sentence that is judged itself: as its own heading it would count twice.
            read[row.section_id] = above
            continue
        inherited = {code: weight * _FARTHER for code, weight in above.themes.items()}
        read[row.section_id] = Heading(
            kind=_kind(above.kind, titles.kinds[row.title]),
            themes=titles.themes[row.title] or inherited,
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


def _report(
    report_id: str, report, headings: dict[str, Heading], sentences: list[_Sentence]
) -> Iterator[tuple]:
    """Yield the rows of a report, in the order of the table's columns."""
    issuer = _text(report.issuer) or _text(report.region)
    genre = _text(report.genre) or ""
    reading = _Reading(headed=bool(headings))
    for sentence, follower in zip_longest(sentences, sentences[1:]):
        row, frame = sentence.row, sentence.frame
        heading = headings.get(row.section_id, _NOWHERE)
        reading.move_to(row, heading)
        coded, verdict = _judge(sentence, follower, heading, reading, genre)
        yield (
            tables.row_id(report_id, "a", row.start),
            report_id,
            row.sentence_id,
            row.start,
            row.end,
            verdict.is_measure,
            verdict.status,
            coded.codes,
            coded.why,
            verdict.why,
            frame.actor or issuer,
            frame.action,
            frame.object,
            frame.decided_by,
        )


def _judge(
    sentence: _Sentence, follower: _Sentence | None, heading: Heading, reading: _Reading, genre: str
) -> tuple[themes.Coding, statuses.Verdict]:
    row, folded, spoken, cues, _ = sentence
    _turn(folded, cues, heading, reading)
    lead_in = follower is not None and (
        _leads_in(sentence, follower)
        or (reading.opens and spoken.subject < statuses.THEMED and _bare(sentence, follower))
    )
    place = statuses.Place(
        section=reading.mode or heading.kind,
        preamble=(reading.headed or not reading.started) and _text(row.section_id) is None,
        genre=genre,
        lead_in=lead_in,
    )
    above = heading.themes | reading.lead if reading.lead else heading.themes
    coded = themes.decide(spoken, above, reading.before)
    verdict = statuses.judge(folded, cues, place, spoken.subject)
    if lead_in:
        reading.lead = dict.fromkeys(coded.codes, themes.HEADING)
    reading.before = dict.fromkeys(coded.codes, themes.BEFORE)
    return coded, verdict


def _turn(folded: str, cues: Cues, heading: Heading, reading: _Reading) -> None:
    if cues.plan_opening and _OPENS_PLAN.match(folded):
        reading.turn("plan", heading)
    elif cues.problem_opening and not cues.done:
        reading.turn("problem", heading)


_OPENS_PLAN = re.compile(
    r"\s*(?:谈及|谈到|对于|关于|展望|面向|站在)?(?:下一?步|接下来|下一?阶段|今后|新的一年|明年)"
)


_LABEL = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}是|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}(?:\.\d{1,2})?[.、\s]|第[一二三四五六七八九十]+,)"
)
_FIRST = re.compile(r"\s*(?:一是|(?:首先|第一),|\(1\)|1[.、])")
_LEAD_LONGEST, _BARE_LONGEST = 32, 18


def _leads_in(sentence: _Sentence, follower: _Sentence) -> bool:
    """Tell a lead-in: a short sentence that names a topic for those behind it and tells no result itself."""
    folded = sentence.folded
    if len(folded.strip()) > _LEAD_LONGEST or sentence.cues.done >= statuses.ACT:
        return False
    if not folded.rstrip().endswith(("。", ":")):
        return False
    if _LABEL.match(folded):
        return not _LABEL.match(follower.folded) and follower.row.section_id == sentence.row.section_id
    return bool(_FIRST.match(follower.folded))


def _bare(sentence: _Sentence, follower: _Sentence) -> bool:
    """Tell a lead-in without a label (“建”字为基，扎紧篱笆。): very short, without an act, more of its paragraph behind it."""
    bare = sentence.folded.strip()
    return (
        follower.row.paragraph == sentence.row.paragraph
        and len(bare) <= _BARE_LONGEST
        and sentence.cues.done < 1
        and bare[-1] in "。:"
    )


def _text(value) -> str | None:
    return value if isinstance(value, str) and value else None


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
