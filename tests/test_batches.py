"""Batches follow the manifest; what no longer belongs to one is cleared away, and nothing else."""

from pipeline import batches

ROWS = [{"report_id": name, "file": f"{name}.txt"} for name in "abcde"]


def test_a_report_added_at_the_end_changes_the_last_batch_only(tmp_path):
    batches.save(batches.plan(ROWS, 2), tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "batches").iterdir()}
    batches.save(batches.plan([*ROWS, {"report_id": "f", "file": "f.txt"}], 2), tmp_path)
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "batches").iterdir()}
    assert {name for name in after if after[name] != before.get(name)} == {"0003.csv"}


def test_left_overs_are_dropped_and_tables_kept(tmp_path):
    kept = [
        "batches/0001.csv",
        "metrics/0001.parquet",
        "clusters.parquet",
        "report.html",
        "metrics/notes.txt",
    ]
    stale = ["batches/0002.csv", "metrics/0002.parquet", "metrics.parquet", "clusters/0001.parquet"]
    for name in kept + stale:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    tables = {"metrics": ["metrics/0001.parquet"], "clusters": "clusters.parquet"}
    dropped = batches.drop_stale({"0001": ROWS}, tmp_path, tables)
    assert sorted(dropped) == sorted(str(tmp_path / name) for name in stale)
    assert all((tmp_path / name).exists() for name in kept)
