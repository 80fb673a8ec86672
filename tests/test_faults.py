"""Whatever is killed or full, and whichever table is under way: running again finishes with the same bytes.

One run through the whole flow is struck again and again, each time one table further on, by three faults in turn: its job
is killed, Snakemake is killed, the disk is full. So each fault strikes at five moments, from the first table to the last.
"""

import os
import subprocess
import sys
import tempfile
import time
import warnings

import psutil
import pyarrow.parquet as pq
import pytest
import small_disk
from conftest import ROOT, TINY
from test_flow import hashes

from evaluation import corpora

RAW = TINY / "raw"
MOMENTS = 5
BOUND = 600  # seconds for one run


class Run:
    """A run of the flow, one job after the other, that can be struck while a table is being made."""

    def __init__(self, folder, processed):
        profile = str(ROOT / "profiles" / "default")
        command = corpora.flow("--profile", profile, "--cores", "1", raw=RAW, processed=processed)
        self.processed = processed
        self._began = time.time_ns()
        self._said = tempfile.TemporaryFile("w+")  # a pipe nobody reads yet would fill, and hold up the run
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=corpora.environment(),
            stdout=self._said,
            stderr=subprocess.STDOUT,
        )

    def ended(self) -> tuple[int, str]:
        """Return the exit code and all that was said."""
        code = self.process.wait(timeout=BOUND)
        self._said.seek(0)
        return code, self._said.read()

    def table(self, number: int) -> str:
        """Wait until so many tables of this run have been begun, and name the last."""
        while self.process.poll() is None:
            begun = self._logs()
            if len(begun) >= number:
                return begun[-1]
            time.sleep(0.01)
        raise AssertionError(f"the run ended before its table {number}: {self.ended()[1]}")

    def jobs(self) -> list[psutil.Process]:
        """List the processes that make tables."""
        try:
            below = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []
        return [child for child in below if _is_job(child)]

    def _logs(self) -> list[str]:
        """Name the tables whose logs were begun in this run, oldest first: a job's log is the first thing it writes."""
        times = {}
        for path in (self.processed / "logs").rglob("*.log"):
            try:
                times[path] = path.stat().st_mtime_ns
            except FileNotFoundError:  # Snakemake clears a log before the job begins it anew
                continue
        recent = sorted((when, path) for path, when in times.items() if when > self._began)
        return [str(path.relative_to(self.processed / "logs").with_suffix("")) for _, path in recent]


def _is_job(process) -> bool:
    try:
        command = process.cmdline()
    except psutil.Error:  # it has ended meanwhile
        return False
    return len(command) == 2 and "/.snakemake/scripts/" in command[1]


def kill_job(run, disk):
    while run.process.poll() is None:  # a job may just have ended, and the next not have begun
        for job in run.jobs():
            job.kill()
        time.sleep(0.01)
    code, said = run.ended()
    assert code != 0, said


def kill_snakemake(run, disk):
    orphans = run.jobs()
    run.process.kill()
    psutil.wait_procs(orphans, timeout=BOUND)
    run.ended()


def fill_disk(run, disk):
    disk.fill()
    code, said = run.ended()
    disk.make_room()
    assert code != 0, said
    assert "the disk is full" in said and "finished tables are kept" in said


def times(processed):
    """Return when each table that is there was written."""
    return {path: path.stat().st_mtime_ns for path in sorted(processed.rglob("*.parquet"))}


def check_whole(processed, untroubled):
    """Check that every table there is whole and the same as without trouble."""
    made = hashes(processed)
    for path in times(processed):
        pq.read_table(path, partitioning=None)
        name = str(path.relative_to(processed))
        assert made[name] == untroubled[name]


@pytest.fixture
def disk(tmp_path):
    """Return a disk of its own for `processed`, or None where none can be mounted."""
    small_disk.clear()
    if reason := small_disk.cannot():
        warnings.warn(f"no full disk is tried: {reason}", stacklevel=1)
        yield None
        return
    disk = small_disk.SmallDisk(tmp_path / "processed")
    yield disk
    disk.remove()


@pytest.fixture
def start(tmp_path):
    """Return a function that starts a run in a folder; what still runs at the end is ended."""
    started = []

    def of(folder=tmp_path):
        folder.mkdir(exist_ok=True)
        started.append(Run(folder, tmp_path / "processed"))
        return started[-1]

    yield of
    for run in started:
        for process in [run.process, *run.jobs()]:
            process.kill()
        run.process.wait()


def refuses_a_second(first, start, elsewhere):
    """Check that a run started on the folder of another, held still meanwhile, says so and leaves."""
    held = psutil.Process(first.process.pid)
    held.suspend()
    code, said = start(elsewhere).ended()
    held.resume()
    assert code != 0
    assert f"another run is at work here, process {first.process.pid} on" in said


def test_faults_cost_the_unfinished_table_only(flow, start, disk, tmp_path):
    untroubled, processed = hashes(flow / "processed"), tmp_path / "processed"
    struck: dict[str, set[str]] = {}
    kept = {}
    for number, strike in enumerate(MOMENTS * [kill_job, kill_snakemake, *([fill_disk] if disk else [])]):
        run = start()
        table = run.table(3 if number % 3 == 1 else 2)  # after a finished table or two: 20 of 24 in all
        assert times(processed).items() >= kept.items(), "a finished table was made again"
        kept = times(processed)
        if number == 0:
            refuses_a_second(run, start, tmp_path / "elsewhere")
        strike(run, disk)
        check_whole(processed, untroubled)
        assert times(processed).items() >= kept.items(), f"{strike.__name__} at {table} lost a finished table"
        struck.setdefault(strike.__name__, set()).add(table)
    assert all(len(names) == MOMENTS for names in struck.values()), struck
    code, said = start().ended()
    assert code == 0, said
    assert times(processed).items() >= kept.items()
    assert hashes(processed) == untroubled


@pytest.mark.skipif(bool(small_disk.cannot()), reason=small_disk.cannot() or "disks can be mounted here")
def test_the_disk_of_a_killed_test_run_is_taken_away_by_the_next(tmp_path):
    mounting = "import os, pathlib, small_disk; small_disk.SmallDisk(pathlib.Path('processed')); os.abort()"
    subprocess.run(
        [sys.executable, "-c", mounting],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests")},
        stderr=subprocess.DEVNULL,
    )
    assert (tmp_path / "processed").is_mount()
    small_disk.clear()
    assert not (tmp_path / "processed").is_mount()
