"""Test similarity: pairs, their words, and only the nearest of many."""

import pandas as pd
import pytest

from pipeline import similarity
from pipeline.checks import check
from pipeline.schemas import get

EIGHT = ["执法", "复议", "普法", "调解", "应诉", "清理", "培训", "公示"]


def reports(*ids, genre="annual_report"):
    return pd.DataFrame([{"report_id": i, "genre": genre} for i in ids])


def words(rows):
    return [pd.DataFrame(rows, columns=["report_id", "word", "n"])]


def test_the_same_words_make_one_and_no_shared_word_makes_nought():
    counts = words([("a", "普法", 3), ("b", "普法", 3), ("c", "环保", 2)])
    table = similarity.build(reports("a", "b", "c"), counts, neighbours=2, likely=5, shared_words=3)
    score = {(r.report_a, r.report_b): r.similarity for r in table.itertuples()}
    assert score == {("a", "b"): pytest.approx(1), ("a", "c"): 0, ("b", "c"): 0}
    check(table, get("similarity"))


def test_the_words_that_make_two_reports_alike_are_named_rarest_first():
    counts = words(
        [(r, w, 4) for r, w in [("a", "执法"), ("b", "执法"), ("c", "执法"), ("a", "河长"), ("b", "河长")]]
    )
    table = similarity.build(reports("a", "b", "c"), counts, neighbours=2, likely=5, shared_words=2)
    assert table.loc[(table["report_a"] == "a") & (table["report_b"] == "b"), "shared"].item() == [
        "河长",
        "执法",
    ]


def test_of_many_reports_only_the_nearest_are_kept():
    ids = [f"r{i:02}" for i in range(40)]
    counts = words([(r, f"词{chr(0x4E00 + i // 2)}", 5) for i, r in enumerate(ids)])
    table = similarity.build(reports(*ids), counts, neighbours=1, likely=5, shared_words=1)
    assert len(table) == 20 and (table["similarity"] > 0.99).all()


def test_one_report_has_no_pair():
    table = similarity.build(reports("a"), words([("a", "普法", 3)]), neighbours=3, likely=5, shared_words=3)
    assert table.empty
    check(table, get("similarity"))


def test_likeliest_neighbours_are_scored_as_all_pairs_are(monkeypatch, caplog):
    ids = [f"r{number:02d}" for number in range(40)]
    rows = [(i, w, 1 + (n * k) % 7) for n, i in enumerate(ids) for k, w in enumerate(EIGHT) if (n + k) % 3]
    counts = words(rows)
    exact = similarity.build(reports(*ids), counts, neighbours=2, likely=5, shared_words=3)
    monkeypatch.setattr(similarity, "ALL_PAIRS", 10)
    with caplog.at_level("INFO"):
        likely = similarity.build(reports(*ids), counts, neighbours=2, likely=19, shared_words=3)
    pd.testing.assert_frame_equal(likely, exact)
    assert "100.0 % of neighbours found" in caplog.text


def test_reports_without_a_word_have_no_pair():
    table = similarity.build(
        reports("a", "b"), words([("a", "2020", 3)]), neighbours=3, likely=5, shared_words=3
    )
    assert table.empty
    check(table, get("similarity"))


def test_batches_in_any_order_give_the_table_that_one_file_gives():
    ids = [f"r{number:02d}" for number in range(12)]
    rows = [(i, w, 1 + (n * k) % 7) for n, i in enumerate(ids) for k, w in enumerate(EIGHT) if (n + k) % 3]
    one = similarity.build(reports(*ids), words(rows), neighbours=3, likely=5, shared_words=3)
    parts = [words(row for row in rows if row[0] in ids[low : low + 4])[0] for low in (8, 0, 4)]
    pd.testing.assert_frame_equal(
        similarity.build(reports(*ids), parts, neighbours=3, likely=5, shared_words=3), one
    )
