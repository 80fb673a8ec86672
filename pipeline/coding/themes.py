"""Code the themes of a sentence: weighted patterns of the codebook, the place they stand in, and the headings above.

Coding is deductive: `codebook/themes.yaml` says what belongs to a theme; this module only adds up. What it adds up is
kept, so that every coded sentence can say why.
"""

from collections import deque
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline import codebook
from pipeline.coding.emphasis import emphasis
from pipeline.coding.patterns import Finder, Hit, Pattern

WEIGHTS = {"decisive": 3.0, "telling": 2.0, "hint": 1.0, "neither": 0.0}


class Theme(codebook.Entry):
    """One theme: what it means, sentences that belong and do not, and the patterns that decide."""

    code: str
    zh: str
    en: str
    definition: str
    includes: list[str]
    excludes: list[str]
    decisive: list[str]
    telling: list[str]
    hint: list[str]
    neither: list[str]


@cache
def finder() -> Finder:
    """Return the finder over the patterns of all themes."""
    return Finder(
        Pattern(weight, theme.code, text)
        for theme in codebook.load("themes", Theme)
        for tier, weight in WEIGHTS.items()
        for text in getattr(theme, tier)
    )


def found(folded: str) -> list[Hit]:
    """Return the patterns that count in a folded sentence, sorted: none silenced, none inside a longer phrase.

    执法 in 执法全过程记录 is left out: the longer phrase speaks for its theme alone, unless it weighs less.
    """
    kept: list[Hit] = []
    silent: dict[str, int] = {}
    reach = dict.fromkeys(_UP_TO, (0, 0))
    for hit in finder().find(folded):  # what holds another starts no later and is longer, so it comes first
        start, minus_end, (weight, code, text) = hit
        end = -minus_end
        if not weight:
            silent[code] = max(end, silent.get(code, 0))
        elif end > silent.get(code, 0):
            last, first = reach[weight]
            if end > last:
                kept.append(hit)
                if "…" not in text:
                    _reach_out(reach, weight, start, end)
            elif end == last and start == first:  # the same words
                kept.append(hit)
    return kept


# The weights that a phrase of a weight outdoes.
_UP_TO = {
    weight: [less for less in WEIGHTS.values() if 0 < less <= weight] for weight in WEIGHTS.values() if weight
}


def _reach_out(reach: dict[float, tuple[int, int]], weight: float, start: int, end: int) -> None:
    """Keep for each weight how far phrases that weigh as much or more reach, and from where."""
    for less in _UP_TO[weight]:
        if end > reach[less][0]:
            reach[less] = (end, start)


Evidence = dict[str, dict[str, float]]


def evidence(folded: str) -> Evidence:
    """Return for each theme the patterns that count in a folded sentence, each with its weight."""
    return weigh(found(folded), emphasis(folded))


def weigh(hits: list[Hit], weak: list[tuple[int, int, float]]) -> Evidence:
    """Return for each theme the patterns among `hits`, each with the weight it has where it stands.

    Both come ordered by start; `weak` are the stretches that count for less.
    """
    seen: Evidence = {}
    open_: deque[tuple[int, int, float]] = deque(maxlen=_NEAR)
    ahead = 0
    for start, minus_end, (weight, code, text) in hits:
        while ahead < len(weak) and weak[ahead][0] <= start:
            open_.append(weak[ahead])
            ahead += 1
        for _, high, factor in open_:
            if -minus_end <= high:
                weight *= factor
        patterns = seen.setdefault(code, {})
        if weight > patterns.get(text, -1.0):
            patterns[text] = weight
    return seen


# So many stretches before a hit are looked at for one that holds it; keeps an endless sentence linear.
_NEAR = 12


# Each further pattern of the same theme adds this share of the one before.
FADE = 0.5


def total(weights: Iterable[float]) -> float:
    """Add up the weights of one theme's patterns: the strongest whole, every further one at half of the one before.

    >>> total([2, 3, 1])
    4.25
    """
    strongest, *others = sorted(weights, reverse=True)
    if not others:
        return strongest
    return strongest + sum(weight * FADE**place for place, weight in enumerate(others, start=1))


