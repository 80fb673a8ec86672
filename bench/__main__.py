"""Print speed, growth, memory and peers on the same text: `make bench`, or `make bench ARGS="--runs 1000 30000 --write"`."""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import corpus, formats, phrases, runs
from evaluation import corpora
from pipeline.docs import ROOT

PAGE = ROOT / "docs" / "performance.md"
# What the pipeline does from text to measures, tables on the way included.
TO_MEASURES = (
    "texts", "reports", "sections", "sentences", "assignments", "instruments", "metrics", "tokens", "measures",
)  # fmt: skip


def main() -> None:
    """Measure each size in a process of its own, so that peak memory is that size's alone."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], help="reports in the corpus")
    parser.add_argument("--runs", type=int, nargs="*", default=[], help="whole runs, of so many reports each")
    parser.add_argument(
        "--write", action="store_true", help="renew docs/performance.md (whole runs too, if named)"
    )
    arguments = parser.parse_args()
    results = {size: measure(size) for size in sorted(arguments.sizes)}
    told = {"stages": [*table(results), "", *beside(results[max(results)]), "", *overhead()]}
    if arguments.runs:
        told["runs"] = runs.table([measure_run(size) for size in arguments.runs])
    print("\n\n".join("\n".join(lines) for lines in told.values()))
    if arguments.write:
        PAGE.write_text(page(earlier(PAGE) | told), encoding="utf-8")
    phrases.main()
    formats.main()


def measure_run(size: int) -> dict:
    """Return what a whole run on `size` synthetic reports costs."""
    with tempfile.TemporaryDirectory() as folder:
        return _python("bench.runs", folder, str(size))


def measure(size: int) -> dict:
    """Return what the chain, and its peers, cost on `size` synthetic reports."""
    with tempfile.TemporaryDirectory() as folder:
        corpus.write(Path(folder), size, seed=1)
        return _python("bench.chain", folder) | {"peers": _python("bench.peers", folder)}


def _python(module: str, *arguments: str) -> dict:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def beside(result: dict) -> list[str]:
    """Lay the chain beside its peers: characters a second, and the ratio to the whole chain."""
    chain = sum(result["seconds"][stage] for stage in TO_MEASURES)
    rows = {
        "text to measures, all tables": chain,
        "metrics alone": result["seconds"]["metrics"],
        **result["peers"],
    }
    lines = [
        f"{'beside peers, same text, same run':36}{'characters a second':>20}{'speed of the chain = 1':>24}"
    ]
    return lines + [
        f"{name:36}{result['characters'] / seconds:>20,.0f}{chain / seconds:>24.2f}"
        for name, seconds in rows.items()
    ]


def overhead() -> list[str]:
    """Say what Snakemake and the start of a job cost before any work is done, in processor seconds."""
    with tempfile.TemporaryDirectory() as folder:
        place = {"raw": ROOT / "data" / "raw", "processed": f"{folder}/p"}
        plan = corpora.flow("-n", "--quiet", "--directory", folder, **place)
        planned = _spent(plan)
    return [
        f"{'Snakemake planning five reports, s':36}{planned:>20.1f}",
        f"{'a job starting, s':36}{_spent([sys.executable, '-c', 'import pipeline.stage']):>20.1f}",
    ]


def _spent(command: list[str]) -> float:
    before = runs.spent()
    subprocess.run(command, cwd=ROOT, env=corpora.environment(), capture_output=True, check=True)
    return runs.spent() - before


BLOCK = re.compile(r"<!-- (\w+) -->\n```\n(.*?)\n```\n", re.S)


def earlier(page: Path) -> dict[str, list[str]]:
    """Return what the page told before, by the name of each block: what is not measured again stays."""
    return {name: lines.split("\n") for name, lines in BLOCK.findall(page.read_text(encoding="utf-8"))}


def page(told: dict[str, list[str]]) -> str:
    """Return docs/performance.md: what was measured, and on which machine."""
    blocks = {name: "\n".join([f"<!-- {name} -->", "```", *lines, "```", ""]) for name, lines in told.items()}
    return "\n".join(
        [
            "# Performance",
            "",
            f"Machine: {_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}.",
            "The text is the synthetic corpus of `make corpus`: sentences of the five reports, put together anew.",
            "",
            "## Stages",
            "",
            "Written by `make bench ARGS=--write`. Processor time on one core, so that a busy machine changes little; read the",
            "ratios, not the absolute speeds. Loading modules and codebook counts.",
            "",
            blocks["stages"],
            "## Whole runs",
            "",
            'Written by `make bench ARGS="--runs 1000 30000 --write"`: `make run` from nothing to tables, figures and page, and again',
            "after one report has changed. Wall time needs a machine with nothing else to do.",
            "",
            blocks.get("runs", "Not measured yet.\n"),
        ]
    )


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    return next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), platform.machine())


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
    small, large = results[min(results)], results[max(results)]
    times = (max(_seconds(result, stage), 1e-9) for result in (small, large))
    return runs.exponent(*times, small["characters"], large["characters"])


if __name__ == "__main__":
    main()
