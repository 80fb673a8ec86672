"""Code the themes of a sentence: weighted patterns of the codebook, the place they stand in, and the headings above.

Coding is deductive: `codebook/themes.yaml` says what belongs to a theme; this module only adds up. What it adds up is
kept, so that every coded sentence can say why.
"""

import re
from collections import deque
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pipeline import codebook
from pipeline.patterns import Finder, Hit, Pattern

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
        Pattern(theme.code, text, weight)
        for theme in codebook.load("themes", Theme)
        for tier, weight in WEIGHTS.items()
        for text in getattr(theme, tier)
    )


def found(folded: str) -> list[Hit]:
    """Return the patterns that count in a folded sentence: none silenced, none inside a longer one."""
    return _overlaid(_silenced(finder().find(folded)))


def _silenced(hits: list[Hit]) -> list[Hit]:
    if all(hit.pattern.weight for hit in hits):
        return hits
    kept: list[Hit] = []
    silent: dict[str, deque[Hit]] = {}
    for hit in hits:  # a phrase that holds another starts no later and is longer, so it comes first
        if not hit.pattern.weight:
            silent.setdefault(hit.pattern.code, deque(maxlen=_NEAR)).append(hit)
        elif not any(hit.end <= s.end for s in silent.get(hit.pattern.code, ())):
            kept.append(hit)
    return kept


# So many hits before a hit are looked at for one that holds it; keeps an endless sentence linear.
_NEAR = 12


def _overlaid(hits: list[Hit]) -> list[Hit]:
    """Drop what stands inside a longer phrase: 执法 in 执法全过程记录 speaks for that one's theme alone."""
    kept: list[Hit] = []
    for hit in hits:
        if not any(_covers(longer, hit) for longer in kept[-_NEAR:]):
            kept.append(hit)
    return kept


def _covers(longer: Hit, hit: Hit) -> bool:
    return (
        longer.end >= hit.end
        and longer.end - longer.start > hit.end - hit.start
        and longer.pattern.weight >= hit.pattern.weight
        and "…" not in longer.pattern.text
    )


# Stretches that say why, among whom, in which field or how well, but not what is done: patterns there count for less.
_CLAUSE = re.compile(r"[^,;。!?]+")
_AIM = re.compile(
    r"(?:同时)?为(?:了|进一步|切实|更好)?(?!企业|群众|全|.{1,6}个|.{1,12}(?:提供|配备|办理)).{4,}"
    r"|以.{1,30}(?:为|作为)(?:.{0,4})(?:抓手|契机|导向|目标|牵引|引领|统揽|载体|遵循|先导|重点|主线|动力)"
    r"|(?:紧紧|紧密)?围绕.{2,}|紧扣.{2,}"
)
_FIELD = re.compile(
    r"(?:在|于).{2,60}?(?:中|时|方面|过程中|基础上|领域|环节|(?:指导|领导|支持|帮助|部署)下)"
    r"|[^,;。!?]{4,90}?等.{0,14}(?:领域|方面|具体事项)"
    r"|与.{4,70}?(?=同(?:部署|安排|谋划|推进|考核|落实))"
)
_EFFECT = re.compile(
    r"(?:有效|切实|不断|进一步|全面|持续|努力|有力|着力|极大|积极)*"
    r"(?:提升|提高|增强|促进|营造|形成|确保|保障|夯实|筑牢|维护|助力|打造|推动|为.{2,30}(?:提供|奠定|打下|减负|减轻|贡献))"
)
_SUBJECT = re.compile(
    r"[^,;。!?《》]{2,24}?(?=(?<![重主需必紧摘纪概提只])要(?!求|件|素|点|闻)|应当|(?<![反相适响供效对])应(?!急|诉|用|对|知)|必须|须(?!知))"
)
_TITLE = re.compile(r"《[^《》]*》")
AIM, FIELD, EFFECT, SUBJECT, TITLE = 0.4, 0.5, 0.6, 0.5, 0.7


def emphasis(folded: str) -> list[tuple[int, int, float]]:
    """Return the stretches of a sentence that count for less, each with its factor.

    >>> emphasis("为化解矛盾,建立调解中心,提升满意度")
    [(0, 5, 0.4), (13, 18, 0.6)]
    """
    weak = []
    for number, clause in enumerate(_CLAUSE.finditer(folded)):
        start, text = clause.start(), clause[0]
        if found := _AIM.match(text):
            weak.append((start, start + found.end(), AIM))
        elif found := _FIELD.match(text):
            weak.append((start, start + found.end(), FIELD))
        elif found := _SUBJECT.match(text):
            weak.append((start, start + found.end(), SUBJECT))
        if number and _EFFECT.match(text):
            weak.append((*clause.span(), EFFECT))
    weak += [(*title.span(), TITLE) for title in _TITLE.finditer(folded)]
    return weak


