"""indicator_matrix: one row per report and harmonised indicator, its figure, and what it may be compared with."""

from pipeline.schemas import column, table
from pipeline.schemas.indicator_cells import COLUMNS

COMPARABILITY = ("comparable", "caution", "not_comparable")

SCHEMA = table(
    "indicator_matrix",
    __doc__,
    key=None,
    columns={
        **COLUMNS,
        "basis": column(
            "string",
            "what kind of figure it is: status, unit family, and increase or decrease for a change (actual share); rank only figures of one "
            "code and one basis",
            nullable=True,
        ),
        "comparability": column(
            "string",
            "beside most reports' figures of this indicator: comparable; caution (same kind of figure, but another year, level of "
            "government or part); not_comparable (target against result, other unit, change against level); empty where there is no figure",
            nullable=True,
            among=COMPARABILITY,
        ),
        "comparability_reason": column(
            "string", "why, in Chinese and English; empty for comparable", nullable=True
        ),
    },
)
