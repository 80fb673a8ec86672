"""Join the lines of a PDF's pages into paragraphs, leaving out what is repeated at the head and foot of its pages."""

import re
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from pipeline.fold import fold
from pipeline.readers.pdf_layout import Line, Page, glued

EDGE = 0.12  # share of a page's height at its head and foot in which running headers and page numbers stand
EDGE_LINES = 3  # at most, at either end
REPEATED = 0.5  # share of the pages a running header stands on (left and right pages may differ)
SAME_PLACE = 6.0  # points a running header may move up or down from page to page
PAGE_NUMBER = re.compile(
    r"[-—–─·.\s]*(?:page\s*|p\.?\s*)?(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*页)?(?:\s*[/,,]?\s*(?:共|of)?\s*\d{1,4}\s*页?)?[-—–─·.\s]*|"
    r"[-—–─\s]*第\s*[一二三四五六七八九十百]{1,5}\s*页[-—–─\s]*",
    re.I,
)
SMALL = 0.92  # of the usual type size, under which a line at the head of a page is no part of the text
HEAD_GAP = 2.0  # type sizes of white space between such a line and the text
DIGITS = re.compile(r"\d+")
STRONG_END = tuple("。！？!?：:；;")
FULL_LINE = 2.6  # type sizes that a full line may lack at its right, since a sign may not begin the next one
JUST_FULL = 1.3  # the same where the line breaks off in the middle of a sentence and the next one is indented
INDENT = 0.8  # type sizes from which a line counts as indented
APART = 1.6  # times the usual line distance from which lines belong to different paragraphs
OTHER_SIZE = 0.12  # share by which type sizes of one paragraph's lines may differ
CENTRED = 1.5  # type sizes by which a centred line's margins may differ
INSET = 0.3  # type sizes that a centred line at least stands off its margins
SIGNED = 4.0  # type sizes of indent from which a line is a signature or a date, not the run of a paragraph
UNBROKEN = re.compile(r"[\x21-\x7e]*")  # a number or word is not broken but moved to the next line whole
LATIN_WIDTH = 0.55  # type sizes a letter or figure takes
LARGER = 1.1  # times the usual type size, from which centred lines are one title
FEWEST_LINES = 8  # from which a page's own margins are known
MOST_LINES = 0.95  # share of lines that end at the right margin or before: the others stick out
LABEL = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[((][一二三四五六七八九十\d]{1,3}[))]|\d{1,2}[.、．]\D|第[一二三四五六七八九十]{1,3}[章节条])"
)


class Margins(NamedTuple):
    """Where the text of a page's column begins and ends, how far its lines lie apart, and its usual type size."""

    left: float
    right: float
    leading: float
    size: float


def join(pages: list[Page]) -> list[str]:
    """Return the document's paragraphs as lines of text."""
    kept = _without_edges(pages)
    whole = {
        column: _margins([x for lines in kept for x in lines if x.column == column]) for column in range(3)
    }
    paragraphs: list[str] = []
    first = before = None
    for number, lines in enumerate(kept):
        for line in _placed(lines, whole, number):
            if before and _continues(first, before, line):
                paragraphs[-1] = glued(paragraphs[-1], line.text)
            else:
                paragraphs.append(line.text)
                first = line
            before = line
    return [text for text in paragraphs if text.strip()]


class Placed(NamedTuple):
    """A line with the margins of its column and the (page, column) it stands in."""

    line: Line
    margins: Margins
    region: tuple[int, int]

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def indent(self) -> float:
        """How far the line begins right of its margin, in type sizes."""
        return (self.line.left - self.margins.left) / self.line.size

    @property
    def lack(self) -> float:
        """How far the line ends left of its margin, in type sizes."""
        return (self.margins.right - self.line.right) / self.line.size

    @property
    def is_centred(self) -> bool:
        return abs(self.indent - self.lack) < CENTRED and min(self.indent, self.lack) > INSET


def _placed(lines: list[Line], whole: dict[int, Margins], number: int) -> Iterator[Placed]:
    """Yield a page's lines with margins: the page's own, or the document's where the page has few lines."""
    columns = {line.column: [x for x in lines if x.column == line.column] for line in lines}
    margins = {c: _margins(own) if len(own) >= FEWEST_LINES else whole[c] for c, own in columns.items()}
    for line in lines:
        yield Placed(line, margins[line.column], (number, line.column))


