"""Close the gaps that line breaks and stray spaces leave in a folded sentence, and find the way back to its offsets."""

import re

# A break with its indentation, or one space; wider gaps and tabs part columns and stay. The search leaps from white space to
# white space, since the pattern opens with one class of characters.
GAP = re.compile(r"[ \t\r\n](?:(?<=[ \t])[ \t]*\r?\n\s*|(?<=\r)\n\s*|(?<=\n)\s*|(?<= )(?<![ \t] )(?![ \t]))")
LABEL = re.compile(r"\s*[(]?[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?$")  # 3.1 个人…: the space ends the list number
FULL_LINE = 15  # characters; a shorter line ends where its author ended it, so the number at its end is whole


class Unwrapped:
    """A sentence without its gaps; `text` is what to read, `back` gives the span in the sentence as published."""

    def __init__(self, text: str, kept: list[tuple[int, int]] | None):
        self.text = text
        self._at = [i for start, end in kept for i in range(start, end)] if kept else None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters `start:end` of `text` stand in the original, from the first to the last."""
        if self._at is None:
            return start, end
        return self._at[start], self._at[end - 1] + 1


def unwrap(folded: str) -> Unwrapped:
    """Drop the gaps inside words and numbers; where a gap parts two numbers or two Latin words it stays.

    >>> unwrap("办结案件4 997件，出庭率不低\\n  于 80%").text
    '办结案件4 997件，出庭率不低于80%'
    """
    if "\n" not in folded and " " not in folded:
        return Unwrapped(folded, None)
    kept, last = [], 0
    for gap in GAP.finditer(folded):
        if _closes(folded, gap):
            kept.append((last, gap.start()))
            last = gap.end()
    if not kept:
        return Unwrapped(folded, None)
    kept.append((last, len(folded)))
    return Unwrapped("".join(folded[start:end] for start, end in kept), kept)


def without_gaps(folded: str) -> str:
    """Return the text of `unwrap` where the way back is not asked for."""
    return unwrap(folded).text if "\n" in folded or " " in folded else folded


def _closes(text: str, gap: re.Match) -> bool:
    start, end = gap.span()
    if not start or end == len(text):
        return False
    left, right = text[start - 1], text[end]
    broken = "\n" in gap.group()
    if left.isdigit() and right.isdigit():
        began = text.rfind("\n", 0, start)  # a sentence may begin in the middle of its first line
        return broken and (began < 0 or start - began > FULL_LINE)
    if left.isascii() and left.isalpha() and right.isascii() and right.isalpha():
        return False
    return not (start < 10 and LABEL.match(text[:start])) or broken
