"""Check parts against their total (30 documents are not 6 invalid and 28 kept)."""

from collections.abc import Iterator

from pipeline.arithmetic.figures import Figure, Finding, alike, known, number

SLACK = 1e-6


def totals(report: list[Figure]) -> Iterator[Finding]:
    """Yield a finding for each total whose parts follow it in its sentence."""
    for at, whole in enumerate(report):
        if not _counts(whole):
            continue
        parts = _parts(report, at)
        named = any("其中" in part.words for part in parts[:1])
        if named and parts[0].low > whole.high + SLACK:
            yield _finding(whole, parts[:1], "conflict", "part")
        elif len(parts) > 1 and (named or _exclusive(whole, parts)):
            yield from _sum(whole, parts)


def _counts(figure: Figure) -> bool:
    return (
        figure.firm
        and not figure.change
        and figure.unit not in ("%", "百分点", "倍", "")
        and figure.value > 1
    )


def _parts(report: list[Figure], at: int) -> list[Figure]:
    """Return the figures of the same unit that follow the total without a break, up to a part of a part."""
    whole, parts = report[at], []
    for figure in report[at + 1 :]:
        if not parts and figure.sentence == whole.sentence and (figure.change or figure.share):
            continue  # 受理320件,同比增长12%,其中…
        deeper = parts and ("其中" in figure.words or "(" in figure.words)
        if (
            figure.sentence != whole.sentence
            or not _counts_as_part(figure)
            or not alike(figure, whole)
            or deeper
        ):
            break
        parts.append(figure)
    return parts


def _counts_as_part(figure: Figure) -> bool:
    return figure.firm and not figure.change and "共" not in figure.words and "。" not in figure.words


def _sum(whole: Figure, parts: list[Figure]) -> Iterator[Finding]:
    low, high = sum(p.low for p in parts), sum(p.high for p in parts)
    if low <= whole.high + SLACK and whole.low <= high + SLACK:
        yield _finding(whole, parts, "consistent", "sum")
    elif low > whole.high and _exclusive(whole, parts):
        yield _finding(whole, parts, "conflict", "sum")


def _exclusive(whole: Figure, parts: list[Figure]) -> bool:
    """Tell whether the parts are outcomes of which each case has one only, and the total is none of them."""
    for entry in known("exclusive"):
        met = [_outcome(part, entry.outcomes) for part in parts]
        if None not in met and len(set(met)) == len(met) and _outcome(whole, entry.outcomes) is None:
            return True
    return False


def _outcome(figure: Figure, outcomes: list[list[str]]) -> int | None:
    said = figure.name + figure.words
    return next((n for n, words in enumerate(outcomes) if any(word in said for word in words)), None)


def _finding(whole: Figure, parts: list[Figure], judged: str, how: str) -> Finding:
    total = sum(p.value for p in parts)
    formula = " + ".join(number(p.value) for p in parts) + (f" = {number(total)}" if len(parts) > 1 else "")
    listed = "、".join(p.expr for p in parts)
    if how == "part":
        english = f"a part ({parts[0].expr}) is larger than its whole ({whole.expr})"
        chinese = f"其中一项（{parts[0].expr}）大于总数（{whole.expr}）"
    else:
        english = f"the parts {listed} make {number(total)}; the total stated is {whole.expr}"
        chinese = f"分项{listed}合计{number(total)}，报告所列总数为{whole.expr}"
    return Finding("total", judged, [whole, *parts], whole.value, total, formula, english, chinese)
