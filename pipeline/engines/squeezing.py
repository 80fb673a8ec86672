"""Hand a text to a model without its white space and in pieces it can hold, and find each of its characters again."""

import re
from typing import NamedTuple

_KEPT = re.compile(r"(?<=[!-~])\s+(?=[!-~])")  # between Latin words a space parts two words
_CUT_AFTER = "。！？；，、!?;,"


class Piece(NamedTuple):
    """A run of a text for the model: its characters, and for each where it stands in the text."""

    of: int
    text: str
    places: list[int]


def pieces(texts: list[str], longest: int) -> list[Piece]:
    """Cut every text into pieces of at most `longest` characters, without white space, after a mark where there is one."""
    made = []
    for number, text in enumerate(texts):
        squeezed, places = squeeze(text)
        start = 0
        while start < len(squeezed):
            end = _end(squeezed, start, longest)
            made.append(Piece(number, squeezed[start:end], places[start:end]))
            start = end
    return made


def squeeze(text: str) -> tuple[str, list[int]]:
    """Return the text without white space (one space kept between Latin words) and each character's place.

    >>> squeeze("档案管理制\\n度 open data")
    ('档案管理制度open data', [0, 1, 2, 3, 4, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16])
    """
    kept = {found.start() for found in _KEPT.finditer(text)}
    places = [i for i, c in enumerate(text) if not c.isspace() or i in kept]
    return "".join(" " if text[i].isspace() else text[i] for i in places), places


def _end(text: str, start: int, longest: int) -> int:
    if len(text) - start <= longest:
        return len(text)
    last = max(text.rfind(mark, start + longest // 2, start + longest) for mark in _CUT_AFTER)
    return last + 1 if last > 0 else start + longest


def spans(piece: Piece, words: list[str]) -> list[tuple[int, int]]:
    """Return where each of the model's words stands in the text.

    A model may write a character otherwise (lower case, half-width), so words are laid along the text by their length;
    raises ValueError where they do not fill it.
    """
    places = [place for place, character in zip(piece.places, piece.text, strict=True) if character != " "]
    lengths = [len(word.replace(" ", "")) for word in words]
    if sum(lengths) != len(places) or not all(lengths):
        raise ValueError(f"the model's words {' '.join(words)[:60]!r} are not the text {piece.text[:60]!r}")
    found, at = [], 0
    for length in lengths:
        found.append((places[at], places[at + length - 1] + 1))
        at += length
    return found
