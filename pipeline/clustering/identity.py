"""Give themes ids that outlast the next report: after their name, or after the theme of an earlier run they continue."""

import pandas as pd

from pipeline.clustering.naming import Name

# A theme continues an earlier one when they share at least this much (Jaccard) of the measures both runs had.
SAME = 0.3
PREFIX = "theme:"
OUTLIER = "outlier:"


def ids(names: list[Name], labels, unit_ids: list[str], previous: pd.DataFrame | None) -> list[str]:
    """Return an id for every theme, no two alike; `previous` are the cluster_members of an earlier run."""
    groups = _groups(labels, unit_ids, len(names))
    chosen = _continued(groups, unit_ids, previous) if previous is not None else {}
    taken = set(chosen.values()) | (set(previous["cluster_id"]) if previous is not None else set())
    for theme in sorted(range(len(names)), key=lambda t: (-len(groups[t]), min(groups[t]))):
        if theme not in chosen:
            chosen[theme] = _free(names[theme], groups[theme], taken)
            taken.add(chosen[theme])
    return [chosen[theme] for theme in range(len(names))]


def _groups(labels, unit_ids: list[str], count: int) -> list[set[str]]:
    groups: list[set[str]] = [set() for _ in range(count)]
    for label, unit in zip(labels, unit_ids, strict=True):
        if label >= 0:
            groups[label].add(unit)
    return groups


def _free(name: Name, group: set[str], taken: set[str]) -> str:
    """Return the first phrase that names no other theme; a theme without any is named by its first measure."""
    wishes = (PREFIX + word for word in (*name.phrases, min(group)))
    return next(wish for wish in wishes if wish not in taken)


def _continued(groups: list[set[str]], unit_ids: list[str], previous: pd.DataFrame) -> dict[int, str]:
    """Pair themes with those of the earlier run, the best matches first."""
    known = set(unit_ids)
    inside = previous[~previous["is_outlier"].astype(bool) & previous["measure_id"].isin(known)]
    before = {cluster: set(rows) for cluster, rows in inside.groupby("cluster_id")["measure_id"]}
    common = set(previous["measure_id"])
    pairs = []
    for theme, group in enumerate(groups):
        old = group & common
        for cluster, measures in before.items():
            if shared := len(old & measures):
                pairs.append((-shared / len(old | measures), cluster, theme))
    chosen: dict[int, str] = {}
    for likeness, cluster, theme in sorted(pairs):
        if -likeness >= SAME and theme not in chosen and cluster not in chosen.values():
            chosen[theme] = cluster
    return chosen
