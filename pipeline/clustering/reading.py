"""Read measures with what surrounds them: their words, the part of the report they stand in, the headings above."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

import pandas as pd

from pipeline.clustering.terms import Run, quoted, runs

# Headings above a measure that are looked at, the nearest first.
DEPTH = 3
# A longer "heading" is a sentence with a number before it and names no theme.
LONGEST_TITLE = 40


@dataclass
class Units:
    """The measures of a corpus in the order of their ids; the lists run parallel."""

    ids: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    runs: list[list[Run]] = field(default_factory=list)
    # The numbered paragraph or item a measure stands in, the titled part around it, and the headings above (numbers in `titles`).
    items: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    above: list[list[int]] = field(default_factory=list)
    themes: list[list[str]] = field(default_factory=list)
    titles: list[list[Run]] = field(default_factory=list)
    # What measures and headings put in quotation marks: names, and now and then a motto.
    quoted: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.ids)


def read(
    sections: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame, measures: pd.DataFrame
) -> Units:
    """Gather the measures proper with what surrounds them; the order given does not matter."""
    places = dict(
        zip(
            sentences["sentence_id"],
            zip(sentences["section_id"], sentences["paragraph"], strict=True),
            strict=True,
        )
    )
    words = _Words(tokens)
    headings = _Headings(sections, words)
    units = Units()
    for act in acts(measures).itertuples(index=False):
        section, paragraph = places.get(act.sentence_id, (None, None))
        chain = headings.chain(section)
        own = f"{act.report_id}:p{paragraph}"
        units.ids.append(act.measure_id)
        units.reports.append(act.report_id)
        units.sentences.append(act.sentence_id)
        units.runs.append(words.between(act.report_id, act.start, act.end))
        units.items.append(chain[0] if chain else own)
        titled = [number for number in map(headings.number, chain) if number is not None]
        units.above.append(titled[:DEPTH])
        units.parts.append(f"h{titled[0]}" if titled else own)
        units.themes.append(list(act.themes))
    units.titles = headings.titles
    units.quoted = words.quoted
    return units


def acts(measures: pd.DataFrame) -> pd.DataFrame:
    """Return the measures proper (`is_measure`), sorted by report and place."""
    return measures[measures["is_measure"].astype(bool)].sort_values(["report_id", "start", "measure_id"])


class _Words:
    """The words of every report by where they start, so that any stretch of a text can be had in words."""

    def __init__(self, tokens: pd.DataFrame):
        rows = defaultdict(list)
        for row in tokens.itertuples(index=False):
            if len(row.starts):
                rows[row.report_id].append((row.starts[0], row))
        self._rows = {report: sorted(some, key=lambda pair: pair[0]) for report, some in rows.items()}
        self.quoted: set[str] = set()
        self._starts = {report: [start for start, _ in some] for report, some in self._rows.items()}

    def between(self, report_id: str, start: int, end: int) -> list[Run]:
        """Return the runs of words that begin in `[start, end)` of the report's text."""
        starts = self._starts.get(report_id, [])
        at = max(0, bisect_left(starts, start + 1) - 1)
        words, tags = [], []
        while at < len(starts) and starts[at] < end:
            row = self._rows[report_id][at][1]
            for word, place, tag in zip(row.words, row.starts, row.tags, strict=True):
                if start <= place < end:
                    words.append(word)
                    tags.append(tag)
            at += 1
        self.quoted.update(quoted(words))
        return runs(words, tags)


class _Headings:
    """The tree of headings; titles are numbered in the order of the table's ids."""

    def __init__(self, sections: pd.DataFrame, words: _Words):
        self._parent = dict(zip(sections["section_id"], sections["parent_id"], strict=True))
        self.titles: list[list[Run]] = []
        self._number: dict[str, int] = {}
        numbers = count()
        for row in sections.sort_values("section_id").itertuples(index=False):
            if row.form != "item" and 0 < len(row.title) <= LONGEST_TITLE:
                self._number[row.section_id] = next(numbers)
                self.titles.append(words.between(row.report_id, row.start, row.end))

    def chain(self, section) -> list[str]:
        """Return the headings above, the nearest first."""
        found: list[str] = []
        while isinstance(section, str) and section in self._parent and section not in found:
            found.append(section)
            section = self._parent[section]
        return found

    def number(self, section: str) -> int | None:
        """Return the number of a heading that names something, or None for a bare number or a numbered sentence."""
        return self._number.get(section)
