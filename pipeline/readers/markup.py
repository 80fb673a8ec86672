"""Lay out a parsed web page as lines of visible text, each knowing the element it stands in.

One walk over the tree, no recursion, so that depth costs nothing. Lines break where a browser breaks them (block elements,
<br>); a data table gives one line a row, its cells parted by tabs; what markup splits inside a line is put together again.
"""

import re
from dataclasses import dataclass, field

HIDDEN_TAGS = frozenset(
    "script style noscript template select option textarea button input iframe object embed svg canvas audio video map"
    " xml rt rp title meta link datalist".split()
)
BLOCK_TAGS = frozenset(
    "html body p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr td th section article header"
    " footer nav aside main form fieldset legend blockquote pre center figure figcaption hr address details summary".split()
)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
HIDING_RULE = re.compile(
    r"([^{}]{1,300})\{[^{}]{0,2000}?(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I
)
SIMPLE_SELECTOR = re.compile(r"\s*([.#][\w-]+)\s*")
UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:\s*none", re.I)

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\xad"))
BLANKS = re.compile(r"[ \t\r\n\f\xa0\u2002-\u200a\u202f\u3000]+")
BREAK = "\v"  # stands for a line break a reader sees; the source's own line breaks are white space
EDGES = " \t\r\n\f\xa0\u2002\u2003\u2009\u202f\u3000"
# A line break in the source is no space to a Chinese reader, nor between the halves of a number.
CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffee\u2014\u2018-\u201d\u2026\u3000-\u303f"
SOURCE_BREAK = re.compile(
    rf"(?<=[{CJK}])[ \t]*[\r\n]\s*(?=[{CJK}0-9])|(?<=[0-9.,%])[ \t]*[\r\n]\s*(?=[{CJK}0-9.,%])"
)
MOST = 0.5  # share of a page's text
WIDEST_SPAN = 100
LARGEST_CELL = (
    0.6  # share of a table's text above which one cell holds the article: a table that only lays out the page
)


@dataclass
class Line:
    """One line as a reader sees it; `linked` counts its characters that are link text."""

    text: str
    linked: int
    element: object


@dataclass
class Page:
    """The lines of a page in order, and for each element the range of lines it holds."""

    lines: list[Line] = field(default_factory=list)
    spans: dict[object, tuple[int, int]] = field(default_factory=dict)


def layout(root) -> Page:
    """Return the visible lines of a parsed page in reading order.

    Blocks that the page's style sheet hides are left out, unless they hold most of it: then a script shows them.
    """
    tables, hidden = _data_tables(root), _hiding_selectors(root)
    page = _walk(root, tables, hidden)
    if not hidden:
        return page
    whole = _walk(root, tables, set())
    return page if _size(page) > MOST * _size(whole) else whole


def _size(page: Page) -> int:
    return sum(len(line.text) - line.linked for line in page.lines)


def _walk(root, tables: set, hidden: set[str]) -> Page:
    from lxml import etree

    walker = _Walker(hidden, tables)
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in events:
        if event == "start":
            if walker.hides(element):
                events.skip_subtree()
                walker.skipped = element
            else:
                walker.open(element)
        elif event == "end" and element is not walker.skipped:
            walker.close(element)
        if event != "start":
            walker.add(element.tail)
    walker.flush()
    return walker.page


