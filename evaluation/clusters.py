"""Compare the themes found without the codebook with the coder's: does each cluster hold one theme, each theme one cluster."""

from collections import Counter
from typing import NamedTuple

from sklearn.metrics import adjusted_rand_score, v_measure_score

from evaluation.gold import Measure
from evaluation.scoring import Coded
from evaluation.sentences import within


class Clustering(NamedTuple):
    """How clusters and the coder's themes go together."""

    items: int
    clusters: int
    themes: int
    outliers: int
    precision: float
    recall: float
    f1: float
    v_measure: float
    rand: float


def compare(coded: Coded) -> Clustering | None:
    """Compare measures that have exactly one theme, and no other that is possible; None where no clusters were made.

    A measure in no cluster counts as a cluster of its own.
    """
    if "cluster_members" not in coded.library.names:
        return None
    members = coded.library.read("cluster_members", ["measure_id", "cluster_id"])
    cluster = dict(zip(members["measure_id"], members["cluster_id"], strict=True))
    placed = [(theme, measure, cluster.get(measure)) for theme, measure in items(coded)]
    if not placed:
        return None
    truth = [theme for theme, _, _ in placed]
    found = [measure if own is None or own != own else own for _, measure, own in placed]
    precision, recall, f1 = b_cubed(truth, found)
    return Clustering(
        items=len(placed),
        clusters=len({own for _, _, own in placed if own is not None and own == own}),
        themes=len(set(truth)),
        outliers=sum(own is None or own != own for _, _, own in placed),
        precision=precision,
        recall=recall,
        f1=f1,
        v_measure=float(v_measure_score(truth, found)),
        rand=float(adjusted_rand_score(truth, found)),
    )


def items(coded: Coded) -> list[tuple[str, str]]:
    """List the coder's theme and the id of the pipeline's measure for each sentence that can be compared."""
    found: list[tuple[str, str]] = []
    for report in sorted(coded.marks):
        marks = coded.marks[report].get("measure", [])
        spans = coded.places[report].locate((mark.context, mark.offset, mark.context) for mark in marks)
        for mark, span in zip(marks, spans, strict=True):
            inside = within(span, coded.rows["measures"][report]) if span and _one_theme(mark) else []
            found += [(mark.themes[0], inside[0]["measure_id"])] if inside else []
    return found


def _one_theme(mark: Measure) -> bool:
    return mark.is_measure and not mark.optional and len(mark.themes) == 1 and not mark.themes_alt


def b_cubed(truth: list, found: list) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 (Amigó et al. 2009).

    >>> b_cubed(["a", "a", "b", "b"], [1, 1, 1, 1])
    (0.5, 1.0, 0.6666666666666666)
    """
    together, themes, clusters = Counter(zip(truth, found, strict=True)), Counter(truth), Counter(found)
    precision = sum(n * n / clusters[own] for (_, own), n in together.items()) / len(truth)
    recall = sum(n * n / themes[theme] for (theme, _), n in together.items()) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)
