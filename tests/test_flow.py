"""The real Snakefile from end to end on two tiny reports."""

import hashlib
import shutil

import pandas as pd
import pytest
from conftest import TINY, snakemake

import pipeline
from pipeline import schemas

GOLDEN = TINY / "golden"


def as_csv(frame: pd.DataFrame) -> str:
    lists = frame.apply(
        lambda column: column.map(lambda cell: list(cell) if hasattr(cell, "tolist") else cell)
    )
    return lists.to_csv(index=False, float_format="%.6g", lineterminator="\n")


@pytest.mark.parametrize("name", schemas.names())
def test_table_is_the_golden_one(processed, name, request):
    made, golden = as_csv(pipeline.load(name, processed)), GOLDEN / f"{name}.csv"
    if request.config.getoption("--accept"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8"), f"{name} has changed: if on purpose, pytest --accept"


WITH_OFFSETS = [
    name for name in schemas.names() if {"report_id", "start", "end"} <= set(schemas.get(name).columns)
]


@pytest.mark.parametrize("name", WITH_OFFSETS)
def test_offsets_lead_to_the_text(processed, name):
    frame = pipeline.load(name, processed)
    lengths = pipeline.load("texts", processed).set_index("report_id")["text"].str.len()
    for row in frame.itertuples():
        assert 0 <= row.start < row.end <= lengths[row.report_id]


def test_sentences_hold_every_character_and_tokens_give_them_back(processed):
    texts = pipeline.load("texts", processed).set_index("report_id")["text"]
    sentences = pipeline.load("sentences", processed)
    for row in sentences.itertuples():
        assert texts[row.report_id][row.start : row.end] == row.text
    for report_id, rows in sentences.groupby("report_id"):
        outside = list(texts[report_id])
        for row in rows.itertuples():
            outside[row.start : row.end] = " " * (row.end - row.start)
        assert not "".join(outside).strip()
    tokens = pipeline.load("tokens", processed)
    assert ["".join(words) for words in tokens["words"]] == list(sentences["text"])


def test_log_of_a_rule_holds_what_its_stage_says(processed):
    """The stage is the script that Snakemake runs, and its own lines must not go astray."""
    told = (processed / "logs" / "clusters.log").read_text(encoding="utf-8")
    members = pipeline.load("cluster_members", processed)
    assert f"themes in {len(members):,} measures; " in told


def test_second_run_has_nothing_to_do(flow):
    again = snakemake(cwd=flow, raw=flow / "raw", processed=flow / "processed")
    assert "Nothing to be done" in again.stdout + again.stderr


def test_same_inputs_give_the_same_bytes(flow, tmp_path):
    other = tmp_path / "elsewhere"
    snakemake(cwd=tmp_path, raw=flow / "raw", processed=other)
    assert hashes(other) == hashes(flow / "processed")


def hashes(folder):
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and "logs" not in path.parts]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_broken_report_stops_the_run_and_loses_nothing(flow, tmp_path):
    raw, kept = tmp_path / "raw", tmp_path / "processed"
    shutil.copytree(flow / "raw", raw)
    shutil.copytree(flow / "processed", kept)
    before = hashes(kept)
    (raw / "baishui.txt").write_bytes(b"\x00\x01\x02" * 500)
    done = snakemake(cwd=tmp_path, raw=raw, processed=kept, check=False)
    assert done.returncode != 0
    assert "baishui.txt" in done.stdout + done.stderr
    assert hashes(kept) == before


def test_config_mistakes_are_told_together(flow, tmp_path):
    done = snakemake(
        "-n",
        cwd=tmp_path,
        raw=flow / "raw",
        processed=tmp_path / "p",
        check=False,
        batch_sise=5,
        language="fr",
    )
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "batch_sise: no such setting (did you mean 'batch_size'?)" in said
    assert "language: 'fr'" in said


def test_killed_run_goes_on_where_it_stopped(flow, tmp_path):
    processed = tmp_path / "processed"
    snakemake("--until", "sentences", cwd=tmp_path, raw=flow / "raw", processed=processed)
    texts = processed / "texts" / "0001.parquet"
    made = texts.stat().st_mtime_ns
    snakemake(cwd=tmp_path, raw=flow / "raw", processed=processed)
    assert texts.stat().st_mtime_ns == made
    assert hashes(processed) == hashes(flow / "processed")


def test_snakefile_has_nothing_to_mend(flow, tmp_path):
    done = snakemake("--lint", cwd=tmp_path, raw=flow / "raw", processed=tmp_path / "processed", check=False)
    assert "good condition" in done.stdout + done.stderr
