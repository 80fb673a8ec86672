"""Compare the figures, documents and tasks of one report with the coder's."""

from collections.abc import Sequence

from evaluation.gold import Assignment, Instrument, Mark, Metric
from evaluation.likeness import NAMED_ALIKE, alike, plain, same
from evaluation.places import Places, Span, pair, shared
from evaluation.tally import Miss, Tally

METRIC_FIELDS = ("value", "value_max", "unit", "bound", "status", "change")
STRICT = ("value", "unit", "bound", "status")  # all right and the span found: the strict score
ASSIGNMENT_FIELDS = ("lead", "responsible", "deadline")


def metrics(tally: Tally, marks: Sequence[Metric], places: Places, rows: list[dict]) -> None:
    """Count the quantities found, and for each one found whether its fields are right."""
    spans = _located(marks, [mark.expr for mark in marks], places)
    pairs = pair([_right_spans(m, s, places) for m, s in zip(marks, spans, strict=True)], _spans(rows))
    for number, (mark, span) in enumerate(zip(marks, spans, strict=True)):
        row = rows[pairs[number]] if number in pairs else None
        if mark.optional or not _found(tally, "metric", mark, span, row, f"{mark.expr} ｜ {mark.context}"):
            continue
        _metric_fields(tally, mark, span, row)
        _indicator(tally, mark, span, row)
        _code(tally, mark, span, row)
        for variable in ("status", "bound"):
            _judge(tally, f"metric {variable}", mark.wanted(variable), row.get(variable))
    _surplus(tally, "metric", places, rows, set(pairs.values()))


def _right_spans(mark: Metric, span: Span | None, places: Places) -> list[Span]:
    """List the spans that count as the expression: the coder's, and those `accept` allows instead."""
    if span is None:
        return []
    others = [
        places.find(each, -1, mark.context) for each in mark.accept.get("expr", []) if each != mark.expr
    ]
    return [span, *(other for other in others if other and shared(other, span) > 0)]


def _metric_fields(tally: Tally, mark: Metric, span: Span, row: dict) -> None:
    right = {name: any(same(each, row.get(name)) for each in mark.wanted(name)) for name in METRIC_FIELDS}
    for name in METRIC_FIELDS:
        tally.counts[f"metric.{name}"] += right[name]
        if not right[name]:
            _miss(tally, mark, span, f"figure: {name}", f"{mark.expr} ｜ {mark.context}", name, row)
    tally.counts["metric.strict"] += all(right[name] for name in STRICT)


def _indicator(tally: Tally, mark: Metric, span: Span, row: dict) -> None:
    likeness = max(alike(each, plain(row.get("indicator"))) for each in mark.wanted("indicator"))
    tally.counts["metric.indicator"] += likeness >= NAMED_ALIKE
    tally.counts["metric.likeness"] += likeness
    if likeness < NAMED_ALIKE:
        _miss(tally, mark, span, "figure: indicator", f"{mark.expr} ｜ {mark.context}", "indicator", row)


def _code(tally: Tally, mark: Metric, span: Span, row: dict) -> None:
    """Count the harmonised code of a figure that was found.

    Where the coder accepts a code as well as none, either is neither hit nor miss, as with an optional item; only a
    third code is wrong. (Counting the accepted code as given but never as right, as first scorers of this format did,
    would lower precision for a right answer, and leaving a wrong code uncounted would raise it.)
    """
    wanted, got = mark.wanted("code"), plain(row.get("code"))
    open_ = None in wanted
    if open_ and got in wanted:
        return
    tally.counts["code.gold"] += not open_
    tally.counts["code.given"] += got is not None
    tally.counts["code.hit"] += got in wanted
    if got not in wanted:
        _miss(tally, mark, span, "figure: code", f"{mark.expr} ｜ {mark.context}", "code", row)


def instruments(tally: Tally, marks: Sequence[Instrument], places: Places, rows: list[dict]) -> None:
    """Count the documents found, the role of each, and the number where the text gives one."""
    spans = _located(marks, ["《" + mark.title for mark in marks], places)
    pairs = pair([[span] if span else [] for span in spans], _spans(rows))
    for number, (mark, span) in enumerate(zip(marks, spans, strict=True)):
        row = rows[pairs[number]] if number in pairs else None
        if mark.optional or not _found(tally, "instrument", mark, span, row, f"《{mark.title}》"):
            continue
        right = plain(row.get("role")) in mark.wanted("role")
        tally.counts["instrument.role"] += right
        if not right:
            _miss(tally, mark, span, "document: role", f"《{mark.title}》 ｜ {mark.context}", "role", row)
        _number(tally, mark, span, row)
    _surplus(tally, "instrument", places, rows, set(pairs.values()))


