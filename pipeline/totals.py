"""Count words and pairs of words over a whole corpus batch by batch, as numbers: what one report says is told against these."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.tables import Pieces
from pipeline.vocabulary import Vocabulary, add

# A pair of words that hangs together this much (normalised pointwise mutual information, Bouma 2009) is one phrase.
COLLOCATION = 0.35
# A pair is one number: its first word's, and in the lower half its second word's.
_SHIFT, _LOWER = 32, (1 << 32) - 1


@dataclass
class Totals:
    """How often each word, and each pair that hangs together, stands in all reports, and in how many of them.

    Words are known by their numbers in `vocabulary`; `phrases` has a row for each of `pairs`. `sizes` are the reports' words.
    """

    sizes: pd.Series
    vocabulary: Vocabulary
    words: np.ndarray
    reports: np.ndarray
    pairs: np.ndarray
    phrases: pd.DataFrame

    def rows(self, words: pd.DataFrame, pairs: pd.DataFrame, *, min_count: int) -> pd.DataFrame:
        """Return the words and pairs that stand `min_count` times in a report of this batch, beside their totals.

        All in numbers: `report` is a place in `sizes`, `first` and `second` are words, `second` is -1 for a single word.
        """
        words, pairs = words[words["n"] >= min_count], pairs[pairs["n"] >= min_count]
        return pd.concat([self._words(words), self._pairs(pairs)], ignore_index=True)

    def _words(self, words: pd.DataFrame) -> pd.DataFrame:
        first = self.vocabulary.numbers(words["word"])
        words, first = words[first >= 0], first[first >= 0]
        return self._beside(words, first, -1, self.words[first], self.reports[first])

    def _pairs(self, pairs: pd.DataFrame) -> pd.DataFrame:
        keys = _numbered(pairs, self.vocabulary)
        place = np.searchsorted(self.pairs, keys)
        known = np.append(self.pairs, -1)[place] == keys
        pairs, keys, place = pairs[known & (keys >= 0)], keys[known & (keys >= 0)], place[known & (keys >= 0)]
        sums, counts = (self.phrases[name].to_numpy()[place] for name in ("sum", "count"))
        return self._beside(pairs, keys >> _SHIFT, keys & _LOWER, sums, counts)

    def _beside(self, found: pd.DataFrame, first, second, sums, reports) -> pd.DataFrame:
        places, ids = pd.factorize(found["report_id"])
        n = found["n"].to_numpy()
        numbers = {"report": self.sizes.index.get_indexer(ids)[places], "n": n, "n_rest": sums - n}
        return pd.DataFrame(numbers | {"reports": reports, "first": first, "second": second})

    def named(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return rows of `rows` with their report and words by name, and of which kind each is."""
        words = np.array([*self.vocabulary.words, ""], dtype=object)  # -1, no word, has the last
        first, second = words[rows["first"]], words[rows["second"]]
        pair = rows["second"] >= 0
        return rows.assign(
            report_id=self.sizes.index.to_numpy(object)[rows["report"]],
            phrase=first + second,
            kind=np.where(pair, "pair", "word"),
            first=np.where(pair, first, ""),
            second=second,
        )


def count(word_counts: Pieces, phrase_counts: Pieces) -> Totals:
    """Go through all batches once for the words and once for the pairs."""
    vocabulary, sizes = Vocabulary(), []
    words = reports = np.zeros(0, dtype=np.int64)
    for piece in word_counts:
        sizes.append(piece.groupby("report_id", observed=True)["n"].sum())
        numbers, n = vocabulary.numbers(piece["word"]), piece["n"].to_numpy()
        told = numbers >= 0
        words = add(words, _sums(numbers[told], n[told]))
        reports = add(reports, np.bincount(numbers[told]))
    size = pd.concat([some.set_axis(some.index.astype(str)) for some in sizes]).groupby(level=0).sum()
    keys, sums, counts = _sum_up(_counted(piece, vocabulary) for piece in phrase_counts)
    words = add(words, np.zeros(len(vocabulary), dtype=np.int64))
    kept = _hang_together(keys, sums, words, int(size.sum()))
    phrases = _phrases(keys[kept], sums[kept], counts[kept], vocabulary)
    return Totals(size, vocabulary, words, reports, keys[kept], phrases)


def _sums(numbers: np.ndarray, n: np.ndarray) -> np.ndarray:
    return np.bincount(numbers, weights=n).astype(np.int64)


def _numbered(pairs: pd.DataFrame, vocabulary: Vocabulary) -> np.ndarray:
    """Return the number of each pair, -1 where one of its words is none that reports are compared by."""
    first, second = vocabulary.numbers(pairs["first"]), vocabulary.numbers(pairs["second"])
    return np.where((first >= 0) & (second >= 0), (first << _SHIFT) + second, -1)


def _counted(pairs: pd.DataFrame, vocabulary: Vocabulary) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    keys, n = _numbered(pairs, vocabulary), pairs["n"].to_numpy()
    return keys[keys >= 0], n[keys >= 0], np.ones(int((keys >= 0).sum()), dtype=np.int64)


def _sum_up(batches: Iterable[tuple]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Add up what several batches say of the same pairs; what waits is added when it is as much as all there is so far."""
    nothing = np.zeros(0, dtype=np.int64)
    total, waiting = (nothing, nothing, nothing), []
    for batch in batches:
        waiting.append(_collapse([batch]))
        if sum(len(keys) for keys, *_ in waiting) > len(total[0]):
            total, waiting = _collapse([total, *waiting]), []
    return _collapse([total, *waiting])


def _collapse(parts: list[tuple]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    keys, sums, counts = (np.concatenate(some) for some in zip(*parts, strict=True))
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    if not len(first):
        return keys, sums, counts
    return keys[first], np.add.reduceat(sums[order], first), np.add.reduceat(counts[order], first)


def _hang_together(keys: np.ndarray, sums: np.ndarray, words: np.ndarray, size: int) -> np.ndarray:
    """Tell the pairs whose words meet far more often than chance lets them, over the whole corpus."""
    first, second = words[keys >> _SHIFT], words[keys & _LOWER]
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(sums / (first * second / size)) / -np.log(sums / size)
    return (first > 0) & (second > 0) & (npmi >= COLLOCATION)


def _phrases(keys: np.ndarray, sums: np.ndarray, counts: np.ndarray, vocabulary: Vocabulary) -> pd.DataFrame:
    """Return for each pair how often its phrase stands in all reports, and in how many: two pairs may make one phrase."""
    halves = zip((keys >> _SHIFT).tolist(), (keys & _LOWER).tolist(), strict=True)
    phrases = [vocabulary.words[first] + vocabulary.words[second] for first, second in halves]
    return pd.DataFrame({"sum": sums, "count": counts}).groupby(phrases).transform("sum")
