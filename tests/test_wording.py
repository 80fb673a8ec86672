"""Test how reports and coded values are called."""

import pandas as pd
import pytest

from pipeline.wording import Tongue, report_names


@pytest.mark.parametrize(
    "rows, expected",
    [
        ([("a", "清河区", "2020")], {"a": "清河区"}),
        ([("a", None, None)], {"a": "a"}),
        ([("a", "清河区", "2020"), ("b", "清河区", "2021-12-31")], {"a": "清河区 2020", "b": "清河区 2021"}),
        ([("a", "清河区", "2020"), ("b", "清河区", "2020")], {"a": "清河区 2020 a", "b": "清河区 2020 b"}),
        ([("a", "清河区", None), ("b", "清河区", None)], {"a": "清河区 a", "b": "清河区 b"}),
    ],
)
def test_every_report_has_a_name_of_its_own(rows, expected):
    assert report_names(pd.DataFrame(rows, columns=["report_id", "region", "period_end"])) == expected


@pytest.mark.parametrize("language, told", [("zh", "已完成"), ("en", "done"), ("both", "已完成 done")])
def test_coded_value_is_named_in_the_language_of_the_run(language, told):
    assert Tongue(language).of("status", "done") == told


def test_code_without_a_name_stands_for_itself_and_nothing_for_nothing():
    assert Tongue("both").of("status", "unheard") == "unheard" and Tongue("both").of("status", None) == ""
