"""A table is checked by a plain look first and by pandera where anything is amiss: both must say the same."""

import pandas as pd
import pytest

from pipeline.checks import BrokenTable, check, validated
from pipeline.schemas import column, table

TABLE = table(
    "dishes",
    "dishes: one row per dish.",
    key="dish_id",
    columns={
        "dish_id": column("string", "its id", unique=True),
        "kind": column("string", "its kind", nullable=True, among=("soup", "rice")),
        "price": column("number", "what it costs", at_least=0, at_most=100),
        "parts": column("strings", "what is in it"),
    },
)
SOUND = {"dish_id": ["a", "b"], "kind": ["soup", None], "price": [0, 100], "parts": [["salt"], []]}


def test_sound_table_passes_both():
    passed = check(pd.DataFrame(SOUND), TABLE)
    pd.testing.assert_frame_equal(passed, validated(passed, TABLE))


@pytest.mark.parametrize(
    "change, said",
    [
        ({"dish_id": ["a", "a"]}, "column dish_id"),
        ({"dish_id": ["a", None]}, "column dish_id"),
        ({"kind": ["soup", "stew"]}, "'stew'"),
        ({"price": [-1, 5]}, "-1.0"),
        ({"price": [1, 101]}, "101.0"),
        ({"parts": [["salt"], None]}, "column parts"),
    ],
)
def test_broken_table_is_refused_with_column_and_value(change, said):
    with pytest.raises(BrokenTable, match=f"table dishes.*{said}"):
        check(pd.DataFrame(SOUND | change), TABLE)