def _margins(lines: list[Line]) -> Margins:
    lines = [line for line in lines if not line.is_row]
    if not lines:
        return Margins(0.0, 0.0, 0.0, 1.0)
    rights = sorted(line.right for line in lines)
    gaps = [a.y - b.y for a, b in zip(lines, lines[1:], strict=False) if 0 < a.y - b.y < 4 * a.size]
    return Margins(
        left=_usual([line.left for line in lines]),
        right=rights[round(MOST_LINES * (len(rights) - 1))],
        leading=median(gaps) if gaps else 0.0,
        size=median(line.size for line in lines),
    )


def _usual(values: list[float]) -> float:
    """Return the leftmost place at which a tenth of all lines begin: the margin, not the indent or a stray mark."""
    rounded = Counter(round(value) for value in values)
    common = [value for value, count in rounded.items() if count * 10 >= len(values)]
    return min(common or rounded or [0.0])


def _without_edges(pages: list[Page]) -> list[list[Line]]:
    """Leave out page numbers and what stands at the head and foot of several pages, or in small type above the text."""
    edges = [_edges(page) for page in pages]
    running = _running(edges)
    size = median([line.size for page in pages for line in page.lines] or [1.0])
    kept = []
    for page, lines in zip(pages, edges, strict=True):
        furniture = {id(line) for line in lines if _is_furniture(line, page, running, size)}
        kept.append([line for line in page.lines if id(line) not in furniture])
    return kept


def _edges(page: Page) -> list[Line]:
    """Return the lines nearest a page's head and foot."""
    by_place = sorted(page.lines, key=lambda line: line.y)
    low = [line for line in by_place[:EDGE_LINES] if line.y < EDGE * page.height]
    return low + [line for line in by_place[-EDGE_LINES:] if line.y > (1 - EDGE) * page.height]


def _running(edges: list[list[Line]]) -> set[tuple[str, int]]:
    """Return the lines of page edges that stand on several pages, their digits aside, by text and place."""
    found = Counter(key for lines in edges for key in {key for line in lines for key in _keys(line)})
    least = max(2, REPEATED * len(edges) / 2)
    return {key for key, count in found.items() if count >= least}


def _keys(line: Line) -> list[tuple[str, int]]:
    """Name a line by its text without digits and its height on the page, in two ways to cut heights into bands."""
    text = "".join(DIGITS.sub("#", fold(line.text)).split())
    band = line.y / SAME_PLACE
    return [(text, 2 * int(band)), (text, 2 * int(band + 0.5) + 1)]


def _is_furniture(line: Line, page: Page, running: set[tuple[str, int]], size: float) -> bool:
    if PAGE_NUMBER.fullmatch(fold(line.text).strip()) or any(key in running for key in _keys(line)):
        return True
    below = [other.y for other in page.lines if other.y < line.y - 1]
    is_apart = not below or line.y - max(below) > HEAD_GAP * size
    return line.y > page.height / 2 and line.size < SMALL * size and is_apart


def _continues(first: Placed, before: Placed, after: Placed) -> bool:
    """Tell whether a line goes on the paragraph that `first` began and `before`, maybe a page earlier, left off."""
    if before.line.is_row or after.line.is_row:
        return False
    if abs(before.line.size - after.line.size) > OTHER_SIZE * before.line.size:
        return False
    together = before.region == after.region
    leading = before.margins.leading
    if together and leading and not -1 < before.line.y - after.line.y < APART * leading:
        return False
    if before.is_centred and after.is_centred:
        return together and before.line.size > LARGER * before.margins.size
    if after.indent <= INDENT:
        moved = UNBROKEN.match(after.text).end()
        return before.lack < FULL_LINE + LATIN_WIDTH * moved
    is_hanging = INDENT / 2 < after.indent - first.indent and after.indent < SIGNED
    broken_off = not before.text.endswith(STRONG_END) and not LABEL.match(fold(after.text))
    return is_hanging and broken_off and before.lack < JUST_FULL
