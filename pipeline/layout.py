"""Tell what part of its page every paragraph of a report is: title, body, caption, salutation, signature, furniture …

The parts are found from the body outwards: the first and the last paragraph of prose part the head from the body and the
body from the foot, and each short line is judged by where it stands and how it ends.
"""

import re
from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from pipeline import dates, furniture, labels, paragraphs


class Block(NamedTuple):
    """One paragraph: offsets, its role, and whether it is a row of a table."""

    start: int
    end: int
    role: str
    row: bool


_PROSE = 16  # characters a paragraph with a full stop needs to count as prose
_LONG_PROSE = 45  # characters a paragraph without one needs
_OPENING_STYLES = ("part", "chapter", "chinese", "bracketed", "number", "ordinal")
_SHORT = 60  # a longer line is no title, signature or caption
_PAGES = 3  # so often a line is repeated that belongs to the page
_ENDS = "。!?;…"

_TITLE_END = re.compile(
    r"(?:报告|总结|计划|规划|方案|要点|意见|通知|公告|通报|汇报|情况|思考|探索|综述|纪实|办法|决定|清单|措施|做法|经验|材料|安排|建议"
    r"|决议|答复|公报|述评|建设)(?:\([^()]{1,20}\))?$"
)
_TITLE_WORD = re.compile("法治|依法|法制|普法|执法|行政|政府|建设")
_TITLE_NOTE = re.compile(r"\((?!\d)[^()]{2,12}\)$")
_TITLE_PART = re.compile(r"(?:人民政府|委员会|办公室|局|厅|委|院|关于[^ ]*|的|和|及|与|[、《“(])$")

_AGENCY = re.compile(
    r"^(?!.*(?:加快|加强|强化|创新|完善|提升|深化|坚持|健全|落实|打造|开展|举行|召开))(?:中共)?[一-龥·、() ]{2,40}?"
    r"(?:(?<!法治)政府|委员会|工委|区委|县委|市委|镇委|党委|办公室|办事处|领导小组|局|委|厅|院|处|科|所|队|站|中心|公司|学校|大学|协会|协调小组|办)"
    r"(?: *\((?:盖章|章|公章|代章)\))?$"
)
_ADDRESS = re.compile("各|政府|委|办|局|厅|院|处|部门|单位|团体|机构|公司|企业|同志|代表|领导|小组")
_NO_ADDRESS = re.compile("如下|以下|现将|情况|方面|报告|包括|[。;]")
_BYLINE = re.compile(
    r"(?:书记|市长|县长|区长|局长|主任|厅长|所长|镇长|乡长|部长|院长|检察长|组长|教授|处长|科长|委员)(?: |\()+ *[一-龥]{1,3}(?: *[一-龥]{1,2})?$"
    r"|^[一-龥]{2,30}(?:局|院|校|办|委|政府|中心|所|大学|学院) +[一-龥] ?[一-龥]{1,2}$"
    r"|^\(?(?:本刊|本报|本网)?(?:记者|通讯员|特约记者)[ :]|^\(?作者(?:系|为|是|单位)|^文 ?[/|]"
)
_MONTH = re.compile(
    r"\(?(?:\d{4}|[〇○零一二三四五六七八九]{4}) ?年 ?(?:\d{1,2}|[一二三四五六七八九十]{1,3}) ?月\)?"
)
_MEETING = re.compile(r"^\(?[^。]{0,40}(?:会议上?|通过|审议|批准|印发|上的(?:报告|讲话))\)?$")
_PICTURE = re.compile(
    r"^(?:[▲△▼]|[(\[【]?(?:图\d*[为:]|图[一二三四五六七八九\d]|(?:上|下|左|右)图|资料图)).{0,80}$"
    r"|^.{0,80}(?:摄|摄影|供图|资料图|图片)\)?$"
)
_TABLE_WORDS = re.compile(
    r"(?:对比|统计|情况|汇总|一览|明细|进展|对照)表(?:\([^()]{1,20}\))?$|\(单位:[^()]{1,8}\)$"
)
_TABLE_NAME = re.compile(
    r".{2,60}(?:表|图|一览|明细|台账)\d{0,2}(?: *\([^()]{1,20}\))?$|^表\d|^单位:[^。]{1,6}$"
)


def blocks(text: str, folded: str) -> list[Block]:
    """List the paragraphs of a text with their roles, in order; what stands between them is white space.

    `folded` is the text's fold, offsets count characters of both.
    """
    found = paragraphs.paragraphs(text, folded)
    return _Page(folded, found).read()


def is_byline(line: str) -> bool:
    """Tell whether a folded line gives an author by office and name."""
    return _BYLINE.search(line) is not None


def is_agency(line: str) -> bool:
    """Tell whether a folded line is the name of an office."""
    return _AGENCY.match(line) is not None


