"""Run the whole flow as `make run` does on synthetic corpora of several sizes, and say what each run cost.

`make bench ARGS="--runs 1000 30000"` prints wall time, processor time, the peak memory of the largest job, disk, and what it
costs when one report changes; `python -m bench.runs FOLDER REPORTS` makes one run and prints one line of JSON.
"""

import json
import math
import resource
import subprocess
import sys
import time
from pathlib import Path

from bench import corpus
from evaluation import corpora
from pipeline import manifest
from pipeline.docs import ROOT

PROFILE = ROOT / "profiles" / "default"
ADDED = "\n一、另有一段。全年共办理行政复议案件7件。\n"


def run(folder: Path, reports: int) -> dict:
    """Return what one run on `reports` synthetic reports costs, and then another one after one of them has changed."""
    raw, processed = folder / "raw", folder / "processed"
    corpus.write(raw, reports, seed=1)
    rows = manifest.load(raw).to_dict("records")
    told = {"reports": reports, "input": _size(raw)} | _cost(raw, processed)
    told |= {"output": _size(processed)}
    with (raw / rows[reports // 2]["file"]).open("a", encoding="utf-8") as report:
        report.write(ADDED)
    return told | {f"changed_{name}": value for name, value in _cost(raw, processed).items()}


def _cost(raw: Path, processed: Path) -> dict[str, float]:
    before, began = spent(), time.monotonic()
    done = subprocess.run(
        corpora.flow("--profile", str(PROFILE), "--quiet", "all", raw=raw, processed=processed),
        cwd=raw.parent,
        env=corpora.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        sys.exit(done.stdout)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"wall": time.monotonic() - began, "processor": spent() - before, "peak_mib": peak}


def spent() -> float:
    """Return the processor seconds of all processes that this one started and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


# What is told of each run: words, and the value in the units the words name.
LINES = (
    ("wall time, s", lambda run: f"{run['wall']:,.0f}"),
    ("processor time, s", lambda run: f"{run['processor']:,.0f}"),
    ("processor time a report, ms", lambda run: f"{1000 * run['processor'] / run['reports']:,.0f}"),
    ("peak memory of the largest job, MiB", lambda run: f"{run['peak_mib']:,.0f}"),
    ("tables, page, figures, times the input", lambda run: f"{run['output'] / run['input']:,.1f}"),
    ("one report changed: wall time, s", lambda run: f"{run['changed_wall']:,.0f}"),
)


def table(runs: list[dict]) -> list[str]:
    """Lay out what the runs cost, a column each, and the exponent of time over size."""
    runs = sorted(runs, key=lambda run: run["reports"])
    lines = [f"{'whole runs, two cores':40}" + "".join(f"{run['reports']:>12,} reports" for run in runs)]
    lines += [f"{words:40}" + "".join(f"{value(run):>20}" for run in runs) for words, value in LINES]
    return [*lines, f"{'growth of processor time (1: linear)':40}{_growth(runs[0], runs[-1]):>20.2f}"]


def _growth(small: dict, large: dict) -> float:
    return exponent(small["processor"], large["processor"], small["input"], large["input"])


def exponent(time_small: float, time_large: float, small: int, large: int) -> float:
    """Return the exponent b of time ≈ a · size^b between two sizes (1 is linear); not a number where they are one."""
    return math.nan if small == large else math.log(time_large / time_small) / math.log(large / small)


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))))
