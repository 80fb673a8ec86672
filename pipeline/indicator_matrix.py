"""indicator_matrix: one row per report and harmonised indicator, its figure, and what it may be compared with.

Beside which figures a figure may stand is judged against the kind of figure that most reports give for the indicator (its
basis: result or target, unit family, level or change). Another basis is `not_comparable`; the same basis with another
year, another level of government (counts and amounts), or a part instead of the whole is `caution`. Nothing is ranked here.
"""

from collections.abc import Iterator
from functools import cache

import pandas as pd

from pipeline.indicator.codebook import Indicator, families, indicators
from pipeline.schemas.indicator_matrix import SCHEMA
from pipeline.tables import Pieces, each_row

COLUMNS = {"reports": ["report_id", "level"]}
STATUS = {"actual": ("实际值", "a result"), "target": ("目标值", "a target")}
CHANGE = {"": ("数额", "a level"), "increase": ("增幅", "an increase"), "decrease": ("降幅", "a decrease")}
TIER_OF = {
    "district": "county",
    "county": "county",
    "zone": "zone",
    "city": "city",
    "town": "town",
    "department": "department",
}
TIER = {
    "county": ("区县", "a county or district"),
    "zone": ("功能区", "a zone"),
    "city": ("市", "a city"),
    "town": ("乡镇街道", "a town"),
    "department": ("部门", "a department"),
}
SIZED = ("count", "amount", "time")  # kinds of indicator that grow with the place


def build(reports: pd.DataFrame, indicator_cells: Pieces) -> Iterator[pd.DataFrame]:
    """Lay the reports' figures side by side and say which can be compared, and why others cannot; batch by batch."""
    figures = [_figures(piece, reports) for piece in indicator_cells]
    usual = _usual(pd.concat(figures))
    for piece, told in zip(indicator_cells, figures, strict=True):
        yield _judged(piece, told, usual)


def _judged(cells: pd.DataFrame, figures: pd.DataFrame, usual: dict[str, dict]) -> pd.DataFrame:
    alike: dict[tuple, tuple] = {}  # what is alike in all that counts is judged once
    judged = [
        alike.get(figure) or alike.setdefault(figure, _judge(figure, usual[figure.code]))
        for figure in each_row(figures)
    ]
    added = pd.DataFrame(
        judged, columns=["comparability", "comparability_reason"], index=figures.index, dtype="object"
    )
    added.insert(0, "basis", figures["basis"])
    return cells.join(added)[list(SCHEMA.columns)]


def _figures(cells: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Return the filled cells, each with its unit family, basis, year and the report's level of government."""
    cells = cells[cells["metric_id"].notna()]
    text = cells[["unit", "status", "change", "period"]].astype("object")
    text = text.where(text.notna(), "")
    family = [_family(*pair) for pair in zip(text["unit"], cells["code"], strict=True)]
    level = cells["report_id"].map(reports.set_index("report_id")["level"]).astype("object")
    return cells[["code", "part"]].assign(
        **text,
        family=family,
        basis=(text["status"] + " " + family + " " + text["change"]).str.strip(),
        tier=level.map(TIER_OF).fillna(""),
    )


def _family(unit: str, code: str) -> str:
    """Return what a unit counts; 个 counts what the indicator counts (8个单位, 8家单位)."""
    usual = _entries()[code].units[:1]
    unit = usual[0] if unit in ("个", "") and usual else unit
    return families()[unit].name if unit in families() else unit


def _usual(figures: pd.DataFrame) -> dict[str, dict]:
    """Return for each code the basis that most reports share, and among these the commonest period and tier of government.

    Where two are equally common, results come before targets, levels before changes, later periods before earlier ones.
    """
    usual = {}
    for code, group in figures.groupby("code", sort=True):
        basis = _commonest(group, ["status", "change", "family"])
        same = group[(group[list(basis)] == pd.Series(basis)).all(axis=1)]
        period = max(
            same["period"].value_counts().items(), key=lambda item: (item[0] != "", item[1], item[0])
        )[0]
        usual[code] = {**basis, "period": period, **_commonest(same, ["tier"])}
    return usual


def _commonest(group: pd.DataFrame, columns: list[str]) -> dict[str, str]:
    counts = group.groupby(columns, sort=True).size().sort_values(ascending=False, kind="stable")
    values = counts.index[0]
    return dict(zip(columns, values if len(columns) > 1 else [values], strict=True))


def _judge(figure, usual: dict) -> tuple[str, str | None]:
    """Compare one figure with what is usual; return comparable, caution or not_comparable, and why."""
    barred = _contrasts(figure, usual, {"status": STATUS, "family": _family_names(), "change": CHANGE})
    if barred:
        return "not_comparable", _join(barred)
    doubtful = _contrasts(figure, usual, {"tier": TIER} if _entries()[figure.code].kind in SIZED else {})
    if not figure.period or figure.period != usual["period"]:  # two unknown periods need not be one
        doubtful.append(_other_period(figure.period, usual["period"]))
    if figure.part:
        doubtful.append(("分项或人均数", "a part, or per head"))
    return ("caution", _join(doubtful)) if doubtful else ("comparable", None)


def _contrasts(figure, usual: dict, named: dict[str, dict]) -> list[tuple[str, str]]:
    found = []
    for field, names in named.items():
        own, most = getattr(figure, field), usual[field]
        if own != most and (field != "tier" or own and most):
            own_zh, own_en = names.get(own, (own or "无单位", own or "no unit"))
            most_zh, most_en = names.get(most, (most or "无单位", most or "no unit"))
            found.append((f"{own_zh}，最常见的是{most_zh}", f"{own_en}; commonest is {most_en}"))
    return found


def _other_period(own: str, most: str) -> tuple[str, str]:
    if not own:
        return "统计期不明", "period unknown"
    return f"统计期为{own}，最常见的是{most or '不明'}", f"speaks of {own}; commonest is {most or 'unknown'}"


def _join(reasons: list[tuple[str, str]]) -> str:
    zh, en = zip(*reasons, strict=True)
    return f"{'；'.join(zh)} ({'; '.join(en)})"


@cache
def _family_names() -> dict[str, tuple[str, str]]:
    return {family.name: (family.zh, family.en) for family in families().values()}


@cache
def _entries() -> dict[str, Indicator]:
    return {entry.code: entry for entry in indicators()}


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
