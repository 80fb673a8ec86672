"""Find the phrases of a corpus: words that hold together (PMI, log-likelihood) and stand free (entropy on both sides)."""

from collections import Counter
from collections.abc import Iterable
from math import log
from typing import NamedTuple

import numpy as np

from pipeline.clustering.terms import LONGEST_NAME, Run, barred, tells

LONGEST = 4  # words
SHORTEST_NAME = 3  # characters
# Parts that meet e² = 7 times as often as chance lets them, at the weakest joint of the phrase.
MIN_PMI = 2.0
# Chance of such a log-likelihood ratio without any tie: 1 in 1000 (chi-square, 1 degree of freedom).
MIN_G2 = 10.83
# Half of what two different neighbours give: a phrase that always has the same neighbour is part of a longer one.
MIN_ENTROPY = 0.5


class Phrase(NamedTuple):
    """How often a phrase stands in the corpus, and how far it holds together and stands free."""

    count: int
    pmi: float
    g2: float
    entropy: float


def mine(units: Iterable[list[Run]], *, min_count: int) -> dict[tuple[str, ...], Phrase]:
    """Return the phrases of two to four words found in `units`, by their words."""
    row = _Row([run for unit in units for run in unit])
    places = row.grams(min_count)
    counts = {words: len(at) for words, at in places.items()}
    found = {}
    for words in sorted(filter(_shaped, places)):
        pmi, g2 = _weakest(words, counts, len(row.words))
        if pmi < MIN_PMI or g2 < MIN_G2 or not row.bounded(places[words], len(words)):
            continue
        entropy = min(map(_entropy, row.neighbours(places[words], len(words))))
        if entropy >= MIN_ENTROPY:
            found[words] = Phrase(counts[words], pmi, g2, entropy)
    return found


class _Row:
    """The runs of a corpus one after the other in one row of numbers: of a word its number, and where its run begins and ends."""

    def __init__(self, runs: list[Run]):
        pairs = [pair for run in runs for pair in run]
        number: dict[str, int] = {}
        self.words = np.array([number.setdefault(word, len(number)) for word, _ in pairs], dtype=np.int64)
        self._names = list(number)
        lengths = np.array([len(run) for run in runs], dtype=np.int64)
        self._end = np.repeat(np.cumsum(lengths), lengths)
        self._begin = self._end - np.repeat(lengths, lengths)
        self._tells = np.array([tells(tag) for _, tag in pairs], dtype=bool)
        dull = barred()
        self._dull = np.array([name in dull for name in self._names], dtype=bool)

    def grams(self, least: int) -> dict[tuple[str, ...], np.ndarray]:
        """Return the sequences of up to four words of a run that stand there `least` times, and where each begins.

        A sequence stands nowhere that the sequence without its last word does not: each size is sought where the one before was found.
        """
        found: dict[tuple[str, ...], np.ndarray] = {}
        at, keys = np.arange(len(self.words)), self.words
        for size in range(1, LONGEST + 1):
            groups = [group for group in _alike(at, keys) if len(group) >= least]
            for group in groups:
                found[self._named(group[0], size)] = group
            longer = [group[self._end[group] > group + size] for group in groups]
            at = np.concatenate([np.zeros(0, dtype=np.int64), *longer])
            head = np.repeat(np.arange(len(longer)), [len(group) for group in longer])
            keys = head * len(self._names) + self.words[at + size]
        return found

    def _named(self, at: int, size: int) -> tuple[str, ...]:
        return tuple(self._names[word] for word in self.words[at : at + size])

    def bounded(self, at: np.ndarray, size: int) -> bool:
        """Tell whether a phrase begins and ends with words of content somewhere."""
        whole = self._tells[at] & self._tells[at + size - 1] & ~self._dull[self.words[at]]
        return bool(whole.any())

    def neighbours(self, at: np.ndarray, size: int) -> tuple[Counter, Counter]:
        """Count the words before and after a phrase; every edge of a run counts as a neighbour of its own."""
        after, edge = at + size, -1 - at
        before = np.where(at > self._begin[at], self.words[at - 1], edge)
        behind = np.where(after < self._end[at], self.words[np.minimum(after, len(self.words) - 1)], edge)
        return Counter(before.tolist()), Counter(behind.tolist())


def _alike(at: np.ndarray, keys: np.ndarray) -> list[np.ndarray]:
    """Part the places by their keys; each group keeps their order."""
    order = np.argsort(keys, kind="stable")
    return np.split(at[order], np.flatnonzero(np.diff(keys[order])) + 1) if len(at) else []


def _shaped(words: tuple[str, ...]) -> bool:
    return len(words) > 1 and SHORTEST_NAME <= sum(map(len, words)) <= LONGEST_NAME


def _weakest(words: tuple[str, ...], counts: Counter, size: int) -> tuple[float, float]:
    """Return the lowest PMI and G² (in nats) over the joints at which the phrase could be parted."""
    joints = [
        _joint(counts[words], counts[words[:at]], counts[words[at:]], size) for at in range(1, len(words))
    ]
    return min(pmi for pmi, _ in joints), min(g2 for _, g2 in joints)


def _joint(both: int, left: int, right: int, size: int) -> tuple[float, float]:
    """Return PMI and Dunning's G² of two neighbours.

    >>> [round(x, 2) for x in _joint(5, 5, 5, 1000)]
    [5.3, 62.96]
    """
    observed = (both, left - both, right - both, max(0, size - left - right + both))
    expected = (
        left * right / size,
        left * (size - right) / size,
        (size - left) * right / size,
        (size - left) * (size - right) / size,
    )
    g2 = 2 * sum(o * log(o / e) for o, e in zip(observed, expected, strict=True) if o and e)
    return log(both * size / (left * right)), g2


def _entropy(side: Counter) -> float:
    total = sum(side.values())
    return -sum(n / total * log(n / total) for n in side.values())
