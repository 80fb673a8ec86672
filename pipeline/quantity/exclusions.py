"""Tell numbers that are no figures: ordinals, dates, codes, names and slogans, by their shape and by codebook."""

import re
from functools import cache

from pipeline import codebook
from pipeline.phrases import Phrases
from pipeline.quantity.numerals import CHINESE, Numeral

TITLE = re.compile(r"《[^《》]{0,80}(?:《[^《》]{0,80}》[^《》]{0,80})?》")
# A slogan or fixed name stands in a short quotation; longer ones are speech and hold figures like any text.
QUOTE = re.compile(r"“[^“”]{0,40}+”|「[^「」]{0,40}+」|‘[^‘’]{0,40}+’|\"[^\"]{0,40}+\"")
QUOTED = re.compile('[“「‘"]')
SLOGAN = 16  # characters, quotation marks included
CLAUSES = re.compile(r"[,;:，；：。]")
# 第3次, 第三、四条: an ordinal hands its 第 on through a list or a range.
ORDINAL = re.compile(
    rf"第\s*[0-9{CHINESE}]{{1,6}}[条款项章届次批期号]?(?:[、和及与至到\-—~]\s*第?[0-9{CHINESE}]{{1,6}}[条款项章届次批期号]?){{0,6}}"
    r"[、和及与至到\-—~]\s*$"
)
TOKEN_BEFORE = re.compile(r"[A-Za-z0-9_#№×*/\\.:=@]$|[0-9]\s*[-—–]+$|[A-Za-z]\s*[-—–]$|[0-9A-Za-z]\+$")
TOKEN_ENDS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_#№×*/\\.:=@-—–+\n")
TOKEN_AFTER = re.compile(
    r"[A-Za-z_#×*/\\=@]|\+(?=[0-9A-Za-z一二三四五六七八九十])|:[0-9]|[-—–]+[A-Za-z]|\.[0-9]"
)
TOKEN_BEGINS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_#×*/\\=@+:-—–.")
UNIT_LETTERS = re.compile(r"[GTMK]B(?![A-Za-z0-9])")
LABEL = re.compile(r"(?:^|\n)[ \t]*\(?$")
# 近三年, 前3名, 周三次: recency, rank and weekday, not amounts; 先后两次 counts.
RANK = re.compile(
    r"(?:前|末|(?<![先前])后|倒数|排名|位列|位居|名列|列|居|周|星期|礼拜|初|高|大年|农历|正月|№|编号|代码|邮编|电话|热线|拨打|号码|ICP备)\s*$"
)
RANK_ENDS = frozenset("前末后数名列居周期拜初高年历月№号码编话线打备")  # and white space
RANKED = ("名", "位", "强", "家", "个月", "月", "季度", "年", "天", "日", "批", "排", "次", "期", "届", "轮")


class Names(codebook.Entry):
    """One entry of fixed_names.yaml."""

    names: list[str]
    except_before: list[str] = []


@cache
def _names() -> Phrases:
    return Phrases(
        {
            name: tuple(entry.except_before)
            for entry in codebook.load("fixed_names", Names)
            for name in entry.names
        }
    )


class Surroundings:
    """What hides the numbers of one sentence: its titles, short quotations and fixed names, found when first asked.

    Ask in text order: the spans are walked once.
    """

    def __init__(self, text: str):
        self.text = text
        self._spans = None
        self._next, self._open = 0, []

    def hides(self, start: int, end: int, share: bool) -> bool:
        """Tell whether the quantity stands in a title or a name; a share inside a slogan still counts (“三个100%”)."""
        if self._spans is None:
            self._spans = sorted(self._hidden())
        while self._next < len(self._spans) and self._spans[self._next][0] < end:
            self._open.append(self._spans[self._next])
            self._next += 1
        if not self._open:
            return False
        self._open = [span for span in self._open if span[1] > start]
        return any(
            left <= start and end <= right and not (share and kind == "quote")
            for left, right, kind in self._open
        )

    def _hidden(self):
        text = self.text
        if "《" in text:
            yield from ((m.start(), m.end(), "title") for m in TITLE.finditer(text))
        if QUOTED.search(text):
            for m in QUOTE.finditer(text):
                short = m.end() - m.start() <= SLOGAN or "+" in m.group()  # “1名法律顾问+1名网格员”
                if short and not CLAUSES.search(m.group()):
                    yield m.start(), m.end(), "quote"
        for found in _names().find(text):
            if not (found.key and text.startswith(found.key, found.end)):
                yield found.start, found.end, "name"


def is_token(text: str, number: Numeral) -> bool:
    """Tell whether the number is part of a code, a clock time, a formula (1+3) or an ordinal."""
    start, end = number.start, number.end
    if text[start - 1 : start] in TOKEN_ENDS and TOKEN_BEFORE.search(text, max(0, start - 2), start):
        return True
    if (
        text[end : end + 1] in TOKEN_BEGINS
        and TOKEN_AFTER.match(text, end)
        and not UNIT_LETTERS.match(text, end)
    ):
        return True
    return is_ordinal(text, start)


def is_ordinal(text: str, start: int) -> bool:
    """Tell whether 第 stands before the number, also through a list (第三、四条)."""
    previous = text[start - 1 : start] if start else ""
    if previous == "第":
        return True
    if previous and previous in " 、和及与至到-—~" and "第" in text[max(0, start - 16) : start]:
        return bool(ORDINAL.search(text[max(0, start - 24) : start]))
    return False


HELD = ("召开", "举行", "共", "了")
SESSION = re.compile(r"届[^,。;]{0,8}$")  # 十四届人大三次会议: the session is an ordinal


def is_session(text: str, start: int, end: int) -> bool:
    """Tell whether a number of 次 names a session of a congress (十四届人大三次会议, 市委六次全会)."""
    before = text[max(0, start - 10) : start]
    named = (
        text.startswith(("全会", "党代会", "代表大会"), end)
        and not before.endswith(HELD)
        and not text[start].isdigit()
    )
    return named or bool(SESSION.search(before))


def is_rank(text: str, start: int, unit: str) -> bool:
    """Tell whether the number ranks or dates instead of counting (前3名, 近三年, 周三)."""
    last = text[start - 1 : start]
    if not (last in RANK_ENDS or last.isspace()) or not RANK.search(text[max(0, start - 3) : start]):
        return False
    return unit in RANKED or text[start - 1 : start] in "周期拜初"
