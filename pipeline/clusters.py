"""clusters: one row per theme found in the measures of all reports; cluster_members: one row per measure, with its theme.

Beside them: `cluster_tree` (how themes join into wider ones), `theme_crosswalk` (found themes beside the codebook's) and
`cluster_moves` (what moved since an earlier run).
"""

import logging
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline import tables
from pipeline.clustering import (
    atlas,
    collocations,
    crosswalk,
    guided,
    identity,
    moves,
    naming,
    spreading,
    vectors,
)
from pipeline.clustering.grouping import Grouping, group, near_own
from pipeline.clustering.keeping import Kept
from pipeline.clustering.placing import Themes
from pipeline.clustering.reading import Units
from pipeline.clustering.spreading import READ, Members
from pipeline.clustering.stability import stability
from pipeline.clustering.terms import Lexicon
from pipeline.errors import InputError
from pipeline.parts import Sourced
from pipeline.tables import Pieces

log = logging.getLogger(__name__)

COLUMNS = {
    "reports": ["report_id", "region", "province"],
    "sections": ["section_id", "report_id", "parent_id", "title", "form", "start", "end"],
    "sentences": ["sentence_id", "report_id", "section_id", "paragraph"],
    "tokens": ["report_id", "words", "starts", "tags"],
    "measures": ["measure_id", "report_id", "sentence_id", "start", "end", "is_measure", "themes"],
}
CODED = {"tokens": ["words", "tags"]}
COMPANIONS = ("cluster_members", "cluster_tree", "theme_crosswalk", "cluster_moves")
_BEST = 3


def build(
    reports: pd.DataFrame,
    sections: Pieces,
    sentences: Pieces,
    tokens: Pieces,
    measures: Pieces,
    *,
    mode: str,
    seed: int,
    runs: int,
    share: float,
    smallest: int,
    sample: int,
    previous: str,
    earlier: Callable[[str], Path | None] = lambda name: None,
) -> dict[str, pd.DataFrame]:
    """Group all measures into themes; `mode` inductive knows nothing of the codebook, guided starts from its themes.

    `runs` parts of the corpus, each with `share` of its measures, must agree; a theme has `smallest` measures or more.
    `previous` is the folder of an earlier run whose ids are kept where themes continue ("" for none). Of a large corpus the
    rows of batches that would be made the same again are taken from the file that the `earlier` run wrote.
    """
    pieces = (sections, sentences, tokens, measures)
    chosen = spreading.choose(measures, seed)
    units = spreading.read(chosen, *pieces)
    before = _previous(previous)
    if not len(units):
        log.info("clusters: no measures, so no themes")
    phrases = find_phrases(units)
    lexicon = Lexicon(phrases, place_names(reports))
    space = vectors.build(units, lexicon)
    found = group(
        space, units.reports, units.ids, seed=seed, runs=runs, share=share, smallest=smallest, sample=sample
    )
    codes: list[str | None] = [None] * len(found.centroids)
    if mode == "guided":
        found, codes = guided.guide(units, space, found, found.limit, smallest=smallest, sample=sample)
    names = _named(naming.name(units, space, found.labels, phrases), codes)
    ids = identity.ids(names, found.labels, units.ids, before)
    ids = [guided.PREFIX + code if code else name for name, code in zip(ids, codes, strict=True)]
    themes = Themes(lexicon, space.vocabulary, space.weights, found.centroids, found.limit)
    path = earlier("cluster_members.parquet")
    kept = Kept(path, themes, found, ids, [codes, units.ids]) if chosen is not None else None
    members = spreading.spread(units, found, themes, codes, kept, *pieces)
    walk = members.crosswalk.lay(ids)
    joins = atlas.tree(atlas.distances(found.centroids))
    _tell(members, ids, near_own(space, found))
    moved = moves.tell(before, pd.concat(members.frames(ids))) if before is not None else None
    return {
        "clusters": _clusters(units, found, members, names, ids, walk, joins, mode, seed),
        "cluster_members": members.frames(ids)
        if kept is None
        else Sourced(members.frames(ids), members.sources),
        "cluster_tree": _tree(joins, ids),
        "theme_crosswalk": walk,
        "cluster_moves": tables.empty("cluster_moves") if moved is None else moved,
    }


def _previous(folder: str) -> pd.DataFrame | None:
    if not folder:
        return None
    path = Path(folder) / "cluster_members.parquet"
    if not path.exists():
        raise InputError(
            [
                f"config, clusters.previous: {folder!r}: has no cluster_members.parquet (name the folder of an earlier run's tables)"
            ]
        )
    return tables.read([path])


