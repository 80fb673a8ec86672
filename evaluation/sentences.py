"""Compare the measures of one report with the coder's sentences: is it an act, how far is it done, what is it about."""

from collections.abc import Sequence

from evaluation.gold import Measure
from evaluation.likeness import plain
from evaluation.places import Places, Span, shared
from evaluation.tally import Miss, Tally

MOSTLY = 0.5  # a measure belongs to the sentence that holds half of it


def measures(tally: Tally, marks: Sequence[Measure], places: Places, rows: list[dict]) -> None:
    """Count sentences rightly told to be measures, their status and their themes; a measure may be part of a sentence."""
    rows = [row for row in rows if row.get("is_measure", True)]
    spans = places.locate([(mark.context, mark.offset, mark.context) for mark in marks])
    for mark, span in zip(marks, spans, strict=True):
        if mark.optional:
            continue
        if span is None:
            what = "sentence: its words are not in the text read"
            tally.misses.append(Miss(mark.report, None, what, mark.context, ["a sentence"], None))
            continue
        inside = within(span, rows)
        _is_measure(tally, mark, span, inside)
        if mark.is_measure:
            _status(tally, mark, span, inside)
            _themes(tally, mark, span, inside)


def within(span: Span, rows: list[dict]) -> list[dict]:
    """List the rows of which at least half lies in the span."""
    return [r for r in rows if shared(span, (r["start"], r["end"])) >= MOSTLY * (r["end"] - r["start"])]


def _is_measure(tally: Tally, mark: Measure, span: Span, inside: list[dict]) -> None:
    given = bool(inside)
    tally.judge("is a measure", mark.is_measure, given)
    tally.counts["measure.gold"] += mark.is_measure
    tally.counts["measure.given"] += given
    tally.counts["measure.hit"] += given and mark.is_measure
    if given != mark.is_measure:
        names = {True: "a measure", False: "no measure"}
        wanted, got = names[mark.is_measure], names[given]
        tally.misses.append(Miss(mark.report, span, "sentence: measure", mark.context, [wanted], got))


def _status(tally: Tally, mark: Measure, span: Span, inside: list[dict]) -> None:
    if not inside:
        return
    wanted, given = mark.wanted("status"), [plain(row.get("status")) for row in inside]
    right = next((status for status in given if status in wanted), None)
    tally.judge("status of a measure", right or wanted[0], right or given[0])
    tally.counts["measure.found"] += 1
    tally.counts["measure.status"] += right is not None
    if right is None:
        tally.misses.append(Miss(mark.report, span, "sentence: status", mark.context, wanted, given[0]))


def _themes(tally: Tally, mark: Measure, span: Span, inside: list[dict]) -> None:
    """Count themes; one the coder holds possible beside the chosen ones is neither hit nor miss."""
    wanted = frozenset(mark.themes)
    given = frozenset(theme for row in inside for theme in (plain(row.get("themes")) or []))
    given -= frozenset(mark.themes_alt) - wanted
    tally.themes.append((wanted, given))
    tally.counts["theme.gold"] += len(wanted)
    tally.counts["theme.given"] += len(given)
    tally.counts["theme.hit"] += len(wanted & given)
    if given != wanted:
        got = sorted(given) or None
        tally.misses.append(
            Miss(mark.report, span, "sentence: themes", mark.context, [sorted(wanted) or None], got)
        )
