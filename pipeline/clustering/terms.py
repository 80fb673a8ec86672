"""Tell the words that can carry a theme from those that cannot: boilerplate, place names, numbers, function words."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from pipeline import codebook
from pipeline.fold import fold

# A run is a stretch of words with nothing but quotation marks between them: phrases live inside one.
Run = list[tuple[str, str]]

_HAN = re.compile(r"[\u3400-\u9fffA-Za-z+]+")
_ITEM = re.compile(r"[一二三四五六七八九十]+是?")
_QUOTES = frozenset("“”‘’「」『』\"'〈〉《》")
_OPENING, _CLOSING = frozenset("“‘「『"), frozenset("”’」』")
# ICTCLAS tags of words that may open or close a phrase: nouns, verbs, adjectives, abbreviations, idioms, distinguishing words.
_CONTENT = ("n", "v", "a", "j", "l", "i", "b", "g", "x", "eng")
# Taggers take words they do not know for names of persons (法律顾问/nr), so that only place names are believed.
_PLACES = ("ns",)
_NUMBERS = ("m", "q", "t")
# 的 ties anything to anything; no phrase people use as a name goes through it.
_TIES = frozenset("的地得之了着过")
SHORTEST, LONGEST_NAME = 2, 10


class Boilerplate(codebook.Entry):
    """Words of one kind that say nothing about the theme of a sentence."""

    kind: str
    words: list[str]
    # Say nothing alone, but begin names: 行政 in 行政复议.
    opens: bool = False


@cache
def boilerplate() -> frozenset[str]:
    """Return all words of `codebook/boilerplate.yaml`."""
    return frozenset(word for entry in codebook.load("boilerplate", Boilerplate) for word in entry.words)


@cache
def barred() -> frozenset[str]:
    """Return the boilerplate that begins no name."""
    entries = codebook.load("boilerplate", Boilerplate)
    return frozenset(word for entry in entries if not entry.opens for word in entry.words)


def runs(words: Iterable[str], tags: Iterable[str]) -> list[Run]:
    """Divide words at punctuation, numbers and blanks; quotation marks do not part what they stand between.

    >>> runs(["落实", "“", "三项制度", "”", "，", "聘请", "3", "名", "法律顾问"], "v x nz x x v m q n".split())
    [[('落实', 'v'), ('三项制度', 'nz')], [('聘请', 'v')], [('名', 'q'), ('法律顾问', 'n')]]
    """
    found, run = [], []
    for word, tag in zip(words, tags, strict=True):
        if is_quote(word):
            continue
        if told := plain(word):
            run.append((told, tag))
        elif run:
            found.append(run)
            run = []
    return [*found, run] if run else found


def is_quote(word: str) -> bool:
    """Say whether a word is a quotation mark, which parts nothing."""
    return word in _QUOTES


@lru_cache(maxsize=100_000)
def plain(word: str) -> str:
    """Return the folded word, or nothing where a run ends at it."""
    return fold(word) if _HAN.fullmatch(word) and word not in _TIES else ""


def quoted(words: Iterable[str]) -> list[str]:
    """List what stands between quotation marks, if it is short enough for a name; a quotation alone is a motto.

    >>> quoted(["推进", "“", "两法", "衔接", "”", "机制"]), quoted(["二是", "“", "招兵买马", "”"])
    (['两法衔接'], [])
    """
    found, inside, beside = [], None, False
    for word in words:
        if word in _OPENING:
            inside = []
        elif word in _CLOSING:
            found.append("".join(inside or []))
            inside = None
        elif inside is not None:
            inside.append(fold(word))
        else:
            beside = beside or bool(plain(word)) and not _ITEM.fullmatch(word)
    names = [name for name in found if SHORTEST <= len(name) <= LONGEST_NAME and _HAN.fullmatch(name)]
    return names if beside else []


@cache
def tells(tag: str) -> bool:
    """Say whether words of this tag carry content."""
    return tag.startswith(_CONTENT) and not tag.startswith((*_PLACES, *_NUMBERS))


class Lexicon:
    """What may be a term in one corpus: its phrases, by their words, and any word of content but the names of its places."""

    def __init__(self, phrases: Iterable[tuple[str, ...]], places: frozenset[str]):
        self.phrases = frozenset(phrases)
        self._openers = {words[0] for words in self.phrases}
        self._longest = max(map(len, self.phrases), default=1)
        self.places = places

    def bears(self, word: str) -> bool:
        """Say whether a word by itself can be a term, if its tag tells: boilerplate can, but weighs little and names nothing."""
        return len(word) >= SHORTEST and word not in self.places

    def terms(self, unit: list[Run]) -> list[str]:
        """List the terms of one unit, as often as they stand there; a phrase does not hide its words."""
        found = []
        for run in unit:
            words = tuple(word for word, _ in run)
            for at, (word, tag) in enumerate(run):
                if tells(tag) and self.bears(word):
                    found.append(word)
                if word in self._openers:
                    ends = range(at + 2, min(at + self._longest, len(words)) + 1)
                    found += ["".join(words[at:end]) for end in ends if words[at:end] in self.phrases]
        return found
