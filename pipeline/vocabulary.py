"""Number the words of a corpus as they come, so that what is counted of them are whole numbers and not strings."""

import re

import numpy as np
import pandas as pd

from pipeline.word_counts import HAN

_HAN = re.compile(HAN)


class Vocabulary:
    """The words that reports are compared by, each with its number; all others are -1."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.words: list[str] = []

    def __len__(self) -> int:
        return len(self.words)

    def numbers(self, column: pd.Series) -> np.ndarray:
        """Return the number of each word of a column; a word not met before gets the next one."""
        places, words = pd.factorize(column)
        return np.array([self._number(word) for word in words], dtype=np.int64)[places]

    def _number(self, word: str) -> int:
        if word not in self._numbers:
            told = _HAN.match(word) is not None
            self._numbers[word] = len(self.words) if told else -1
            self.words += [word] if told else []
        return self._numbers[word]


def add(total: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Return the sum of two arrays of counts, the shorter taken to go on with noughts.

    >>> add(np.array([1, 2]), np.array([1, 1, 5])).tolist()
    [2, 3, 5]
    """
    long, short = (total, found) if len(total) >= len(found) else (found, total)
    long = long.copy()
    long[: len(short)] += short
    return long
