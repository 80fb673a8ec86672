"""Find the stretches of a report that say who does a task and by when, so that they become rows of their own.

What such a stretch says is read by `pipeline.duties.duty_texts`, which also decides whether it is one; here only the lines that
can hold one are sought out, since most reports have none.
"""

import re
from bisect import bisect_right
from functools import cache

from pipeline import codebook
from pipeline.duties import duty_labels, duty_texts
from pipeline.phrases import Found, Phrases
from pipeline.structure.layout import Block

# A bracket at a line's end in which bodies lead, carry out or help.
_VERBS = ("牵头", "负责", "配合", "落实", "参与", "参加", "协助", "协同", "支持", "实施")
# What follows a word that labels a value: 牵头单位: 【责任单位】 牵头、责任单位:
_AFTER = {
    "full": re.compile(r"\s{0,3}(?:[、/和及与]\s{0,3}[一-龥]{2,6}\s{0,3}[:】〕\]]|[:\])】〕\n ])"),
    "short": re.compile(r"\s{0,3}(?:[、/和及与]\s{0,3}[一-龥]{2,6})?\s{0,2}[:】〕\]]"),
    "verb": re.compile(""),
}
_BRACKET_OF_VERBS = re.compile(rf"\([^()]{{2,200}}(?:{'|'.join(_VERBS)})\)。?$")
_BRACKETS = "([【〔 "  # what may open a line of duty before its label
_LONGEST_LABEL = 24  # characters, with the sign behind it
_LINE = re.compile(r"[^\n]*[^\s][^\n]*")


@cache
def _words() -> Phrases:
    """Find the words that label a duty."""
    return Phrases(_labels())


@cache
def _openings() -> frozenset[str]:
    """Return the two characters with which each of these words begins."""
    return frozenset(word[:2] for word in _labels())


def _labels() -> dict[str, str]:
    """Return the words that label a duty, typed with or without a space between their characters, and their kinds."""
    entries = codebook.load("assignment_labels", duty_labels.Label)
    entries = [entry for entry in entries if not duty_labels.COLUMNS_ONLY & set(entry.fields)]
    words = {f"{verb})": "verb" for verb in _VERBS}
    words |= {label: "short" for entry in entries for label in entry.short}
    words |= {label: "full" for entry in entries for label in entry.labels}
    return words | {" ".join(word): kind for word, kind in words.items() if kind == "full"}


def _cues(folded: str) -> list[Found]:
    return [found for found in _words().find(folded) if _AFTER[found.key].match(folded, found.end)]


def spans(text: str, folded: str) -> list[tuple[int, int]]:
    """List the stretches that assign a duty, in order, disjoint, the full stop behind a bracket included.

    >>> text = "完善制度。(牵头单位:区司法局;完成时限:2023年)"
    >>> [text[start:end] for start, end in spans(text, text)]
    ['(牵头单位:区司法局;完成时限:2023年)']
    """
    found = []
    for start, end in _stretches(folded):
        for begin, stop in duty_texts.spans(text[start:end], folded[start:end]):
            stop += start
            found.append((start + begin, stop + (folded[stop : stop + 1] == "。")))
    return found


def _stretches(folded: str) -> list[tuple[int, int]]:
    """List the runs of lines with a word of duty in them, each with the line below, where a list may go on."""
    stretches: list[tuple[int, int]] = []
    for cue in _cues(folded):
        if stretches and cue.start < stretches[-1][1]:
            start = stretches.pop()[0]
        else:
            start = max(0, folded.rfind("\n", 0, cue.start))  # the line end before it is looked at, too
        below = _LINE.search(folded, _line_end(folded, cue.end))
        stretches.append((start, below.end() if below else len(folded)))
    return stretches


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
    first = folded[start : min(end, start + _LONGEST_LABEL)]
    label = first.lstrip(_BRACKETS)[:2] in _openings()
    if label and any(cue.start < 3 and not first[: cue.start].strip(_BRACKETS) for cue in _cues(first)):
        return True
    return first[:1] == "(" and _BRACKET_OF_VERBS.match(folded, start, end) is not None


def within(found: list[tuple[int, int]], at: int) -> bool:
    """Tell whether an offset lies in one of the stretches."""
    return bool(inside(found, at, at + 1))


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
