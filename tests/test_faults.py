"""Whatever is killed, and whenever: running again finishes with the same bytes, and loses no finished batch."""

import os
import re
import subprocess
import time

import psutil
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, TINY, command_line
from test_flow import hashes

RAW = TINY / "raw"
PROFILE = ("--profile", str(ROOT / "profiles" / "default"), "--until", "sentences", "reports")
# A job is killed in each of so many runs, one after the other in the same folder: each time one further on.
STRIKES = 5
# Snakemake is killed when so many of the eight tables are there.
TABLES = [0, 1, 3, 5, 7]
# The disk has so many KiB: the first is too small for the batches' manifests, the last almost large enough.
DISKS = [4, 16, 24, 32, 48]


def start(folder, processed=None):
    """Start the first stages in `folder`, one report to a batch, and return the process."""
    command, environment = command_line(
        *PROFILE, raw=RAW, processed=processed or folder / "processed", batch_size=1
    )
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def ended(process):
    """Return the exit code and all that was said."""
    said, _ = process.communicate(timeout=600)
    return process.returncode, said


@pytest.fixture(scope="module")
def untroubled(tmp_path_factory):
    """Return the bytes of a run in which nothing goes wrong."""
    folder = tmp_path_factory.mktemp("untroubled")
    code, said = ended(start(folder))
    assert code == 0, said
    return hashes(folder / "processed")


def tables(processed):
    return sorted(processed.glob("*/[0-9]*.parquet"))


def whole(processed, untroubled):
    """Check that every table there is whole, and return when each was written."""
    made = hashes(processed)
    for path in tables(processed):
        assert pq.read_table(path, partitioning=None).num_rows
        name = str(path.relative_to(processed))
        assert made[name] == untroubled[name]
    return {path: path.stat().st_mtime_ns for path in tables(processed)}


def finishes(folder, untroubled, kept):
    """Run to the end: the bytes are those of a run without trouble, and what was there is not made again."""
    code, said = ended(start(folder))
    assert code == 0, said
    assert hashes(folder / "processed") == untroubled
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def children(process):
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


STAGE_JOB = re.compile(r"\.(texts|sections|sentences|reports)\.py$")


def job_of(process):
    """Return a process that makes a table, as soon as there is one."""
    while process.poll() is None:
        for child in children(process):
            try:
                if any(map(STAGE_JOB.search, child.cmdline())):
                    return child
            except psutil.Error:  # it has ended meanwhile
                continue
        time.sleep(0.01)
    raise AssertionError(f"no job was seen: {ended(process)[1]}")


def test_killed_stage_job_costs_its_own_work_only(untroubled, tmp_path):
    for _ in range(STRIKES):
        process = start(tmp_path)
        job_of(process).kill()
        code, said = ended(process)
        assert code != 0, said
        kept = whole(tmp_path / "processed", untroubled)
    finishes(tmp_path, untroubled, kept)


def test_killed_snakemake_leaves_no_lock_and_no_half_written_table(untroubled, tmp_path):
    for count in TABLES:
        process = start(tmp_path)
        while process.poll() is None and not (
            children(process) and len(tables(tmp_path / "processed")) >= count
        ):
            time.sleep(0.01)
        orphans = children(process)
        process.kill()
        psutil.wait_procs(orphans, timeout=120)
        ended(process)
        whole(tmp_path / "processed", untroubled)
    finishes(tmp_path, untroubled, {})


@pytest.fixture
def disk(tmp_path):
    """Return a function that gives the folder `processed` a disk of its own, of so many KiB."""
    if os.geteuid() != 0 or not os.path.exists("/bin/mount"):
        pytest.skip("only root can mount a small disk")
    folder = tmp_path / "processed"
    folder.mkdir()

    def of(size):
        again = "remount," if folder.is_mount() else ""
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"{again}size={size}k", "tmpfs", folder],
            capture_output=True,
            text=True,
        )
        if done.returncode:
            pytest.skip(f"no small disk can be mounted here: {done.stderr}")

    yield of
    if folder.is_mount():
        subprocess.run(["umount", folder], check=True)


def test_full_disk_is_named_and_costs_the_unfinished_table_only(untroubled, tmp_path, disk):
    for size in DISKS:
        disk(size)
        code, said = ended(start(tmp_path))
        assert code != 0, f"{size} KiB are enough"
        assert "No space left on device" in said
        kept = whole(tmp_path / "processed", untroubled)
    disk(100_000)
    finishes(tmp_path, untroubled, kept)


def test_second_run_on_a_folder_says_so_and_leaves(untroubled, tmp_path):
    first = start(tmp_path)
    job_of(first)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    code, said = ended(start(elsewhere, processed=tmp_path / "processed"))
    assert code != 0
    assert f"another run is at work here, process {first.pid} on" in said
    assert ended(first)[0] == 0
    assert hashes(tmp_path / "processed") == untroubled
