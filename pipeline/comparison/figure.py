"""Write a figure as a reader needs it: its bound as a sign, its magnitude in full, its unit behind it."""

import pandas as pd

SIGNS = {"exact": "", "approx": "≈", "over": ">", "at_least": "≥", "at_most": "≤"}
CHANGES = {"increase": "↑", "decrease": "↓"}


def number(value: float) -> str:
    """Write a number with thousands marked and no idle decimals.

    >>> number(4997.0), number(62.5), number(66.67)
    ('4,997', '62.5', '66.67')
    """
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")


def written(value, value_max, bound, unit, change=None) -> str:
    """Write a figure: `≥` at least, `≤` at most, `>` over, `≈` about, `↑` and `↓` for a change.

    >>> written(80, None, "at_least", "%"), written(5, 10, "exact", "件"), written(12.3, None, "exact", "%", "increase")
    ('≥80 %', '5–10 件', '↑12.3 %')
    """
    upper = f"–{number(value_max)}" if pd.notna(value_max) else ""
    sign = CHANGES.get(change, "") if pd.notna(change) else ""
    return f"{sign}{SIGNS[bound]}{number(value)}{upper} {unit if pd.notna(unit) else ''}".strip()
