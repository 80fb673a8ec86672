"""Say how the scores were made, in words that can go into a methods section."""

from evaluation import agreement
from evaluation.scoring import TABLES, Coded

MEANING = """\
How far the tables can be trusted: what the pipeline reads beside what coders marked by the rules of
[annotation.md](annotation.md). F1 is the harmonic mean of precision (how much of what the pipeline gives is right) and
recall (how much of what the coder marked is found); the other scores are shares of the items found. **Only held-out
sets say what to expect of a new report.** To score your own coding: `make evaluate RAW=<folder of reports> GOLD=<folder
of gold files>`.
"""

METHOD = f"""\
## Method

| | |
| --- | --- |
| Unit of analysis | quantity expression (metrics), document mention (instruments), planned task (assignments), sentence of the body (measures, themes) |
| Codes | themes, several to a sentence; the harmonised indicators; status, bound and role as closed lists ([codebook.md](codebook.md)) |
| Matching | spans one to one, largest overlap first, at least a third in common; a measure belongs to the sentence that holds half of it; tasks by number and place |
| Optional items | what careful coders could differ on is neither hit nor miss; values the coder allows beside the first count as right, themes so allowed are left out |
| Indicator codes | of figures that were found; where the coder allows a code or none, either is left out of the count and another code is an error |
| Themes | of the sentences that the coder calls measures, also where the pipeline finds no measure |
| Agreement | coder against pipeline: Krippendorff's α (nominal) with a 95 % bootstrap interval over items ({agreement.RESAMPLES} samples, seed {agreement.SEED}; items of one report are not independent, so intervals are somewhat narrow), Cohen's κ; several allowed values count as agreement |
| Sample | all reports of a set, every item in them; the sets were chosen for variety, not drawn at random |
"""

GAPS = """\
## Not validated

- The frame of a measure (`actor`, `action`, `object`), the status of sentences that are not measures (`problem`), and the
  patterns given as reasons (`themes_why`).
- The span of an indicator and the `period` of a figure; documents named without 《》; the `support` units of a task.
- What is computed from these tables: comparability in `indicator_matrix`, verdicts of `audit`, answers in `problems`. They
  have tests of their own, not coders.
- Title, place, level, genre and dates of `reports`, headings and sentence limits: tested on the reports at hand only.
- Reports in other formats than those above, scanned pages, and texts before 2017 or after 2025.
"""


def foreword(coded: list[Coded]) -> str:
    """Return what the scores mean, how they were made and with which codebooks."""
    return "\n".join([MEANING, METHOD + _versions(coded)])


def _versions(coded: list[Coded]) -> str:
    """Say for each table which codebook files it was made with; runs of one project version agree."""
    told = dict.fromkeys(f"{name}: {each.library.version(name)}" for name in TABLES for each in coded)
    return "| Versions (pipeline, codebook files) | " + "<br>".join(told) + " |\n"


def not_validated() -> str:
    """Return the list of what no coder has checked."""
    return GAPS
