"""Cut sentences into words: every engine behind one interface, chosen by name and never swapped in silence.

An engine module has `open(**settings) -> Engine`. An engine answers `segment(texts)` with one `Words` per text, whose
words, joined, are the text to the character.
"""

from importlib import import_module
from typing import NamedTuple, Protocol


class Words(NamedTuple):
    """The words of one text, where each starts (0-based, in that text), and their part-of-speech tags."""

    words: list[str]
    starts: list[int]
    tags: list[str]


class Engine(Protocol):
    """What every engine can do."""

    def segment(self, texts: list[str]) -> list[Words]:
        """Cut each text into words."""


def get(name: str, **settings) -> Engine:
    """Open the engine `name` (`jieba` or `hanlp`); raises InputError with the way out where it cannot work."""
    return import_module(f"pipeline.engines.{name}").open(**settings)


def anchored(text: str, words: list[str], tags: list[str]) -> Words:
    """Return `Words` for consecutive pieces of `text`, each word being the text's own slice (never a folded one)."""
    starts, pieces, at = [], [], 0
    for word in words:
        starts.append(at)
        pieces.append(text[at : at + len(word)])
        at += len(word)
    return Words(pieces, starts, tags)
