"""word_counts: one row per report and word, how often the word stands in the report's body and headings."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, count

import numpy as np
import pandas as pd

COLUMNS = {"sentences": ["sentence_id", "report_id", "role"], "tokens": ["sentence_id", "report_id", "words"]}
# Lists of responsible units would drown what the report says, were their words counted.
COUNTED_ROLES = ("body", "heading")
# What is compared between reports: two Han characters or more, and no list number such as 一是.
HAN = r"^(?![一二三四五六七八九十]+是$)[\u3400-\u9fff]{2,}$"


def build(sentences: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Count the words of each report; furniture, captions, signatures and lists of units are left out, and so are blanks."""
    rows = counted(sentences, tokens)
    cut = tokens["words"].to_numpy()[rows]
    words, numbers = numbered(chain.from_iterable(cut))
    reports, names = pd.factorize(tokens["report_id"])
    of_report = np.repeat(reports[rows], list(map(len, cut)))
    told = ~np.array([word.isspace() for word in words], bool)[numbers]
    (report, word), n = tally(len(words), of_report[told], numbers[told])
    return pd.DataFrame({"report_id": names.take(report), "word": words[word], "n": n})


def counted(sentences: pd.DataFrame, tokens: pd.DataFrame) -> np.ndarray:
    """Return the rows of `tokens` that hold a sentence whose words count."""
    ids = set(sentences["sentence_id"][sentences["role"].isin(COUNTED_ROLES)].tolist())
    held = map(ids.__contains__, tokens["sentence_id"].tolist())  # isin of pandas takes twenty times as long
    return np.flatnonzero(np.fromiter(held, bool, len(tokens)))


def numbered(words: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return each word once, sorted, and for each of the words given its number among those.

    >>> known, numbers = numbered(["依法", "行政", "依法"])
    >>> known.tolist(), numbers.tolist()
    (['依法', '行政'], [0, 1, 0])
    """
    met: dict[str, int] = defaultdict(count().__next__)
    numbers = np.fromiter(map(met.__getitem__, words), np.int32)
    known = sorted(met)
    places = np.empty(len(known), np.int32)
    places[list(map(met.__getitem__, known))] = np.arange(len(known))
    return np.array(known, object), places[numbers]


def tally(size: int, *columns: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
    """Return the rows of numbers that occur, column by column and sorted, and how often each does.

    All columns but the first hold numbers below `size`.

    >>> (report, word), n = tally(9, np.array([1, 0, 1]), np.array([5, 7, 5]))
    >>> report.tolist(), word.tolist(), n.tolist()
    ([0, 1], [7, 5], [1, 2])
    """
    keys = columns[0].astype(np.int64)
    for column in columns[1:]:
        keys = keys * size + column
    rest, n = np.unique(keys, return_counts=True)
    found = []
    for _ in columns[1:]:
        rest, last = np.divmod(rest, size)
        found.insert(0, last)
    return [rest, *found], n


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
