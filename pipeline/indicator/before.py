"""Cut the name of a counted thing out of the words before its figure. Spans are offsets into the sentence."""

import re

from pipeline.indicator.joints import EDGE, end_of_name
from pipeline.indicator.words import ROLES, Lexicon

LIGHT, PURE, VERB = ROLES["light"], ROLES["pure"], ROLES["verb"]
ADVERB, TIME, WHOLE = ROLES["adverb"], ROLES["time"], ROLES["whole"]
PREDICATE, DOER, NOMINAL = ROLES["predicate"], ROLES["doer"], ROLES["nominal"]
DEED = LIGHT | PURE | VERB
SAID = PREDICATE | DEED | Lexicon(word for word in ROLES["change"].words if len(word) > 1)
LEAST, LEAST_OBJECT = 2, 3  # characters that a name, and the object a verb is dropped for, must have
GENERIC = 11  # characters; a longer name is shortened to its head, where it shows one
DATED = re.compile(
    r"(?:(?:比|较|与|同)(?:(?:上|去|前|本)(?:年|个?月|季度|期)|(?:19|20)\d\d年)(?:度|同期)?(?:相比)?)"
    r"|(?:截至|截止|至|到|自|从)?(?:(?:19|20)\d\d年(?:度|以来|至今|底|末)?|\d{1,2}月(?:份|底|末|以来)?|\d{1,2}日|[去本今当]年(?:度|以来)?|目前)+"
)
ALONE = frozenset("扣罚奖获")  # verbs that name a figure by themselves (扣 | 1.5分)
WITHIN = re.compile(
    r"[^,;。\d][之当其]?中$"
)  # 14个乡镇中有 | 5个: the whole, of which the figure counts a part
VERSUS = re.compile(
    r"(?:高出|高于|低于|超出|超过|优于|领先|比|较)(?:全[国省市区县]|平均|目标|上年|去年|规定|法定|同期|预期|考核)"
)


def name_before(text: str, low: int, high: int) -> tuple[int, int, bool, str]:
    """Return the name that ends before a figure (start == end: none), whether the figure is a change, and the joints."""
    end, moved, joints = end_of_name(text, low, high)
    if end <= low:
        return low, low, moved, joints
    start = start_of_name(text, low, end)
    if end - start < LEAST and text[start] not in ALONE or "有" in joints and WITHIN.search(text, start, end):
        return low, low, moved, joints
    empty = WHOLE.covers(text, start, end) or TIME.covers(text, start, end)
    if empty or DATED.fullmatch(text, start, end) or VERSUS.match(text, start, end):
        return low, low, moved, joints
    return *_quoted(text, start, _end_of_event(text, low, start, end)), moved, joints


def start_of_name(text: str, low: int, high: int) -> int:
    """Step forward over time, doer, adverbs and verbs that name nothing; return where the name starts."""
    for found in (TIME.last(text, low, high), _common(text, low, high)):
        if found and high - found[1] >= LEAST:
            low = max(low, found[1])
    if text.startswith("占", low):
        return low
    low = _at_deed(text, low, high)
    low = _open(text, low, high)
    if text[high - 1] not in MEASURES:
        low = _after_doer(text, low, high)
    length = LIGHT.at(text, low, high)
    if length and high - low - length >= LEAST_OBJECT and text[low + length] not in MEASURES:
        low = _open(text, low + length, high)
    return _shorten(text, low, high)


COMMON = re.compile(r"(?<![公中党])共(?![同享产建治赢融青识计服和])|把(?![关握手])")


def _common(text: str, low: int, high: int) -> tuple[int, int] | None:
    """Return the last 共 that means in all, or 把; 公共, 共同, 把关 and the like are other words."""
    if text.find("共", low, high) < 0 and text.find("把", low, high) < 0:
        return None
    return max((found.span() for found in COMMON.finditer(text, low, high)), default=None)


MEASURES = frozenset("率度面数量额比期")  # a name that ends so is a noun throughout (司法所审查覆盖面)
MEASURE = re.compile(r"[^、]{0,4}[率度面数量额比期](?:[、和及与]|$)")


