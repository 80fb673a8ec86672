"""tokens: one row per sentence, its words as the chosen engine cuts them, with offsets into the report's text."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import pandas as pd

from pipeline import engines
from pipeline.engines import Entity, Role, Words

COLUMNS = {"sentences": ["sentence_id", "report_id", "start", "text"]}


def build(sentences: pd.DataFrame, *, engine: str, model: str = "") -> pd.DataFrame:
    """Cut every sentence into words; `starts`, `entities` and `roles` count characters of `texts.text`."""
    opened = engines.get(engine, model)
    texts, offsets = sentences["text"].tolist(), sentences["start"].tolist()
    made: list[Words] = []
    for first in range(0, len(texts), _AT_ONCE):
        made += opened.segment(texts[first : first + _AT_ONCE])
    words, starts, tags, heads, relations, entities, roles = zip(*made, strict=True) if made else [()] * 7
    return pd.DataFrame(
        {
            "sentence_id": sentences["sentence_id"].array,
            "report_id": sentences["report_id"].array,
            "words": words,
            "starts": _moved(starts, offsets),
            "tags": tags,
            "heads": heads,
            "relations": relations,
            "entities": [_entities(*e) if e[0] else [] for e in zip(entities, offsets, strict=True)],
            "roles": [_roles(*r) if r[0] else [] for r in zip(roles, offsets, strict=True)],
        }
    )


_AT_ONCE = 5000  # sentences; what an engine says of them takes as much room as the table itself


def _moved(starts: Sequence[Sequence[int]], offsets: list[int]) -> list[np.ndarray]:
    """Add to the starts of each sentence its offset, for all sentences at once."""
    lengths = list(map(len, starts))
    moved = np.repeat(np.array(offsets, np.int64), lengths)
    if len(moved):  # numpy takes a list without a number for one of floats
        moved += np.concatenate(starts, dtype=np.int64, casting="unsafe")
    ends = list(accumulate(lengths))
    return list(map(moved.__getitem__, map(slice, [0, *ends], ends)))


def _entities(entities: list[Entity], offset: int) -> list[str]:
    return [f"{offset + e.start}:{offset + e.end}:{e.label}" for e in entities]


def _roles(roles: list[Role], offset: int) -> list[str]:
    return [
        f"{offset + r.verb_start}:{offset + r.verb_end}:{r.label}:{offset + r.start}:{offset + r.end}"
        for r in roles
    ]


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
