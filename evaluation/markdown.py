"""Write tables and cells that Markdown shows as they are."""

import re

SPECIAL = re.compile(r"[|<>*_`\[\]\\]")
LONG = 90  # characters of a sentence that a table's cell shows


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table, or a word where it would be empty."""
    if not rows:
        return "Nothing was coded here.\n"
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def cell(text: str, longest: int = LONG) -> str:
    """Return text for a cell: on one line, not too long, signs that mean something to Markdown made plain.

    >>> cell("办结\\n4|5件")
    '办结 4\\\\|5件'
    """
    text = " ".join(text.split())
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    return SPECIAL.sub(lambda sign: "\\" + sign[0], text)


def number(value: float | None) -> str:
    """Return a score with three digits, or a dash where there is none.

    >>> number(0.98765), number(None)
    ('0.988', '–')
    """
    return "–" if value is None else f"{value:.3f}"
