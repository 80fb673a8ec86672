"""Cut words with rjieba: jieba's dictionary and cuts in Rust, built in, with the codebook's words kept whole."""

import sys
from collections import defaultdict
from functools import cache, partial
from itertools import accumulate, count, repeat

import numpy as np
import rjieba

from pipeline import codebook
from pipeline.engines import Words
from pipeline.errors import InputError
from pipeline.fold import fold


class UserWord(codebook.Entry):
    """A word that must stay whole, with its part-of-speech tag (ICTCLAS set, as jieba uses it)."""

    word: str
    tag: str = "n"


class Jieba:
    """A segmenter over jieba's dictionary; numbers and letters are read half-width, and cut as published.

    Each word met is given a number, by which its length, its tag and itself are looked up for all words of many texts at
    once. So each is also held once, however often it stands there: a quarter of what the table takes in memory.
    """

    def __init__(self):
        self._jieba = _dictionary()
        self._numbers: dict[str, int] = defaultdict(count().__next__)
        self._words = self._tags = np.empty(0, object)
        self._lengths = np.empty(0, np.int64)
        self._published: dict[str, str] = {}  # words that folding changes, as texts write them

    def segment(self, texts: list[str]) -> list[Words]:
        """Return the words of each text; all are cut as one, with a seam between two that is a word of its own.

        >>> open().segment(["落实三项制度。"])[0].words
        ['落实', '三项制度', '。']
        """
        published = _SEAM.join(texts)
        folded = fold(published)
        cut = self._jieba.cut(folded)
        numbers = np.fromiter(map(self._numbers.__getitem__, cut), np.int32, len(cut))
        self._learn(numbers, folded)
        lengths = self._lengths[numbers]
        ends = np.cumsum(lengths)
        begins = [at + number for number, at in enumerate(accumulate(map(len, texts[:-1]), initial=0))]
        first = np.searchsorted(ends, begins, "right")
        behind = np.append(first[1:] - 1, len(cut))[: len(texts)]
        starts = ends - lengths - np.repeat(begins, np.diff(first, append=len(cut)))
        words = self._as_published(numbers, ends, published, folded)
        columns = words.tolist(), starts, self._tags[numbers].tolist()
        spans = list(map(slice, first.tolist(), behind.tolist()))
        told = zip(*(map(column.__getitem__, spans) for column in columns), *_UNTOLD, strict=False)
        return list(map(partial(tuple.__new__, Words), told))

    def _learn(self, numbers: np.ndarray, folded: str) -> None:
        """Note length and tag of each word never met before."""
        known, words = len(self._words), list(self._numbers)
        if len(words) > known:
            self._words = np.array(words, object)
            self._lengths = np.fromiter(map(len, words), np.int64, len(words))
            tags = self._tags_of(range(known, len(words)), numbers, folded)
            self._tags = np.append(self._tags, np.array(list(map(sys.intern, tags)), object))

    def _tags_of(self, new: range, numbers: np.ndarray, folded: str) -> list[str]:
        """Return the tags of words; one that jieba cuts up when it stands alone is tagged within its text."""
        tags: dict[str, str] = {}
        for number in new:
            word = self._words[number]
            told = self._jieba.tag(word)
            if len(told) > 1 and word not in tags:
                at = int(self._lengths[numbers[: np.argmax(numbers == number)]].sum())
                told = self._jieba.tag(_around(folded, at))
            tags.update(told)
        return [tags[self._words[number]] for number in new]

    def _as_published(self, numbers: np.ndarray, ends: np.ndarray, published: str, folded: str) -> np.ndarray:
        """Return the words in the text's own characters where folding has changed them, each word held once."""
        words = self._words[numbers]
        changed = np.unique(np.searchsorted(ends, _differences(published, folded), "right"))
        spans = map(slice, (ends - self._lengths[numbers])[changed].tolist(), ends[changed].tolist())
        own = list(map(published.__getitem__, spans))
        words[changed] = list(map(self._published.setdefault, own, own))
        return words


# No word holds it: jieba cuts at every character that is no letter, digit or part of a number.
_SEAM = "\0"
# What jieba does not tell: heads, relations, entities, roles.
_UNTOLD = [repeat([])] * 4


def _around(texts: str, at: int) -> str:
    """Return the one of the joined texts in which the place `at` lies."""
    end = texts.find(_SEAM, at)
    return texts[texts.rfind(_SEAM, 0, at) + 1 : end if end >= 0 else None]


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
    return Jieba()


@cache
def _dictionary():
    """Return rjieba's own dictionary with the codebook's words added; to load another would take as long as 3,000 sentences."""
    for entry in codebook.load("words", UserWord):
        rjieba.add_word(entry.word, max(_FREQUENT, rjieba.suggest_freq(entry.word)), entry.tag)
    return rjieba
