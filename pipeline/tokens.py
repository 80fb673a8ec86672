"""tokens: one row per sentence, its words as the chosen engine cuts them, with offsets into the report's text."""

import numpy as np
import pandas as pd

from pipeline import engines
from pipeline.engines import Words

COLUMNS = {"sentences": ["sentence_id", "report_id", "start", "text"]}


def build(sentences: pd.DataFrame, *, engine: str, model: str = "") -> pd.DataFrame:
    """Cut every sentence into words; `starts`, `entities` and `roles` count characters of `texts.text`."""
    opened = engines.get(engine, model)
    texts, offsets = sentences["text"].tolist(), sentences["start"].tolist()
    made: list[Words] = []
    for first in range(0, len(texts), _AT_ONCE):
        made += opened.segment(texts[first : first + _AT_ONCE])
    return pd.DataFrame(
        {
            "sentence_id": sentences["sentence_id"].to_numpy(),
            "report_id": sentences["report_id"].to_numpy(),
            "words": [cut.words for cut in made],
            "starts": [
                np.add(cut.starts, offset, dtype=np.int64) for cut, offset in zip(made, offsets, strict=True)
            ],
            "tags": [cut.tags for cut in made],
            "heads": [cut.heads for cut in made],
            "relations": [cut.relations for cut in made],
            "entities": [_entities(*each) for each in zip(made, offsets, strict=True)],
            "roles": [_roles(*each) for each in zip(made, offsets, strict=True)],
        }
    )


_AT_ONCE = 5000  # sentences; what an engine says of them takes as much room as the table itself


def _entities(cut: Words, offset: int) -> list[str]:
    return [f"{offset + e.start}:{offset + e.end}:{e.label}" for e in cut.entities]


def _roles(cut: Words, offset: int) -> list[str]:
    return [
        f"{offset + r.verb_start}:{offset + r.verb_end}:{r.label}:{offset + r.start}:{offset + r.end}"
        for r in cut.roles
    ]


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
