"""Make of tables of words what a small HanLP model learns from: short sentences, and files in the forms HanLP reads."""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from pipeline import tables
from pipeline.engines import Entity, Words
from pipeline.errors import InputError
from pipeline.fold import fold

LONGEST = 100  # characters of a sentence to learn from
_COLUMNS = ["words", "starts", "tags", "heads", "relations", "entities"]
_ENDS = "。！？；;!?"


class Lesson(NamedTuple):
    """A short sentence: words, tags, names as (first word, word behind the last, label); and who hangs on whom.

    `heads` counts words from 1, and 0 is the root's; it is empty where nothing is parsed.
    """

    words: tuple[str, ...]
    tags: tuple[str, ...]
    names: tuple[tuple[int, int, str], ...] = ()
    heads: tuple[int, ...] = ()
    relations: tuple[str, ...] = ()


def read(folder: Path) -> list[Lesson]:
    """Return the sentences of a tokens table, each once, in pieces short enough to learn from."""
    paths = sorted(folder.glob("*.parquet"))
    if not paths:
        raise InputError([f"{folder}: no tokens table to learn from (make run makes one)"])
    rows = tables.read(paths, _COLUMNS)
    return lessons(map(_words, rows.itertuples(index=False)))


def _words(row) -> Words:
    parts = (entity.split(":", 2) for entity in row.entities)
    entities = [Entity(int(start), int(end), label) for start, end, label in parts]
    return Words(row.words, row.starts, row.tags, row.heads, row.relations, entities)


def lessons(cut: Iterable[Words]) -> list[Lesson]:
    """Drop blanks, cut at marks, and keep each piece once.

    >>> lessons([Words(["推进", " ", "普法", "。"], [0, 2, 3, 5], ["v", "x", "vn", "x"])] * 2)
    [Lesson(words=('推进', '普法', '。'), tags=('v', 'vn', 'x'), names=(), heads=(), relations=())]
    """
    return list(dict.fromkeys(_lesson(words, place) for words in cut for place in _places(words.words)))


def _places(words: list[str]) -> Iterator[list[int]]:
    """Yield the numbers of the words of each piece: it ends behind a mark, or before it grows too long."""
    place, length = [], 0
    for at, word in enumerate(words):
        if word.isspace() or len(word) > LONGEST:
            continue
        if length + len(word) > LONGEST:
            yield place
            place, length = [], 0
        place.append(at)
        length += len(word)
        if word in _ENDS:
            yield place
            place, length = [], 0
    if place:
        yield place


def _lesson(cut: Words, place: list[int]) -> Lesson:
    number = {at: i for i, at in enumerate(place, 1)}
    begins = {cut.starts[at]: i for i, at in enumerate(place)}
    ends = {cut.starts[at] + len(cut.words[at]): i for i, at in enumerate(place, 1)}
    parsed = place if len(cut.heads) else ()
    return Lesson(
        tuple(fold(cut.words[at]).replace(" ", "") for at in place),
        tuple(cut.tags[at] for at in place),
        tuple(
            (begins[e.start], ends[e.end], e.label)
            for e in cut.entities
            if e.start in begins and e.end in ends
        ),
        tuple(0 if cut.heads[at] == at else number.get(cut.heads[at], 0) for at in parsed),
        tuple(cut.relations[at] or "dep" for at in parsed),
    )


def words(lesson: Lesson) -> Words:
    """Return a lesson as an engine would answer it, so that the two can be compared."""
    starts = [0, *accumulate(map(len, lesson.words))]
    entities = [Entity(starts[first], starts[last], label) for first, last, label in lesson.names]
    heads = [head - 1 if head else at for at, head in enumerate(lesson.heads)]
    return Words(list(lesson.words), starts[:-1], list(lesson.tags), heads, list(lesson.relations), entities)


def write(path: Path, learnt: list[Lesson]) -> None:
    """Write `.txt` (words in a line), `.pos.tsv` and `.ner.tsv` (word and tag in columns) and `.dep.conllx` (who hangs on whom)."""
    _blocks(path, ".txt", (" ".join(lesson.words) + "\n" for lesson in learnt), "")
    _blocks(path, ".pos.tsv", (_columns(lesson.words, lesson.tags) for lesson in learnt))
    _blocks(path, ".ner.tsv", (_columns(lesson.words, _marks(lesson)) for lesson in learnt))
    _blocks(path, ".dep.conllx", (_parse(lesson) for lesson in learnt if lesson.heads))


def _blocks(path: Path, suffix: str, blocks: Iterable[str], between: str = "\n") -> None:
    path.with_name(path.name + suffix).write_text(between.join(blocks), encoding="utf-8")


def _columns(*columns: Iterable) -> str:
    return "".join("\t".join(map(str, row)) + "\n" for row in zip(*columns, strict=True))


def _marks(lesson: Lesson) -> list[str]:
    """Mark the words of names: B, M and E where one begins, goes on and ends, S where it is one word, O elsewhere."""
    marks = ["O"] * len(lesson.words)
    for first, last, label in lesson.names:
        marks[first:last] = [f"M-{label}"] * (last - first)
        marks[first], marks[last - 1] = f"B-{label}", f"E-{label}"
        if last - first == 1:
            marks[first] = f"S-{label}"
    return marks


def _parse(lesson: Lesson) -> str:
    count = len(lesson.words)
    blank = ["_"] * count
    tags, places = lesson.tags, range(1, count + 1)
    return _columns(
        places, lesson.words, blank, tags, tags, blank, lesson.heads, lesson.relations, blank, blank
    )
