"""tokens: one row per sentence, its words as the chosen engine cuts them, with offsets into the report's text."""

import pandas as pd

from pipeline import engines
from pipeline.engines import Words

COLUMNS = {"sentences": ["sentence_id", "report_id", "start", "text"]}


def build(sentences: pd.DataFrame, *, engine: str, model: str = "") -> pd.DataFrame:
    """Cut every sentence into words; `starts`, `entities` and `roles` count characters of `texts.text`."""
    cut = engines.get(engine, model).segment(sentences["text"].tolist())
    offsets = sentences["start"].tolist()
    made = [_row(words, offset) for words, offset in zip(cut, offsets, strict=True)]
    frame = pd.DataFrame(made, columns=["words", "starts", "tags", "heads", "relations", "entities", "roles"])
    frame.insert(0, "sentence_id", sentences["sentence_id"].to_numpy())
    frame.insert(1, "report_id", sentences["report_id"].to_numpy())
    return frame


def _row(words: Words, offset: int) -> tuple:
    starts = [offset + at for at in words.starts]
    entities = [f"{offset + e.start}:{offset + e.end}:{e.label}" for e in words.entities]
    roles = [
        f"{offset + r.verb_start}:{offset + r.verb_end}:{r.label}:{offset + r.start}:{offset + r.end}"
        for r in words.roles
    ]
    return words.words, starts, words.tags, words.heads, words.relations, entities, roles


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
