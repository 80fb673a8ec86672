"""Tell what kind of report a text is by the cues of the codebook."""

import re
from functools import cache
from typing import Literal

from pipeline import codebook
from pipeline.manifest import GENRES


class Cue(codebook.Entry):
    """One cue: where it is looked for, its pattern on folded text, and the genre it tells."""

    genre: Literal[GENRES]
    where: Literal["title", "body", "byline", "page"]
    cue: str


@cache
def _cues() -> list[tuple[str, str, re.Pattern]]:
    return [(cue.genre, cue.where, re.compile(cue.cue)) for cue in codebook.load("genres", Cue)]


def guess(*, title: list[str], body: list[str], byline: list[str], page: list[str]) -> str | None:
    """Return the genre of the first cue found in these folded lines; None where no cue is.

    >>> guess(title=["某县2023年法治政府建设年度报告"], body=[], byline=[], page=[])
    'annual_report'
    """
    within = {"title": title, "body": body, "byline": byline, "page": page}
    for genre, where, cue in _cues():
        if any(cue.search(line) for line in within[where]):
            return genre
    return None
