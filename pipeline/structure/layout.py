"""Tell what part of its page every paragraph of a report is: title, body, caption, salutation, signature, furniture …

The parts are found from the body outwards: the first and the last paragraph of prose part the head from the body and the
body from the foot, and each short line is judged by where it stands and how it ends.
"""

from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from pipeline.structure import dates, furniture, labels, line_kinds, paragraphs


class Block(NamedTuple):
    """One paragraph: offsets, its role, and whether it is a row of a table; rows of `paragraphs` serve as blocks, too."""

    start: int
    end: int
    role: str
    is_row: bool


_PROSE = 16  # characters a paragraph with a full stop needs to count as prose
_LONG_PROSE = 45  # characters a paragraph without one needs
_OPENING_STYLES = ("part", "chapter", "chinese", "bracketed", "number", "ordinal")
_LONGEST_TITLE = 100
_PAGES = 3  # so often a line is repeated that belongs to the page
_ENDS = "。!?;…"
_SIGNS = (line_kinds.is_agency, line_kinds.is_date, line_kinds.is_byline, line_kinds.is_occasion)


def blocks(text: str, folded: str) -> list[Block]:
    """List the paragraphs of a text with their roles, in order; what stands between them is white space.

    `folded` is the text's fold, offsets count characters of both.
    """
    found = paragraphs.paragraphs(text, folded)
    return _Page(folded, found).read()


