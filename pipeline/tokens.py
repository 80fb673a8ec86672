"""tokens: one row per sentence, its words as the chosen engine cuts them, with offsets into the report's text."""

import pandas as pd

from pipeline import engines
from pipeline.engines import Words

COLUMNS = {"sentences": ["sentence_id", "report_id", "start", "text"]}


def build(sentences: pd.DataFrame, *, engine: str, model: str = "") -> pd.DataFrame:
    """Cut every sentence into words; `starts`, `entities` and `roles` count characters of `texts.text`."""
    opened = engines.get(engine, model)
    texts, offsets = sentences["text"].tolist(), sentences["start"].tolist()
    made = []
    for first in range(0, len(texts), _AT_ONCE):
        cut = opened.segment(texts[first : first + _AT_ONCE])
        made += [_row(words, offset) for words, offset in zip(cut, offsets[first:], strict=False)]
    frame = pd.DataFrame(made, columns=["words", "starts", "tags", "heads", "relations", "entities", "roles"])
    frame.insert(0, "sentence_id", sentences["sentence_id"].to_numpy())
    frame.insert(1, "report_id", sentences["report_id"].to_numpy())
    return frame


_AT_ONCE = 5000  # sentences; what an engine says of them takes as much room as the table itself


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
