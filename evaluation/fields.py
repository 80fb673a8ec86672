"""Say which scores follow from the counts, under the names the page and the tests use."""

from collections import Counter
from typing import NamedTuple

from evaluation.tally import rates, share


class Score(NamedTuple):
    """One score: its group and name, its value (None where there is nothing to score) and the items it rests on."""

    group: str
    name: str
    value: float | None
    items: int


METRIC = (
    ("value", "value right"),
    ("value_max", "upper end of a range right"),
    ("unit", "unit right"),
    ("bound", "bound right"),
    ("status", "status right"),
    ("change", "change right"),
    ("indicator", "indicator named alike (half of the characters)"),
)


def scores(counts: Counter) -> list[Score]:
    """Return every score of one report, or of several added up."""
    return [*_figures(counts), *_documents(counts), *_tasks(counts), *_sentences(counts)]


def _figures(counts: Counter) -> list[Score]:
    lines = _rates(counts, "Figures", "metric", "hit", "found")
    strict = rates(counts, "metric", "strict")
    lines.append(
        Score("Figures", "found with value, unit, bound and status right: F1", strict.f1, strict.gold)
    )
    lines += _shares(counts, "Figures", "metric", METRIC, "hit")
    likeness = share(counts["metric.likeness"], counts["metric.hit"])
    lines.append(Score("Figures", "indicator, mean likeness", likeness, counts["metric.hit"]))
    return lines + _rates(counts, "Figures", "code", "hit", "indicator code")


def _documents(counts: Counter) -> list[Score]:
    lines = _rates(counts, "Documents", "instrument", "hit", "found")
    lines += _shares(counts, "Documents", "instrument", (("role", "role right"),), "hit")
    return lines + _shares(counts, "Documents", "instrument", (("number", "number right"),), "numbered")


def _tasks(counts: Counter) -> list[Score]:
    lines = _rates(counts, "Tasks", "assignment", "found", "found")
    exact = rates(counts, "assignment")
    lines.append(Score("Tasks", "lead, responsible and deadline right: F1", exact.f1, exact.gold))
    names = (("lead", "lead right"), ("responsible", "responsible right"), ("deadline", "deadline right"))
    return lines + _shares(counts, "Tasks", "assignment", names, "found")


def _sentences(counts: Counter) -> list[Score]:
    lines = _rates(counts, "Sentences", "measure", "hit", "measure")
    lines += _shares(counts, "Sentences", "measure", (("status", "status right"),), "found")
    return lines + _rates(counts, "Sentences", "theme", "hit", "themes (micro)")


def _rates(counts: Counter, group: str, name: str, hits: str, told: str) -> list[Score]:
    each = rates(counts, name, hits)
    return [
        Score(group, f"{told}: F1", each.f1, each.gold),
        Score(group, f"{told}: precision", each.precision, each.given),
        Score(group, f"{told}: recall", each.recall, each.gold),
    ]


def _shares(counts: Counter, group: str, name: str, told, whole: str) -> list[Score]:
    items = counts[f"{name}.{whole}"]
    return [Score(group, words, share(counts[f"{name}.{field}"], items), items) for field, words in told]
