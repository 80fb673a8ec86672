"""Find the documents a text names between 《 and 》, and the number printed beside each."""

import re
from typing import NamedTuple

from pipeline.fold import fold

LONGEST = (
    160  # characters between 《 and 》; the longest real titles (转发…关于印发…的通知的通知) stay under 120
)
_DEEPEST = 3  # 《转发《关于印发《甲办法》的通知》的通知》
_NUMBER_WITHIN = 90  # characters a bracket behind a title may hold before it is taken for unclosed

# A line that opens a new item: an unclosed 《 must not swallow it.
_NEW_ITEM = re.compile(
    r"\n\s*(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、])"
)
# Without its 》 a title ends with the word for its kind, where a list goes on: 按照《实施纲要(2015—2020年)、《…
_UNCLOSED = re.compile(
    r"《[^《》。;,、()\n]{2,50}?(?:法|条例|规定|办法|意见|通知|方案|规划|纲要|计划|清单|要点|制度|细则|决定|规则|规程)"
    r"(?:\([^()\n]{1,20}\))?(?=[、,;。]?《|[、和及]《)"
)
_MARK = re.compile(r"[《》。\n]")
_BREAK = re.compile(r"\s*\n\s*")

_YEAR = r"[\[(〔【﹝〈]?\s*(?:19|20)\d{2}\s*年?\s*[\])〕】﹞〉]?"
_SERIAL = r"[\d零〇一二三四五六七八九十百]{1,6}"
# 津党发[2016]24号, 国办函〔2021〕5号; 国务院令第713号, 2019年市政府第12号令, 人民银行公告第3号
_NUMBER = (
    rf"(?:[\u4e00-\u9fffA-Za-z]{{1,16}}\s*{_YEAR}\s*第?\s*{_SERIAL}\s*号"
    rf"|(?:{_YEAR})?[\u4e00-\u9fff]{{1,20}}(?:令|公告)\s*\(?第?\s*{_SERIAL}\s*号\)?"
    rf"|(?:{_YEAR})?[\u4e00-\u9fff]{{1,16}}第\s*{_SERIAL}\s*号(?:令|公告))"
)
_HAS_NUMBER = re.compile(_NUMBER)
_LABEL = re.compile(r"^\s*(?:发文字号|文件编号|文号|编号)\s*:?\s*")
_BARE_AFTER = re.compile(rf"\s*(?:[A-Za-z\d.]{{1,6}}版)?\s*({_NUMBER})")
_BARE_BEFORE = re.compile(rf"({_NUMBER})(?:文件|文)?\s*$")
_NUMBER_ENDS = frozenset("号)令告件文")  # 公告第3号, 第12号令, 24号文件
_BRACKET_AFTER = re.compile(r"\s*(?:[A-Za-z\d.]{1,6}版)?\s*([(\[〔【])")
_CLOSING = {"(": ")", "[": "]", "〔": "〕", "【": "】"}


class Title(NamedTuple):
    """One 《document》: 0-based offsets of 《 and behind 》, and behind a number printed after it."""

    start: int
    end: int
    reach: int
    number: str | None


def find(text: str, folded: str | None = None) -> tuple[list[Title], int]:
    """Return the outermost 《…》 of `text` in order, and how many 《 name nothing that can be made out.

    A 《 without its 》 takes nothing with it: where a list of titles goes on behind it (《甲办法、《乙办法》) the title
    ends with the word for its kind, elsewhere the 《 is skipped. `folded` is the text folded, where that is known.

    >>> found, unclosed = find("按照《甲办法》(国发〔2015〕1号)和《乙的规定")
    >>> found[0].number, unclosed
    ('国发〔2015〕1号', 1)
    """
    folded, found, unclosed = folded or fold(text), [], 0
    at = folded.find("《")
    while at >= 0:
        end = _end(folded, at) or _unclosed_end(folded, at)
        if end is None:
            unclosed += 1
            end = at + 1
        else:
            behind = found[-1].reach if found else 0
            found.append(_with_number(text, folded, at, end, behind))
        at = folded.find("《", end)
    return found, unclosed


def name(text: str, title: Title) -> str:
    """Return a title as written, without its outer marks and without the line breaks that run through it."""
    written = text[title.start + 1 : title.end].removesuffix("》")
    return (_BREAK.sub("", written) if "\n" in written else written).strip()


def _unclosed_end(folded: str, start: int) -> int | None:
    ends = _UNCLOSED.match(folded, start)
    return ends.end() if ends else None


def _end(folded: str, start: int) -> int | None:
    depth = 0
    for mark in _MARK.finditer(folded, start, start + LONGEST):
        at, char = mark.start(), mark.group()
        depth += (char == "《") - (char == "》")
        if char == "。" or depth > _DEEPEST or (char == "\n" and _NEW_ITEM.match(folded, at)):
            return None
        if depth == 0:
            if not _closes_inner(folded, start, at):
                return at + 1 if at > start + 1 else None
            depth = 1
    return None


def _closes_inner(folded: str, start: int, at: int) -> bool:
    """Tell whether a 》 closes an inner 〈 by mistake: 《关于印发〈甲》的通知》."""
    inner = folded[start:at]
    if inner.count("〈") <= inner.count("〉"):
        return False
    following = folded[at + 1 : at + 40]
    return "》" in following and "《" not in following.split("》")[0] and "。" not in following.split("》")[0]


def _with_number(text: str, folded: str, start: int, end: int, behind: int) -> Title:
    bracket = _BRACKET_AFTER.match(folded, end)
    if bracket:
        close = _closing(folded, bracket.start(1))
        number = _number_in(text[bracket.end() : close - 1]) if close else None
        if number:
            return Title(start, end, close, number)
    bare = _BARE_AFTER.match(folded, end)
    if bare:
        return Title(start, end, bare.end(), text[bare.start(1) : bare.end(1)])
    return Title(start, end, end, _number_before(text, folded, max(behind, start - 45), start))


def _number_before(text: str, folded: str, offset: int, start: int) -> str | None:
    """Return a number that stands straight before 《, without the verb that leads to it: 按照国发〔2015〕1号《…》."""
    words = folded[offset:start]
    before = _BARE_BEFORE.search(words) if words.rstrip()[-1:] in _NUMBER_ENDS else None
    if not before:
        return None
    number = text[offset + before.start(1) : offset + before.end(1)]
    return re.sub(
        r"^.*?(?:根据|按照|依据|依照|贯彻|落实|执行|印发|下发|转发|对照|施行|实施|和|及|了)(?=.{3})",
        "",
        number,
    )


def _closing(folded: str, opening: int) -> int | None:
    left, right, depth = folded[opening], _CLOSING[folded[opening]], 0
    for at in range(opening, min(len(folded), opening + _NUMBER_WITHIN)):
        depth += (folded[at] == left) - (folded[at] == right)
        if depth == 0:
            return at + 1
    return None


def _number_in(bracket: str) -> str | None:
    """Return the part of a bracket that is a document number, as written: (国办发[2018]118号,以下简称《意见》)."""
    for part in re.split(r"[,，;；、]", bracket):
        bare = _LABEL.sub("", fold(part))
        if _HAS_NUMBER.search(bare) and len(bare) <= 45:
            return part[len(part) - len(bare) :].strip()
    return None
