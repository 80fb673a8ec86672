"""Code the themes of a sentence: weighted patterns of the codebook, the place they stand in, and the headings above.

Coding is deductive: `codebook/themes.yaml` says what belongs to a theme; this module only adds up. What it adds up is
kept, so that every coded sentence can say why.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pipeline import codebook
from pipeline.coding.emphasis import Weak, weak
from pipeline.coding.lines import Lines, firsts
from pipeline.coding.patterns import Finder, Hits, Pattern

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


# Watchwords speak of these two themes without an act.
_IN_WATCHWORDS = ("accountability", "party_leadership")


@cache
def _patterns() -> "_Patterns":
    return _Patterns(finder().patterns)


class _Patterns:
    """What the patterns weigh and speak for, by their places in `Finder.patterns`.

    `sayings` are the pairs of theme and words, sorted: a pattern listed twice for a theme says one thing.
    """

    def __init__(self, patterns: list[Pattern]):
        self.codes = sorted({pattern.code for pattern in patterns})
        self.sayings = sorted({(pattern.code, pattern.text) for pattern in patterns})
        saying_of = {saying: number for number, saying in enumerate(self.sayings)}
        self.weight = np.array([pattern.weight for pattern in patterns])
        self.plain = np.array(["…" not in pattern.text for pattern in patterns])
        self.code = np.array([self.codes.index(pattern.code) for pattern in patterns])
        self.saying = np.array([saying_of[pattern.code, pattern.text] for pattern in patterns])
        self.watchword = np.isin(self.codes, _IN_WATCHWORDS)
        self.saying_code = np.array([self.codes.index(code) for code, _ in self.sayings])


def found(folded: str) -> Hits:
    """Return the patterns that count in a folded text: none silenced, none inside a longer phrase.

    执法 in 执法全过程记录 is left out: the longer phrase speaks for its theme alone, unless it weighs less.
    """
    hits = finder().find(folded)
    return _outermost(hits.only(_heard(hits, len(folded) + 1)), len(folded) + 1)


def _heard(hits: Hits, far: int) -> np.ndarray:
    """Tell which hits are not inside a phrase that silences their theme; what holds another comes first."""
    code, silent = _patterns().code[hits.patterns], _patterns().weight[hits.patterns] == 0
    order = np.argsort(code * len(code) + np.arange(len(code)))
    theme = code[order] * far  # so that no theme's phrases reach into another's
    reach = np.maximum.accumulate(theme + np.where(silent, hits.ends, 0)[order])
    heard = np.empty(len(code), bool)
    heard[order] = theme + hits.ends[order] > reach
    return heard


def _outermost(hits: Hits, far: int) -> Hits:
    """Return the hits that are not inside a phrase, not a pair, that starts before them and weighs as much or more."""
    weight, plain = _patterns().weight[hits.patterns], _patterns().plain[hits.patterns]
    reach = hits.ends * far + far - hits.starts  # the farthest end; of hits with one end the earliest start
    outermost = np.zeros(len(weight), bool)
    for tier in set(WEIGHTS.values()) - {0.0}:
        before = np.maximum.accumulate(np.where(plain & (weight >= tier), reach, 0))
        outermost |= (weight == tier) & (reach >= before)
    return hits.only(outermost)


class Spoken(NamedTuple):
    """What a sentence's own words say: the weight of each theme, and in the same order the reasons, strongest first.

    `subject` is the weight of the theme that speaks loudest, those of watchwords aside.
    """

    weights: dict[str, float]
    why: list[list[str]]
    subject: float


def spoken(lines: Lines, hits: Hits, weak: Weak) -> list[Spoken]:
    """Return what each sentence says, given the patterns that count in it and the stretches where they count for less."""
    known = _patterns()
    weights, tiers = np.unique(_weighed(hits, weak), return_inverse=True)
    faint = len(weights) - 1 - tiers  # the less, the stronger: so that sorting puts the strongest first
    said = (lines.of(hits.starts) * len(known.sayings) + known.saying[hits.patterns]) * len(weights) + faint
    said, faint = np.divmod(np.sort(said), len(weights))
    strongest = firsts(said)  # each saying of a sentence counts once
    said, faint = said[strongest], faint[strongest]
    line, saying = np.divmod(said, len(known.sayings))
    theme = line * len(known.codes) + known.saying_code[saying]
    order = np.argsort((theme * len(weights) + faint) * len(known.sayings) + saying)
    theme, tier, saying = theme[order], len(weights) - 1 - faint[order], saying[order]
    first = np.flatnonzero(firsts(theme))
    why = _texts(saying, weights, tier)
    each = [why[start:end] for start, end in pairwise([*first.tolist(), len(why)])]
    return _by_line(lines, theme[first], _totals(weights[tier], first), each)


def _texts(saying: np.ndarray, weights: np.ndarray, tier: np.ndarray) -> list[str]:
    """Return the reason that each saying gives where it has the weight of a tier."""
    known = _patterns()
    different, which = np.unique(saying * len(weights) + tier, return_inverse=True)
    told = [known.sayings[number] for number in (different // len(weights)).tolist()]
    heavy = weights[different % len(weights)].tolist()
    reasons = [_reason(text, code, weight) for (code, text), weight in zip(told, heavy, strict=True)]
    return [reasons[number] for number in which.tolist()]


def _by_line(lines: Lines, theme: np.ndarray, totals: np.ndarray, why: list[list[str]]) -> list[Spoken]:
    """Give each sentence its themes: as many as there are numbers `theme`, each of a sentence and a code."""
    known = _patterns()
    line, code = np.divmod(theme, len(known.codes))
    subject = np.zeros(len(lines.each))
    loud = ~known.watchword[code]
    np.maximum.at(subject, line[loud], totals[loud])
    names = [known.codes[number] for number in code.tolist()]
    weights = totals.tolist()
    return [
        Spoken(
            dict(zip(names[start:end], weights[start:end], strict=True)),
            why[start:end],
            loudest,
        )
        for (start, end), loudest in zip(lines.runs(line), subject.tolist(), strict=True)
    ]


# So many stretches before a hit are looked at for one that holds it; keeps an endless sentence linear.
_NEAR = 12


def _weighed(hits: Hits, weak: Weak) -> np.ndarray:
    """Return what each hit weighs where it stands."""
    weights = _patterns().weight[hits.patterns]
    if len(weak.starts):
        begun = np.searchsorted(weak.starts, hits.starts, side="right")
        for back in range(_NEAR, 0, -1):
            at = begun - back
            held = np.flatnonzero((at >= 0) & (hits.ends <= weak.ends[np.maximum(at, 0)]))
            weights[held] *= weak.factors[at[held]]
    return weights


# Each further pattern of the same theme adds this share of the one before.
FADE = 0.5


def _totals(strength: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Add up each theme's patterns, strongest first from each place in `first` on: each at half of the one before.

    Of weights 3, 2 and 1 the strongest counts whole, the next half, the last a quarter: 4.25.
    """
    sizes = np.diff(first, append=len(strength))
    rest, share = np.zeros(len(first)), FADE
    for further in range(1, sizes.max(initial=1)):
        has = np.flatnonzero(sizes > further)
        rest[has] += strength[first[has] + further] * share
        share *= FADE
    return strength[first] + rest


