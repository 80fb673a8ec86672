"""theme_matrix: one row per report and codebook theme, how much of the report's measures it takes and which they are."""

from statistics import NormalDist

import numpy as np
import pandas as pd

from pipeline import codebook, tables
from pipeline.coding.themes import Theme

COLUMNS = {
    "reports": ["report_id"],
    "measures": ["measure_id", "report_id", "sentence_id", "is_measure", "status", "themes"],
    "metrics": ["metric_id", "sentence_id"],
    "instruments": ["instrument_id", "sentence_id"],
}

CONFIDENCE = 0.95
STATUSES = ("done", "ongoing", "planned")


def build(
    reports: pd.DataFrame, measures: pd.DataFrame, metrics: pd.DataFrame, instruments: pd.DataFrame
) -> pd.DataFrame:
    """Count measures, figures and documents by theme; every report has a row for every theme, also for one it is silent on."""
    themes = [theme.code for theme in codebook.load("themes", Theme)]
    stated = measures[measures["is_measure"].astype(bool)]
    coded = stated.explode("themes").rename(columns={"themes": "theme"}).dropna(subset=["theme"])
    cells = pd.MultiIndex.from_product([reports["report_id"], themes], names=["report_id", "theme"])
    matrix = pd.DataFrame(index=cells)
    matrix["measures"] = _counts(coded, cells)
    matrix["report_measures"] = _per_report(stated, cells)
    matrix["share"], matrix["share_low"], matrix["share_high"] = _shares(matrix)
    for status in STATUSES:
        matrix[status] = _counts(coded[coded["status"] == status], cells)
    matrix["measure_ids"] = _ids(coded, "measure_id", cells)
    for counted, frame, key in (
        ("metrics", metrics, "metric_id"),
        ("instruments", instruments, "instrument_id"),
    ):
        theirs = coded[["report_id", "theme", "sentence_id"]].merge(frame[[key, "sentence_id"]].dropna())
        matrix[counted] = _counts(theirs, cells)
        matrix[f"{key}s"] = _ids(theirs, key, cells)
    return matrix.reset_index()[list(tables.empty("theme_matrix").columns)]


def wilson(hits: np.ndarray, total: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the bounds of Wilson's score interval at 95 %, NaN where nothing was counted.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209-212. The same
    numbers as scipy.stats.binomtest(k, n).proportion_ci(method="wilson"), for whole columns at once.
    """
    z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
    hits, n = np.asarray(hits, float), np.where(np.asarray(total) > 0, total, np.nan).astype(float)
    share = hits / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.clip(centre - reach, 0, 1), np.clip(centre + reach, 0, 1)


def _shares(matrix: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    hits, total = matrix["measures"].to_numpy(), matrix["report_measures"].to_numpy()
    low, high = wilson(hits, total)
    return hits / np.where(total > 0, total, np.nan), low, high


def _counts(rows: pd.DataFrame, cells: pd.MultiIndex) -> pd.Series:
    return rows.groupby(["report_id", "theme"]).size().reindex(cells, fill_value=0)


def _per_report(stated: pd.DataFrame, cells: pd.MultiIndex) -> np.ndarray:
    sizes = stated.groupby("report_id").size()
    return sizes.reindex(cells.get_level_values("report_id"), fill_value=0).to_numpy()


def _ids(rows: pd.DataFrame, key: str, cells: pd.MultiIndex) -> list[list[str]]:
    """List the ids that stand behind each cell, in the order of the text."""
    found: dict[tuple[str, str], list[str]] = {}
    for report_id, theme, row_id in zip(rows["report_id"], rows["theme"], rows[key], strict=True):
        found.setdefault((report_id, theme), []).append(row_id)
    return [found.get(cell, []) for cell in cells]


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
