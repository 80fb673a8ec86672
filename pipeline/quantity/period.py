"""Say which year or span a figure speaks of, from its sentence and the report's own period."""

import re

YEAR = re.compile(
    r"(?P<apart>比|较|与|同)?(?:到|至|自|从|于|在)?(?P<from>(?:19|20)[0-9]{2})\s*年?(?:[—\-–~至到]+(?P<to>(?:19|20)[0-9]{2}))?\s*年"
)
BASE = re.compile(r"的?基础上")  # 在2023年的基础上: the year is only compared with
OF_IT = re.compile(r"(?:同期|全年)?(?:的|为|是)\s*$")
LAST_YEAR = re.compile(r"(?P<apart>比|较|与|同)?(?:去年|上年|上一年)")
NEXT_YEAR = re.compile(r"明年|来年|下一年|新的一年")
NEXT_STEPS = re.compile(r"下一?步|下一?阶段|今后|打算")
# Behind the figure of another year a word of change leads back to the report's own (较上年的118件 | 下降17.8%).
MOVED_ON = re.compile(r"[。;；]|\d[^,，。;；、]{0,8}(?:[增升降减压缩扩涨跌]|提[高升]|回落|下滑)")
SINCE = re.compile(r"(?:以来|至今|起)")
THIS_YEAR = re.compile(r"今年|本年")
THIS_TIME = re.compile(r"今年|本年|截至目前")  # enough where the report names no period
# A year in a title or in closed brackets speaks of them alone: 46件(2022年为71件),降幅35%.
ASIDE = re.compile(r"《[^《》]*+》|\([^()]*+\)")
REACH = 120  # characters before a figure in which its year is looked for
ANY_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def of_report(start: str | None, end: str | None) -> str | None:
    """Return the report's period as a year or an ISO interval of years (2015/2017).

    >>> of_report("2022-01-01", "2022-12-31"), of_report("2015", "2017"), of_report(None, None)
    ('2022', '2015/2017', None)
    """
    years = [str(value)[:4] for value in (start, end) if value and ANY_YEAR.match(str(value))]
    if not years:
        return None
    return years[0] if years[0] == years[-1] else f"{years[0]}/{years[-1]}"


def of(
    folded_sentence: str,
    start: int,
    status: str,
    report: str | None,
    heading: str,
    published: str | None = None,
) -> str | None:
    """Return the year or span the figure at `start` speaks of.

    `report` is the report's own period, `heading` the titles over the sentence (2024年工作安排), `published` when the
    report came out. A year the figure is only compared with (比2021年提高) is not its own.
    """
    before = ASIDE.sub("", folded_sentence[max(0, start - REACH) : start])
    named = [m for m in YEAR.finditer(before) if _own(m, before)] if ANY_YEAR.search(before) else []
    past = "去年" in before or "上年" in before or "上一年" in before
    last = [m for m in LAST_YEAR.finditer(before) if _own(m, before)] if past else []
    year = report[-4:] if report else None
    behind = max((m.end() for m in named + last), default=0)
    now = year or (published[:4] if published else None)
    told = THIS_YEAR if report else THIS_TIME
    if status != "target" and now and told.search(before, behind):
        return now
    if (
        last
        and year
        and (not named or last[-1].start() > named[-1].start())
        and not _left(before, last[-1].end())
    ):
        return str(int(year) - 1)
    if named and not _left(before, named[-1].end()):
        match = named[-1]
        if SINCE.match(before, match.end()) and now and match["from"] < now:
            return f"{match['from']}/{now}"
        return f"{match['from']}/{match['to']}" if match["to"] else match["from"]
    if status == "target":
        return _target(before, year, report, heading)
    return report


def _own(year: re.Match, before: str) -> bool:
    """Tell whether the figure is of this year: 比2021年提高5% is not, 比2021年的78% is."""
    if BASE.match(before, year.end()):
        return False
    return not year["apart"] or bool(OF_IT.match(before, year.end()))


def _left(before: str, end: int) -> bool:
    """Tell whether the sentence has moved on from a year named earlier (由上年的26件 | 降为9件)."""
    return bool(MOVED_ON.search(before, end))


def _target(before: str, year: str | None, report: str | None, heading: str) -> str | None:
    named = ANY_YEAR.findall(heading)
    if named:
        return named[-1] if len(named) == 1 else f"{named[0]}/{named[-1]}"
    ahead = NEXT_YEAR.search(before + heading) or (
        "/" not in (report or "/") and NEXT_STEPS.search(before + heading)
    )
    if ahead and year:
        return str(int(year) + 1)
    return report
