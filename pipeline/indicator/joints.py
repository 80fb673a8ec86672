"""Step back over what joins a name to its figure: 达到, 同比增长, 2022年为, 平均每个村约. Spans are offsets into the sentence."""

import re

from pipeline.indicator.words import ROLES

REACH, CHANGE, DEGREE, KEPT = ROLES["reach"], ROLES["change"], ROLES["degree"], ROLES["whole_word"]
EDGE = frozenset(" 　\t\n“”‘’\"'、,;:—-–~/·↑↓→+()[]【】〔〕|")
BRACKET = re.compile(r"[^()\d]\([^()\d]{1,6}\)$")  # part of a name: 镇(街道)
DATE = re.compile(
    r"(?:(?:截至|截止|至|到|自|比|较|与|同|由|从)?(?:(?:19|20)\d\d年(?:度|底|末|以来|同期)?|\d{1,2}月(?:份|底|末)?|\d{1,2}日"
    r"|(?:上|去|前|本|今|当)年(?:度|底|末|同期)?|上(?:个)?月|上季度|上期|年(?:初|底|末|中)|同期|目前|原来|原先|此前|连续[两三四五六\d]年|[一两三半]年(?:来|间|内)?))+(?:的|时|相比)?$"
)
COMPARED = re.compile(
    r"(?:同比|环比|(?:比|较|与|同)(?!(?:上|去|前|本)(?:年|个?月|季度|期)|(?:19|20)\d\d年|同期))[^,;:。比较]{0,14}$"
)
# a slogan of a number before its figure: “三个 | 100%
COUNTED = re.compile(r"[“‘]?[一二三四五六七八九十两]+[个项大类]?[“‘]?$")
EACH = re.compile(
    r"(?:平均|实现)?每(?:个|名|家|户)?(?:行政)?(?:村居|[村镇乡人户所案件家校]|[万千百]人|社区|街道|乡镇|单位|部门)(?:\([^()]{1,4}\))?$"
)
# What ends a date, a slogan's number or an each; the line end since a pattern's $ matches before it.
LAST = frozenset(
    "年度底末来期月份日初中前先间内的时比一二三四五六七八九十两个项大类“‘”’村居镇乡人户所案件家校区道位门)\n"
)
LOOK_BACK = 20  # characters that a date or a comparison may take
LEVELS = ("到", "至", "为")  # behind a word of change they lead to a level: 增至, 降为


def end_of_name(text: str, low: int, high: int) -> tuple[int, bool, str]:
    """Step back over what joins a name to its figure; return where the name ends, whether the figure is a change, and the joints."""
    moved, joints = False, []
    while high > low:
        if text[high - 1] in EDGE and not BRACKET.search(text, low, high):
            high -= 1
        elif length := CHANGE.before(text, low, high):
            moved |= not joints or joints[-1] not in LEVELS
            high -= length
            joints.append("^")
        elif (length := _joint(text, low, high, "^" in joints)) or (length := _dated(text, low, high, moved)):
            joints.append(text[high - length : high])
            high -= length
        else:
            break
    return high, moved, "|".join(reversed(joints))


def _joint(text: str, low: int, high: int, moving: bool) -> int:
    """Return the length of the joining word at `high`; a word of degree joins only where something moves (大幅下降)."""
    if KEPT.before(text, low, high):
        return 0
    return max(REACH.before(text, low, high), DEGREE.before(text, low, high) if moving else 0)


def _dated(text: str, low: int, high: int, moved: bool) -> int:
    patterns = (DATE, COUNTED, EACH) if text[high - 1] in LAST else ()
    for pattern in (*patterns, COMPARED) if moved else patterns:
        if found := pattern.search(text, max(low, high - LOOK_BACK), high):
            return high - found.start()
    return 0
