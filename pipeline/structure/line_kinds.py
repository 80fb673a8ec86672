"""Tell what a short line of a report's page is by its own words: title, office, address, author, date, caption."""

import re

from pipeline.structure import dates

LONGEST = 60  # characters; a longer line is no signature, author or caption
LONGEST_CAPTION = 90
_LONGEST_ADDRESS = 200
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
_DATE_ENDS = frozenset("日月()")  # or a digit
_OCCASION = re.compile(r"^\(?[^。]{0,40}(?:会议上?|通过|审议|批准|印发|上的(?:报告|讲话))\)?$")
_PICTURE = re.compile(
    r"^(?:[▲△▼]|[(\[【]?(?:图\d*[为:]|图[一二三四五六七八九\d]|(?:上|下|左|右)图|资料图)).{0,80}$"
    r"|^.{0,80}(?:摄|摄影|供图|资料图|图片)\)?$"
)
# A caption is told by its first word, a credit by its last: these are asked first.
_CAPTION_BEGINS = tuple("▲△▼图上下左右资") + tuple(
    bracket + word for bracket in "([【" for word in "图上下左右资"
)
_CREDIT_ENDS = ("摄", "摄影", "供图", "资料图", "图片")
_TABLE_WORDS = re.compile(
    r"(?:对比|统计|情况|汇总|一览|明细|进展|对照)表(?:\([^()]{1,20}\))?$|\(单位:[^()]{1,8}\)$"
)
_TABLE_ENDS = frozenset("表图览细账)")  # or a digit
_TABLE_NAME = re.compile(
    r".{2,60}(?:表|图|一览|明细|台账)\d{0,2}(?: *\([^()]{1,20}\))?$|^表\d|^单位:[^。]{1,6}$"
)


def title_score(line: str) -> int:
    """Weigh how much a folded line reads like a report's title; 3 and more is one."""
    complete = ends_title(line)
    return (
        3 * complete
        + 2 * bool(_TITLE_WORD.search(line))
        + (len(line) >= 10)
        - 3 * (len(line) < 6)
        - 3 * (is_agency(line) and not complete)
        - 4 * is_occasion(line)
        - 4 * bool(dates.whole(line))
    )


def ends_title(line: str) -> bool:
    """Tell whether a line closes as titles do (…的报告)."""
    return _TITLE_END.search(line) is not None


def title_goes_on(line: str, below: str) -> bool:
    """Tell whether a title runs on in the line below: it breaks off, or a dash or bracket opens a subtitle."""
    part = below != line and _TITLE_PART.search(line) and not ends_title(line) and ends_title(below)
    return bool(part or _TITLE_NOTE.match(below)) or below.startswith(("——", "--", "—"))


def same_title(line: str, title: str) -> bool:
    """Tell whether two lines are one title, spaces and quotation marks aside."""
    return dates.squeeze(line).strip("《》“”") == dates.squeeze(title).strip("《》“”")


def is_agency(line: str) -> bool:
    """Tell whether a line is the name of an office.

    >>> is_agency("某某县司法局"), is_agency("加快建设法治政府")
    (True, False)
    """
    return len(line) <= LONGEST and _AGENCY.match(line) is not None


def is_byline(line: str) -> bool:
    """Tell whether a line gives an author by office and name.

    >>> is_byline("某某县司法局局长 张某"), is_byline("本报记者 李某"), is_byline("某某县司法局")
    (True, True, False)
    """
    return len(line) <= LONGEST and _BYLINE.search(line) is not None


def is_date(line: str) -> bool:
    """Tell whether a line holds nothing but a date or a month, or a date behind an office's name."""
    if len(line) > LONGEST or not (line[-1] in _DATE_ENDS or line[-1].isdecimal()):
        return False
    return bool(dates.whole(line) or dates.behind_agency(line) or _MONTH.fullmatch(line))


def is_occasion(line: str) -> bool:
    """Tell whether a line says where a report was read or passed: (在某某县人大常委会第五次会议上)."""
    return len(line) <= LONGEST and _OCCASION.match(line) is not None


def is_salutation(line: str) -> bool:
    """Tell whether a line names those whom a report addresses.

    >>> is_salutation("各镇人民政府,县直各单位:"), is_salutation("现将有关情况报告如下:")
    (True, False)
    """
    if line[-1] != ":" or len(line) > _LONGEST_ADDRESS:
        return False
    return _ADDRESS.search(line) is not None and _NO_ADDRESS.search(line) is None


def is_picture(line: str) -> bool:
    """Tell whether a line captions or credits a picture."""
    if not (line.removesuffix(")").endswith(_CREDIT_ENDS) or line.startswith(_CAPTION_BEGINS)):
        return False
    return len(line) <= LONGEST_CAPTION and _PICTURE.match(line) is not None


def is_table_name(line: str, over_table: bool) -> bool:
    """Tell whether a line names a table; over a table any name will do, elsewhere it must speak of one."""
    named = line.startswith(("单位:", "表"))
    if not (named or line[-1] in _TABLE_ENDS or line[-1].isdecimal()):
        return False
    if len(line) > LONGEST or not _TABLE_NAME.match(line):
        return False
    return over_table or named or _TABLE_WORDS.search(line) is not None
