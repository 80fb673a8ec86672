"""Judge whether a sentence states a measure and where it stands, from its cues and the place it stands in."""

import re
from typing import NamedTuple

from pipeline.coding.cues import ACT, Cues, holds_figure, meanings


class Place(NamedTuple):
    """Where a sentence stands: what its section holds, whether before the first heading, and the report's genre."""

    section: str = ""
    preamble: bool = False
    genre: str = ""
    lead_in: bool = False


class Verdict(NamedTuple):
    """The judgement on a sentence and the reasons for it."""

    is_measure: bool
    status: str | None
    why: list[str]


# A figure, a 了 or a finished act outweighs any number of watchwords, and so does a theme named outright.
WATCHWORDS, THEMED = 2, 3.0
# Verbs of making tell of the past alone; in a sentence that opens with a verb of keeping up, they need company.
MADE, BOTH = 1.5, 2.6
_DEFINES = re.compile(
    r"^[^,。]{2,30}(?:,)?(?:是|就是|不仅是)[^,。]{2,60}(?:重要|关键|根本|基础|保障|方式|要求|任务|内容|途径|支撑|需要|互补|主体|之一|之年|时期|所在|必由之路|应有之义|体现|前提|核心|标志|载体|窗口)"
)
_TABULAR = re.compile(r"\S\t+\S|^\s*注:")
_MOTTO = re.compile(r"\s*[“\"'][^”\"]{4,40}[”\"'][。!]?\s*\Z")


def judge(folded: str, found: Cues, place: Place, themed: float) -> Verdict:
    """Judge one folded sentence; `themed` is the weight of its strongest theme pattern."""
    if ("\t" in folded or "注:" in folded) and _TABULAR.search(folded):
        return Verdict(False, None, ["row or note of a table"])
    if place.section == "framing" and not holds_figure(folded):
        return Verdict(False, None, ["section: framing"])
    if _is_problem(found, place):
        return Verdict(False, "problem", _why(found, "problem", place))
    if place.lead_in:
        return Verdict(False, None, ["lead-in"])
    if _is_framing(folded, found, place, themed):
        return Verdict(False, None, _why(found, "framing", place))
    status = _status(found, place)
    return Verdict(True, status, _why(found, status, place))


def _is_problem(found: Cues, place: Place) -> bool:
    if place.section == "problem":
        return not (found.plan_opening and found.planned)
    if place.section == "plan" or place.genre == "plan":
        return False
    lacking = found.problem_opening or found.problem
    if lacking and found.concession:
        return True
    if found.problem_opening:
        return not found.over
    mended = found.remedy or found.done or found.planned
    return bool(found.problem) and not mended


def _is_framing(folded: str, found: Cues, place: Place, themed: float) -> bool:
    if _MOTTO.match(folded):
        return True
    if found.done < ACT and "是" in folded and _DEFINES.match(folded):
        return True
    if place.preamble:
        return bool(found.watchwords) or not (found.over and themed >= THEMED)
    outweighed = found.done >= (ACT if found.watchwords >= 2 * WATCHWORDS else 1) or themed >= THEMED
    return found.watchwords >= WATCHWORDS and not outweighed


def _status(found: Cues, place: Place) -> str:
    if place.genre == "plan" or place.section == "plan":
        return "planned"
    done, ongoing, planned = found.done, found.ongoing, found.planned
    if planned > done or (planned >= ACT and not found.over):
        return "planned"
    if found.over:
        return "done"
    if found.habit or (found.opens == "ongoing" and done < BOTH):
        return "ongoing"
    return "done" if done >= MADE or done > ongoing else "ongoing"


def _why(found: Cues, kind: str, place: Place) -> list[str]:
    reasons = [f"section: {place.section}"] if place.section else []
    reasons += ["genre: plan"] if place.genre == "plan" else []
    speaks_for = meanings()
    return reasons + [name for name in found.names if speaks_for[name] == kind]
