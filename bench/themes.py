"""Try other ways of finding themes and score each against coders: `python -m bench.themes PROCESSED GOLD`.

PROCESSED is the folder of a run's tables, GOLD one with coded measures (docs/annotation.md). Prints the table of docs/themes.md.
"""

import sys
import warnings
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.cluster import HDBSCAN, AgglomerativeClustering, KMeans, SpectralClustering
from sklearn.decomposition import NMF, LatentDirichletAllocation, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, v_measure_score
from sklearn.preprocessing import normalize

from evaluation import clusters, scoring
from pipeline.clustering import grouping, reading, vectors
from pipeline.clustering.cores import Space, carve
from pipeline.clustering.joining import join, level
from pipeline.clustering.terms import Lexicon
from pipeline.clusters import find_phrases, place_names
from pipeline.library import Library
from pipeline.settings import ClustersSettings

RELATIONS = {"part": "part of it", "whole": "the whole of it and more", "joins": "joins several"}
SEED, DRAWS, SHARE = 1, 3, 0.8
Labels = np.ndarray
Way = Callable[[np.ndarray], Labels]


def read(library: Library, gold: Path) -> tuple[reading.Units, dict[int, str]]:
    """Return the measures of a run, and the coders' theme of every row that has exactly one on which they agreed."""
    tables = (library.read(name) for name in ("sections", "sentences", "tokens", "measures"))
    units = reading.read(*tables)
    rows = {name: row for row, name in enumerate(units.ids)}
    coded = clusters.items(scoring.read(library, gold))
    return units, {rows[measure]: theme for theme, measure in coded if measure in rows}


def alone(labels: Labels) -> list[str]:
    """Name the groups; an outlier is a group of its own."""
    return [f"t{label}" if label >= 0 else f"o{row}" for row, label in enumerate(labels)]


def score(way: Way, told: dict[int, str], size: int) -> tuple:
    """Return themes, share of outliers, B-cubed F1, V-measure, and the ARI of fits on four fifths of the measures."""
    labels = way(np.arange(size))
    rows = sorted(told)
    themes, groups = [told[row] for row in rows], [alone(labels)[row] for row in rows]
    found = len(set(labels[labels >= 0]))
    return (
        found,
        (labels < 0).mean(),
        clusters.b_cubed(themes, groups)[-1],
        v_measure_score(themes, groups),
        _steady(way, size),
    )


def _steady(way: Way, size: int) -> float:
    draws = [
        np.sort(np.random.default_rng(turn).choice(size, int(SHARE * size), replace=False))
        for turn in range(DRAWS)
    ]
    homes = [dict(zip(draw.tolist(), alone(way(draw)), strict=True)) for draw in draws]
    shared = [(one, other, sorted(one.keys() & other.keys())) for one, other in combinations(homes, 2)]
    return float(
        np.mean([adjusted_rand_score([a[r] for r in rows], [b[r] for r in rows]) for a, b, rows in shared])
    )


def spaces(units: reading.Units, places: frozenset[str]) -> tuple[dict[str, np.ndarray], vectors.Vectors]:
    """Return the representations tried, one row per measure, and the vectors this project uses."""
    used = vectors.build(units, Lexicon(find_phrases(units), places))
    words = vectors.build(units, Lexicon((), places))
    texts = ["。".join("".join(word for word, _ in run) for run in runs) for runs in units.runs]
    letters = TfidfVectorizer(analyzer="char", ngram_range=(2, 4), min_df=2, sublinear_tf=True).fit_transform(
        texts
    )
    own = normalize(used.counts @ _idf(used.counts))
    return {
        "words": normalize(words.counts @ _idf(words.counts)).toarray(),
        "characters, 2 to 4": letters.toarray(),
        "words and phrases": own.toarray(),
        "words and phrases, LSA 60": normalize(TruncatedSVD(60, random_state=SEED).fit_transform(own)),
        "with headings and neighbours": used.whole.toarray(),
        "with headings and neighbours, LSA 60": normalize(
            TruncatedSVD(60, random_state=SEED).fit_transform(used.whole)
        ),
    }, used


def _idf(counts):
    from scipy import sparse

    return sparse.diags(
        np.log((1 + counts.shape[0]) / (1 + np.asarray((counts > 0).sum(axis=0)).ravel())) + 1
    )


def ways(space: np.ndarray, themes: int) -> dict[str, Way]:
    """Return the algorithms tried on one representation, each asked for `themes` themes where it can be asked."""
    return {
        "k-means": lambda rows: KMeans(themes, n_init=10, random_state=SEED).fit_predict(space[rows]),
        "Ward": lambda rows: AgglomerativeClustering(themes).fit_predict(space[rows]),
        "average linkage": lambda rows: AgglomerativeClustering(
            themes, metric="cosine", linkage="average"
        ).fit_predict(space[rows]),
        "spectral": lambda rows: SpectralClustering(
            themes, affinity="precomputed", assign_labels="cluster_qr", random_state=SEED
        ).fit_predict(np.maximum(space[rows] @ space[rows].T, 0)),
        "HDBSCAN": lambda rows: HDBSCAN(min_cluster_size=3, metric="cosine", copy=True).fit_predict(
            space[rows]
        ),
    }


