"""metrics: one row per quantity that a report states."""

from pipeline.schemas import column, table

BOUNDS = ("exact", "approx", "over", "at_least", "at_most")

SCHEMA = table(
    "metrics",
    __doc__,
    key="metric_id",
    columns={
        "metric_id": column("string", "id of the quantity: report id and offset", unique=True),
        "report_id": column("string", "the report it stands in"),
        "sentence_id": column("string", "the sentence it stands in"),
        "start": column("integer", "where it begins in texts.text", at_least=0),
        "end": column("integer", "where it ends in texts.text, exclusive", at_least=1),
        "expr": column("string", "the quantity as published: mark of bound, number and unit"),
        "value": column(
            "number", "the number in full (10万余份: 100000); shares in per cent; of a range the lower end"
        ),
        "value_max": column("number", "upper end of a range; else empty", nullable=True),
        "unit": column(
            "string",
            "classifier or unit; % for every share, 百分点 for a difference of shares; empty if unsaid",
            nullable=True,
        ),
        "bound": column(
            "string",
            "how the number relates to the truth: exact; approx (约, 近, 十几); over (余, 超, achieved …以上); at_least (不低于, required …以上); "
            "at_most (不超过, 以内)",
            among=BOUNDS,
        ),
        "change": column(
            "string",
            "set where the figure is a change and not a level: increase, decrease",
            nullable=True,
            among=("increase", "decrease"),
        ),
        "status": column(
            "string",
            "actual: done, or a state or practice that holds; target: planned, required, promised",
            among=("actual", "target"),
        ),
        "indicator": column("string", "what is counted, in the report's own words", nullable=True),
        "indicator_start": column(
            "integer", "where these words begin in texts.text", nullable=True, at_least=0
        ),
        "indicator_end": column(
            "integer", "where these words end in texts.text, exclusive", nullable=True, at_least=1
        ),
        "code": column(
            "string",
            "code of the harmonised indicator (codebook indicators); empty if none fits",
            nullable=True,
        ),
        "period": column(
            "string",
            "the year, or years as 2021/2025, that the figure speaks of; empty if unknown",
            nullable=True,
        ),
    },
)
