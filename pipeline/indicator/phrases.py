"""Cut the name of a counted thing out of the words before its figure. Spans are offsets into the sentence."""

import re

from pipeline.indicator.words import ROLES, Lexicon

REACH, CHANGE, DEGREE = ROLES["reach"], ROLES["change"], ROLES["degree"]
LIGHT, PURE, VERB = ROLES["light"], ROLES["pure"], ROLES["verb"]
ADVERB, TIME, WHOLE = ROLES["adverb"], ROLES["time"], ROLES["whole"]
PREDICATE, DOER, KEPT, NOMINAL = ROLES["predicate"], ROLES["doer"], ROLES["whole_word"], ROLES["nominal"]
DEED = LIGHT | PURE | VERB
SAID = PREDICATE | DEED | Lexicon(word for word in CHANGE.words if len(word) > 1)

EDGE = frozenset(" 　\t\n“”‘’\"'、,;:—-–~/·↑↓→+()[]【】〔〕|")
DATE = re.compile(
    r"(?:(?:截至|截止|至|到|自|比|较|与|同|由|从)?(?:(?:19|20)\d\d年(?:度|底|末|以来|同期)?|\d{1,2}月(?:份|底|末)?|\d{1,2}日"
    r"|(?:上|去|前|本|今|当)年(?:度|底|末|同期)?|上(?:个)?月|上季度|上期|年(?:初|底|末|中)|同期|目前|连续[两三四五六\d]年))+(?:的|时|相比)?$"
)
DATED = re.compile(
    r"(?:截至|截止|至|到|自|从)?(?:(?:19|20)\d\d年(?:度|以来|至今|底|末)?|\d{1,2}月(?:份|底|末|以来)?|\d{1,2}日|(?:上|去|本|今|当)年(?:度|以来)?|目前)+"
)
COMPARED = re.compile(r"(?:同比|环比|比|较|与|同)[^,;:。比较]{0,14}$")
COUNTED = re.compile(r"[“‘]?[一二三四五六七八九十两]+[个项大类]?[“‘]?$")
BRACKET = re.compile(r"[^()\d]\([^()\d]{1,6}\)$")  # part of a name: 镇(街道)
EACH = re.compile(
    r"(?:平均|实现)?每(?:个|名|家|户)?(?:行政)?(?:村居|[村镇乡人户所案件家校]|[万千百]人|社区|街道|乡镇|单位|部门)(?:\([^()]{1,4}\))?$"
)
LABEL = re.compile(
    r"(?:[一二三四五六七八九十]是|[一二三四五六七八九十\d]{1,2}[、.]|其中|包括|含|还|并|且|和|及|与|以及|即|对|将|把|从|为|按|在|使|让|了|的|等|、)+"
)
JOINED = re.compile(r"(?<![平均同高优初中特何])等(?![级候待同于额效])")
GENERIC = 11  # characters; a longer name is shortened to its head, where it shows one


def end_of_name(text: str, low: int, high: int) -> tuple[int, bool, str]:
    """Step back over what joins a name to its figure; return where the name ends, whether the figure is a change, and the joints."""
    moved, joints = False, []
    while high > low:
        if text[high - 1] in EDGE and not BRACKET.search(text, low, high):
            high -= 1
        elif length := CHANGE.before(text, low, high):
            moved |= not joints or joints[-1] not in ("到", "至", "为")
            high -= length
            joints.append("^")
        elif (length := _joint(text, low, high, "^" in joints)) or (length := _dated(text, low, high, moved)):
            joints.append(text[high - length : high])
            high -= length
        else:
            break
    return high, moved, "|".join(reversed(joints))


def _joint(text: str, low: int, high: int, moving: bool) -> int:
    if (
        KEPT.before(text, low, high)
        or text.startswith("等", high - 1)
        and text[high - 2 : high] in ("平等", "同等", "高等")
    ):
        return 0
    return max(REACH.before(text, low, high), DEGREE.before(text, low, high) if moving else 0)


def _dated(text: str, low: int, high: int, moved: bool) -> int:
    for pattern in (DATE, COUNTED, EACH, COMPARED) if moved else (DATE, COUNTED, EACH):
        if found := pattern.search(text, max(low, high - 20), high):
            return high - found.start()
    return 0


