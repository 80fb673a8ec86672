"""Print speed, growth and memory of the chain from text on: `make bench`, or `python -m bench --sizes 100 1000`."""

import argparse
import csv
import json
import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import phrases
from pipeline import manifest
from pipeline.docs import ROOT

SOURCE = ROOT / "data" / "raw"


def main() -> None:
    """Measure each size in a process of its own, so that peak memory is that size's alone."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], help="reports in the corpus")
    sizes = parser.parse_args().sizes
    results = {size: measure(size) for size in sizes}
    print("\n".join(table(results)) + "\n")
    phrases.main()


def measure(size: int) -> dict:
    """Return what the chain costs on the five reports repeated to `size`."""
    with tempfile.TemporaryDirectory() as folder:
        repeat(SOURCE, Path(folder), size)
        command = [sys.executable, "-m", "bench.chain", folder]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def repeat(source: Path, folder: Path, size: int) -> None:
    """Fill `folder` with `size` reports, those of `source` in turn, and a manifest for them."""
    rows = manifest.load(source).to_dict("records")
    with (folder / manifest.FILE).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]))
        writer.writeheader()
        for number in range(size):
            row = rows[number % len(rows)]
            name = f"{number:06d}{Path(row['file']).suffix}"
            shutil.copyfile(source / row["file"], folder / name)
            writer.writerow(row | {"report_id": f"r{number:06d}", "file": name})


def table(results: dict[int, dict]) -> list[str]:
    """Lay out characters per second and core for each stage and size, and the exponent of time over size."""
    sizes = sorted(results)
    lines = [
        f"{'characters a second, one core':32}"
        + "".join(f"{size:>12,} reports" for size in sizes)
        + f"{'growth':>10}"
    ]
    for stage in [*results[sizes[0]]["seconds"], "all"]:
        speeds = [_speed(results[size], stage) for size in sizes]
        lines.append(
            f"{stage:32}"
            + "".join(f"{speed:>20,.0f}" for speed in speeds)
            + f"{_growth(results, stage):>10.2f}"
        )
    peaks = "".join(f"{results[size]['peak_mib']:>20,}" for size in sizes)
    return [*lines, f"{'peak memory, MiB':32}{peaks}"]


def _seconds(result: dict, stage: str) -> float:
    return sum(result["seconds"].values()) if stage == "all" else result["seconds"][stage]


def _speed(result: dict, stage: str) -> float:
    return result["characters"] / max(_seconds(result, stage), 1e-9)


def _growth(results: dict[int, dict], stage: str) -> float:
    """Return the exponent b of time ≈ a · size^b between the smallest and the largest size (1 is linear)."""
    small, large = min(results), max(results)
    if small == large:
        return math.nan
    times = _seconds(results[large], stage) / max(_seconds(results[small], stage), 1e-9)
    return math.log(times) / math.log(results[large]["characters"] / results[small]["characters"])


if __name__ == "__main__":
    main()
