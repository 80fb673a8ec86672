"""Test keyness: what sets one report apart, with quanteda's statistic, pairs before words, and no place names."""

import pandas as pd
import pytest

from pipeline import keyness
from pipeline.checks import check
from pipeline.schemas import get

CHARACTERISTIC = ["执法", "检查", "复议", "普法", "调解", "应诉", "清理", "培训"]
SETTINGS = {"per_report": 10, "min_count": 3, "max_p": 0.05}


def reports(*ids, region="清河区"):
    return pd.DataFrame([{"report_id": i, "region": region, "province": None, "issuer": None} for i in ids])


def words(rows):
    return [pd.DataFrame(rows, columns=["report_id", "word", "n"])]


def pairs(rows=()):
    return [pd.DataFrame(rows, columns=["report_id", "first", "second", "n"])]


def test_g2_is_the_likelihood_ratio_with_williams_correction():
    # Worked by hand: 10 of 100 words against 5 of 200; G² 6.9026…, divided by Williams's q.
    a, b, c, d = 10, 5, 90, 195
    n, total = a + b + c + d, 0.0
    import math

    for observed, row, column in ((a, a + b, a + c), (b, a + b, b + d), (c, c + d, a + c), (d, c + d, b + d)):
        total += 2 * observed * math.log(observed * n / (row * column))
    q = 1 + (n / (a + b) + n / (c + d) - 1) * (n / (a + c) + n / (b + d) - 1) / (6 * n)
    assert keyness.g2(10.0, 5.0, 100.0, 200.0) == pytest.approx(total / q)
    assert keyness.g2(1.0, 50.0, 100.0, 200.0) < 0, "rarer than expected is signed negative"


def test_a_phrase_common_here_and_absent_elsewhere_leads_the_list():
    counts = words([("a", "河长", 12), ("a", "工作", 50), ("b", "工作", 50), ("b", "社区", 12)])
    table = keyness.build(reports("a", "b"), counts, pairs(), **SETTINGS)
    first = table[table["report_id"] == "a"].iloc[0]
    assert (first["phrase"], first["n"], first["n_rest"], first["reports"]) == ("河长", 12, 0, 1)
    assert "工作" not in set(table["phrase"]), "as common in both: not distinctive"
    check(table, get("keyness"))


def test_a_pair_replaces_the_words_that_stand_mostly_inside_it():
    counts = words(
        [("a", "信用", 10), ("a", "修复", 10), ("a", "工作", 90), ("b", "工作", 90), ("b", "巡查", 20)]
    )
    found = keyness.build(reports("a", "b"), counts, pairs([("a", "信用", "修复", 10)]), **SETTINGS)
    assert list(found.loc[found["report_id"] == "a", "phrase"]) == ["信用修复"]


def test_the_reports_own_place_is_no_phrase():
    counts = words([("a", "清河", 30), ("a", "工作", 90), ("b", "工作", 90), ("b", "社区", 9)])
    found = keyness.build(reports("a", "b"), counts, pairs(), **SETTINGS)
    assert "清河" not in set(found["phrase"])


def test_one_report_alone_has_nothing_to_be_compared_with():
    found = keyness.build(reports("a"), words([("a", "河长", 12)]), pairs(), **SETTINGS)
    assert found.empty
    check(found, get("keyness"))


def test_batches_give_the_table_that_one_file_gives():
    rows = [(f"r{n:02d}", word, 1 + (n * k) % 9) for n in range(12) for k, word in enumerate(CHARACTERISTIC)]
    two = [(f"r{n:02d}", "执法", "检查", 3 + n % 2) for n in range(0, 12, 3)]
    who = reports(*(f"r{n:02d}" for n in range(12)))
    (whole,), (joined,) = words(rows), pairs(two)
    parts = [{f"r{n:02d}" for n in range(low, low + 4)} for low in (8, 0, 4)]
    apart = [[f[f["report_id"].isin(part)] for part in parts] for f in (whole, joined)]
    settings = SETTINGS | {"max_p": 1.0, "min_count": 1}
    one = keyness.build(who, [whole], [joined], **settings)
    assert len(one) > 20 and "pair" in set(one["kind"])
    pd.testing.assert_frame_equal(keyness.build(who, *apart, **settings), one)
