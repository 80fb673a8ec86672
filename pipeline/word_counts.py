"""word_counts: one row per report and word, how often the word stands in the report's body and headings."""

from collections import Counter

import pandas as pd

from pipeline.tables import by_report

COLUMNS = {"sentences": ["sentence_id", "report_id", "role"], "tokens": ["sentence_id", "report_id", "words"]}
# Lists of responsible units would drown what the report says, were their words counted.
COUNTED_ROLES = ("body", "heading")
# What is compared between reports: two Han characters or more, and no list number such as 一是.
HAN = r"^(?![一二三四五六七八九十]+是$)[\u3400-\u9fff]{2,}$"


def build(sentences: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Count the words of each report; furniture, captions, signatures and lists of units are left out, and so are blanks."""
    counted = set(sentences["sentence_id"][sentences["role"].isin(COUNTED_ROLES)])
    rows = [
        (report_id, word, n)
        for report_id, sentence_rows in by_report(tokens)
        for word, n in sorted(_count(sentence_rows, counted).items())
    ]
    return pd.DataFrame(rows, columns=["report_id", "word", "n"])


def _count(sentence_rows: list, counted: set[str]) -> Counter:
    counts: Counter = Counter()
    for row in sentence_rows:
        if row.sentence_id in counted:
            counts.update(row.words)
    for blank in [word for word in counts if word.isspace()]:
        del counts[blank]
    return counts


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
