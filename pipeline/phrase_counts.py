"""phrase_counts: one row per report and pair of neighbouring content words, how often the pair stands in the report."""

from collections import Counter
from itertools import pairwise

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
            words = zip(row.words, row.starts, row.tags, strict=True)
            pairs.update(_pairs(words))
    return pairs


def _pairs(words: list[tuple[str, int, str]]):
    for (first, start, tag), (second, next_start, next_tag) in pairwise(words):
        if start + len(first) == next_start and _tells(first, tag) and _tells(second, next_tag):
            yield first, second


def _tells(word: str, tag: str) -> bool:
    return len(word) >= SHORTEST_WORD and tag.startswith(CONTENT_TAGS) and not tag.startswith(NAME_TAGS)


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
