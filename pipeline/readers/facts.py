"""Read what a page says of its own document (索引号, 发文字号, 发布日期, 发文机构 …) from its lines and <meta> tags."""

import re
from collections.abc import Iterable
from functools import cache

from pipeline import codebook
from pipeline.fold import fold
from pipeline.traditional import TABLE

LONGEST_VALUE = 100
SELF_EVIDENT = 4  # letters from which a label is one even behind another word without a space
DAY = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
AROUND = " \u3000|[]【】()（）•·,，;；"
NOTHING = frozenset(("", "无", "-", "--", "暂无"))
DATED = ("published", "written")


class Fact(codebook.Entry):
    """One fact: its key, the labels before its value on a page, the <meta> tags that hold it."""

    key: str
    labels: list[str]
    meta: list[str]


@cache
def _keys() -> dict[str, str]:
    return {label: fact.key for fact in codebook.load("facts", Fact) for label in fact.labels}


@cache
def _label() -> re.Pattern:
    """Match a label with its colon, its brackets or the cell's end; letters may be spaced out (文  号)."""
    spaced = (r"[ \t]{0,4}".join(label) for label in sorted(_keys(), key=len, reverse=True))
    return re.compile(rf"({'|'.join(spaced)})\s{{0,3}}(?:[\]】)]\s?:?|:|(?=\t))\s{{0,3}}")


def from_lines(lines: Iterable[str]) -> dict[str, str]:
    """Return the facts of labelled lines; the first of two values counts.

    >>> from_lines(["索 引 号：1133/2023-60174\\t主题分类：司法", "发布时间：2023年3月7日 来源：区司法局"])
    {'index': '1133/2023-60174', 'published': '2023-03-07', 'source': '区司法局'}
    """
    facts: dict[str, str] = {}
    for line in lines:
        folded = plain(line)
        labels = list(_label().finditer(folded))
        ends = [*(match.start() for match in labels[1:]), len(line)]
        for match, end in zip(labels, ends, strict=False):
            label = "".join(match.group(1).split())
            key = _keys()[label] if len(label) >= SELF_EVIDENT or _begins(folded, match.start()) else ""
            value = _value(key, line[match.end() : end])
            if key and value:
                facts.setdefault(key, value)
    return facts


def plain(text: str) -> str:
    """Fold a line for matching, character for character: half-width signs, simplified characters."""
    return fold(text).translate(TABLE)


def is_labelled(line: str) -> bool:
    """Tell whether a line begins with a label of the page's table of facts."""
    return bool(_label().match(plain(line).lstrip("[【(|·• ")))


def _begins(text: str, position: int) -> bool:
    """Tell whether a word stands by itself: 时间 in 发布于 2022, 时间: but not in 会议时间:."""
    return position == 0 or not text[position - 1].isalpha()


def from_meta(tags: dict[str, str]) -> dict[str, str]:
    """Return the facts of a page's <meta> tags, given by lower-case name."""
    facts = {}
    for fact in codebook.load("facts", Fact):
        for name in fact.meta:
            value = _value(fact.key, tags.get(name, ""))
            if value:
                facts.setdefault(fact.key, value)
    return facts


def _value(key: str, text: str) -> str | None:
    """Clean a value: one cell of it, a date as YYYY-MM-DD; None for `无`, an overlong one or a date that is none."""
    if key in DATED:
        day = DAY.search(fold(text))
        return "{}-{:0>2}-{:0>2}".format(*day.groups()) if day else None
    cell = text.split("\t")[0].strip(AROUND)
    return cell if cell not in NOTHING and len(cell) <= LONGEST_VALUE else None
