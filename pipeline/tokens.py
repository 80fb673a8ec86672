"""tokens: one row per sentence, its words as the chosen engine cuts them, with offsets into the report's text."""

import pandas as pd

from pipeline import engines

COLUMNS = {"sentences": ["sentence_id", "report_id", "start", "text"]}


def build(sentences: pd.DataFrame, *, engine: str) -> pd.DataFrame:
    """Cut every sentence into words; `starts` count characters of `texts.text`."""
    cut = engines.get(engine).segment(sentences["text"].tolist())
    offsets = sentences["start"].tolist()
    return pd.DataFrame(
        {
            "sentence_id": sentences["sentence_id"],
            "report_id": sentences["report_id"],
            "words": [words.words for words in cut],
            "starts": [
                [offset + at for at in words.starts] for offset, words in zip(offsets, cut, strict=True)
            ],
            "tags": [words.tags for words in cut],
        }
    )


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
