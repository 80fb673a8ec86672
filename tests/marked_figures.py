"""Read test sentences whose figures stand between ⟦ and ⟧; an arrow after ⟦ marks a figure of change (⟦↑12%⟧)."""

import re
from types import SimpleNamespace

from pipeline.fold import fold

MARK = re.compile(r"⟦([↑↓]?)(.+?)⟧")
UNIT = re.compile(
    r"(?:个百分点|%|个?工作日|人次|家次|户次|批次|场次|[^\d.,一二两三四五六七八九十百千万亿余多约近超不低于少]+?)(?:以上|以下|以内)?$"
)
KINDS = {"%": "percent", "百分点": "points", "元": "money", "天": "time", "工作日": "time", "倍": "multiple"}


def read(marked: str) -> tuple[str, list[SimpleNamespace]]:
    """Return the sentence without its marks, folded, and its quantities."""
    sentence, quantities, place = "", [], 0
    for found in MARK.finditer(marked):
        sentence += fold(marked[place : found.start()])
        figure = fold(found.group(2))
        unit = UNIT.search(figure).group().removeprefix("个") if not figure.endswith("个") else "个"
        unit = re.sub(r"(以上|以下|以内)$", "", unit)
        change = {"↑": "increase", "↓": "decrease"}.get(found.group(1))
        start, sentence = len(sentence), sentence + figure
        kind = KINDS.get(unit, "count")
        bound = "over" if re.search(r"以上|以下|超", figure) else "exact"
        quantities.append(
            SimpleNamespace(
                start=start,
                end=len(sentence),
                unit=unit,
                kind=kind,
                change=change,
                bound=bound,
                value_max=None,
            )
        )
        place = found.end()
    return sentence + fold(marked[place:]), quantities
