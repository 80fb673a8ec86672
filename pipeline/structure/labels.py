"""Read the labels that number headings and items: 一、 (一) 1. 1.1 (1) ① 第一章 一是 首先."""

import re
from functools import lru_cache
from typing import NamedTuple

_CN = "[一二三四五六七八九十百〇零]"
# What follows a number that counts something: 一、二审 and 2.5万元 open a clause, not a heading.
_COUNTED = "[%‰万亿元个件次名人年月日天倍分条份起户家类项平公米级版]"

_REMEMBERED = 1 << 10  # labels whose numbers are kept at hand: reports count with the same few

PLAIN_RANK = 2  # an unnumbered heading line stands where 一、 would
ORDINAL_RANK = 10
RUN_IN_RANK = 9  # an unnumbered heading that opens a paragraph stands under every numbered one but 一是

# Each style with its rank: how deep it stands by custom of Chinese official documents.
_STYLES = {
    "part": (0, rf"第{_CN}{{1,3}}(?:章|编|部分)"),
    "chapter": (1, rf"第{_CN}{{1,3}}节"),
    "chinese": (2, rf"{_CN}{{1,3}} ?(?:、|\.(?!\d))(?!{_CN}[审季线级类档批期、])"),
    "bracketed": (3, rf"\( ?{_CN}{{1,3}} ?\)[、.]?|[㈠-㈩]"),
    "dotted": (6, rf"\d{{1,2}}(?:\.\d{{1,2}}){{1,2}}(?: +(?=\D)|(?=[^\W\d_])(?!{_COUNTED}))"),
    "number": (5, r"\d{1,2} ?[.、](?![\d.])"),
    "numbered": (7, r"\( ?\d{1,2} ?\)[、.]?|\d{1,2}\)|[⑴-⒇]"),
    "circled": (8, r"[①-⑳]"),
    "article": (5, rf"第{_CN}{{1,4}}条"),
    "ordinal": (
        ORDINAL_RANK,
        rf"{_CN}{{1,2}}[是要](?!{_CN})|其[一二三四五六][,、:是]?|第{_CN}{{1,2}}(?=[,、:是])是?"
        r"|(?:首先|其次|再次|最后)(?=,)",
    ),
    "bullet": (9, r"(?:——|[●◆■▪★▲◇□]) ?"),
}

_LABEL = re.compile("|".join(f"(?P<{style}>{pattern})" for style, (_, pattern) in _STYLES.items()))
# What a label begins with, or a digit: most paragraphs begin otherwise.
_BEGINS = frozenset("第一二三四五六七八九十百〇零(㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩其首再最—●◆■▪★▲◇□")
_BEGINS |= frozenset(map(chr, (*range(ord("⑴"), ord("⒇") + 1), *range(ord("①"), ord("⑳") + 1))))
# Labels that may open a clause in the middle of a paragraph, each behind the mark that ends the one before.
_INLINE = re.compile(
    r"[。;:!?][”’)》]* *"
    rf"(?P<label>{_CN}{{1,2}}[是要](?!{_CN})|第{_CN}{{1,2}}(?=[,、是])是?|(?:首先|其次|再次|最后)(?=,)"
    rf"|\({_CN}{{1,3}}\)|\(\d{{1,2}}\)|\d{{1,2}}[.、](?=[一-龥“])|[①-⑳]|{_CN}{{1,2}}、(?!{_CN}[审季线级类档批期、]))"
)

# It opens with one class of characters, so that the search leaps over all others.
_NESTED = re.compile(
    rf"[(一1](?:(?<=\(){_CN}{{1,2}}\)|(?<=[一-龥”]一)是(?!{_CN})|(?<=[一-龥”]1)(?:[.、](?!\d)|\.1(?!\d)))"
)


class Label(NamedTuple):
    """A label: its style, its rank, its text without spaces, and where it ends in the folded text."""

    style: str
    rank: int
    text: str
    end: int


def read(folded: str, start: int) -> Label | None:
    """Return the label that stands at `start` of a folded text, if one does.

    >>> read("(三)强化督促", 0)
    Label(style='bracketed', rank=3, text='(三)', end=3)
    >>> read("2.5万元", 0) is None
    True
    """
    first = folded[start : start + 1]
    match = _LABEL.match(folded, start) if first in _BEGINS or first.isdecimal() else None
    if match is None:
        return None
    style = match.lastgroup
    end = match.end()
    while end < len(folded) and folded[end] in " \t":
        end += 1
    return Label(style, _STYLES[style][0], match.group().replace(" ", ""), end)


def inline(folded: str) -> list[int]:
    """List where labels stand behind a sentence mark inside a paragraph, in text order."""
    return [match.start("label") for match in _INLINE.finditer(folded)]


def nested(folded: str, start: int) -> bool:
    """Tell whether a label that opens a lower part stands at `start`."""
    return _NESTED.match(folded, start) is not None


def first_nested(folded: str, label: Label, stop: int) -> int | None:
    """Find the first label of a lower rank behind `label`, in the same line and before `stop`: 一、工作(一)学法。"""
    match = _NESTED.search(folded, label.end + 1, stop)
    if match is None:
        return None
    below = read(folded, match.start())
    return match.start() if below and below.rank > label.rank else None


@lru_cache(_REMEMBERED)
def number(label: str) -> int | None:
    """Say which number a label carries, 1 to 99; None for those that carry none (首先, bullets).

    >>> number("(十二)"), number("7.3"), number("二是")
    (12, 3, 2)
    """
    digits = re.findall(r"\d+", label)
    if digits:
        return int(digits[-1])
    chinese = "".join(re.findall("[一二三四五六七八九十]", label))
    if not chinese:
        return None
    tens, ten, ones = chinese.rpartition("十")
    high = "一二三四五六七八九".find(tens) + 1 if tens else 1
    return (high * 10 if ten else 0) + ("一二三四五六七八九".find(ones) + 1 if ones else 0)
