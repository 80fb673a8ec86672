"""hanlp_documents: one JSON file per batch, each report in it a HanLP `Document` of its sentences.

A file is an object of report ids; `hanlp_common.document.Document(**content["dongli"])` holds one report. Beside HanLP's
keys (tok, pos, and ner, dep and srl where the engine tells them) it has, sentence by sentence, ours: `sentence_id`,
`role`, `spans` (where each token stands in texts.text), `metrics` and `measure`. Blanks are no tokens here.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import add

import pandas as pd
from hanlp_common.document import Document

from pipeline.library import Library
from pipeline.tables import by_report

METRIC = (
    "metric_id",
    "start",
    "end",
    "value",
    "value_max",
    "unit",
    "bound",
    "status",
    "indicator",
    "code",
    "period",
)
MEASURE = ("measure_id", "is_measure", "status", "themes", "actor", "action", "object")
COLUMNS = {
    "sentences": ["report_id", "sentence_id", "role"],
    "tokens": None,
    "metrics": ["report_id", "sentence_id", *METRIC],
    "measures": ["report_id", "sentence_id", *MEASURE],
}
PREDICATE = "PRED"


def build(library: Library, *, batch: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the file of one batch, report by report."""
    yield f"hanlp/{batch}.json", _chunks(*(library.read(name, columns) for name, columns in COLUMNS.items()))


def _chunks(sentences: pd.DataFrame, tokens: pd.DataFrame, metrics: pd.DataFrame, measures: pd.DataFrame):
    opening = b"{\n"
    for report_id, *rows in by_report(sentences, tokens, metrics, measures):
        written = json.dumps(document(*rows), ensure_ascii=False, separators=(",", ":"))
        yield opening + f"{json.dumps(report_id, ensure_ascii=False)}: {written}".encode()
        opening = b",\n"
    yield b"\n}\n" if opening != b"{\n" else b"{}\n"


def document(sentences: list, tokens: list, metrics: list, measures: list) -> Document:
    """Return one report as a Document, from its rows in the four tables."""
    cut = {row.sentence_id: row for row in tokens}
    stated: dict[str, list] = {}
    for row in metrics:
        stated.setdefault(row.sentence_id, []).append(_fields(row, METRIC))
    judged = {row.sentence_id: _fields(row, MEASURE) for row in measures}
    made = [_annotated(cut[row.sentence_id]) for row in sentences]
    keys = [
        "tok",
        "pos",
        "spans",
        *(key for key in ("ner", "dep", "srl") if any(key in each for each in made)),
    ]
    return Document(
        **{key: [each.get(key, []) for each in made] for key in keys},
        sentence_id=[row.sentence_id for row in sentences],
        role=[row.role for row in sentences],
        metrics=[stated.get(row.sentence_id, []) for row in sentences],
        measure=[judged.get(row.sentence_id) for row in sentences],
    )


def _annotated(row) -> dict[str, list]:
    """Return what HanLP would say of a sentence: tokens without blanks, and all else by their numbers."""
    words, starts, tags = list(row.words), _plain(row.starts), list(row.tags)
    kept = [at for at, word in enumerate(words) if not word.isspace()]
    if len(kept) < len(words):
        words, starts, tags = ([column[at] for at in kept] for column in (words, starts, tags))
    spans = list(zip(starts, map(add, starts, map(len, words)), strict=True))
    made = {"tok": words, "pos": tags, "spans": spans}
    if len(row.heads):
        made["dep"] = _parse(row, kept)
    if len(row.entities):
        made["ner"] = [_named(spans, made["tok"], *_entity(entity)) for entity in row.entities]
    if len(row.roles):
        made["srl"] = _frames(spans, made["tok"], row.roles)
    return made


def _parse(row, kept: list[int]) -> list[tuple[int, str]]:
    number = {at: place for place, at in enumerate(kept, 1)}
    return [
        (0 if row.heads[at] == at else number.get(int(row.heads[at]), 0), row.relations[at]) for at in kept
    ]


def _entity(entity: str) -> tuple[str, int, int]:
    start, end, label = entity.split(":", 2)
    return label, int(start), int(end)


def _named(spans: list, words: list[str], label: str, start: int, end: int) -> tuple[str, str, int, int]:
    """Return (words, label, first token, token behind the last), as HanLP names spans."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    last = bisect_left(spans, end, key=lambda span: span[0])
    return "".join(words[first:last]), label, first, last


def _frames(spans: list, words: list[str], roles) -> list[list]:
    frames: dict[tuple[int, int], list] = {}
    for role in roles:
        verb, verb_end, label, start, end = role.split(":")
        at = (int(verb), int(verb_end))
        frame = frames.setdefault(at, [_named(spans, words, PREDICATE, *at)])
        frame.append(_named(spans, words, label, int(start), int(end)))
    return [sorted(frame, key=lambda argument: argument[2]) for frame in frames.values()]


def _fields(row, names: tuple[str, ...]) -> dict:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value):
    """Return a cell as JSON writes it: lists as lists, what is missing as null."""
    if isinstance(value, str | list | bool):
        return value
    if hasattr(value, "tolist"):
        return value.tolist()
    return None if pd.isna(value) else value


if "snakemake" in globals():
    from pipeline import stage

    stage.publish(build, snakemake)  # noqa: F821
