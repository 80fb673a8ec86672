"""Choose the reports that themes are sought in, and spread the themes found over the measures of all others, batch by batch."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from pipeline.clustering import grouping, identity, reading
from pipeline.clustering.crosswalk import Crosswalk
from pipeline.clustering.grouping import OUTLIER, Grouping
from pipeline.clustering.keeping import Kept
from pipeline.clustering.placing import Themes
from pipeline.clustering.reading import Units
from pipeline.parts import Part
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
    """The theme of every measure, batch by batch as they lie in `measures`, and in which reports they stand.

    `earlier` has for each batch the rows that an earlier run made of the same, None where these were not taken over.
    """

    measures: Pieces
    labels: list[np.ndarray] = field(default_factory=list)
    strengths: list[np.ndarray] = field(default_factory=list)
    reports: list[np.ndarray] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    earlier: list[Part | None] = field(default_factory=list)
    crosswalk: Crosswalk = field(default_factory=Crosswalk)

    def add(self, rows: pd.DataFrame, labels: np.ndarray, strengths: np.ndarray) -> None:
        """Take in the measures of a batch."""
        self.labels.append(labels)
        self.strengths.append(np.round(strengths, DIGITS))
        places, reports = pd.factorize(rows["report_id"])
        self.reports.append(np.asarray(reports, dtype=object)[places])
        self.crosswalk.add(labels, rows["themes"].tolist())

    def whole(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return theme, strength and report of every measure."""
        return tuple(np.concatenate(some) for some in (self.labels, self.strengths, self.reports))

    def frames(self, ids: list[str]) -> Iterator[pd.DataFrame]:
        """Yield the table `cluster_members` batch by batch; `ids` name the themes."""
        pieces = self.measures.only(["measure_id", "report_id", "start", "is_measure"]).each()
        names = np.array([*ids, None], dtype=object)  # -1, an outlier, has the last
        batches = zip(pieces, self.labels, self.strengths, self.earlier, strict=True)
        for piece, labels, strengths, earlier in batches:
            if earlier is not None:
                yield earlier.read().to_pandas()
                continue
            rows = reading.acts(next(iter(piece)))
            alone = (identity.OUTLIER + rows["measure_id"][labels < 0]).astype("string")
            yield pd.DataFrame(
                {
                    "measure_id": rows["measure_id"].astype("string"),
                    "report_id": rows["report_id"].astype("string"),
                    "cluster_id": pd.Series(names[labels], index=rows.index, dtype="string").fillna(alone),
                    "strength": strengths,
                    "is_outlier": labels < 0,
                }
            )


# Digits of a measure's strength in its theme, here as in the table: what is read from there is what was worked out here.
DIGITS = 4


def spread(
    units: Units, found: Grouping, themes: Themes, codes: list[str | None], kept: Kept | None, *pieces
) -> Members:
    """Give every measure its theme: those that themes were sought in keep theirs, all others join the nearest.

    In guided mode `codes` name the codebook's themes, and a measure coded with one goes there. What is `kept` of an earlier
    run is not worked out again; it is None where themes were sought in all measures, so that none is left to place.
    """
    known, numbers = pd.Index(units.ids), {code: number for number, code in enumerate(codes) if code}
    members = Members(pieces[-1])
    for around in zip(*(some.each() for some in pieces), strict=True):
        rows = reading.acts(next(iter(around[-1])))
        source = "" if kept is None else kept.source(around)
        earlier = None if kept is None else kept.part(source)
        if earlier is not None:
            labels, strengths = kept.placed(earlier)
        else:
            at = known.get_indexer(rows["measure_id"])
            labels = np.append(found.labels, OUTLIER)[at]
            strengths = np.append(found.strengths, 0.0)[at]
            if len(rest := np.flatnonzero(at < 0)):
                labels[rest], strengths[rest] = _place(rows.iloc[rest], around, themes, numbers)
        members.add(rows, labels, strengths)
        members.sources.append(source)
        members.earlier.append(earlier)
    same = sum(earlier is not None for earlier in members.earlier)
    if same:
        log.info("clusters: %d of %d batches are as the earlier run left them", same, len(members.earlier))
    return members


def _place(rows: pd.DataFrame, around, themes: Themes, numbers: dict[str, int]) -> tuple:
    fixed = [numbers.get(codes[0], OUTLIER) if len(codes) else OUTLIER for codes in rows["themes"]]
    tables = (next(piece.arrow()) for piece in around[:-1])
    return themes.place(rows, *tables, fixed=np.array(fixed, dtype=int))
