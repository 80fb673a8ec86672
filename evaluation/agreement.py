"""Measure agreement beyond chance between coder and pipeline, with an interval that says how sure the number is."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from sklearn.metrics import cohen_kappa_score

SEED = 1
RESAMPLES = 2000
INTERVAL = (2.5, 97.5)  # percentiles: a 95 % interval


class Agreement(NamedTuple):
    """How two judgements of the same items agree; alpha and kappa are None where there was nothing to tell apart."""

    items: int
    same: float | None
    alpha: float | None
    low: float | None
    high: float | None
    kappa: float | None


def nominal(pairs: Sequence[tuple]) -> Agreement:
    """Return the agreement of two coders on one variable with named values (Krippendorff 2019, nominal; Cohen 1960)."""
    if not pairs:
        return Agreement(0, None, None, None, None, None)
    tables = _one_hot(pairs)
    counts = tables.sum(axis=0)
    alpha = float(alphas(counts[None])[0])
    low, high = _interval(
        _resampled(len(pairs)), lambda weights: alphas(np.tensordot(weights, tables, axes=1))
    )
    same = float(np.trace(counts) / counts.sum())
    return Agreement(len(pairs), same, *map(_known, (alpha, low, high, _kappa(pairs))))


def several(pairs: Sequence[tuple[frozenset, frozenset]], labels: Sequence[str]) -> Agreement:
    """Return the mean over labels of the agreement on each (there or not), where an item may have several."""
    used = [label for label in labels if any(label in a or label in b for a, b in pairs)]
    if not used:
        return Agreement(len(pairs), None, None, None, None, None)
    tables = [_one_hot(presence(pairs, label), (False, True)) for label in used]

    def mean(weights: np.ndarray) -> np.ndarray:
        return _mean_of_known(np.array([alphas(np.tensordot(weights, table, axes=1)) for table in tables]))

    every = np.ones((1, len(pairs)))
    kappas = [_kappa(presence(pairs, label)) for label in used]
    same = float(np.mean([a == b for a, b in pairs]))
    low, high = _interval(_resampled(len(pairs)), mean)
    return Agreement(
        len(pairs),
        same,
        *map(_known, (float(mean(every)[0]), low, high, float(_mean_of_known(np.array(kappas))))),
    )


def _mean_of_known(values: np.ndarray) -> np.ndarray:
    """Return the mean over the first axis of what is not nan; nan where nothing is known."""
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    return np.where(count > 0, np.where(known, values, 0).sum(axis=0) / np.maximum(count, 1), np.nan)


def presence(pairs: Sequence[tuple[frozenset, frozenset]], label: str) -> list[tuple[bool, bool]]:
    """Return for each item whether either coder gave it the label."""
    return [(label in a, label in b) for a, b in pairs]


def alphas(tables: np.ndarray) -> np.ndarray:
    """Return Krippendorff's alpha for each k × k table of two coders' judgements; nan where one value is all there is.

    >>> alphas(np.array([[[20, 5], [10, 15]]])).round(4).tolist()
    [0.4]
    """
    both = tables + tables.transpose(0, 2, 1)
    totals = both.sum(axis=2)
    n = totals.sum(axis=1)
    seen = n - np.trace(both, axis1=1, axis2=2)
    expected = (n**2 - (totals**2).sum(axis=1)) / (n - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - seen / expected, np.nan)


def _one_hot(pairs: Sequence[tuple], values: Sequence | None = None) -> np.ndarray:
    """Return items × k × k: a one for the pair of values each item was given."""
    values = values or sorted({value for pair in pairs for value in pair}, key=str)
    number = {value: place for place, value in enumerate(values)}
    tables = np.zeros((len(pairs), len(values), len(values)))
    for item, (a, b) in enumerate(pairs):
        tables[item, number[a], number[b]] = 1
    return tables


def _resampled(items: int) -> np.ndarray:
    """Return how often each item is drawn in each of the bootstrap samples; the same for the same number of items."""
    return np.random.default_rng(SEED).multinomial(items, np.full(items, 1 / items), size=RESAMPLES)


def _interval(weights: np.ndarray, statistic) -> tuple[float, float]:
    values = statistic(weights)
    values = values[~np.isnan(values)]
    if not values.size:
        return np.nan, np.nan
    low, high = np.percentile(values, INTERVAL)
    return float(low), float(high)


def _kappa(pairs: Sequence[tuple]) -> float:
    """Return Cohen's kappa, nan where both coders know one value only."""
    values = sorted({str(value) for pair in pairs for value in pair})
    if len(values) < 2:
        return np.nan
    return float(cohen_kappa_score([str(a) for a, _ in pairs], [str(b) for _, b in pairs], labels=values))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
