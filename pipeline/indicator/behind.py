"""Cut the name of a counted thing out of the words behind its figure. Spans are offsets into the sentence."""

import re

from pipeline.indicator.before import NOMINAL, PREDICATE, PURE, SAID, VERB
from pipeline.indicator.joints import EDGE
from pipeline.indicator.words import ROLES, Lexicon

AGENT = ROLES["agent"]
MOVES = re.compile(
    r"(?:缩短|压缩|减少|降低|下降|增加|增长|提高|提升|上升|扩大|[增升降减提压缩扩涨跌])[到至为了]"
)  # the figure moves to another one: 由19件 | 降至
OPENS = PREDICATE | PURE  # words no name begins with
ENDS = PREDICATE | PURE | ROLES["time"]  # words a name ends before
ENDS_BEFORE_FIGURE = ENDS | Lexicon(
    word for word in VERB.words if len(word) > 1
)  # whose object the next figure counts
LISTS = ("、", "和", "及", "与")
LINK = re.compile(r"[ 　的]|以[内上下]|左右|大关|之多|不等|[强弱](?![\u4e00-\u9fff])")
QUALITY = re.compile(
    r"具有|具备|取得|持有|拥有|符合|从事|熟悉"
)  # opens what qualifies a noun: 4名 | 具有法律职业资格同志
AS = re.compile(r"担任|作为|出任")
BARE_NOUN, LONGEST = 2, 18  # characters: 案件 says too little; a name with what is said of it may be so long


def name_behind(
    text: str, low: int, high: int, *, forced: bool, followed: bool, noun: bool
) -> tuple[int, int]:
    """Return the name that follows a figure (1800多家 | 企业 | 从中受益), empty where a verb or nothing follows.

    `forced`: nothing before the figure names it, so that a verb may (其中5件 | 修改后出台). `followed`: another figure stands
    at `high`, whose own words may begin here (8名 | 干部 | 包保主体1.9万户). `noun`: a verb or 的 before the figure asks
    for a noun (发放1500份 | 宣传资料).
    """
    while low < high and (found := LINK.match(text, low, high)):
        low = found.end()
    objects = followed and not text.startswith(LISTS, high - 1)
    while high > low and text[high - 1] in EDGE and text[high - 1] not in "”)":
        high -= 1
    if low >= high or text[low] in EDGE and text[low] != "“" or MOVES.match(text, low, high):
        return low, low
    if _opens_with_verb(text, low, high, noun):
        return _verbal(text, low, high, forced)
    end = _noun_end(text, low, high, ENDS_BEFORE_FIGURE if objects else ENDS)
    return _completed(text, low, end, high, forced and not followed)


def _opens_with_verb(text: str, low: int, high: int, noun: bool) -> bool:
    if NOMINAL.at(text, low, high) or noun and QUALITY.match(text, low, high):
        return False
    verbs = OPENS if noun and high - low > BARE_NOUN else SAID
    length = verbs.at(text, low, high)
    return length > 0 and not AGENT.at(text, low + length, high)


def _verbal(text: str, low: int, high: int, forced: bool) -> tuple[int, int]:
    """Return a noun with the clause before it (2名 | 具备法律职业资格的司法助理员), or the deed itself where nothing else names."""
    relative = text.find("的", low + 1, high - 1)
    if relative < 0:
        return low, (high if forced else low)
    return low, _end(text, relative + 2, high, ENDS)


def _noun_end(text: str, low: int, high: int, ends) -> int:
    opened = QUALITY.match(text, low, high)
    begun = low if NOMINAL.at(text, low, high) else low + 1
    end = _end(text, opened.end() if opened else begun, high, ends)
    return _end(text, end + 2, high, ends) if text.startswith("的", end) and high - end > 2 else end


def _completed(text: str, low: int, end: int, high: int, whole: bool) -> tuple[int, int]:
    """Complete a noun that says too little by what is said of it (3起 | 案件因程序瑕疵被扣分), or by the post it fills."""
    if (found := AS.match(text, end, high)) and high - found.end() >= BARE_NOUN:
        return found.end(), high
    if whole and end - low <= BARE_NOUN and high - low <= LONGEST:
        return low, high
    while end > low and text[end - 1] in "的和与及、 ":
        end -= 1
    if end - low > 1:
        return low, end
    return low, high if whole and high - low <= LONGEST else low


def _end(text: str, low: int, high: int, ends) -> int:
    """Return where something begins to be said of the name, else `high`."""
    place = low
    while place < high:
        if length := NOMINAL.at(text, place, high):
            place += length
        elif length := ends.at(text, place, high):
            more = AGENT.at(text, place + length, high) if length > 1 else 0
            if not more:
                return place
            place += length + more
        else:
            place += 1
    return high
