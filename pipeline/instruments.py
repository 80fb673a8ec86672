"""instruments: one row per document a report names between 《 and 》, with its role and its number."""

import logging
import re
from bisect import bisect_right

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


def build(texts: pd.DataFrame, reports: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Find every 《document》 of every report and judge its role by the grammar around it."""
    rows, unclosed = [], 0
    for report_id, (text,), (report,), places in tables.by_report(texts, reports, sentences):
        found, broken = titles.find(text.text)
        unclosed += broken
        rows += _rows(report_id, text.text, found, jurisdiction.of_report(report), places)
    if unclosed:
        log.info("instruments: %s 《 without an end, not counted as documents", unclosed)
    return pd.DataFrame(rows, columns=list(tables.empty("instruments").columns))


def _rows(report_id: str, text: str, found: list[Title], locality: Locality, places: list) -> list[dict]:
    masked = _mask(fold(text), found)
    starts = [place.start for place in places]
    rows: list[dict] = []
    for group in _enumerations(masked, found):
        first, last = _sentence(group[0].start, starts), _sentence(group[-1].end - 1, starts)
        around = instrument_roles.surroundings(
            masked,
            group[0].start,
            group[-1].reach,
            places[first].start if places else 0,
            max(places[last].end, group[-1].reach) if places else len(text),
        )
        for title in group:
            place = places[_sentence(title.start, starts)] if places else None
            rows.append(_row(report_id, text, title, around, locality, place, rows))
    return rows


def _row(
    report_id: str, text: str, title: Title, around, locality: Locality, place, earlier: list[dict]
) -> dict:
    name = titles.name(text, title)
    full = _abbreviated(name, earlier)
    alias = full and _ALIAS.search(fold(text[max(0, title.start - 8) : title.start]))
    verdict = instrument_roles.judge(full["title"] if full else name, around, locality)
    if full and (alias or verdict.why == "title"):
        verdict = instrument_roles.Verdict(full["role"], "as above")
    return {
        "instrument_id": tables.row_id(report_id, "d", title.start),
        "report_id": report_id,
        "sentence_id": place.sentence_id if place and place.end > title.start else None,
        "start": title.start,
        "end": title.end,
        "title": name,
        "role": verdict.role,
        "role_why": verdict.why,
        "number": title.number,
        "document": full["document"] if full else _document(name),
    }


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


def _sentence(at: int, starts: list[int]) -> int:
    return max(bisect_right(starts, at) - 1, 0)


def _document(name: str) -> str:
    return re.sub(r"\s", "", fold(name))


def _abbreviated(name: str, earlier: list[dict]) -> dict | None:
    """Return the latest earlier mention that this title repeats or shortens: 《纲要》, 《纲要(2021—2025年)》."""
    short = _document(name)
    core = _QUALIFIER.sub("", short)
    for row in reversed(earlier[-200:]):
        known = row["document"]
        if known == short:
            return row
        if len(core) <= 8 and _QUALIFIER.sub("", known).endswith(core) and len(known) > len(short):
            return row
    return None


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