class _Page:
    """One report being read: its paragraphs' texts and the roles found so far (None: not yet known)."""

    def __init__(self, folded: str, found: list[paragraphs.Paragraph]):
        self.folded = folded
        self.found = found
        self.texts = [folded[p.start : p.end] for p in found]
        self.roles: list[str | None] = [
            "furniture" if furniture.is_furniture(text) else None for text in self.texts
        ]

    def read(self) -> list[Block]:
        prose = [i for i in range(len(self.texts)) if self._is_prose(i)]
        first = prose[0] if prose else len(self.texts)
        first = next((i for i in range(first) if self._opens_body(i)), first)
        self._cut_foot(prose)
        last = max((i for i in prose if not self.roles[i]), default=-1)
        title = self._find_title(first)
        self._read_head(title, first)
        self._read_running_heads(title, first)
        self._read_signatures()
        self._read_foot(max(last, first - 1))
        self._read_captions(first)
        return [
            Block(p.start, p.end, role or "body", p.row)
            for p, role in zip(self.found, self.roles, strict=True)
        ]

    def _is_prose(self, i: int) -> bool:
        """Tell whether a paragraph is running text: it has a full stop, or commas and more than a title's length."""
        text = self.texts[i]
        if len(text) < _PROSE or self.roles[i] or self.found[i].row:
            return False
        runs_on = (
            "," in text
            and (text[-1] in ":;" or len(text) >= _LONG_PROSE)
            and not line_kinds.is_salutation(text)
        )
        return "。" in text or runs_on

    def _opens_body(self, i: int) -> bool:
        """Tell whether a numbered heading stands here, so that the head of the page is over."""
        if self.roles[i]:
            return False
        label = labels.read(self.folded, self.found[i].start)
        return label is not None and label.style in _OPENING_STYLES

    def _is_line(self, i: int, longest: int = line_kinds.LONGEST) -> bool:
        text = self.texts[i]
        return not self.roles[i] and len(text) <= longest and text[-1] not in _ENDS and not self.found[i].row

    def _cut_foot(self, prose: list[int]) -> None:
        """Give everything below the site's foot line to the page, where no more than a stray line of prose follows."""
        for i, text in enumerate(self.texts):
            if self.roles[i] and furniture.opens_rest(text):
                below = len(prose) - bisect_right(prose, i)
                if not below or (i > len(self.texts) // 2 and below == 1):
                    self.roles[i:] = ["furniture"] * (len(self.texts) - i)
                    return

    def _find_title(self, first: int) -> int | None:
        """Choose the line above the body that reads most like a report's title, and join the lines it runs over."""
        lines = [i for i in range(first) if self._is_line(i, _LONGEST_TITLE) and self.texts[i][-1] != ":"]
        if not lines:
            return None
        best = max(lines, key=lambda i: (self._title_score(i), -i))
        if self._title_score(best) < 3:
            return None
        self.roles[best] = "title"
        at = after = best
        while at - 1 in lines and line_kinds.title_goes_on(self.texts[at - 1], self.texts[at]):
            at -= 1
            self.roles[at] = "title"
        while after + 1 in lines and line_kinds.title_goes_on(self.texts[after], self.texts[after + 1]):
            after += 1
            self.roles[after] = "title"
        return after

    def _title_score(self, i: int) -> int:
        below = self.texts[i + 1] if i + 1 < len(self.texts) else ""
        over_date = self.roles[i + 1 : i + 2] == ["furniture"] and dates.first(below)
        return line_kinds.title_score(self.texts[i]) + 2 * bool(over_date)

    def _read_head(self, title: int | None, first: int) -> None:
        """Name the lines above the body: what stands over the title is the site's, below it come byline and salutation."""
        loose = []
        for i in range(first):
            text = self.texts[i]
            if self.roles[i]:
                continue
            if self._answers_label(i) or (title is not None and i < title and text[-1] not in _ENDS):
                self.roles[i] = "furniture"
            elif title is not None and line_kinds.same_title(text, self.texts[title]):
                self.roles[i] = "title"
            elif line_kinds.is_salutation(text):
                self.roles[i] = "salutation"
            elif any(kind(text) for kind in _SIGNS):
                self.roles[i] = "signature"
            elif title is not None and self._is_line(i) and text[-1] != ":":
                loose.append(i)
        if len(loose) > 1:
            for i in loose:
                self.roles[i] = "caption"

    def _read_running_heads(self, title: int | None, first: int) -> None:
        """Name the lines that stand on every page of a printed report: its title, or any short line again and again."""
        lines = [i for i in range(first, len(self.texts)) if self._is_line(i) and ":" not in self.texts[i]]
        times = Counter(self.texts[i] for i in lines)
        for i in lines:
            repeated = times[self.texts[i]] >= _PAGES and not self._opens_body(i)
            if repeated or (title is not None and line_kinds.same_title(self.texts[i], self.texts[title])):
                self.roles[i] = "furniture"

    def _answers_label(self, i: int) -> bool:
        """Tell whether a line is the value to the label on the line above (索引号: / 11R000/2022-14)."""
        above = self.texts[i - 1] if i else ""
        return bool(i and self.roles[i - 1] == "furniture" and above[-1] == ":" and len(above) <= 12)

    def _read_signatures(self) -> None:
        """Find dates on lines of their own, the offices above them, and a second title that follows such a signature."""
        for i, text in enumerate(self.texts):
            if self.roles[i] not in (None, "signature") or len(text) > 40 or not line_kinds.is_date(text):
                continue
            self.roles[i] = "signature"
            above = i - 1
            while (
                above >= 0
                and i - above <= 6
                and self._is_line(above)
                and line_kinds.is_agency(self.texts[above])
            ):
                self.roles[above] = "signature"
                above -= 1
            if above > 0:
                self._find_second_title(i + 1)

    def _find_second_title(self, below: int) -> None:
        """Name the title of the document that a notice passes on, below the notice's signature."""
        while below < len(self.texts) and self.roles[below] == "furniture":
            below += 1
        if below < len(self.texts) and self._is_line(below, _LONGEST_TITLE):
            if line_kinds.ends_title(self.texts[below]) and not self._has_label(below):
                self.roles[below] = "title"

    def _read_foot(self, last: int) -> None:
        """Name the short lines below the body: offices sign, the rest is the page's once the page's own lines began."""
        page = annex = False
        for i in range(last + 1, len(self.texts)):
            page = page or self.roles[i] == "furniture"
            annex = (annex or self.texts[i].startswith("附件")) and self.roles[i] in ("furniture", None)
            if not self._is_line(i):
                continue
            if line_kinds.is_agency(self.texts[i]) or line_kinds.is_byline(self.texts[i]):
                self.roles[i] = "signature"
            elif page and (annex or not self._has_label(i)):
                self.roles[i] = "furniture"

    def _read_captions(self, first: int) -> None:
        """Name the captions of pictures and tables inside the body."""
        for i in range(first, len(self.texts)):
            if self.roles[i] or len(self.texts[i]) > line_kinds.LONGEST_CAPTION or self.found[i].row:
                continue
            if line_kinds.is_picture(self.texts[i]) or (self._is_line(i) and self._names_table(i)):
                self.roles[i] = "caption"

    def _names_table(self, i: int) -> bool:
        if not line_kinds.is_table_name(self.texts[i], over_table=True):
            return False
        over_table = i + 1 < len(self.found) and (
            self.found[i + 1].row or self.texts[i + 1].startswith("单位:")
        )
        return over_table or line_kinds.is_table_name(self.texts[i], over_table=False)

    def _has_label(self, i: int) -> bool:
        return labels.read(self.folded, self.found[i].start) is not None
