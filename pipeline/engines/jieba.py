"""Cut words with rjieba: jieba's dictionary and cuts in Rust, built in, with the codebook's words kept whole."""

import rjieba

from pipeline import codebook
from pipeline.engines import Words, anchored
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
        """Return the words of each text.

        >>> open().segment(["落实三项制度。"])[0].words
        ['落实', '三项制度', '。']
        """
        return [self._one(text, folded) for text, folded in zip(texts, fold_all(texts), strict=True)]

    def _one(self, text: str, folded: str) -> Words:
        words = self._jieba.cut(folded)
        tags = list(map(self._tags.get, words))
        if None in tags:
            self._tags.update(self._jieba.tag(folded))
            tags = list(map(self._tags.get, words))
        cut = anchored(text, words, tags)
        return cut._replace(words=list(map(self._met.setdefault, cut.words, cut.words)))


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