def rotated(space: np.ndarray) -> np.ndarray:
    """Return the same points in as few dimensions as they need: every distance and angle stays."""
    left, sizes, _ = np.linalg.svd(space, full_matrices=False)
    return left * sizes


def factors(space: np.ndarray, themes: int) -> dict[str, Way]:
    """Return the topic models tried: a measure belongs to its strongest topic."""
    return {
        "NMF": lambda rows: (
            NMF(themes, init="nndsvda", max_iter=300).fit_transform(space[rows]).argmax(axis=1)
        ),
        "LDA": lambda rows: (
            LatentDirichletAllocation(themes, random_state=SEED).fit_transform(space[rows]).argmax(axis=1)
        ),
    }


def own_ways(units: reading.Units, used: vectors.Vectors) -> dict[str, Way]:
    """Return this project's way, and the same without one of its parts."""
    reports = np.asarray(units.reports)

    def one_run(rows: np.ndarray, cores: bool) -> Labels:
        part = Space(used, reports, rows).cut(np.arange(len(rows)))
        labels = join(part.whole, level(part.whole, part.parts, 0.92))
        return carve(part, labels) if cores else labels

    def all_runs(rows: np.ndarray) -> Labels:
        part = vectors.Vectors(
            used.vocabulary,
            used.counts[rows],
            used.titles,
            used.own[rows],
            used.whole[rows],
            used.parts[rows],
            used.weights,
        )
        ids = [units.ids[row] for row in rows]
        settings = ClustersSettings(seed=SEED).model_dump(exclude={"mode", "previous"})
        return grouping.group(part, reports[rows].tolist(), ids, **settings).labels

    return {
        "average linkage to a level": lambda rows: one_run(rows, cores=False),
        "the same, named cores taken out": lambda rows: one_run(rows, cores=True),
        "**agreement of 100 such runs**": all_runs,
    }


def rows(units: reading.Units, told: dict[int, str], places: frozenset[str]):
    """Yield representation, algorithm and scores of everything tried."""
    tried, used = spaces(units, places)
    mine = own_ways(units, used)
    themes = len(set(mine["**agreement of 100 such runs**"](np.arange(len(units)))) - {-1})
    for name, space in tried.items():
        for algorithm, way in ways(rotated(space), themes).items():
            yield name, algorithm, *score(way, told, len(units))
    for name in ("words and phrases", "with headings and neighbours"):
        for algorithm, way in factors(tried[name], themes).items():
            yield name, algorithm, *score(way, told, len(units))
    for algorithm, way in mine.items():
        yield "**with headings and neighbours**", algorithm, *score(way, told, len(units))


def main(processed: str, gold: str) -> None:
    """Print the table of all trials in Markdown, and that of the themes which the run found."""
    warnings.simplefilter("ignore")  # topic models that stop before they converge say so on every draw
    library = Library.at(processed)
    units, told = read(library, Path(gold))
    print(
        f"{len(units)} measures, {len(told)} of them coded with one theme, {len(set(told.values()))} coded themes\n"
    )
    print(
        "| measures are compared by | grouped by | themes | outliers | B-cubed F1 | V-measure | ARI of 80 % |"
    )
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for space, algorithm, themes, loose, f1, v, steady in rows(
        units, told, place_names(library.read("reports"))
    ):
        print(
            f"| {space} | {algorithm} | {themes} | {loose:.0%} | {f1:.2f} | {v:.2f} | {steady:.2f} |",
            flush=True,
        )
    print("\n".join(["", *found(library.read("clusters"))]))


def found(themes: pd.DataFrame) -> list[str]:
    """Lay out the themes of a run, the largest first."""
    head = "| theme | first phrases | measures | reports | stability | nearest coded theme |"
    return [head, "| --- | --- | ---: | ---: | ---: | --- |"] + [
        f"| {t.label} | {'、'.join(t.phrases[:3])} | {t.size} | {t.reports} | {t.stability:.2f} | {_beside(t)} |"
        for t in themes.itertuples(index=False)
    ]


def _beside(theme) -> str:
    if pd.isna(theme.nearest_theme):
        return "none"
    return f"{theme.nearest_theme} {theme.nearest_share:.0%}: {RELATIONS.get(theme.relation, theme.relation)}"


if __name__ == "__main__":
    main(*sys.argv[1:3])
