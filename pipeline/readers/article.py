"""Find the report among a page's lines: the element that holds its sentences and no navigation, and the title above it."""

import re
from functools import cache
from typing import NamedTuple

from pipeline import codebook
from pipeline.readers import facts
from pipeline.readers.markup import Line, Page

SENTENCE_SIGNS = re.compile(r"[,;:、。!?]")
SHORTEST_SENTENCE = 15  # characters under which a line is a label, a link or a heading
LINK_LIST = 0.6  # share of link text above which a line is navigation
LABEL_COST = (
    0.3  # how much a line that is no sentence counts against an element: an article has few, a page many
)
MOST_SENTENCES = 0.7  # share of the sentences that must lie before a line that ends an article
MOST_LEADING = 12  # lines above the title that may be page furniture inside the article's element
SHORTEST_TITLE = 6
# A closing line outside the element: the signing office, or a date.
OFFICE = re.compile(r".{2,40}(?:政府|委员会|办公室|局|厅|委|司|处|院|街道办事处|领导小组|管委会)")
DATE = re.compile(
    r"[\d〇○零一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
SUBTITLE = re.compile(r"[—\-]{1,4}.{2,40}|\(.{2,40}\)|.{2,20}[〔\[(]\d{4}[〕\])]\s?第?\d{1,4}号")
# Names that content systems give the element around an article's text (id or class).
CONTENT_NAME = re.compile(
    r"zoom|trs_(?:editor|ueditor)|ucap-content|vsb_content|bt_content|article[-_]?(?:content|body|con|text)|"
    r"(?:content|con|news|text|detail)[-_]?(?:text|body|con|content|main|box|article)|zhengwen|artical|pages_content|xxgk_content",
    re.I,
)


class Article(NamedTuple):
    """The article's lines, title first where it is shown, and the number of the line on the page where it begins."""

    lines: list[str]
    begin: int
    title: str | None


class Furniture(codebook.Entry):
    """One way page furniture reads, and where such a line can stand."""

    pattern: str
    place: str


@cache
def _furniture(place: str) -> re.Pattern:
    entries = codebook.load("pages", Furniture)
    return re.compile("|".join(f"(?:{entry.pattern})" for entry in entries if place in ("any", entry.place)))


def plain(text: str) -> str:
    """Fold a line for matching: half-width signs, simplified characters, no outer white space."""
    return facts.plain(text).strip()


def find(page: Page, titles: list[str]) -> Article:
    """Return the article; `titles` are the page's names for itself (<meta>, <title>), by which its title is known."""
    lines = page.lines
    _join_titles(lines, titles)
    start, end = _with_signature(lines, *_element(page))
    first, last = _trim(lines, start, end, titles)
    kept = [line.text for line in lines[first:last] if line.text and not _is_furniture(line)]
    inside = next(
        (line.text for line in lines[first : min(first + 5, last)] if _names(line.text, titles)), None
    )
    if inside:
        return Article(kept, first, inside)
    at = _title_above(lines, first, titles)
    if at is None:
        return Article(kept, first, None)
    below = [line.text for line in lines[at + 1 : first] if SUBTITLE.fullmatch(plain(line.text))]
    return Article([lines[at].text, *below, *kept], at, lines[at].text)


def _join_titles(lines: list[Line], titles: list[str]) -> None:
    """Put a title that is broken over two or three lines on the first of them."""
    longest = max(map(len, titles), default=0)
    for position, line in enumerate(lines):
        for further in (2, 3) if len(line.text) < longest else ():
            joined = "".join(each.text for each in lines[position : position + further])
            if line.text and _names(joined, titles) and len(joined) > len(line.text):
                line.text = joined
                for each in lines[position + 1 : position + further]:
                    each.text = ""


def _is_furniture(line: Line) -> bool:
    if line.text.endswith("。"):
        return False
    if line.linked > LINK_LIST * len(line.text):
        return True
    return bool(_furniture("any").match(plain(line.text)))


def _weight(line: Line) -> int:
    """Return how many characters of sentences a line holds: none for labels, links and furniture."""
    unlinked = len(line.text) - line.linked
    text = plain(line.text)
    if unlinked < SHORTEST_SENTENCE or not SENTENCE_SIGNS.search(text) or _furniture("any").match(text):
        return 0
    return unlinked


def _element(page: Page) -> tuple[int, int]:
    """Return the range of lines of the element with most sentences and least navigation, or of a named one around it.

    Each line counts its characters for or against; of equals the innermost element is taken.
    """
    sums = [0]
    for line in page.lines:
        sums.append(sums[-1] + _vote(line))
    spans = page.spans
    if not spans or not page.lines:
        return 0, len(page.lines)

    def merit(element) -> tuple[int, int]:
        first, last = spans[element]
        return sums[last] - sums[first], first - last

    best = max(spans, key=merit)
    around = [element for element in best.iterancestors() if _is_named(element) and element in spans]
    if around and _is_clean(page, spans[around[-1]], spans[best]):
        return spans[around[-1]]
    return spans[best]


def _vote(line: Line) -> int:
    """Count a line for the article (its sentences) or against it: furniture, facts such as 内容概述: …, mere labels."""
    if _is_furniture(line) or facts.is_labelled(line.text):
        return -len(line.text)
    is_row = "\t" in line.text
    return _weight(line) or (0 if is_row else -round(LABEL_COST * len(line.text)))


def _is_named(element) -> bool:
    return bool(CONTENT_NAME.search(f"{element.get('id', '')} {element.get('class', '')}"))


def _is_clean(page: Page, outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    """Tell whether what an outer element adds is text of the article rather than a list of links."""
    added = page.lines[outer[0] : inner[0]] + page.lines[inner[1] : outer[1]]
    return sum(line.linked for line in added) <= LINK_LIST * sum(len(line.text) for line in added)


def _with_signature(lines: list[Line], start: int, end: int) -> tuple[int, int]:
    """Take in the signature and date that stand right behind the element."""
    while end < len(lines) and (OFFICE.fullmatch(plain(lines[end].text)) or _is_date(lines[end])):
        if lines[end].linked:
            break
        end += 1
    return start, end


def _is_date(line: Line) -> bool:
    return bool(DATE.fullmatch("".join(plain(line.text).split())))


def _trim(lines: list[Line], start: int, end: int, titles: list[str]) -> tuple[int, int]:
    """Leave out what stands above the title and, near the end, what follows the first line of furniture."""
    for position in range(start, min(start + MOST_LEADING, end)):
        if _names(lines[position].text, titles) and not any(map(_weight, lines[start:position])):
            start = position
            break
    total = sum(map(_weight, lines[start:end]))
    passed = 0
    for position in range(start, end):
        if passed >= MOST_SENTENCES * total and _furniture("tail").match(plain(lines[position].text)):
            return start, position
        passed += _weight(lines[position])
    return start, end


def _squeeze(text: str) -> str:
    return "".join(plain(text).split())


def _names(text: str, titles: list[str]) -> bool:
    """Tell whether a line is the title: one of the page's names for itself holds it."""
    squeezed = _squeeze(text)
    return len(squeezed) >= SHORTEST_TITLE and any(squeezed in _squeeze(title) for title in titles)


def _title_above(lines: list[Line], first: int, titles: list[str]) -> int | None:
    """Return the number of the line above the article that shows its title: by its words, else as a heading."""
    above = [position for position in range(first) if lines[position].text]
    named = [position for position in above if _names(lines[position].text, titles)]
    if named:
        return max(named, key=lambda position: (len(lines[position].text), position))
    headings = [position for position in above if lines[position].element.tag in ("h1", "h2")]
    return headings[-1] if headings else None