def find_phrases(units: Units) -> dict:
    """Return the phrases of a corpus, with how they hold together."""
    return collocations.mine([*units.runs, *units.titles[:READ]], min_count=max(2, len(units) // 2000))


def place_names(reports: pd.DataFrame) -> frozenset[str]:
    """Return the reporting places, by their whole name and without its last character: 怀柔区, 怀柔."""
    places = {place for column in ("region", "province") for place in reports[column].dropna()}
    return frozenset(places | {place[:-1] for place in places if len(place) > 2})


def _named(names: list[naming.Name], codes: list[str | None]) -> list[naming.Name]:
    return [
        name._replace(label=guided.label(code)) if code else name
        for name, code in zip(names, codes, strict=True)
    ]


def _clusters(
    units, found: Grouping, members: Members, names, ids, walk, joins, mode: str, seed: int
) -> pd.DataFrame:
    labels, strengths, reports = members.whole()
    apart = atlas.distances(found.centroids)
    places, order = atlas.places(apart, seed), atlas.order(joins, len(ids))
    back, likeness = stability(found)
    beside = crosswalk.nearest(walk, ids)
    total, loose = max(len(labels), 1), float((labels < 0).mean()) if len(labels) else 0.0
    rows = []
    for theme, (name, cluster) in enumerate(zip(names, ids, strict=True)):
        inside = np.flatnonzero(labels == theme)
        rows.append(
            {
                "cluster_id": cluster,
                "mode": mode,
                "label": name.label or cluster.split(":", 1)[1],
                "phrases": name.phrases,
                "phrase_weights": name.weights,
                **_best(units, found, np.flatnonzero(found.labels == theme)),
                "size": len(inside),
                "share": round(len(inside) / total, 4),
                **_reports(reports[inside]),
                "cohesion": round(float(strengths[inside].mean()), 4),
                "stability": round(back[theme], 4),
                "stability_jaccard": round(likeness[theme], 4),
                **dict(zip(("nearest_theme", "nearest_share", "relation"), beside[theme], strict=True)),
                "outlier_share": round(loose, 4),
                "x": float(places[theme, 0]),
                "y": float(places[theme, 1]),
                "place": int(order[theme]),
            }
        )
    made = pd.DataFrame(rows, columns=list(tables.empty("clusters").columns))
    return made.sort_values(["size", "cluster_id"], ascending=[False, True], ignore_index=True)


def _best(units: Units, found: Grouping, inside: np.ndarray) -> dict[str, list[str]]:
    """Return the measures nearest to the middle of a theme: of different reports, as far as there are any."""
    ranked = sorted(inside, key=lambda row: (-round(found.strengths[row], 6), units.ids[row]))
    first = {units.reports[row]: row for row in reversed(ranked)}
    leaders = sorted(first.values(), key=ranked.index)[:_BEST]
    best = [*leaders, *(row for row in ranked if row not in leaders)][:_BEST]
    return {
        "best_measures": [units.ids[row] for row in best],
        "best_sentences": [units.sentences[row] for row in best],
    }


def _reports(reports: np.ndarray) -> dict:
    ids, counts = zip(*sorted(Counter(reports).items()), strict=True)
    return {
        "report_ids": list(ids),
        "report_counts": list(counts),
        "reports": len(ids),
        "is_recurring": len(ids) >= 2,
    }


def _tree(joins: np.ndarray, ids: list[str]) -> pd.DataFrame:
    def name(node: float) -> str:
        return ids[int(node)] if node < len(ids) else f"join:{int(node) - len(ids) + 1}"

    rows = [
        (f"join:{step}", name(left), name(right), round(float(apart), 4), int(size))
        for step, (left, right, apart, size) in enumerate(joins, start=1)
    ]
    return pd.DataFrame(rows, columns=list(tables.empty("cluster_tree").columns))


def _tell(members: Members, ids: list[str], own: float) -> None:
    labels = np.concatenate(members.labels)
    loose = int((labels < 0).sum())
    share = 100 * loose / len(labels) if len(labels) else 0
    told = "clusters: %s themes in %s measures; %s outliers (%.1f %%)"
    log.info(told, len(ids), f"{len(labels):,}", loose, share)
    if len(ids) > 1:
        log.info(
            "clusters: %.1f %% of the measures that themes were found in lie nearest to the middle of their own",
            100 * own,
        )
    if len(labels) and not ids:
        log.info("clusters: no measures alike enough to make a theme")


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
