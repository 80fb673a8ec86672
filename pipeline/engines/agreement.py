"""Say how far two ways of cutting the same texts into words agree."""

from collections.abc import Iterable
from itertools import accumulate


def boundaries(first: Iterable[list[str]], second: Iterable[list[str]]) -> float:
    """Return F1 of the boundaries inside the texts, each text given as its words: 1 where all are the same.

    >>> boundaries([["法治", "政府", "建设"]], [["法治政府", "建设"]])
    0.6666666666666666
    """
    shared = one = other = 0
    for left, right in zip(first, second, strict=True):
        a, b = _inner(left), _inner(right)
        shared, one, other = shared + len(a & b), one + len(a), other + len(b)
    return 2 * shared / (one + other) if one + other else 1.0


def names(first: Iterable[list], second: Iterable[list]) -> float:
    """Return F1 of the names in the texts, each text given as its names.

    >>> names([[(0, 4, "ORG")], [(2, 4, "PER")]], [[(0, 4, "ORG")], []])
    0.6666666666666666
    """
    shared = one = other = 0
    for left, right in zip(first, second, strict=True):
        shared, one, other = shared + len(set(left) & set(right)), one + len(left), other + len(right)
    return 2 * shared / (one + other) if one + other else 1.0


def tags(
    first: Iterable[tuple[list[str], list[str]]], second: Iterable[tuple[list[str], list[str]]]
) -> float:
    """Return the share of the words cut alike that are also tagged alike, each text given as words and tags.

    >>> tags([(["推进", "普法"], ["v", "vn"])], [(["推进", "普法"], ["v", "n"])])
    0.5
    """
    same = alike = 0
    for left, right in zip(first, second, strict=True):
        a, b = _spans(*left), _spans(*right)
        same += len(a.keys() & b.keys())
        alike += len(a.items() & b.items())
    return alike / same if same else 1.0


def _spans(words: list[str], given: list[str]) -> dict[tuple[int, int], str]:
    ends = list(accumulate(map(len, words)))
    return {(end - len(word), end): tag for word, end, tag in zip(words, ends, given, strict=True)}


def _inner(words: list[str]) -> set[int]:
    return set(accumulate(map(len, words[:-1])))
