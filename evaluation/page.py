"""Write the page of scores: fields by report, themes, agreement, found themes, and every error that remains."""

from collections.abc import Sequence

from evaluation import agreement, clusters, fields, scoring
from evaluation.corpora import Corpus
from evaluation.markdown import cell, number, table
from evaluation.method import foreword, not_validated
from evaluation.scoring import Coded
from evaluation.tally import Rates, Tally, total
from pipeline import codebook
from pipeline.coding.themes import Theme
from pipeline.library import Library

GENERATED = "<!-- generated: run `make evaluate` after a change to the rules -->\n"
VARIABLES = ("is a measure", "status of a measure", "metric status", "metric bound")
UNITS = {
    "is a measure": "sentence",
    "status of a measure": "measure found",
    "metric status": "figure found",
    "metric bound": "figure found",
}


def page(sets: Sequence[tuple[Corpus, Library]]) -> str:
    """Return the page for coded sets and the tables that were made of their reports."""
    coded = [(corpus, scoring.read(library, corpus.gold)) for corpus, library in sets]
    parts = [GENERATED, "# Accuracy\n", foreword([each for _, each in coded])]
    parts += [section(corpus, each) for corpus, each in coded]
    return "\n".join([*parts, not_validated()])


def section(corpus: Corpus, coded: Coded) -> str:
    """Return what is known of one coded set."""
    tallies = scoring.score(coded)
    whole = total(tallies.values())
    reports = ", ".join(tallies)
    parts = [
        f"## {corpus.name}\n",
        f"{corpus.about}\n",
        f"Reports: {len(tallies)} ({reports}). Items coded: {_items(coded)}.\n",
        "### Fields, by report\n",
        _fields(whole, tallies),
        "### Agreement beyond chance\n",
        _agreement(whole),
        *(["### Themes\n", _themes(whole)] if whole.themes else []),
        *_clusters(coded),
        "### Errors that remain\n",
        _errors(whole),
    ]
    return "\n".join(parts)


def _items(coded: Coded) -> str:
    names = {"metric": "figures", "instrument": "documents", "assignment": "tasks", "measure": "sentences"}
    told = []
    for kind, name in names.items():
        marks = [mark for kinds in coded.marks.values() for mark in kinds.get(kind, [])]
        open_ = sum(mark.optional for mark in marks)
        told.append(f"{len(marks)} {name} ({open_} optional)" if marks else f"no {name}")
    return ", ".join(told)


def _fields(whole: Tally, tallies: dict[str, Tally]) -> str:
    """Lay out every score for all reports and each; a score without items is a dash."""
    each = {report: fields.scores(tally.counts) for report, tally in tallies.items()}
    rows = []
    for place, score in enumerate(fields.scores(whole.counts)):
        if score.items:
            singles = [number(scores[place].value) for scores in each.values()]
            rows.append([score.group, score.name, str(score.items), f"**{number(score.value)}**", *singles])
    return table(["of", "score", "n", "all", *each], rows)


def _agreement(whole: Tally) -> str:
    """Lay out agreement for each variable that was coded."""
    lines = [(v, UNITS[v], agreement.nominal(whole.judged[v])) for v in VARIABLES if v in whole.judged]
    if whole.themes:
        lines.append(("themes, mean over themes", "measure", agreement.several(whole.themes, theme_codes())))
    rows = [
        [name, unit, str(a.items), number(a.same), _with_interval(a), number(a.kappa)]
        for name, unit, a in lines
        if a.items
    ]
    return table(
        ["variable", "unit", "n", "same", "Krippendorff's α [95 % interval]", "Cohen's κ (mean)"], rows
    )


def _with_interval(a: agreement.Agreement) -> str:
    if a.alpha is None:
        return "– (one value only)"
    return f"{number(a.alpha)} [{number(a.low)}, {number(a.high)}]"


def theme_codes() -> list[str]:
    """List the codes of the codebook's themes, in its order."""
    return [theme.code for theme in codebook.load("themes", Theme)]


def _themes(whole: Tally) -> str:
    """Lay out precision, recall, F1 and agreement for each theme that coder or pipeline saw."""
    rows = []
    for code in theme_codes():
        pairs = agreement.presence(whole.themes, code)
        rates = Rates(sum(a and b for a, b in pairs), sum(a for a, _ in pairs), sum(b for _, b in pairs))
        if rates.gold or rates.given:
            shares = map(number, (rates.precision, rates.recall, rates.f1))
            alpha = _with_interval(agreement.nominal(pairs))
            rows.append([f"`{code}`", str(rates.gold), str(rates.given), *shares, alpha])
    head = ["theme", "coder", "pipeline", "precision", "recall", "F1", "Krippendorff's α [95 % interval]"]
    return table(head, rows)


def _clusters(coded: Coded) -> list[str]:
    found = clusters.compare(coded)
    if found is None:
        return []
    told = (
        f"The themes found without the codebook, beside the coder's, on {found.items} measures that have one theme: "
        f"{found.clusters} clusters and {found.outliers} measures in none ({found.outliers / found.items:.0%}), "
        f"{found.themes} themes of the coder's. A measure in no cluster counts as a cluster of its own.\n"
    )
    names = ["B-cubed F1", "B-cubed precision", "B-cubed recall", "V-measure", "adjusted Rand index"]
    values = [found.f1, found.precision, found.recall, found.v_measure, found.rand]
    return ["### Found themes\n", told, table(names, [[number(value) for value in values]])]


def _errors(whole: Tally) -> str:
    """List every error with its place in the report's text, so that anyone can look it up."""
    if not whole.misses:
        return "None.\n"
    rows = [
        [
            miss.report,
            f"{miss.span[0]}:{miss.span[1]}" if miss.span else "–",
            miss.what,
            cell(miss.words),
            f"{cell(' or '.join(map(_told, miss.wanted)))} → {cell(_told(miss.got))}",
        ]
        for miss in sorted(whole.misses, key=lambda m: (m.report, m.span or (-1, -1), m.what))
    ]
    return table(["report", "place", "what", "words", "expected → got"], rows)


def _told(value) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "nothing" if value is None else str(value)
