"""Cut sentences into words: every engine behind one interface, chosen by name and never swapped in silence.

An engine module has `open(model) -> Engine`. An engine answers `segment(texts)` with one `Words` per text, whose words,
joined, are the text to the character. What an engine cannot tell (entities, heads, roles) stays empty, and the rules stand in.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, Protocol


class Role(NamedTuple):
    """One argument of a verb (PropBank labels: ARG0 who, ARG1 what, ARGM-TMP when): character spans in the text."""

    verb_start: int
    verb_end: int
    label: str
    start: int
    end: int


class Entity(NamedTuple):
    """A name in the text: its characters and what it names, as the model labels it."""

    start: int
    end: int
    label: str


class Words(NamedTuple):
    """The words of one text, where each starts (0-based, in that text), and what the engine knows of them.

    `heads` gives for each word the index of the word it depends on (itself for a root), `relations` how; both are empty where the
    engine parses nothing.
    """

    words: list[str]
    starts: Sequence[int]
    tags: list[str]
    heads: list[int] = []
    relations: list[str] = []
    entities: list[Entity] = []
    roles: list[Role] = []


class Engine(Protocol):
    """What every engine can do."""

    def segment(self, texts: list[str]) -> list[Words]:
        """Cut each text into words."""


def get(name: str, model: str = "") -> Engine:
    """Open the engine `name` (`jieba` or `hanlp`); raises InputError with the way out where it cannot work."""
    return import_module(f"pipeline.engines.{name}").open(model)


def check(name: str, model: str) -> None:
    """Raise InputError where the engine could not start, before any work is done; loads nothing heavy."""
    import_module(f"pipeline.engines.{name}").check(model)
