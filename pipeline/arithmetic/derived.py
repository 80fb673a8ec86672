"""Compute the rates that a report does not state but its figures give (295 of 319 mediations is 92.5 %)."""

from collections.abc import Iterator

from pipeline.arithmetic.figures import Figure, Finding, alike, known, number


def derived(report: list[Figure]) -> Iterator[Finding]:
    """Yield one finding for each pair of codebook indicators that stand in one sentence without a rate of their own."""
    for entry in known("derived"):
        for at, whole in enumerate(report):
            if whole.code != entry.whole or not whole.firm or whole.change:
                continue
            near = [f for f in report[at + 1 : at + 4] if f.sentence == whole.sentence]
            part = next((f for f in near if f.code == entry.part and f.firm and not f.change), None)
            if (
                part
                and alike(part, whole)
                and 0 < part.value <= whole.value
                and not _stated(report, part, whole)
            ):
                yield _finding(entry, part, whole)


def _stated(report: list[Figure], part: Figure, whole: Figure) -> bool:
    """Tell whether a rate stands in the same sentence near the two, which is then checked instead."""
    return any(f.share and f.sentence == part.sentence and 0 < f.start - part.end < 30 for f in report)


def _finding(entry, part: Figure, whole: Figure) -> Finding:
    share = part.value / whole.value * 100
    return Finding(
        "derived", "not_checkable", [whole, part], None, round(share, 2),
        f"{number(part.value)} ÷ {number(whole.value)} = {number(share)} %",
        f"{entry.en}: {part.expr} of {whole.expr} is {number(share)} % (computed; the report states no rate)",
        f"{entry.zh}：{whole.expr}中的{part.expr}，为{number(share)}%（推算，报告未列）",
    )  # fmt: skip
