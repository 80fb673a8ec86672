"""Compare a figure that a report states at two places."""

from collections.abc import Iterator

from pipeline.arithmetic.figures import Figure, Finding

SHORTEST = 4  # characters; a shorter name (培训, 案件) may name many things


def restated(report: list[Figure]) -> Iterator[Finding]:
    """Yield a finding where the same name, unit and period recur in another sentence.

    Two values under one name may have two scopes, so a difference is never called a conflict: the reader must look.
    """
    seen: dict[tuple, Figure] = {}
    for figure in report:
        if not figure.firm or figure.change or len(figure.name) < SHORTEST:
            continue
        key = (figure.name, figure.unit, figure.period)
        first = seen.setdefault(key, figure)
        if first is figure or first.sentence == figure.sentence:
            continue
        same = abs(first.value - figure.value) <= max(first.step, figure.step) / 2
        yield Finding(
            "restated", "consistent" if same else "not_checkable", [first, figure], figure.value, first.value,
            f"{first.expr} / {figure.expr}",
            f"{figure.name} is stated twice: {first.expr} and {figure.expr}"
            + ("" if same else "; they may speak of different scopes"),
            f"“{figure.name}”两处表述：{first.expr}、{figure.expr}" + ("" if same else "，口径可能不同"),
        )  # fmt: skip