def totals(own: Evidence) -> dict[str, float]:
    """Return the weight of each theme that speaks in a sentence."""
    return {code: total(patterns.values()) for code, patterns in own.items()}


# What surroundings add to a theme: a heading or lead-in that names it, and the sentence before where nothing else speaks.
HEADING, BEFORE = 1.0, 1.2
# A theme is coded from this weight on, and beside a stronger one from this share of the strongest on.
ENOUGH, SHARE = 3.0, 0.65
# Patterns of this weight at least must stand in the sentence itself, unless nothing else speaks at all.
OWN = 1.0
# Where nothing is enough, own words alone make a theme likely from this weight on; with surroundings any weight does.
LIKELY = 1.5
# A heading names a theme from this weight on.
NAMED = 2.0


# Headings and reasons at hand: reports head their chapters alike, and there are only so many patterns and weights.
_REMEMBERED = 1 << 13


class Coding(NamedTuple):
    """The themes of a sentence, strongest first, and what decided."""

    codes: list[str]
    why: list[str]


@lru_cache(_REMEMBERED)
def named(title: str) -> dict[str, float]:
    """Return the themes a folded heading names, each with the weight it gives to the sentences under it (not to be changed)."""
    weights = totals(evidence(title))
    top = max(weights.values(), default=0.0)
    return {code: HEADING for code, weight in weights.items() if weight >= max(NAMED, SHARE * top)}


# Watchwords speak of these two themes without an act.
_IN_WATCHWORDS = ("accountability", "party_leadership")


def subject(spoken: dict[str, float]) -> float:
    """Return the weight of the theme that speaks loudest in the sentence (`totals`), those of watchwords aside."""
    return max([weight for code, weight in spoken.items() if code not in _IN_WATCHWORDS], default=0.0)


def decide(
    own: Evidence, spoken: dict[str, float], above: dict[str, float], before: dict[str, float]
) -> Coding:
    """Return the themes of a sentence from its own patterns, their `totals`, the headings above and the sentence before."""
    weights = dict(spoken)
    for code, weight in above.items():
        weights[code] = weights.get(code, 0.0) + weight
    enough = max(ENOUGH, SHARE * max(weights.values(), default=0.0))
    codes = [code for code, weight in spoken.items() if weight >= OWN and weights[code] >= enough]
    if not codes and max(spoken.values(), default=0.0) < ENOUGH:
        codes = _likeliest(spoken, above, before)
    if len(codes) > 1:
        codes.sort(key=lambda code: (-weights[code], code))
    return Coding(codes, _reasons(codes, own, above, before))


def _likeliest(spoken: dict[str, float], above: dict[str, float], before: dict[str, float]) -> list[str]:
    """Return the theme that own words, and a heading or the sentence before, make likeliest together, where any does."""
    near = {code: max(above.get(code, 0.0), before.get(code, 0.0)) for code in (*above, *before)}
    weights = {code: spoken.get(code, 0.0) + near.get(code, 0.0) for code in (*spoken, *near)}
    likely = [code for code, weight in weights.items() if code in near or weight >= LIKELY]
    return sorted(likely, key=lambda code: (-weights[code], code not in near, code))[:1]


def _reasons(codes, own: Evidence, above: dict[str, float], before: dict[str, float]) -> list[str]:
    why = []
    for code in codes:
        patterns = sorted(own.get(code, {}).items(), key=_by_weight)
        why += [_reason(text, code, weight) for text, weight in patterns]
        if code in above:
            why.append(_reason("heading", code, above[code]))
        elif not patterns and code in before:
            why.append(_reason("sentence before", code, before[code]))
    return why


def _by_weight(pattern: tuple[str, float]) -> tuple[float, str]:
    text, weight = pattern
    return -weight, text


@lru_cache(_REMEMBERED)
def _reason(what: str, code: str, weight: float) -> str:
    return f"{what} → {code} {weight:.1f}"