def _at_deed(text: str, low: int, high: int) -> int:
    """Return where the last verb with an object starts; 解决率 and the like are names, not verbs."""
    last = high
    while found := PURE.last(text, low, last):
        if high - found[1] >= LEAST and not MEASURE.match(text, found[1], high):
            return found[0]
        last = found[1] - 1
    return low


LABEL = re.compile(
    r"(?:[一二三四五六七八九十]是|[一二三四五六七八九十\d]{1,2}[、.]|其中|包括|含|还|并|且|和|及|与|以及|即|对|将|把|从|为|在|力争|确保|争取|推动|促使|使|让|了|的|等|、)+"
)


# What a whole, a date, a label or an adverb begins with.
OPENERS = (WHOLE | ADVERB).firsts | frozenset(
    "比较与同截至到自从去本今当目一二三四五六七八九十其包含还并且和及以即对将把为在力确争推促使让了的等、0123456789"
)


def _open(text: str, low: int, high: int) -> int:
    """Step over labels, dates and adverbs that open the deed (一是, 2022年, 依法)."""
    while low < high and (length := _opening(text, low, high)):
        low += length
    return low


def _opening(text: str, low: int, high: int) -> int:
    """Return the length of one word that opens a deed at `low`, else 0."""
    if text[low] in EDGE:
        return 0 if text[low] == "“" else 1
    if text[low] not in OPENERS or NOMINAL.at(text, low, high):
        return 0
    length = WHOLE.at(text, low, high)
    if length and DEED.at(text, low + length, high):
        return length
    found = DATED.match(text, low, high) or LABEL.match(text, low, high)
    if found and high - found.end() >= LEAST:
        return found.end() - low
    length = ADVERB.at(text, low, high)
    return length if length and SAID.at(text, low + length, high) else 0


def _after_doer(text: str, low: int, high: int) -> int:
    """Step over a doer (区司法局审查合同 -> 审查合同); names that hold a doer's letter but no deed stay whole."""
    for place in DEED.places(text, low + 2, high - LEAST_OBJECT):
        length = DEED.at(text, place, high)
        if length and high - place - length >= LEAST and DOER.before(text, low, place):
            if not text.endswith("法治政府", low, place):
                return place
    return low


JOINED = re.compile(r"(?<![平均同高优初中特何])等(?![级候待同于额效])(?:各?类)?")


def _shorten(text: str, low: int, high: int) -> int:
    """Leave a long list to its summing word (业务比武、模拟法庭等 | 练兵活动) and a long clause to what follows its last 的."""
    if high - low <= GENERIC:
        return low
    summed = max((found.end() for found in JOINED.finditer(text, low, high)), default=0)
    qualified = text.rfind("的", low, high) + 1 if high - low > 2 * GENERIC else 0
    if (
        summed and high - summed <= LEAST and "》" not in text[low:high]
    ):  # 等 | 活动 says too little without its list
        return low
    for cut in (summed, text.rfind("》", low, high) + 1, qualified):
        if cut and high - cut >= LEAST:
            return cut
    return low


MEETING = re.compile(r"(?:召开|举办|举行)")
EVENT = re.compile(r"[^,;“”]{2,12}?(?:会议|会|活动|讲座|培训班|培训|比赛|竞赛)")


def _end_of_event(text: str, low: int, start: int, end: int) -> int:
    """Leave what was done at a meeting out of its name (召开 | 专题会议 | 研究重大事项)."""
    if (
        end - start > GENERIC
        and MEETING.search(text, low, start)
        and (found := EVENT.match(text, start, end))
    ):
        return found.end()
    return end


def _quoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in a quotation mark whose twin is in the name (“法律明白人 | ”)."""
    opened, closed = text.count("“", start, end), text.count("”", start, end)
    if opened > closed and text.startswith("”", end):
        return start, end + 1
    if closed > opened and text.startswith("“", start - 1):
        return start - 1, end
    return start, end
