"""Choose the reports that themes are sought in, and spread the themes found over the measures of all others, batch by batch."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.clustering import grouping, identity, reading
from pipeline.clustering.crosswalk import Crosswalk
from pipeline.clustering.grouping import OUTLIER, Grouping
from pipeline.clustering.placing import Themes
from pipeline.clustering.reading import Units
from pipeline.tables import Pieces

log = logging.getLogger(__name__)

# Themes are sought in reports with so many measures together; what people say often is said there too.
READ = 20_000


def choose(measures: Pieces, seed: int) -> set[str] | None:
    """Return the reports that themes are sought in, in an order that hangs on id and seed alone; None for all."""
    acts = measures.only(["report_id", "is_measure"])
    counts = pd.concat([piece[piece["is_measure"]].groupby("report_id").size() for piece in acts])
    if counts.sum() <= READ:
        return None
    counts = counts.loc[sorted(counts.index, key=lambda name: grouping.chance(name, "report", seed))]
    chosen = counts[counts.cumsum() - counts < READ]
    told = "clusters: themes are sought in %s of %s measures, those of %s of %s reports; the others join the nearest"
    log.info(told, *(f"{n:,}" for n in (chosen.sum(), counts.sum(), len(chosen), len(counts))))
    return set(chosen.index)


def read(chosen: set[str] | None, *pieces: Pieces) -> Units:
    """Read the measures of the chosen reports from sections, sentences, tokens and measures."""
    return reading.read(*(pd.concat(list(some.only(reports=chosen)), ignore_index=True) for some in pieces))


@dataclass
class Members:
    """The theme of every measure, batch by batch as they lie in `measures`, and in which reports they stand."""

    measures: Pieces
    labels: list[np.ndarray]
    strengths: list[np.ndarray]
    reports: list[np.ndarray]
    crosswalk: Crosswalk

    def whole(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return theme, strength and report of every measure."""
        return tuple(np.concatenate(some) for some in (self.labels, self.strengths, self.reports))

    def frames(self, ids: list[str]) -> Iterator[pd.DataFrame]:
        """Yield the table `cluster_members` batch by batch; `ids` name the themes."""
        acts = map(reading.acts, self.measures.only(["measure_id", "report_id", "start", "is_measure"]))
        names = np.array([*ids, None], dtype=object)  # -1, an outlier, has the last
        for rows, labels, strengths in zip(acts, self.labels, self.strengths, strict=True):
            alone = (identity.OUTLIER + rows["measure_id"][labels < 0]).astype("string")
            yield pd.DataFrame(
                {
                    "measure_id": rows["measure_id"].astype("string"),
                    "report_id": rows["report_id"].astype("string"),
                    "cluster_id": pd.Series(names[labels], index=rows.index, dtype="string").fillna(alone),
                    "strength": np.round(strengths, 4),
                    "is_outlier": labels < 0,
                }
            )


def spread(
    units: Units, found: Grouping, themes: Themes, codes: list[str | None], read_all: bool, *pieces
) -> Members:
    """Give every measure its theme: those that themes were sought in keep theirs, all others join the nearest.

    In guided mode `codes` name the codebook's themes, and a measure coded with one goes there.
    """
    known, numbers = pd.Index(units.ids), {code: number for number, code in enumerate(codes) if code}
    members = Members(pieces[-1], [], [], [], Crosswalk())
    tables = zip(*(some.arrow() for some in (pieces[-1:] if read_all else pieces)), strict=True)
    for *around, measures in tables:
        rows = reading.acts(measures.to_pandas())
        at = known.get_indexer(rows["measure_id"])
        labels = np.append(found.labels, OUTLIER)[at]
        strengths = np.append(found.strengths, 0.0)[at]
        rest = np.flatnonzero(at < 0)
        if len(rest):
            others = rows.iloc[rest]
            fixed = np.array(
                [numbers.get(some[0], OUTLIER) if len(some) else OUTLIER for some in others["themes"]]
            )
            labels[rest], strengths[rest] = themes.place(others, *around, fixed=fixed)
        members.labels.append(labels)
        members.strengths.append(strengths)
        places, reports = pd.factorize(rows["report_id"])
        members.reports.append(np.asarray(reports, dtype=object)[places])
        members.crosswalk.add(labels, rows["themes"].tolist())
    return members
