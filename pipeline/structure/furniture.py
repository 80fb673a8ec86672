"""Recognise page furniture: what a web site, a scanner or an office prints around a report."""

import re
from functools import cache
from typing import Literal

from pipeline import codebook

LONGEST = 300  # characters; longer lines are the report's own
_BULLETS = " •·●◆■▪※|#*"


class Furniture(codebook.Entry):
    """One pattern, on folded text. `at`: `line` (all of it), `start` of a line, or `rest` (the line and all below it)."""

    name: str
    at: Literal["line", "start", "rest"]
    pattern: str


@cache
def _patterns() -> tuple[re.Pattern, re.Pattern]:
    entries = codebook.load("furniture", Furniture)
    line = [f"(?:{entry.pattern})$" if entry.at == "line" else f"(?:{entry.pattern})" for entry in entries]
    rest = [f"(?:{entry.pattern})" for entry in entries if entry.at == "rest"]
    return re.compile("|".join(line)), re.compile("|".join(rest))


def is_furniture(line: str) -> bool:
    """Tell whether a folded line belongs to the page and not to the report.

    >>> is_furniture("发布时间:2023-01-31 来源:区司法局"), is_furniture("一、来源清晰")
    (True, False)
    """
    return len(line) <= LONGEST and _patterns()[0].match(line.lstrip(_BULLETS)) is not None


def opens_rest(line: str) -> bool:
    """Tell whether only furniture can follow behind this line (related news, copyright)."""
    return len(line) <= LONGEST and _patterns()[1].match(line.lstrip(_BULLETS)) is not None
