"""audit: one row per finding on a report's own arithmetic: what was computed from which figures, and how it fits."""

import numpy as np
import pandas as pd

from pipeline.arithmetic import CHECKS
from pipeline.arithmetic.figures import Figure, Finding
from pipeline.fold import fold
from pipeline.schemas.audit import SCHEMA
from pipeline.tables import by_report, row_id

COLUMNS = {
    "reports": ["report_id"],
    "sentences": ["sentence_id", "report_id", "start", "text"],
}


def build(reports: pd.DataFrame, sentences: pd.DataFrame, metrics: pd.DataFrame) -> pd.DataFrame:
    """Check each report's figures against each other; only exact figures of what was reached are checked."""
    rows = []
    told = set(metrics["sentence_id"].tolist())
    held = np.fromiter(map(told.__contains__, sentences["sentence_id"].tolist()), bool, len(sentences))
    telling = sentences[COLUMNS["sentences"]].iloc[np.flatnonzero(held)].assign(number=np.flatnonzero(held))
    plain = [frame.astype(object).where(frame.notna(), None) for frame in (reports, telling, metrics)]
    for report_id, _, lines, quantities in by_report(*plain):
        figures = _figures(lines, quantities)
        found = _without_doubt([finding for check in CHECKS for finding in check(figures)])
        found.sort(key=lambda finding: (finding.figures[0].start, finding.kind, finding.figures[-1].start))
        rows += [_row(report_id, number, finding) for number, finding in enumerate(found)]
    return pd.DataFrame(rows, columns=list(SCHEMA.columns))


def _without_doubt(found: list[Finding]) -> list[Finding]:
    """Drop rates derived from figures that contradict each other."""
    doubtful = {f.id for finding in found if finding.verdict == "conflict" for f in finding.figures}
    return [x for x in found if x.kind != "derived" or not doubtful.intersection(f.id for f in x.figures)]


def _figures(lines: list, quantities: list) -> list[Figure]:
    """Give each quantity of a report the words that stand before it and behind it in its sentence."""
    place = {line.sentence_id: line for line in lines}
    figures, last, folded = [], {}, {}
    for row in sorted(quantities, key=lambda row: row.start):
        line = place[row.sentence_id]
        number = line.number
        text = folded.get(number) or folded.setdefault(number, fold(line.text))
        before = text[last.get(number, 0) : row.start - line.start]
        after = text[row.end - line.start : row.end - line.start + 12]
        last[number] = row.end - line.start
        figures.append(
            Figure(
                row.metric_id, row.sentence_id, row.start, row.end, row.expr, row.value, row.unit or "", row.bound,
                row.change, row.status, fold(row.indicator or ""), row.code, row.period, row.value_max is None,
                number, before, after,
            )
        )  # fmt: skip
    return figures


def _row(report_id: str, number: int, finding: Finding) -> tuple:
    figures = finding.figures
    start, end = min(f.start for f in figures), max(f.end for f in figures)
    return (
        f"{row_id(report_id, 'c', start)}.{number}", report_id, figures[-1].sentence_id, start, end, finding.kind,
        finding.verdict, [f.id for f in figures], finding.stated, finding.computed, finding.formula, finding.message,
        finding.message_zh,
    )  # fmt: skip


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
