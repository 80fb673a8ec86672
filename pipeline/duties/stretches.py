"""Find the stretches of a report that say who does a task and by when, so that they become rows of their own.

What such a stretch says is read by `pipeline.duties.duty_texts`, which also decides whether it is one; here only the lines that
can hold one are sought out, since most reports have none.
"""

import re
from bisect import bisect_right
from functools import cache

from pipeline import codebook
from pipeline.duties import duty_labels, duty_texts
from pipeline.structure.layout import Block

# A bracket at a line's end in which bodies lead, carry out or help.
_VERBS = ("牵头", "负责", "配合", "落实", "参与", "参加", "协助", "协同", "支持", "实施")
# What follows a word that labels a value: 牵头单位: 【责任单位】 牵头、责任单位:
_AFTER_FULL = r"\s{0,3}(?:[、/和及与]\s{0,3}[一-龥]{2,6}\s{0,3}[:】〕\]]|[:\])】〕\n ])"
_AFTER_SHORT = r"\s{0,3}(?:[、/和及与]\s{0,3}[一-龥]{2,6})?\s{0,2}[:】〕\]]"
_AFTER_EITHER = (
    r"(?:\s{0,5}(?:[、/和及与]\s{0,3}[一-龥]{2,6}\s{0,3})?[:】〕\]]|[)\n ])"  # one of them, or nearly
)
_BRACKET_OF_VERBS = re.compile(rf"\([^()]{{2,200}}(?:{'|'.join(_VERBS)})\)。?$")
_BRACKETS = "([【〔 "  # what may open a line of duty before its label
_LONGEST_LABEL = 24  # characters, with the sign behind it
_LINE = re.compile(r"[^\n]*[^\s][^\n]*")


@cache
def _hint() -> re.Pattern:
    """Return the pattern of what may be a cue; each branch opens with a character of its own: a search leaps over all others."""
    words = _alike([*_labels(short=False), *_labels(short=True)], 1)
    return re.compile(rf"(?:\)|{words})(?:(?<=(?:{'|'.join(_VERBS)})\))|{_AFTER_EITHER})")


@cache
def _cue() -> re.Pattern:
    """Return the pattern of what tells that a line may hold a duty: a label with what follows it, or `verb)`."""
    full, short = (_alike(_labels(short=short), 2) for short in (False, True))
    return re.compile(rf"(?:{'|'.join(_VERBS)})\)|(?:{full}){_AFTER_FULL}|(?:{short}){_AFTER_SHORT}")


def _labels(*, short: bool) -> list[str]:
    """Return the words that label a duty; long ones may be typed with a space between their characters, too."""
    entries = codebook.load("assignment_labels", duty_labels.Label)
    entries = [entry for entry in entries if not duty_labels.COLUMNS_ONLY & set(entry.fields)]
    if short:
        return [label for entry in entries for label in entry.short]
    words = [label for entry in entries for label in entry.labels]
    return words + [" ".join(word) for word in words]


def _alike(words: list[str], length: int) -> str:
    """Return the pattern of words, those in one branch that begin alike."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words):
        rests.setdefault(word[:length], []).append(re.escape(word[length:]))
    return "|".join(f"{start}(?:{'|'.join(rest)})" for start, rest in rests.items())


def spans(text: str, folded: str) -> list[tuple[int, int]]:
    """List the stretches that assign a duty, in order, disjoint, the full stop behind a bracket included.

    >>> text = "完善制度。(牵头单位:区司法局;完成时限:2023年)"
    >>> [text[start:end] for start, end in spans(text, text)]
    ['(牵头单位:区司法局;完成时限:2023年)']
    """
    found = []
    for start, end in _stretches(folded):
        for begin, stop in duty_texts.spans(text, folded, start, end):
            found.append((begin, stop + (folded[stop : stop + 1] == "。")))
    return found


def _stretches(folded: str) -> list[tuple[int, int]]:
    """List the runs of lines with a word of duty in them, each with the line below, where a list may go on."""
    stretches: list[tuple[int, int]] = []
    at = _next_cue(folded, 0)
    while at is not None:
        line_end = _line_end(folded, at)
        below = _LINE.search(folded, line_end)
        end = below.end() if below else len(folded)
        if stretches and at < stretches[-1][1]:
            start = stretches.pop()[0]
        else:
            start = max(0, folded.rfind("\n", 0, at))  # the line end before it is looked at, too
        stretches.append((start, end))
        at = _next_cue(folded, line_end)  # one to a line is enough
    return stretches


def _next_cue(folded: str, at: int) -> int | None:
    hint = _hint().search(folded, at)
    while hint and hint.group() != ")" and not _cue().match(folded, hint.start()):
        hint = _hint().search(folded, hint.start() + 1)
    return hint.start() if hint else None


def _line_end(folded: str, at: int) -> int:
    end = folded.find("\n", at)
    return len(folded) if end < 0 else end


def mark(folded: str, blocks: list[Block], found: list[tuple[int, int]]) -> list[Block]:
    """Give the role `assignment` to the paragraphs that begin inside a stretch found, or hold nothing but a label's value."""
    return [
        block._replace(role="assignment")
        if block.role == "body" and (within(found, block.start) or _is_value(folded, block))
        else block
        for block in blocks
    ]


def _is_value(folded: str, block: Block) -> bool:
    """Tell whether a paragraph is a bracket or line of duty without a sentence in it (完成时限:2024年底)."""
    return (
        folded[block.end - 1] != "。"
        and folded.find("。", block.start, block.end - 1) < 0
        and opens(folded, block.start, block.end)
    )


def opens(folded: str, start: int, end: int) -> bool:
    """Tell by its first words whether what stands between two offsets assigns a duty; surer, and slower, is `spans`."""
    at = start
    while at < end and folded[at] in _BRACKETS:
        at += 1
    if at - start < 3 and _cue().match(folded, at, min(end, start + _LONGEST_LABEL)):
        return True
    return folded[start] == "(" and _BRACKET_OF_VERBS.match(folded, start, end) is not None


def within(found: list[tuple[int, int]], at: int) -> bool:
    """Tell whether an offset lies in one of the stretches."""
    before = bisect_right(found, (at + 1,))
    return before > 0 and found[before - 1][1] > at


def inside(found: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """List the parts of the stretches that lie between two offsets."""
    if not found:
        return []
    at = bisect_right(found, (start,))
    at -= at > 0 and found[at - 1][1] > start
    parts = []
    while at < len(found) and found[at][0] < end:
        parts.append((max(found[at][0], start), min(found[at][1], end)))
        at += 1
    return parts


def is_header(row: str) -> bool:
    """Tell whether a table row names who does a task or by when, so that the rows below say it."""
    fields = {field for cell in re.split(r"[\t|]", row) for field in duty_labels.column(cell)}
    return bool(fields - duty_labels.COLUMNS_ONLY)