class _Walker:
    """The state of one walk: the pieces of the line being written, and where in lists, links and tables it stands."""

    def __init__(self, hidden: set[str], tables: set):
        self.page, self.hidden, self.tables = Page(), hidden, tables
        self.pieces: list[str] = []
        self.linked = self.row_linked = self.links = self.preformatted = 0
        self.cells: list[str] | None = None
        self.covered: dict[int, int] = {}  # column -> rows that a cell above still covers
        self.counters: list[int | None] = []
        self.starts: dict[object, int] = {}
        self.place = self.skipped = None

    def hides(self, element) -> bool:
        if element.tag in HIDDEN_TAGS or element.get("hidden") is not None:
            return True
        if HIDDEN_STYLE.search(element.get("style", "")):
            return True
        names = {f".{name}" for name in element.get("class", "").split()} | {f"#{element.get('id')}"}
        return bool(self.hidden) and not self.hidden.isdisjoint(names)

    def open(self, element) -> None:
        tag = element.tag
        self.links += tag == "a"
        self.preformatted += tag == "pre"
        if tag in BLOCK_TAGS:
            self.break_line(element)
            self.starts[element] = len(self.page.lines)
        if tag == "table":
            self.covered = {}
        if tag == "tr" and self._table(element) in self.tables:
            self.flush()
            self.cells, self.row_linked = [], 0
        elif tag in ("ol", "ul"):
            self.counters.append(_first_number(element))
        elif tag == "li":
            self._number()
        elif tag == "br":
            self.pieces.append(BREAK)
        self.add(element.text)

    def close(self, element) -> None:
        tag = element.tag
        self.links -= tag == "a"
        self.preformatted -= tag == "pre"
        if tag in ("td", "th") and self.cells is not None:
            self._cell(element)
        elif tag == "tr" and self.cells is not None:
            self._row(element)
        elif tag in ("ol", "ul") and self.counters:
            self.counters.pop()
        if tag in BLOCK_TAGS:
            self.break_line(element.getparent())
            self.page.spans[element] = (self.starts[element], len(self.page.lines))

    def add(self, text: str | None) -> None:
        if not text:
            return
        plain = text.replace(BREAK, " ")
        self.pieces.append(plain.replace("\n", BREAK) if self.preformatted else plain)
        self.linked += len("".join(text.split())) if self.links else 0

    def break_line(self, place) -> None:
        if self.cells is None:
            self.flush()
            self.place = place
        else:
            self.pieces.append(BREAK)

    def flush(self) -> None:
        linked = self.linked
        for text in self._finished():
            self.page.lines.append(Line(text, min(linked, len(text)), self.place))
            linked = max(0, linked - len(text))

    def _finished(self) -> list[str]:
        """Return the lines written so far and begin anew."""
        raw = "".join(self.pieces).translate(INVISIBLE)
        self.pieces, self.linked = [], 0
        lines = (BLANKS.sub(" ", SOURCE_BREAK.sub("", part)).strip(EDGES) for part in raw.split(BREAK))
        return [line for line in lines if line]

    def _cell(self, element) -> None:
        """Put a cell in its column: one that spans several columns or rows leaves the others it covers empty."""
        while self.covered.get(len(self.cells), 0) > 0:
            self.covered[len(self.cells)] -= 1
            self.cells.append("")
        self.row_linked += self.linked
        rows, columns = _span(element, "rowspan"), _span(element, "colspan")
        for column in range(len(self.cells), len(self.cells) + columns):
            self.covered[column] = rows - 1
        self.cells += [" ".join(self._finished()), *[""] * (columns - 1)]

    def _row(self, element) -> None:
        text = "\t".join([*self.cells, *self._finished()]).rstrip("\t")
        self.cells = None
        if text.strip():
            self.page.lines.append(Line(text, min(self.row_linked, len(text)), element))

    def _number(self) -> None:
        if self.counters and self.counters[-1] is not None:
            self.counters[-1] += 1
            self.pieces.append(f"{self.counters[-1]}. ")

    def _table(self, row):
        return next(row.iterancestors("table"), None)


def _span(cell, attribute: str) -> int:
    """Return how many rows or columns a cell covers; nonsense counts as one."""
    value = cell.get(attribute, "1").strip()
    return min(int(value), WIDEST_SPAN) if re.fullmatch("[1-9][0-9]{0,5}", value) else 1


def _first_number(element) -> int | None:
    """Return the number before the first of an ordered list, or None where the items bear none."""
    if element.tag == "ul" or UNNUMBERED.search(element.get("style", "")):
        return None
    start = element.get("start", "1")
    return int(start) - 1 if start.isascii() and start.isdigit() and len(start) < 7 else 0


def _hiding_selectors(root) -> set[str]:
    """Read from the page's own style sheets which classes and ids are not shown (plain selectors only)."""
    sheets = " ".join(style.text or "" for style in root.iter("style"))[:200_000]
    rules = re.sub(r"/\*.*?\*/", " ", sheets, flags=re.S)
    names = (name for rule in HIDING_RULE.finditer(rules) for name in rule.group(1).split(","))
    return {match.group(1) for match in map(SIMPLE_SELECTOR.fullmatch, names) if match}


def _data_tables(root) -> set:
    """Return the tables that hold data: innermost, with several cells in a row, no cell outweighing the rest."""
    outer = {next(table.iterancestors("table"), None) for table in root.iter("table")}
    return {table for table in root.iter("table") if table not in outer and _is_data(table)}


def _is_data(table) -> bool:
    rows = [
        [len("".join(cell.itertext()).strip()) for cell in row.iter("td", "th")] for row in table.iter("tr")
    ]
    sizes = [size for row in rows for size in row if size]
    if not any(sum(size > 0 for size in row) > 1 for row in rows):
        return False
    return len(sizes) > 2 and max(sizes) <= max(60, LARGEST_CELL * sum(sizes))
