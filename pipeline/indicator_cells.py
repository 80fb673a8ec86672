"""indicator_cells: one row per report and harmonised indicator, the figure that stands for it or why there is none.

A report often states several figures for one indicator. Shown is, in this order: a level before a change; what was reached
before what is asked for (in a plan the reverse); the latest period, and of 由 A 升至 B the later; the whole before a part
(其中, 人均, in brackets); what the text states first. `metric_ids` keeps them all.
"""

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate

import pandas as pd

from pipeline.fold import fold
from pipeline.indicator.codebook import indicators
from pipeline.phrases import Phrases
from pipeline.schemas.indicator_cells import CHOICES, SCHEMA
from pipeline.tables import by_report

COLUMNS = {
    "reports": ["report_id", "genre", "level", "period_end"],
    "sentences": ["sentence_id", "report_id", "start", "text", "role"],
    "metrics": [
        "metric_id", "report_id", "sentence_id", "start", "value", "value_max", "bound", "unit", "status", "change", "period", "code",
    ],
}  # fmt: skip
TOLD = (
    "body",
    "caption",
    "heading",
)  # roles in which a report speaks of a matter; a heading only if nothing else does
FORMER = re.compile(r"(?:由|从|(?:上|去|前)年(?:同期)?的?|(?:19|20)\d\d年(?:的|为)?)$")
PART = re.compile(r"其中|包括|含")
EACH = re.compile(r"人均|户均|平均|每(?![年月季])")
CLAUSE = re.compile(r"[,;:。]")
YEAR = re.compile(r"\d{4}(?!.*\d{4})")  # the last year of a period
REACH_BACK = 40  # characters before a figure that may tell whether it is a part
NO_FIGURE = (None,) * 7


def build(reports: pd.DataFrame, sentences: pd.DataFrame, metrics: pd.DataFrame) -> pd.DataFrame:
    """Fill a cell for every report and indicator of the codebook, in the codebook's order."""
    coded = metrics[metrics["code"].notna()]
    rows: list[tuple] = []
    for _, (report,), lines, figures in by_report(reports, sentences, coded):
        rows += _of_report(report, lines, figures)
    return pd.DataFrame(rows, columns=list(SCHEMA.columns))


def _of_report(report, lines: list, figures: list) -> list[tuple]:
    texts = {line.sentence_id: line for line in lines}
    told: dict[str, list] = {}
    for figure in figures:
        told.setdefault(figure.code, []).append((_before(figure, texts.get(figure.sentence_id)), figure))
    mentions = _mentions(lines)
    genre, level = _none(report.genre), _none(report.level)
    return [
        _filled(report, entry.code, told[entry.code])
        if entry.code in told
        else _absent(report.report_id, entry, mentions.get(entry.code), genre, level)
        for entry in indicators()
    ]


def _filled(report, code: str, figures: list[tuple]) -> tuple:
    alone = len(figures) == 1
    ranked = sorted(
        (_rank(figure, report, before, alone), figure.start, figure) for before, figure in figures
    )
    rank, _, best = ranked[0]
    chosen = "only" if alone else _choice(rank, ranked[1][0])
    shown = [
        _none(getattr(best, name))
        for name in ("value", "value_max", "bound", "unit", "status", "change", "period")
    ]
    ids = [figure.metric_id for _, _, figure in ranked]
    return (report.report_id, code, *shown, rank[3], ids[0], ids, len(ids), chosen, None, best.sentence_id)


def _rank(figure, report, before: str, alone: bool) -> tuple:
    """Order the figures of one cell; the places stand for the choices level, status, latest and whole."""
    wanted = "target" if report.genre == "plan" else "actual"
    year = YEAR.search(_none(figure.period) or _none(report.period_end) or "")
    age = -int(year.group()[:4]) if year else 0
    former = bool(FORMER.search(before))
    return _none(figure.change) is not None, figure.status != wanted, (age, former), _is_part(before, alone)


def _is_part(before: str, alone: bool) -> bool:
    """Tell a part from the whole. A figure that is alone may follow 其中 and yet be the whole of what it counts."""
    clause = CLAUSE.split(before)[-1]
    opened = before.rfind("(") > before.rfind(")")
    return bool(EACH.search(clause)) or not alone and (opened or bool(PART.search(clause)))


def _before(figure, line) -> str:
    """Return the words before a figure, folded, empty where its sentence is unknown."""
    if line is None:
        return ""
    place = figure.start - line.start
    return fold(line.text[max(0, place - REACH_BACK) : place])


def _choice(best: tuple, second: tuple) -> str:
    """Say by which of the choices the best figure came before the second."""
    decided = [i for i, (a, b) in enumerate(zip(best, second, strict=True)) if a != b]
    return CHOICES[decided[0] + 1] if decided else "first"


def _absent(report_id: str, entry, mention: str | None, genre: str | None, level: str | None) -> tuple:
    if mention is not None:
        absence = "mentioned_without_figure"
    else:
        absence = "not_mentioned" if entry.applies(genre, level) else "not_applicable"
    return (report_id, entry.code, *NO_FIGURE, False, None, [], 0, None, absence, mention)


def _mentions(lines: list) -> dict[str, str]:
    """Return for each indicator the first sentence that speaks of it, a heading only where no sentence does."""
    found: dict[str, str] = {}
    for roles in (TOLD[:2], TOLD[2:]):
        told = [line for line in lines if line.role in roles]
        begins = list(accumulate((len(line.text) + len(_SEAM) for line in told), initial=0))
        for hit in _phrases().find(fold(_SEAM.join(line.text for line in told))):
            for code in hit.key:
                if code not in found:
                    found[code] = told[bisect_right(begins, hit.start) - 1].sentence_id
    return found


_SEAM = "\0"  # between sentences that are searched together; in no phrase


@cache
def _phrases() -> Phrases:
    """Know which indicators a phrase speaks of."""
    codes: dict[str, tuple] = {}
    for entry in indicators():
        for phrase in entry.mentions:
            codes[phrase] = (*codes.get(phrase, ()), entry.code)
    return Phrases(codes)


def _none(value):
    """Return None for an empty cell, however pandas writes it."""
    return None if value is None or value is pd.NA or value != value else value


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
