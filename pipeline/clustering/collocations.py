"""Find the phrases of a corpus: words that hold together (PMI, log-likelihood) and stand free (entropy on both sides)."""

from collections import Counter
from collections.abc import Iterable
from math import log
from typing import NamedTuple

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
    every = [run for unit in units for run in unit]
    counts = _count(every)
    size = sum(n for words, n in counts.items() if len(words) == 1)
    likely = {words for words, n in counts.items() if n >= min_count and _shaped(words)}
    likely = {words for words in likely if _weakest(words, counts, size)[0] >= MIN_PMI}
    around = _neighbours(every, likely)
    found = {}
    for words in sorted(likely & set(_whole(every, likely))):
        pmi, g2 = _weakest(words, counts, size)
        entropy = min(_entropy(side) for side in around[words])
        if g2 >= MIN_G2 and entropy >= MIN_ENTROPY:
            found[words] = Phrase(counts[words], pmi, g2, entropy)
    return found


def _grams(run: Run):
    words = [word for word, _ in run]
    for at in range(len(words)):
        for size in range(1, min(LONGEST, len(words) - at) + 1):
            yield at, tuple(words[at : at + size])


def _count(every: list[Run]) -> Counter:
    counts: Counter = Counter()
    for run in every:
        counts.update(words for _, words in _grams(run))
    return counts


def _shaped(words: tuple[str, ...]) -> bool:
    return len(words) > 1 and SHORTEST_NAME <= sum(map(len, words)) <= LONGEST_NAME


def _whole(every: list[Run], likely: set):
    """Yield the likely phrases that begin and end with words of content somewhere."""
    for run in every:
        for at, words in _grams(run):
            if words in likely and _bounded(run[at], run[at + len(words) - 1]):
                yield words


def _bounded(first: tuple[str, str], last: tuple[str, str]) -> bool:
    return tells(first[1]) and tells(last[1]) and first[0] not in barred()


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


def _neighbours(every: list[Run], likely: set) -> dict[tuple, tuple[Counter, Counter]]:
    """Count the words before and after each likely phrase; every edge of a run counts as a neighbour of its own."""
    around: dict[tuple, tuple[Counter, Counter]] = {words: (Counter(), Counter()) for words in likely}
    for number, run in enumerate(every):
        for at, words in _grams(run):
            if words in around:
                after = at + len(words)
                around[words][0][run[at - 1][0] if at else number] += 1
                around[words][1][run[after][0] if after < len(run) else number] += 1
    return around


def _entropy(side: Counter) -> float:
    total = sum(side.values())
    return -sum(n / total * log(n / total) for n in side.values())
