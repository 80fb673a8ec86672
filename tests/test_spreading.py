"""In a large corpus themes are sought in some reports, and the measures of all others join the nearest, batch by batch."""

import logging

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from test_clusters import NAMES, SETTINGS, corpus, found, in_pieces, invented

from pipeline import clusters, sources
from pipeline.clustering import collocations, reading, spreading, vectors
from pipeline.clustering.placing import Themes
from pipeline.clustering.terms import Lexicon
from pipeline.library import Library
from pipeline.tables import write

LEVELS = [
    ("第一章总则", [("落实“三项制度”，聘请法律顾问。", "counsel"), ("法律顾问出具法律意见书。", "counsel")]),
    ("", [("人民调解员排查矛盾纠纷。", "mediation")]),
]


def nested():
    """Return reports whose headings stand under headings, with items, untitled ones, quotation marks and numbers."""
    tables = corpus({f"r{number}": LEVELS * 2 for number in range(3)})
    sections = tables["sections"]
    sections["parent_id"] = sections["section_id"].shift().where(sections.index % 4 > 0)
    sections.loc[sections.index % 4 == 2, "form"] = "item"
    return tables


@pytest.mark.parametrize("tables", [invented(), nested()], ids=["flat", "nested"])
def test_a_measure_has_the_same_vector_alone_and_among_all(tables):
    check_vectors({name: tables[name] for name in NAMES})


def test_measures_of_real_reports_have_the_same_vectors_in_their_batch(five):
    check_vectors({name: Library.at(five).read(name) for name in NAMES})


def check_vectors(tables):
    units = reading.read(*(tables[name] for name in NAMES[1:]))
    lexicon = Lexicon(collocations.mine([*units.runs, *units.titles], min_count=2), frozenset({"清河"}))
    space = vectors.build(units, lexicon)
    themes = Themes(lexicon, space.vocabulary, space.weights, np.zeros((0, 0)), 0.1)
    sections, sentences, tokens = (
        pa.Table.from_pandas(tables[name], preserve_index=False) for name in NAMES[1:4]
    )
    acts = reading.acts(tables["measures"])
    assert list(acts["measure_id"]) == units.ids
    made = themes.vectors(acts, sections, sentences, tokens)
    assert made.nnz and abs(made - space.whole).max() < 1e-5


def apart(tables, *groups):
    """Return the tables in pieces, a group of reports each."""
    cut = {
        name: [tables[name][tables[name]["report_id"].isin(some)] for some in groups] for name in NAMES[1:]
    }
    return cut | {"reports": tables["reports"]}


REPORTS = ["r0", "r1", "r2", "r3"]


@pytest.mark.parametrize("mode", ["inductive", "guided"])
def test_batches_give_the_tables_that_one_file_gives(mode):
    tables = invented()
    whole, parts = found(tables, mode=mode), found(apart(tables, REPORTS[:1], REPORTS[1:]), mode=mode)
    for name in whole:
        pd.testing.assert_frame_equal(parts[name], whole[name])


@pytest.mark.parametrize("mode", ["inductive", "guided"])
def test_reports_not_read_join_the_themes_of_those_that_were(mode, monkeypatch, caplog):
    tables = invented()
    whole = found(tables, mode=mode)["cluster_members"]
    monkeypatch.setattr(spreading, "READ", 30)
    with caplog.at_level(logging.INFO):
        made = found(apart(tables, REPORTS[:2], REPORTS[2:]), mode=mode)
    assert "sought in 36 of 48 measures, those of 3 of 4 reports" in caplog.text
    members = made["cluster_members"]
    assert list(members["measure_id"]) == list(whole["measure_id"])
    assert made["clusters"]["size"].sum() == (~members["is_outlier"]).sum()
    assert members["is_outlier"].mean() < 0.2
    home = dict(zip(members["measure_id"], members["cluster_id"], strict=True))
    pairs = [(home[m], c) for m, c in zip(whole["measure_id"], whole["cluster_id"], strict=True)]
    assert (
        sum(max(pd.Series([a for a, b in pairs if b == c]).value_counts()) for c in {b for _, b in pairs})
        > 40
    )
    again = found(apart(tables, REPORTS[2:], REPORTS[:2]), mode=mode)
    same = again["cluster_members"].sort_values("measure_id", ignore_index=True)
    pd.testing.assert_frame_equal(same, members.sort_values("measure_id", ignore_index=True))


RUNS = 10


@pytest.fixture
def earlier(monkeypatch, tmp_path):
    """Return where an earlier run, each report a batch, left its members, and the report that themes were not sought in."""
    monkeypatch.setattr(spreading, "READ", 30)
    tables = apart(invented(), *([report] for report in REPORTS))
    pieces = in_pieces(tables)
    (other,) = set(REPORTS) - spreading.choose(pieces[-1], SETTINGS["seed"])
    path = tmp_path / "cluster_members.parquet"
    made = clusters.build(tables["reports"], *pieces, **{**SETTINGS, "runs": RUNS})
    write(made["cluster_members"], "cluster_members", path)
    return path, other


def changed(report):
    """Return the tables after the last measure of a report was taken out."""
    tables = apart(invented(), *([each] for each in REPORTS))
    tables["measures"][REPORTS.index(report)] = tables["measures"][REPORTS.index(report)].iloc[:-1]
    return tables


def test_rows_of_batches_that_nothing_changed_for_are_taken_over(earlier, caplog):
    path, other = earlier
    fresh = found(changed(other), runs=RUNS)
    with caplog.at_level(logging.INFO):
        again = found(changed(other), runs=RUNS, earlier={"cluster_members.parquet": path}.get)
    assert "3 of 4 batches are as the earlier run left them" in caplog.text
    for name in fresh:
        pd.testing.assert_frame_equal(again[name], fresh[name])


def test_nothing_is_taken_over_where_themes_or_code_have_changed(earlier, caplog, monkeypatch):
    path, other = earlier
    sought = next(report for report in REPORTS if report != other)
    with caplog.at_level(logging.INFO):
        found(changed(sought), runs=RUNS, earlier={"cluster_members.parquet": path}.get)
        monkeypatch.setattr(sources, "fingerprint", lambda stage: b"other code")
        found(changed(other), runs=RUNS, earlier={"cluster_members.parquet": path}.get)
    assert "as the earlier run left them" not in caplog.text


@pytest.mark.parametrize("spoilt", [False, True], ids=["of another make", "cut off"])
def test_file_that_does_not_say_what_it_was_made_from_is_left_alone(earlier, caplog, spoilt):
    path, other = earlier
    write(pd.read_parquet(path), "cluster_members", path)
    if spoilt:
        path.write_bytes(path.read_bytes()[:-100])
    with caplog.at_level(logging.INFO):
        again = found(changed(other), runs=RUNS, earlier={"cluster_members.parquet": path}.get)
    assert "as the earlier run left them" not in caplog.text
    pd.testing.assert_frame_equal(
        again["cluster_members"], found(changed(other), runs=RUNS)["cluster_members"]
    )