def evidence(folded: Sequence[str]) -> list[Spoken]:
    """Return what the words of each folded sentence or heading say."""
    lines = Lines(folded)
    return spoken(lines, found(lines.text), weak(lines))


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


def all_named(titles: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return for each folded heading the themes it names, each with the weight it gives to the sentences under it."""
    titles = list(dict.fromkeys(titles))
    return {title: _named(says.weights) for title, says in zip(titles, evidence(titles), strict=True)}


def _named(weights: dict[str, float]) -> dict[str, float]:
    top = max(weights.values(), default=0.0)
    return {code: HEADING for code, weight in weights.items() if weight >= max(NAMED, SHARE * top)}


@lru_cache(_REMEMBERED)
def named(title: str) -> dict[str, float]:
    """Return the themes one folded heading names (not to be changed); of many, `all_named` is far faster."""
    return all_named([title])[title]


def decide(own: Spoken, above: dict[str, float], before: dict[str, float]) -> Coding:
    """Return the themes of a sentence from its own words, the headings above and the sentence before."""
    weights = own.weights
    if above:  # what they add to other themes alone is never enough
        weights = {code: weight + above.get(code, 0.0) for code, weight in weights.items()}
    strongest, codes = max(weights.values(), default=0.0), []
    if strongest >= ENOUGH:
        enough = max(ENOUGH, SHARE * strongest)
        codes = [code for code, weight in weights.items() if weight >= enough and own.weights[code] >= OWN]
    if len(codes) > 1:
        codes.sort(key=lambda code: (-weights[code], code))
    elif not codes and max(own.weights.values(), default=0.0) < ENOUGH:
        codes = _likeliest(own.weights, above, before)
    return Coding(codes, _reasons(codes, own, above, before))


def _likeliest(own: dict[str, float], above: dict[str, float], before: dict[str, float]) -> list[str]:
    """Return the theme that own words, and a heading or the sentence before, make likeliest together, where any does."""
    near = before
    if above:
        near = above | {code: max(above.get(code, 0.0), weight) for code, weight in before.items()}
    weights = near | {
        code: weight + near.get(code, 0.0) for code, weight in own.items() if weight >= LIKELY or code in near
    }
    if len(weights) < 2:
        return list(weights)
    return [min(weights, key=lambda code: (-weights[code], code not in near, code))]


def _reasons(codes, own: Spoken, above: dict[str, float], before: dict[str, float]) -> list[str]:
    why: list[str] = []
    spoken = list(own.weights)
    for code in codes:
        if code in own.weights:
            why += own.why[spoken.index(code)]
        if code in above:
            why.append(_reason("heading", code, above[code]))
        elif code not in own.weights and code in before:
            why.append(_reason("sentence before", code, before[code]))
    return why


@lru_cache(_REMEMBERED)
def _reason(what: str, code: str, weight: float) -> str:
    return f"{what} → {code} {weight:.1f}"