def _number(tally: Tally, mark: Instrument, span: Span, row: dict) -> None:
    if mark.number is None:
        return
    got = "".join(str(plain(row.get("number")) or "").split())
    right = any("".join(each.split()) == got for each in mark.wanted("number") if each)
    tally.counts["instrument.numbered"] += 1
    tally.counts["instrument.number"] += right
    if not right:
        _miss(tally, mark, span, "document: number", f"《{mark.title}》", "number", row)


def assignments(tally: Tally, marks: Sequence[Assignment], places: Places, rows: list[dict]) -> None:
    """Count the tasks found by number and place; one is exact when both lists of units and the deadline are right."""
    left = list(range(len(rows)))
    for mark, span in zip(marks, _located(marks, [m.context for m in marks], places), strict=True):
        chosen = _task(mark, span, rows, left)
        row = None if chosen is None else rows[chosen]
        if row is not None:
            left.remove(chosen)
        words = f"{mark.item or ''} {mark.task}"
        if mark.optional or not _found(tally, "assignment", mark, span, row, words, hits="found"):
            continue
        right = {n: any(same(each, row.get(n)) for each in mark.wanted(n)) for n in ASSIGNMENT_FIELDS}
        for name in ASSIGNMENT_FIELDS:
            tally.counts[f"assignment.{name}"] += right[name]
            if not right[name]:
                _miss(tally, mark, span, f"task: {name}", words, name, row)
        tally.counts["assignment.hit"] += all(right.values())
    _surplus(tally, "assignment", places, rows, set(range(len(rows))) - set(left))


def _task(mark: Assignment, span: Span | None, rows: list[dict], left: list[int]) -> int | None:
    """Choose among the rows not taken yet: the mark's number at its place; without a place the first of its number."""
    named = [each for each in left if mark.item is None or str(rows[each].get("item")) == mark.item]
    if span is None:
        return named[0] if named and mark.item is not None else None
    near = [(shared(_span(rows[each]), span), -each) for each in named]
    return -max(near)[1] if near and max(near)[0] > 0 else None


def _located(marks: Sequence[Mark], words: list[str], places: Places) -> list[Span | None]:
    return places.locate((w, mark.offset, mark.context) for w, mark in zip(words, marks, strict=True))


def _found(tally: Tally, name: str, mark: Mark, span, row, words: str, hits: str = "hit") -> bool:
    """Count a mark that must be found, and the row given for it; tell whether there is one."""
    tally.counts[f"{name}.gold"] += 1
    if row is None:
        why = "missed" if span else "its words are not in the text read"
        tally.misses.append(
            Miss(mark.report, span, f"{NAMES[name]}: {why}", words, [f"a {NAMES[name]}"], None)
        )
        return False
    tally.counts[f"{name}.{hits}"] += 1
    tally.counts[f"{name}.given"] += 1
    return True


NAMES = {"metric": "figure", "instrument": "document", "assignment": "task"}


def _surplus(tally: Tally, name: str, places: Places, rows: list[dict], used: set[int]) -> None:
    """Count the rows that no mark, not even an optional one, stands behind."""
    for number, row in enumerate(rows):
        if number not in used:
            start, end = _span(row)
            words = f"{places.text[start:end]} ｜ {places.text[max(0, start - 14) : end + 10]}"
            tally.counts[f"{name}.given"] += 1
            what = f"{NAMES[name]}: not marked by the coder"
            tally.misses.append(Miss(row["report_id"], (start, end), what, words, [None], f"a {NAMES[name]}"))


def _miss(tally: Tally, mark: Mark, span: Span, what: str, words: str, field: str, row: dict) -> None:
    wanted = [plain(each) for each in mark.wanted(field)]
    tally.misses.append(Miss(mark.report, span, what, words, wanted, plain(row.get(field))))


def _judge(tally: Tally, variable: str, wanted: list, got) -> None:
    """Keep a pair of judgements; where the coder allows several, the pipeline's own is the coder's."""
    got = plain(got)
    tally.judge(variable, got if got in wanted else wanted[0], got)


def _span(row: dict) -> Span:
    return int(row["start"]), int(row["end"])


def _spans(rows: list[dict]) -> list[Span]:
    return [_span(row) for row in rows]
