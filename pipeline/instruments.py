"""instruments: one row per document a report names between 《 and 》, with its role and its number."""

import logging
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from pipeline import tables
from pipeline.documents import instrument_roles, jurisdiction, titles
from pipeline.documents.jurisdiction import Locality
from pipeline.documents.titles import Title
from pipeline.fold import fold

log = logging.getLogger(__name__)

COLUMNS = {
    "texts": ["report_id", "text"],
    "reports": ["report_id", "region", "level"],
    "sentences": ["sentence_id", "report_id", "start", "end"],
}

# What may stand between two titles of one enumeration: 《甲》11期、《乙》等制度,以及市委《丙》
_JOINED = re.compile(
    r"\s*(?:\([^()《]{0,80}\)|\[[^\[\]《]{0,80}\])?\s*(?:[A-Za-z\d.]{1,6}版)?(?:\d{1,7}[期册本份件部项篇条])?"
    r"(?:等[^《,。;]{0,12}?)?\s*(?:[、,;]\s*)?(?:以及|及其|及|和|与|暨|或|并)?"
    r"(?:中央|国家|国务院|[省市区县州]|自治区|委|政府|人大|党|办公厅|、){0,5}的?\s*"
)
_ALIAS = re.compile(r"[(,]\s*(?:以下|下文)?简称:?(?:为)?\s*$")
_QUALIFIER = re.compile(r"[(〔][^()〔〕]*[)〕]")


class Places:
    """Where the sentences of one report stand in its text, and in which rows of their table."""

    def __init__(self, starts: list[int], ends: list[int], rows: list[int]):
        self._starts, self._ends, self._rows = starts, ends, rows

    def around(self, first: Title, last: Title, length: int) -> tuple[int, int]:
        """Return where the sentences begin and end in which titles stand, or the text of that length if it has none."""
        if not self._starts:
            return 0, length
        return self._starts[self._at(first.start)], max(self._ends[self._at(last.end - 1)], last.reach)

    def row(self, at: int) -> int:
        """Return the row of the sentence in which a place lies, -1 if none."""
        number = self._at(at)
        return self._rows[number] if self._ends and self._ends[number] > at else -1

    def _at(self, at: int) -> int:
        return max(bisect_right(self._starts, at) - 1, 0)


class Mention(NamedTuple):
    """What later titles of a report may take up: `bare` is the document without what stands in brackets."""

    title: str
    role: str
    document: str
    bare: str


def build(texts: pd.DataFrame, reports: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Find every 《document》 of every report and judge its role by the grammar around it."""
    rows, unclosed = [], 0
    own = sentences.groupby("report_id", sort=False).indices
    starts, ends = sentences["start"].to_numpy(), sentences["end"].to_numpy()
    for report_id, (text,), (report,) in tables.by_report(texts, reports):
        folded = fold(text.text)
        found, broken = titles.find(text.text, folded)
        unclosed += broken
        at = own.get(report_id, [])
        places = Places(starts[at].tolist(), ends[at].tolist(), list(at))
        rows += _rows(text, folded, found, jurisdiction.of_report(report), places)
    if unclosed:
        log.info("instruments: %s 《 without an end, not counted as documents", unclosed)
    made = pd.DataFrame(rows, columns=list(tables.empty("instruments").columns))
    within = made["sentence_id"].to_numpy(int)
    return made.assign(sentence_id=sentences["sentence_id"].array.take(within, allow_fill=True))


def _rows(text, folded: str, found: list[Title], locality: Locality, places: Places) -> Iterator[tuple]:
    """Yield the rows of one report, each with the row of its sentence for the sentence."""
    masked = _mask(folded, found)
    earlier: list[Mention] = []
    for group in _enumerations(masked, found):
        sentence = places.around(group[0], group[-1], len(masked))
        around = instrument_roles.surroundings(masked, group[0].start, group[-1].reach, *sentence)
        told = instrument_roles.from_words(around, locality)
        for title in group:
            name = titles.name(text.text, title)
            full = _abbreviated(name, earlier)
            verdict = instrument_roles.judge(full.title if full else name, told, around, locality)
            if full and (
                verdict.why == "title" or _ALIAS.search(folded[max(0, title.start - 8) : title.start])
            ):
                verdict = instrument_roles.Verdict(full.role, "as above")
            document = full.document if full else _document(name)
            earlier.append(Mention(name, verdict.role, document, _QUALIFIER.sub("", document)))
            yield (
                tables.row_id(text.report_id, "d", title.start), text.report_id, places.row(title.start),
                title.start, title.end, name, verdict.role, verdict.why, title.number, document,
            )  # fmt: skip


def _mask(folded: str, found: list[Title]) -> str:
    """Blank the insides of titles and their numbers, so that no verb in a title speaks for another."""
    parts, at = [], 0
    for title in found:
        parts += [folded[at : title.start + 1], "□" * (title.end - title.start - 2), "》"]
        parts.append(
            "□" * (title.reach - title.end)
            if folded[title.end : title.end + 1] == "("
            else folded[title.end : title.reach]
        )
        at = title.reach
    return "".join([*parts, folded[at:]])


def _enumerations(masked: str, found: list[Title]) -> list[list[Title]]:
    groups: list[list[Title]] = []
    for title in found:
        if groups and _JOINED.fullmatch(masked, groups[-1][-1].reach, title.start):
            groups[-1].append(title)
        else:
            groups.append([title])
    return groups


def _document(name: str) -> str:
    return "".join(fold(name).split())


def _abbreviated(name: str, earlier: list[Mention]) -> Mention | None:
    """Return the latest earlier mention that this title repeats or shortens: 《纲要》, 《纲要(2021—2025年)》."""
    short = _document(name)
    core = _QUALIFIER.sub("", short)
    for known in reversed(earlier[-200:]):
        if known.document == short:
            return known
        if len(core) <= 8 and known.bare.endswith(core) and len(known.document) > len(short):
            return known
    return None


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
