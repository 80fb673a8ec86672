"""Count what a comparison finds, report by report, so that counts of several reports add up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from evaluation.places import Span


class Miss(NamedTuple):
    """One error that remains: where it stands, in which words, which values would have been right, and what came."""

    report: str
    span: Span | None
    what: str
    words: str
    wanted: list
    got: object


@dataclass
class Tally:
    """Counts by name, the errors behind them, and every pair of judgements for chance-corrected agreement."""

    counts: Counter = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    judged: dict[str, list[tuple]] = field(default_factory=dict)
    themes: list[tuple[frozenset, frozenset]] = field(default_factory=list)

    def judge(self, variable: str, coder, pipeline) -> None:
        """Keep what coder and pipeline said of one item."""
        self.judged.setdefault(variable, []).append((coder, pipeline))


def total(tallies: Iterable[Tally]) -> Tally:
    """Add up the tallies of several reports."""
    whole = Tally()
    for each in tallies:
        whole.counts.update(each.counts)
        whole.misses += each.misses
        whole.themes += each.themes
        for variable, pairs in each.judged.items():
            whole.judged.setdefault(variable, []).extend(pairs)
    return whole


class Rates(NamedTuple):
    """Precision, recall and F1 from hits, what the coder marked and what the pipeline gave."""

    hit: int
    gold: int
    given: int

    @property
    def precision(self) -> float | None:
        """Return the share of what was given that is right."""
        return self.hit / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Return the share of what was marked that was found."""
        return self.hit / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of precision and recall; None where there was nothing to find or give."""
        both = self.gold + self.given
        return 2 * self.hit / both if both else None


def rates(counts: Counter, name: str, hits: str = "hit") -> Rates:
    """Return the rates counted under `name`; other hits than the plain ones by their own name."""
    return Rates(counts[f"{name}.{hits}"], counts[f"{name}.gold"], counts[f"{name}.given"])


def share(part: int, whole: int) -> float | None:
    """Return a share, None of nothing."""
    return part / whole if whole else None
