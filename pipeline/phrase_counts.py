"""phrase_counts: one row per report and pair of neighbouring content words, how often the pair stands in the report."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pandas as pd

from pipeline.tables import by_report
from pipeline.word_counts import COUNTED_ROLES

COLUMNS = {
    "sentences": ["sentence_id", "report_id", "role"],
    "tokens": ["sentence_id", "report_id", "words", "starts", "tags"],
}
# Nouns, verbs, adjectives, set phrases and abbreviations carry content (ICTCLAS set); names of persons and places do not.
CONTENT_TAGS = ("n", "v", "a", "j", "l", "i", "b")
NAME_TAGS = ("nr", "ns", "nt")
SHORTEST_WORD = 2


def build(sentences: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Count each report's pairs of content words that follow each other with nothing between them."""
    counted = set(sentences["sentence_id"][sentences["role"].isin(COUNTED_ROLES)])
    rows = [
        (report_id, first, second, n)
        for report_id, sentence_rows in by_report(tokens)
        for (first, second), n in sorted(_count(sentence_rows, counted).items())
    ]
    return pd.DataFrame(rows, columns=["report_id", "first", "second", "n"])


def _count(sentence_rows: list, counted: set[str]) -> Counter:
    pairs: Counter = Counter()
    for row in sentence_rows:
        if row.sentence_id in counted:
            pairs.update(_pairs(row.words, row.starts, row.tags))
    return pairs


def _pairs(words: list[str], starts: list[int], tags: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each pair of content words of a sentence that touch."""
    before, end = "", -1
    for word, start, tag in zip(words, starts, tags, strict=True):
        if len(word) >= SHORTEST_WORD and _carries_content(tag):
            if start == end:
                yield before, word
            before, end = word, start + len(word)


@cache
def _carries_content(tag: str) -> bool:
    return tag.startswith(CONTENT_TAGS) and not tag.startswith(NAME_TAGS)


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
