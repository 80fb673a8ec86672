"""Tell what moved since an earlier run: for each measure's way from theme to theme, how many went it."""

from collections import Counter

import pandas as pd

COLUMNS = ["from_id", "to_id", "kind", "measures"]


def tell(previous: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return one row per way a measure went between two runs.

    `kept`: same theme; `moved`: another; `left`, `joined`: from a theme to the outliers, or back; `added`: the measure is
    new; `gone`: it is in the corpus no longer. An empty id stands for the outliers or, with `added` and `gone`, for none.
    """
    before, now = _themes(previous), _themes(members)
    ways = Counter()
    for measure in before.keys() | now.keys():
        ways[_way(measure, before, now)] += 1
    rows = [(old, new, kind, n) for (kind, old, new), n in ways.items() if kind]
    rows.sort(key=lambda row: (row[2], row[0] or "", row[1] or ""))
    return pd.DataFrame(rows, columns=COLUMNS)


def _themes(members: pd.DataFrame) -> dict[str, str | None]:
    return {
        measure: None if outlier else cluster
        for measure, cluster, outlier in zip(
            members["measure_id"], members["cluster_id"], members["is_outlier"], strict=True
        )
    }


def _way(measure: str, before: dict, now: dict) -> tuple[str, str | None, str | None]:
    old, new = before.get(measure), now.get(measure)
    if measure not in before:
        return "added", None, new
    if measure not in now:
        return "gone", old, None
    if old == new:
        return ("kept", old, new) if old else ("", None, None)
    if old is None:
        return "joined", None, new
    return ("left", old, None) if new is None else ("moved", old, new)
