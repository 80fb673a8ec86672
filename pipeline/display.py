"""Show one finding with the words it was read from, prettily in a notebook and plainly elsewhere."""

import html
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline import schemas
from pipeline.errors import InputError, did_you_mean
from pipeline.excerpts import Evidence, cut

# The letter in a row's id names its table (pipeline.tables.row_id).
TABLES = {
    "m": "metrics",
    "d": "instruments",
    "t": "assignments",
    "a": "measures",
    "s": "sentences",
    "h": "sections",
    "p": "paragraphs",
}
# What is told by the words themselves, or only serves to find them.
TOLD_BY_THE_WORDS = {"start", "end", "text", "expr", "task_text", "paragraph", "body_end"}


@dataclass(frozen=True)
class Shown:
    """A row of a table and its evidence."""

    row_id: str
    row: dict
    evidence: Evidence

    def __str__(self) -> str:
        return "\n".join([str(self.evidence), *(f"  {name}: {value}" for name, value in self.row.items())])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        e = self.evidence
        facts = " · ".join(
            f"{html.escape(name)}: <b>{html.escape(value)}</b>" for name, value in self.row.items()
        )
        return (
            f'<blockquote lang="zh-CN" style="white-space:pre-line">…{html.escape(e.before)}<mark>{html.escape(e.words)}</mark>'
            f"{html.escape(e.after)}…</blockquote><p><code>{html.escape(e.report_id)}[{e.start}:{e.end}]</code> {facts}</p>"
        )


def show(row_id: str, around: int, processed: Path | str) -> Shown:
    """Find the row `row_id` in its table and cut its words from the text; raises InputError for an id that is not there."""
    from pipeline import load

    report_id, _, place = row_id.rpartition(":")
    if place[:1] not in TABLES:
        known = ", ".join(f"…:{letter}… ({name})" for letter, name in TABLES.items())
        raise InputError([f"id {row_id!r}: not the id of a row that has words; these are: {known}"])
    name = TABLES[place[0]]
    rows = load(name, processed)
    found = rows[rows[schemas.get(name).key] == row_id]
    if found.empty:
        near = did_you_mean(row_id, rows.loc[rows["report_id"] == report_id, schemas.get(name).key])
        raise InputError([f"id {row_id!r}: not in the table {name}{near}"])
    texts = load("texts", processed).set_index("report_id")["text"]
    row = found.iloc[0]
    evidence = cut(report_id, texts[report_id], int(row["start"]), int(row["end"]), around)
    return Shown(row_id, _told(row), evidence)


def _told(row: pd.Series) -> dict[str, str]:
    facts = {}
    for name, value in row.items():
        if name in TOLD_BY_THE_WORDS or name.endswith(("_id", "_start", "_end")):
            continue
        if hasattr(value, "tolist") and not isinstance(value, str):
            value = value.tolist()
        if isinstance(value, list):
            value = "、".join(map(str, value)) or None
        if not pd.isna(value):
            facts[name] = str(value)
    return facts