def _same(line: str, title: str) -> bool:
    return dates.squeeze(line).strip("《》“”") == dates.squeeze(title).strip("《》“”")


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
            "," in text and (text[-1] in ":;" or len(text) >= _LONG_PROSE) and not self._is_salutation(text)
        )
        return "。" in text or runs_on

    def _opens_body(self, i: int) -> bool:
        """Tell whether a numbered heading stands here, so that the head of the page is over."""
        if self.roles[i]:
            return False
        label = labels.read(self.folded, self.found[i].start)
        return label is not None and label.style in _OPENING_STYLES

    def _is_line(self, i: int, longest: int = _SHORT) -> bool:
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
        lines = [i for i in range(first) if self._is_line(i, 100) and self.texts[i][-1] != ":"]
        if not lines:
            return None
        best = max(lines, key=lambda i: (self._title_score(i), -i))
        if self._title_score(best) < 3:
            return None
        self.roles[best] = "title"
        at = best
        while at - 1 in lines and self._goes_on(at - 1):
            at -= 1
            self.roles[at] = "title"
        after = best
        while after + 1 in lines and self._goes_on(after):
            after += 1
            self.roles[after] = "title"
        return after

    def _goes_on(self, i: int) -> bool:
        """Tell whether a title runs on below line `i`: it breaks off, or a dash opens a subtitle."""
        below = self.texts[i + 1]
        part = (
            below != self.texts[i]
            and _TITLE_PART.search(self.texts[i])
            and not _TITLE_END.search(self.texts[i])
            and _TITLE_END.search(below)
        )
        return bool(part) or below.startswith(("——", "--", "—")) or bool(_TITLE_NOTE.match(below))

    def _title_score(self, i: int) -> int:
        text = self.texts[i]
        below = self.texts[i + 1] if i + 1 < len(self.texts) else ""
        beside_date = bool(self.roles[i + 1 : i + 2] == ["furniture"] and dates.first(below))
        return (
            3 * bool(_TITLE_END.search(text))
            + 2 * bool(_TITLE_WORD.search(text))
            + 2 * beside_date
            + (len(text) >= 10)
            - 3 * (len(text) < 6)
            - 3 * bool(_AGENCY.match(text) and not _TITLE_END.search(text))
            - 4 * bool(_MEETING.match(text))
            - 4 * bool(dates.whole(text))
        )

    def _read_head(self, title: int | None, first: int) -> None:
        """Name the lines above the body: what stands over the title is the site's, below it come byline and salutation."""
        loose = []
        for i in range(first):
            text = self.texts[i]
            if self.roles[i]:
                continue
            if self._answers_label(i) or (title is not None and i < title and text[-1] not in _ENDS):
                self.roles[i] = "furniture"
            elif title is not None and _same(text, self.texts[title]):
                self.roles[i] = "title"
            elif self._is_salutation(text):
                self.roles[i] = "salutation"
            elif self._is_signature(text) or _BYLINE.search(text) or _MEETING.match(text):
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
            if repeated or (title is not None and _same(self.texts[i], self.texts[title])):
                self.roles[i] = "furniture"

    def _answers_label(self, i: int) -> bool:
        """Tell whether a line is the value to the label on the line above (索引号: / 11R000/2022-14)."""
        above = self.texts[i - 1] if i else ""
        return bool(i and self.roles[i - 1] == "furniture" and above[-1] == ":" and len(above) <= 12)

    def _is_salutation(self, text: str) -> bool:
        known = _ADDRESS.search(text) and not _NO_ADDRESS.search(text)
        return text[-1] == ":" and len(text) <= 200 and bool(known)

    def _is_signature(self, text: str) -> bool:
        return len(text) <= _SHORT and bool(
            dates.whole(text) or _MONTH.fullmatch(text) or _AGENCY.match(text)
        )

    def _read_signatures(self) -> None:
        """Find dates on lines of their own, the offices above them, and a second title that follows such a signature."""
        for i, text in enumerate(self.texts):
            if self.roles[i] not in (None, "signature") or len(text) > 40 or not self._signs(text):
                continue
            self.roles[i] = "signature"
            above = i - 1
            while above >= 0 and i - above <= 6 and self._is_line(above) and _AGENCY.match(self.texts[above]):
                self.roles[above] = "signature"
                above -= 1
            if above > 0:
                self._find_second_title(i + 1)

    def _find_second_title(self, below: int) -> None:
        """Name the title of the document that a notice passes on, below the notice's signature."""
        while below < len(self.texts) and self.roles[below] == "furniture":
            below += 1
        if below < len(self.texts) and self._is_line(below, 100) and _TITLE_END.search(self.texts[below]):
            if labels.read(self.folded, self.found[below].start) is None:
                self.roles[below] = "title"

    def _signs(self, text: str) -> bool:
        return bool(dates.whole(text) or dates.behind_agency(text) or _MONTH.fullmatch(text))

    def _read_foot(self, last: int) -> None:
        """Name the short lines below the body: offices sign, the rest is the page's once the page's own lines began."""
        page = annex = False
        for i in range(last + 1, len(self.texts)):
            page = page or self.roles[i] == "furniture"
            annex = (annex or self.texts[i].startswith("附件")) and self.roles[i] in ("furniture", None)
            if not self._is_line(i):
                continue
            if _AGENCY.match(self.texts[i]) or _BYLINE.search(self.texts[i]):
                self.roles[i] = "signature"
            elif page and (annex or labels.read(self.folded, self.found[i].start) is None):
                self.roles[i] = "furniture"

    def _read_captions(self, first: int) -> None:
        """Name the captions of pictures and tables inside the body."""
        for i in range(first, len(self.texts)):
            text = self.texts[i]
            if not self.roles[i] and len(text) <= 90 and _PICTURE.match(text) and not self.found[i].row:
                self.roles[i] = "caption"
            if not self._is_line(i):
                continue
            table = i + 1 < len(self.found) and (
                self.found[i + 1].row or self.texts[i + 1].startswith("单位:")
            )
            if _TABLE_NAME.match(text) and (
                table or _TABLE_WORDS.search(text) or text.startswith(("单位:", "表"))
            ):
                self.roles[i] = "caption"
