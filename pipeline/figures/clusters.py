"""Draw the map of themes found in the corpus without the codebook: near means alike, large means much spoken of."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from pipeline.comparison.cells import address
from pipeline.figures.canvas import BLUE, GREY, Drawn, empty, short
from pipeline.wording import pair

TITLE = ("从文本归纳的主题地图", "Map of themes found in the texts")
METHOD = (
    "主题由举措句聚类而来，不用编码本；圆的大小为句数，颜色越深越稳定（在部分语料上重做时再次出现的比例），位置越近内容越相似（略作移动以免重叠）；空心圆没有对应的编码本主题。",
    "Themes are clusters of measures, found without the codebook. Size: sentences; the darker, the more stable (share of runs on parts of the corpus in which it comes back); near means alike (moved a little so as not to overlap). Hollow: no codebook theme answers to it.",
)
SHOWN = 28
LARGEST, SMALLEST = 0.17, 0.055  # radius, in units of the map
ROUNDS = 200


def draw(clusters: pd.DataFrame, *, say, limit: int) -> Drawn:
    """Draw the largest themes as numbered circles, and beside the map what the numbers mean."""
    if clusters.empty:
        why = ("语料太少，未归纳出主题。", "The corpus is too small for themes to be found.")
        return empty(say, TITLE, why, METHOD)
    shown = (
        clusters.sort_values(["size", "cluster_id"], ascending=[False, True])
        .head(SHOWN)
        .reset_index(drop=True)
    )
    radii = SMALLEST + (LARGEST - SMALLEST) * np.sqrt(shown["size"] / shown["size"].max()).to_numpy()
    places = apart(shown[["x", "y"]].to_numpy(float), radii)
    figure, (plane, key) = plt.subplots(1, 2, figsize=(7.1, 4.9), width_ratios=(1.15, 1))
    _map(plane, shown, places, radii)
    _key(key, shown, say)
    out = float(clusters["outlier_share"].iloc[0])
    caption = (
        f"最大的{len(shown)}个主题（共{len(clusters)}个），图例为名称、句数／报告数、稳定度；{out:.0%}的举措句不属于任何主题。",
        f"The {len(shown)} largest of {len(clusters)} themes; the key gives label, sentences / reports, stability. {out:.0%} of measures fit no theme.",
    )
    return Drawn(
        figure, TITLE, caption, METHOD, {"themes": len(clusters), "sentences": int(clusters["size"].sum())}
    )


def apart(places: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """Move circles that overlap apart, by as little as a few rounds of pushing need.

    >>> moved = apart(np.array([[0.0, 0.0], [0.1, 0.0]]), np.array([0.1, 0.1]))
    >>> bool(np.hypot(*(moved[0] - moved[1])) >= 0.199)
    True
    """
    places = places.copy()
    for _ in range(ROUNDS):
        gap = places[:, None] - places[None]
        distance = np.hypot(gap[..., 0], gap[..., 1])
        wanted = radii[:, None] + radii[None]
        np.fill_diagonal(wanted, 0)
        push = np.maximum(0, wanted - distance)
        if push.max() < 1e-3:
            break
        way = np.where(distance[..., None] > 1e-9, gap / np.maximum(distance, 1e-9)[..., None], [1.0, 0.0])
        places += 0.5 * (push[..., None] * way).sum(axis=1)
    return places


def _map(axes, shown: pd.DataFrame, places: np.ndarray, radii: np.ndarray) -> None:
    for number, (row, place, radius) in enumerate(
        zip(shown.itertuples(), places, radii, strict=True), start=1
    ):
        hollow = row.relation == "unforeseen"
        depth = 0.25 + 0.6 * row.stability
        face = "white" if hollow else plt.get_cmap("Blues")(depth)
        circle = plt.Circle(place, radius, facecolor=face, edgecolor=BLUE if hollow else "white", lw=1)
        circle.set_url("#" + address(cluster=row.cluster_id))
        axes.add_patch(circle)
        dark = not hollow and depth > 0.55
        axes.text(
            *place, str(number), ha="center", va="center", fontsize=6.5, color="white" if dark else "black"
        )
    low, high = (places - radii[:, None]).min(axis=0) - 0.03, (places + radii[:, None]).max(axis=0) + 0.03
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set(visible=True, color="#dddddd")


def _key(axes, shown: pd.DataFrame, say) -> None:
    axes.set(xlim=(0, 1), ylim=(SHOWN - 0.5, -1.5))
    axes.set_axis_off()
    heads = (
        (0.07, "left", say("主题", "theme")),
        (0.8, "right", say("句/报告", "n", between=" ")),
        (1.0, "right", say("稳定", "stab.", between=" ")),
    )
    for x, side, head in heads:
        axes.text(x, -1, head, ha=side, va="center", fontsize=6.5, color=GREY)
    for place, row in enumerate(shown.itertuples()):
        name = (
            pair("theme", row.nearest_theme)[1]
            if say.language == "en" and row.relation == "same"
            else row.label
        )
        axes.text(0.05, place, str(place + 1), ha="right", va="center", fontsize=6.5)
        axes.text(0.07, place, short(name, 22), va="center", fontsize=6.5)
        axes.text(0.8, place, f"{row.size}/{row.reports}", ha="right", va="center", fontsize=6.5)
        axes.text(1.0, place, f"{row.stability:.2f}", ha="right", va="center", fontsize=6.5)