def start_of_name(text: str, low: int, high: int) -> int:
    """Step forward over time, doer, adverbs and verbs that name nothing; return where the name starts."""
    if (found := TIME.last(text, low, high)) and high - found[1] >= 2:
        low = found[1]
    if (found := _common(text, low, high)) and high - found >= 2:
        low = found
    if text.startswith("占", low):
        return low
    low = _at_deed(text, low, high)
    low = _open(text, low, high)
    if text[high - 1] not in MEASURES:
        low = _after_doer(text, low, high)
    length = LIGHT.at(text, low, high)
    if length and high - low - length >= 3 and text[low + length] not in MEASURES:
        low = _open(text, low + length, high)
    return _shorten(text, low, high)


MEASURES = frozenset("率度面数量额比期")  # a name that ends so is a noun throughout (司法所审查覆盖面)
COMMON = re.compile(r"(?<![公中党])共(?![同享产建治赢融青识计服和])")


def _common(text: str, low: int, high: int) -> int:
    last = 0
    for found in COMMON.finditer(text, low, high):
        last = found.end()
    return last


def _at_deed(text: str, low: int, high: int) -> int:
    """Return where the last verb with an object starts; 解决率 and the like are names, not verbs."""
    last = high
    while (found := PURE.last(text, low, last)) and (high - found[1] < 2 or text[found[1]] in MEASURES):
        last = found[1] - 1
    return found[0] if found else low


def _open(text: str, low: int, high: int) -> int:
    """Step over labels, dates and adverbs that open the deed (一是, 2022年, 依法)."""
    while low < high:
        if text[low] in EDGE and text[low] not in "“《":
            low += 1
        elif NOMINAL.at(text, low, high):
            break
        elif (length := WHOLE.at(text, low, high)) and DEED.at(text, low + length, high):
            low += length
        elif (
            found := DATED.match(text, low, high) or LABEL.match(text, low, high)
        ) and high - found.end() >= 2:
            low = found.end()
        elif (length := ADVERB.at(text, low, high)) and SAID.at(text, low + length, high):
            low += length
        else:
            break
    return low


def _after_doer(text: str, low: int, high: int) -> int:
    """Step over a doer (区司法局审查合同 -> 审查合同); names that hold a doer's letter but no deed stay whole."""
    for place in range(low + 2, high - 3):
        if (
            DEED.at(text, place, high)
            and DOER.before(text, low, place)
            and not text.endswith("法治政府", 0, place)
        ):
            length = DEED.at(text, place, high)
            if high - place - length >= 2:
                return place
    return low


def _shorten(text: str, low: int, high: int) -> int:
    """Leave a long list to its summing word (业务比武、模拟法庭等 | 练兵活动) and a long clause to what follows its last 的."""
    if high - low <= GENERIC:
        return low
    cut = 0
    for found in JOINED.finditer(text, low, high):
        cut = found.end()
    if not cut or high - cut < 2:
        cut = text.rfind("》", low, high) + 1
    if (not cut or high - cut < 2) and high - low > 2 * GENERIC:
        cut = text.rfind("的", low, high) + 1
    return cut if cut and high - cut >= 2 else low


def name_before(text: str, low: int, high: int) -> tuple[int, int, bool, str]:
    """Return the name that ends before a figure (start == end: none), whether the figure is a change, and the joints."""
    end, moved, joints = end_of_name(text, low, high)
    if end <= low:
        return low, low, moved, joints
    start = start_of_name(text, low, end)
    empty = WHOLE.covers(text, start, end) or TIME.covers(text, start, end)
    if empty or DATED.fullmatch(text, start, end) or VERSUS.match(text, start, end):
        return low, low, moved, joints
    return *_quoted(text, start, _end_of_event(text, low, start, end)), moved, joints


VERSUS = re.compile(
    r"(?:高出|高于|低于|超出|超过|优于|领先|比|较)(?:全[国省市区县]|平均|目标|上年|去年|规定|法定|同期|预期|考核)"
)


def _quoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in a quotation mark whose twin is in the name (“法律明白人 | ”)."""
    opened, closed = text.count("“", start, end), text.count("”", start, end)
    if opened > closed and text.startswith("”", end):
        return start, end + 1
    if closed > opened and text.startswith("“", start - 1):
        return start - 1, end
    return start, end


MEETING = re.compile(r"(?:召开|举办|举行)")
EVENT = re.compile(r"[^,;]{2,12}?(?:会议|会|活动|讲座|培训班|培训|比赛|竞赛)")


def _end_of_event(text: str, low: int, start: int, end: int) -> int:
    """Leave what was done at a meeting out of its name (召开 | 专题会议 | 研究重大事项)."""
    if (
        end - start > GENERIC
        and MEETING.search(text, low, start)
        and (found := EVENT.match(text, start, end))
    ):
        return found.end()
    return end
