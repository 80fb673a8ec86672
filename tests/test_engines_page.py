"""docs/engines.md shows docs/engines.csv, and what that says of the default engine is what the tables hold now."""

import csv

import pytest

from bench import engines
from pipeline import tables

STALE = "renew it: make engines ARGS=--write"


@pytest.fixture(scope="module")
def rows():
    with engines.COPY.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = map(tuple, csv.reader(file))
    assert header == engines.COLUMNS
    return rows


def test_the_page_shows_the_file(rows):
    assert engines.page(rows) == engines.PAGE.read_text(encoding="utf-8"), STALE


def test_the_file_is_that_of_todays_tables(rows, five):
    made = {name: tables.read(tables.files(five / name)) for name in engines.KEPT}
    told = {what: jieba for what, jieba, *_ in rows}
    now = engines.counts(made)
    assert {what: told.get(what) for what in now} == now, STALE


def test_both_engines_and_what_they_share_are_told(rows):
    costs = [row for row in rows if row[0].startswith(("seconds", "characters", "peak"))]
    assert len(costs) == 3 and all(jieba and hanlp for _, jieba, hanlp, _ in costs)
    assert all(0.5 < float(same) <= 1 for *_, same in rows if same)
