"""Batches follow the manifest; what no longer belongs to one is cleared away, and nothing else."""

from pipeline import batches
from pipeline.places import Folder

ROWS = [{"report_id": name, "file": f"{name}.txt"} for name in "abcde"]


def test_a_report_added_at_the_end_changes_the_last_batch_only(tmp_path):
    batches.save(batches.plan(ROWS, 2), Folder(tmp_path))
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "batches").iterdir()}
    batches.save(batches.plan([*ROWS, {"report_id": "f", "file": "f.txt"}], 2), Folder(tmp_path))
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "batches").iterdir()}
    assert {name for name in after if after[name] != before.get(name)} == {"0003.csv"}


def test_left_overs_are_named_and_tables_kept():
    kept = [
        "batches/0001.csv",
        "metrics/0001.parquet",
        "clusters.parquet",
        "report.html",
        "metrics/notes.txt",
        "figures/0009.svg",
        "report_data/0001/0.js",
        "report_data/page/table-metrics.js",
    ]
    stale = ["batches/0002.csv", "clusters/0001.parquet", "metrics.parquet", "metrics/0002.parquet"]
    stale += ["report_data/0002/0.js", "report_data/0002/1.js"]
    names = sorted(kept + stale)
    assert batches.stale({"0001": ROWS}, names, {"metrics": True, "clusters": False}) == stale


def test_a_file_is_removed_with_the_folders_it_leaves_empty(tmp_path):
    place = Folder(tmp_path / "processed")
    for name in ("report.html", "report_data/texts/0001.json"):
        place.write(name, b"x")
    place.remove("report_data/texts/0001.json")
    assert [path.name for path in (tmp_path / "processed").rglob("*")] == ["report.html"]
