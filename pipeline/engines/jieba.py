"""Cut words with rjieba: jieba's dictionary and cuts in Rust, built in, with the codebook's words kept whole."""

from bisect import bisect_right
from itertools import accumulate, chain, pairwise

import numpy as np
import rjieba

from pipeline import codebook
from pipeline.engines import Words
from pipeline.errors import InputError
from pipeline.fold import fold_all


class UserWord(codebook.Entry):
    """A word that must stay whole, with its part-of-speech tag (ICTCLAS set, as jieba uses it)."""

    word: str
    tag: str = "n"


class Jieba:
    """A segmenter over jieba's dictionary; numbers and letters are read half-width, and cut as published."""

    def __init__(self, words: list[UserWord]):
        self._jieba = rjieba.Jieba()
        for entry in words:
            self._jieba.add_word(entry.word, max(_FREQUENT, self._jieba.suggest_freq(entry.word)), entry.tag)
        # A word has one tag wherever it stands. To look up those met before takes a third of the time of asking for them.
        self._tags: dict[str, str] = {}
        # Each word is held once, however often it stands in a batch: a quarter of what the table takes in memory.
        self._met: dict[str, str] = {}

    def segment(self, texts: list[str]) -> list[Words]:
        """Return the words of each text; all texts take each step together, which leaves little to do for one.

        >>> open().segment(["落实三项制度。"])[0].words
        ['落实', '三项制度', '。']
        """
        folded = fold_all(texts)
        cuts = list(map(self._jieba.cut, folded))
        words = list(chain.from_iterable(cuts))
        bounds = list(accumulate(map(len, cuts), initial=0))
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        ends = np.cumsum(lengths)
        begun = np.repeat(list(accumulate(map(len, texts), initial=0))[:-1], list(map(len, cuts)))
        starts = ends - lengths - begun
        tags = self._tagged(words, bounds, folded)
        words = self._as_published(words, ends, "".join(texts), "".join(folded))
        return [Words(words[a:b], starts[a:b], tags[a:b]) for a, b in pairwise(bounds)]

    def _tagged(self, words: list[str], bounds: list[int], folded: list[str]) -> list[str]:
        """Return the tag of each word; a text with a word that was never met before is asked for its tags."""
        tags, at = list(map(self._tags.get, words)), -1
        for _ in range(tags.count(None)):
            at = tags.index(None, at + 1)
            if words[at] not in self._tags:
                self._tags.update(self._jieba.tag(folded[bisect_right(bounds, at) - 1]))
            tags[at] = self._tags[words[at]]
        return tags

    def _as_published(self, words: list[str], ends: np.ndarray, published: str, folded: str) -> list[str]:
        """Put the text's own characters into words that folding has changed, and hold each word once."""
        changed = np.searchsorted(ends, _differences(published, folded), "right")
        for at in np.unique(changed).tolist():
            words[at] = published[ends[at] - len(words[at]) : ends[at]]
        return list(map(self._met.setdefault, words, words))


def _differences(text: str, other: str) -> np.ndarray:
    """List the places where two texts of equal length differ."""
    codes = [np.frombuffer(each.encode("utf-32-le", "surrogatepass"), "<u4") for each in (text, other)]
    return np.flatnonzero(codes[0] != codes[1])


# High enough that a codebook word wins over any cut through it (jieba's own commonest word has 883,634).
_FREQUENT = 1_000_000


def check(model: str) -> None:
    """Refuse a model: jieba's dictionary is built in."""
    if model:
        raise InputError(
            [
                f"config, tokens.model: {model!r}: the engine jieba takes no model (leave it out, or engine: hanlp)"
            ]
        )


def open(model: str = "") -> Jieba:
    """Return the segmenter with the words of `codebook/words.yaml`."""
    check(model)
    return Jieba(codebook.load("words", UserWord))
