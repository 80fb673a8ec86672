"""Put many sentences into one text, so that a pattern is looked for once in all of them."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np

# Closes each sentence. No pattern crosses it.
END = "\0"


class Lines:
    """Folded sentences in one text, each closed by `END`; a place is a number of characters from the start of that text.

    `begins` holds where each sentence begins, and last the end of the text. `each` holds the sentences themselves.
    """

    def __init__(self, each: Sequence[str]):
        self.each = each
        self.text = END.join([*each, ""])
        if self.text.count(END) > len(each):  # a NUL of the text's own, as a damaged PDF may hold
            self.text = "".join([sentence.replace(END, "\ufffd") + END for sentence in each])
        self.begins = np.array([0, *accumulate(len(sentence) + 1 for sentence in each)], int)

    def of(self, places: np.ndarray) -> np.ndarray:
        """Return the number of the sentence that each place is in."""
        return np.searchsorted(self.begins, places, side="right") - 1

    def runs(self, numbers: np.ndarray) -> list[tuple[int, int]]:
        """Return for each sentence from where to where it stands in `numbers`, which are sorted."""
        bounds = np.searchsorted(numbers, np.arange(len(self.each) + 1)).tolist()
        return list(pairwise(bounds))


# How many codes of characters there are.
CODES = 0x110000


def codes(text: str) -> np.ndarray:
    """Return the code of each character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def marks(characters: str) -> np.ndarray:
    """Return a table that has True at the code of each character given: `marks("。")[codes(text)]`."""
    table = np.zeros(CODES, bool)
    table[list(map(ord, characters))] = True
    return table


def firsts(ordered: np.ndarray) -> np.ndarray:
    """Tell of each number in a sorted array, none below 0, whether it stands there for the first time."""
    return np.diff(ordered, prepend=-1) > 0


def distinct(numbers: np.ndarray) -> np.ndarray:
    """Return the different numbers, none below 0, sorted: a tenth of the time of `np.unique`."""
    ordered = np.sort(numbers)
    return ordered[firsts(ordered)]


def places(pattern: re.Pattern, text: str) -> np.ndarray:
    """Return where a pattern is found."""
    return np.array([found.start() for found in pattern.finditer(text)], int)
