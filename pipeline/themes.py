"""Code the themes of a sentence: weighted patterns of the codebook, the place they stand in, and the headings above.

Coding is deductive: `codebook/themes.yaml` says what belongs to a theme; this module only adds up. What it adds up is
kept, so that every coded sentence can say why.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import product
from typing import NamedTuple

from pipeline import codebook
from pipeline.phrases import Phrases

WEIGHTS = {"decisive": 3.0, "telling": 2.0, "hint": 1.0}


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


class Pattern(NamedTuple):
    """A pattern as the codebook writes it, the theme it speaks for and its weight (0: it silences the theme)."""

    theme: str
    text: str
    weight: float


class Hit(NamedTuple):
    """Where a pattern stands in a text, in characters from the text's start."""

    start: int
    end: int
    pattern: Pattern


_CHOICE = re.compile(r"\(([^()]*)\)(\?)?")


def expand(pattern: str) -> list[str]:
    """Write out the choices of a pattern.

    >>> expand("(续聘|选聘)法律顾问")
    ['续聘法律顾问', '选聘法律顾问']
    >>> expand("出具(法律)?意见书")
    ['出具法律意见书', '出具意见书']
    """
    pieces, at = [], 0
    for choice in _CHOICE.finditer(pattern):
        options = choice[1].split("|") + ([""] if choice[2] else [])
        pieces += [[pattern[at : choice.start()]], options]
        at = choice.end()
    return ["".join(parts) for parts in product(*pieces, [pattern[at:]])]


def patterns() -> Iterable[tuple[str, Pattern]]:
    """Yield every written-out pattern of every theme with the pattern it comes from."""
    for theme in codebook.load("themes", Theme):
        for tier, weight in (*WEIGHTS.items(), ("neither", 0.0)):
            for text in getattr(theme, tier):
                for plain in expand(text):
                    yield plain, Pattern(theme.code, text, weight)


class Finder:
    """Find the patterns of all themes in one pass over the characters of a text."""

    def __init__(self, listed: Iterable[tuple[str, Pattern]]):
        self._uses: dict[str, list] = defaultdict(list)
        self._length: dict[tuple[str, Pattern], int] = {}
        for plain, pattern in listed:
            parts = plain.split("…")
            self._length[plain, pattern] = len(parts)
            for place, part in enumerate(parts):
                self._uses[part].append((plain, pattern, place))
        self._phrases = Phrases({part: tuple(uses) for part, uses in self._uses.items()})

    def find(self, folded: str) -> list[Hit]:
        """Return the patterns that count: parts in order within one clause, nothing silenced, nothing overlaid."""
        hits, open_parts = [], {}
        for start, end, uses in self._phrases.find(folded):
            for plain, pattern, place in uses:
                begun = start if place == 0 else self._continues(open_parts, plain, pattern, place, start, folded)
                if begun is None:
                    continue
                if place + 1 == self._length[plain, pattern]:
                    hits.append(Hit(begun, end, pattern))
                else:
                    open_parts[plain, pattern, place] = (begun, end)
        return _overlaid(_silenced(hits))

    @staticmethod
    def _continues(open_parts, plain, pattern, place, start, folded):
        before = open_parts.get((plain, pattern, place - 1))
        if before is None or not before[1] <= start <= before[1] + _REACH:
            return None
        return None if _BREAK.search(folded, before[1], start) else before[0]


# How far the second part of `A…B` may stand behind the first, and what it may not stand across.
_REACH = 16
_BREAK = re.compile(r"[,;。!?\n]")


def _silenced(hits: list[Hit]) -> list[Hit]:
    silent = [hit for hit in hits if hit.pattern.weight == 0]
    if not silent:
        return hits
    return [
        hit
        for hit in hits
        if hit.pattern.weight
        and not any(
            s.pattern.theme == hit.pattern.theme and s.start < hit.end and hit.start < s.end and _holds(s, hit)
            for s in silent
        )
    ]


def _holds(outer, inner) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _overlaid(hits: list[Hit]) -> list[Hit]:
    """Drop what stands inside a longer pattern: 执法 in 执法全过程记录 speaks for that one's theme alone."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not any(_holds(longer, hit) and _covers(longer, hit) for longer in kept[-_NEAR:]):
            kept.append(hit)
    return kept


# Only so many earlier hits are looked at, to keep one endless sentence linear.
_NEAR = 12


def _covers(longer: Hit, hit: Hit) -> bool:
    longer_text = "…" not in longer.pattern.text
    return (
        longer_text and longer.end - longer.start > hit.end - hit.start and longer.pattern.weight >= hit.pattern.weight
    )


@cache
def finder() -> Finder:
    """Return the finder over the themes of the codebook."""
    return Finder(patterns())


# Clauses that say why or how well, not what: patterns in them count for less.
_PURPOSE = re.compile(r"^(?:(?:同时|并|,)?(?:为|为了|为进一步)(?!.{0,12}(?:提供|配备|群众|企业))|以.{1,24}为(?:抓手|契机|导向|目标|牵引|引领|统揽|载体|遵循))")
_RESULT = re.compile(
    r"^(?:有效|切实|不断|进一步|全面|持续|努力|有力|着力)*(?:提升|提高|增强|促进|营造|形成|确保|保障|夯实|筑牢|维护|助力|打造|为.{2,20}(?:提供|奠定|打下))"
)
_TITLE = re.compile(r"《[^《》]*》")
_CLAUSE = re.compile(r"[^,;。!?]+")
AIM, EFFECT, TITLE = 0.4, 0.6, 0.7


def emphasis(folded: str) -> list[tuple[int, int, float]]:
    """Return the stretches of a sentence that count for less, each with its factor.

    >>> emphasis("为化解矛盾,建立调解中心,提升满意度")
    [(0, 5, 0.4), (13, 18, 0.6)]
    """
    weak = []
    for number, clause in enumerate(_CLAUSE.finditer(folded)):
        if _PURPOSE.match(clause[0]):
            weak.append((*clause.span(), AIM))
        elif number and _RESULT.match(clause[0]):
            weak.append((*clause.span(), EFFECT))
    weak += [(*title.span(), TITLE) for title in _TITLE.finditer(folded)]
    return weak


def evidence(folded: str) -> dict[str, dict[str, float]]:
    """Return for each theme the patterns found in a folded sentence, each with the weight it has where it stands."""
    hits = finder().find(folded)
    weak = emphasis(folded) if hits else []
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for start, end, pattern in hits:
        weight = pattern.weight
        for low, high, factor in weak:
            if low <= start and end <= high:
                weight *= factor
        found[pattern.theme][pattern.text] = max(weight, found[pattern.theme].get(pattern.text, 0.0))
    return dict(found)


# Each further pattern of the same theme adds less than the one before.
FADE = 0.5


def total(weights: Iterable[float]) -> float:
    """Add up the weights of one theme's patterns: the strongest whole, every further one at half of the one before.

    >>> total([2, 3, 1])
    4.25
    """
    return sum(weight * FADE**place for place, weight in enumerate(sorted(weights, reverse=True)))
