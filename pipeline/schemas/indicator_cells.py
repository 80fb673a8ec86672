"""indicator_cells: one row per report and harmonised indicator, the figure that stands for it or why there is none."""

from pipeline.schemas import column, table
from pipeline.schemas.metrics import BOUNDS

CHOICES = ("only", "level", "status", "latest", "whole", "first")
ABSENCES = ("not_mentioned", "mentioned_without_figure", "not_applicable")

COLUMNS = {
    "report_id": column("string", "report"),
    "code": column("string", "code of the harmonised indicator (codebook indicators)"),
    "value": column(
        "number", "the number in full; shares in per cent; of a range the lower end", nullable=True
    ),
    "value_max": column("number", "upper end of a range; else empty", nullable=True),
    "bound": column(
        "string", "how the number relates to the truth, as in metrics", nullable=True, among=BOUNDS
    ),
    "unit": column("string", "unit as written; % for every share", nullable=True),
    "status": column(
        "string",
        "actual: done, or a state that holds; target: planned, required, promised",
        nullable=True,
        among=("actual", "target"),
    ),
    "change": column(
        "string",
        "set where the report tells only by how much it grew or fell: increase, decrease",
        nullable=True,
        among=("increase", "decrease"),
    ),
    "period": column("string", "the year, or years as 2021/2025, that the figure speaks of", nullable=True),
    "part": column(
        "boolean", "the figure speaks of a part (其中, 人均, in brackets), not of the whole report"
    ),
    "metric_id": column("string", "the figure shown; empty where there is none", nullable=True),
    "metric_ids": column("strings", "every figure the report states for the indicator, the one shown first"),
    "figures": column("integer", "how many figures that are", at_least=0),
    "chosen": column(
        "string",
        "why this figure is shown: only (there is one); level (the others are growth figures); status (the others are targets, or in a plan "
        "results); latest (the others speak of an earlier time); whole (the others speak of parts); first (the others came later in the text)",
        nullable=True,
        among=CHOICES,
    ),
    "absence": column(
        "string",
        "why the cell is empty: not_mentioned (the report does not speak of it); mentioned_without_figure (it does, in sentence_id); "
        "not_applicable (not to be expected of this genre or level); empty where there is a figure",
        nullable=True,
        among=ABSENCES,
    ),
    "sentence_id": column(
        "string", "sentence of the figure, or first sentence that mentions the matter", nullable=True
    ),
}

SCHEMA = table("indicator_cells", __doc__, key=None, columns=COLUMNS)