Evidence = dict[str, dict[str, float]]


def evidence(folded: str) -> Evidence:
    """Return for each theme the patterns that count in a folded sentence, each with its weight."""
    return weigh(folded, found(folded))


def weigh(folded: str, hits: list[Hit]) -> Evidence:
    """Return for each theme the patterns among `hits`, each with the weight it has where it stands."""
    weak = sorted(emphasis(folded)) if hits else []
    seen: Evidence = {}
    open_: deque[tuple[int, int, float]] = deque(maxlen=_NEAR)
    ahead = 0
    for start, end, pattern in hits:
        while ahead < len(weak) and weak[ahead][0] <= start:
            open_.append(weak[ahead])
            ahead += 1
        weight = pattern.weight
        for _, high, factor in open_:
            if end <= high:
                weight *= factor
        patterns = seen.setdefault(pattern.code, {})
        patterns[pattern.text] = max(weight, patterns.get(pattern.text, 0.0))
    return seen


# Each further pattern of the same theme adds this share of the one before.
FADE = 0.5


def total(weights: Iterable[float]) -> float:
    """Add up the weights of one theme's patterns: the strongest whole, every further one at half of the one before.

    >>> total([2, 3, 1])
    4.25
    """
    return sum(weight * FADE**place for place, weight in enumerate(sorted(weights, reverse=True)))


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


class Coding(NamedTuple):
    """The themes of a sentence, strongest first, and what decided."""

    codes: list[str]
    why: list[str]


def named(title: str) -> dict[str, float]:
    """Return the themes a folded heading names, each with the weight it gives to the sentences under it."""
    weights = {code: total(patterns.values()) for code, patterns in evidence(title).items()}
    top = max(weights.values(), default=0.0)
    return {code: HEADING for code, weight in weights.items() if weight >= max(NAMED, SHARE * top)}


# Watchwords speak of these two themes without an act.
_IN_WATCHWORDS = ("accountability", "party_leadership")


def subject(own: Evidence) -> float:
    """Return the weight of the theme that speaks loudest in the sentence, those of watchwords aside."""
    return max((total(own[code].values()) for code in own if code not in _IN_WATCHWORDS), default=0.0)


def decide(own: Evidence, above: dict[str, float], before: dict[str, float]) -> Coding:
    """Return the themes of a sentence from its own patterns, the headings above and the sentence before."""
    weights = {code: total(patterns.values()) for code, patterns in own.items()}
    loud = max(weights.values(), default=0.0)
    for code, weight in above.items():
        weights[code] = weights.get(code, 0.0) + weight
    top = max(weights.values(), default=0.0)
    codes = [
        code
        for code, weight in weights.items()
        if weight >= max(ENOUGH, SHARE * top) and total(own.get(code, {}).values()) >= OWN
    ]
    if not codes and loud < ENOUGH:
        codes = _likeliest(weights, before, {*above, *before})
    codes.sort(key=lambda code: (-weights.get(code, 0.0), code))
    return Coding(codes, _reasons(codes, own, above, before))


def _likeliest(weights: dict[str, float], before: dict[str, float], near: set[str]) -> list[str]:
    """Return the theme that own words, headings and the sentence before make likeliest together, where any does."""
    for code, weight in before.items():
        weights[code] = weights.get(code, 0.0) + weight
    likely = [code for code, weight in weights.items() if code in near or weight >= LIKELY]
    return sorted(likely, key=lambda code: (-weights[code], code not in near, code))[:1]


def _reasons(codes, own: Evidence, above: dict[str, float], before: dict[str, float]) -> list[str]:
    why = []
    for code in codes:
        patterns = sorted(own.get(code, {}).items(), key=lambda item: (-item[1], item[0]))
        why += [f"{text} → {code} {weight:.1f}" for text, weight in patterns]
        if code in above:
            why.append(f"heading → {code} {above[code]:.1f}")
        elif not patterns and code in before:
            why.append(f"sentence before → {code} {before[code]:.1f}")
    return why
