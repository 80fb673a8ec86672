"""Say how much time is left while Snakemake works.

Snakemake counts steps, and steps differ: a batch takes seconds, a table over thirty thousand reports minutes. Each step
is therefore given the seconds it is known to take, and what is left is scaled by how fast this run has been so far.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping

# Seconds a step takes whatever the number of reports: starting Python, reading code and codebook; themes are sought in a
# sample of their own size, figures drawn of so many reports as fit, and tables for readers cut at so many rows.
START = 0.7
FIXED = {"clusters": 18, "exports": 4, "figures": 6, "page": 2}
# Seconds a thousand reports take, by rule, as measured on one core; other rules take about OTHER. Only their proportions
# count, so that they need not be renewed for each machine.
SECONDS = {
    "assignments": 1.2,
    "clusters": 1.5,
    "exports": 1.5,
    "figures": 0.1,
    "hanlp_documents": 4,
    "measures": 4.5,
    "metrics": 2.5,
    "page": 0.3,
    "report_data": 2.5,
    "sections": 1.5,
    "sentences": 1.5,
    "tokens": 2.5,
}
OTHER = 0.7
PAUSE = 15.0  # seconds between two lines, and before the first, since so little says nothing of the rest


class Remaining(logging.Handler):
    """Follow Snakemake's own messages and say, as steps finish, how much time is left.

    `reports` tells how many reports a step of each rule reads; a rule that is not there is no work.
    """

    def __init__(
        self,
        reports: Mapping[str, float],
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ):
        super().__init__(logging.INFO)
        self._seconds = {
            rule: START + FIXED.get(rule, 0) + SECONDS.get(rule, OTHER) * n / 1000
            for rule, n in reports.items()
        }
        self._say, self._clock = say, clock
        self._rules: dict[int, str] = {}  # of the steps begun
        self._done: Counter[str] = Counter()  # steps finished by rule
        self._planned: Counter[str] = Counter()
        self._began = self._told = clock()

    def emit(self, record: logging.LogRecord) -> None:
        """Take in one message; those without an event are not about steps."""
        event = getattr(record, "event", None)
        if event == "run_info":
            self._planned = Counter(record.stats)
            self._began = self._told = self._clock()
        elif event == "job_info":
            self._rules[record.jobid] = record.rule_name
        elif event == "job_finished":
            self._done[self._rules.get(record.job_id, "")] += 1
        elif event == "progress" and self._clock() - self._told >= PAUSE:
            self._tell()

    def _tell(self) -> None:
        done, planned = self._work(self._done), self._work(self._planned)
        if 0 < done < planned:
            now = self._clock()
            self._told = now
            self._say(in_words((now - self._began) * (planned - done) / done))

    def _work(self, steps: Counter[str]) -> float:
        return sum(self._seconds.get(rule, 0) * count for rule, count in steps.items())


def in_words(seconds: float) -> str:
    """Say how long that is, as exactly as an estimate deserves.

    >>> in_words(20), in_words(130), in_words(8000)
    ('Less than a minute left.', 'About 2 minutes left.', 'About 2 h 13 min left.')
    """
    minutes = round(seconds / 60)
    if minutes < 1:
        return "Less than a minute left."
    if minutes < 60:
        return f"About {minutes} minute{'s' if minutes > 1 else ''} left."
    return f"About {minutes // 60} h {minutes % 60} min left."
