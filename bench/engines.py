"""Compare the two engines on the five reports: `make engines` writes engines.csv and prints it.

Each engine runs the chain in a process of its own, so that speed and peak memory are its alone. What differs is counted
against jieba, which is no gold standard: a small model was trained on its cuts.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import pandas as pd

from bench import chain
from pipeline import engines, manifest, tables
from pipeline.docs import ROOT
from pipeline.engines import agreement
from pipeline.settings import Settings, TokensSettings

KEPT = ("tokens", "metrics", "measures", "theme_matrix")
COLUMNS = ("what", "jieba", "hanlp", "same")


def main() -> None:
    """Run both engines, write the comparison and print it."""
    parser = argparse.ArgumentParser(prog="make engines", description=__doc__)
    parser.add_argument("--model", default="models/hanlp", help="model of the engine hanlp")
    parser.add_argument("--raw", type=Path, default=ROOT / "data" / "raw", help="folder of reports")
    parser.add_argument("--output", type=Path, default=ROOT / "data" / "processed" / "engines.csv")
    parser.add_argument("--one", metavar="ENGINE", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(
            json.dumps(run(given.one, given.model if given.one == "hanlp" else "", given.raw, given.output))
        )
        return
    rows = compare(given.model, given.raw)
    given.output.parent.mkdir(parents=True, exist_ok=True)
    with given.output.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    for row in [COLUMNS, *rows]:
        print(f"{row[0]:44}{row[1]!s:>12}{row[2]!s:>12}{row[3]!s:>12}")
    print(f"written: {given.output}")


def run(engine: str, model: str, raw: Path, folder: Path) -> dict:
    """Run the chain with one engine, keep the tables that are compared in `folder`, and return what it cost."""
    settings = Settings(tokens=TokensSettings(engine=engine, model=model))
    held = {"manifest": pd.DataFrame(manifest.load(raw).to_dict("records"))}
    for stage in chain.batch_stages():
        held |= chain.build(stage, held, raw, settings)
    for name in KEPT:
        tables.write(held[name], name, folder / f"{name}.parquet")
    return _cost(engine, model, held["sentences"]["text"].tolist())


def _cost(engine: str, model: str, texts: list[str]) -> dict:
    """Return how long an engine takes to open, how fast it cuts, and the peak memory of all that was done here."""
    began = time.perf_counter()
    opened = engines.get(engine, model)
    ready = time.perf_counter()
    opened.segment(texts)
    done = time.perf_counter()
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    return {
        "opening": f"{ready - began:.1f}",
        "speed": f"{sum(map(len, texts)) / (done - ready):,.0f}",
        "peak": f"{peak:,.0f}",
    }


def compare(model: str, raw: Path) -> list[tuple]:
    """Return the rows of engines.csv: what is compared, for each engine, and how much is the same."""
    costs, made = {}, {}
    with tempfile.TemporaryDirectory() as scratch:
        for engine in ("jieba", "hanlp"):
            folder = Path(scratch) / engine
            arguments = ["--one", engine, "--model", model, "--raw", str(raw), "--output", str(folder)]
            command = [sys.executable, "-m", "bench.engines", *arguments]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            costs[engine] = json.loads(done.stdout.splitlines()[-1])
            made[engine] = {name: tables.read([folder / f"{name}.parquet"]) for name in KEPT}
    one, other = made["jieba"], made["hanlp"]
    return [
        *_words(one["tokens"], other["tokens"]),
        *_rows(one, other),
        ("seconds to open, once imported", *(costs[engine]["opening"] for engine in costs), ""),
        ("characters cut a second, one core", *(costs[engine]["speed"] for engine in costs), ""),
        ("peak memory of the chain, MiB", *(costs[engine]["peak"] for engine in costs), ""),
    ]


def _words(one: pd.DataFrame, other: pd.DataFrame) -> list[tuple]:
    counts = [int(frame["words"].map(len).sum()) for frame in (one, other)]
    f1 = agreement.boundaries(map(list, one["words"]), map(list, other["words"]))
    given = [zip(map(list, f["words"]), map(list, f["tags"]), strict=True) for f in (one, other)]
    return [
        ("words; same: F1 of boundaries", *counts, f"{f1:.3f}"),
        ("parts of speech; same: of words cut alike", "", "", f"{agreement.tags(*given):.3f}"),
    ]


def _rows(one: dict, other: dict) -> list[tuple]:
    said = [
        ("metrics; same: rows", *(len(f["metrics"]) for f in (one, other)), _same(one, other, "metrics", []))
    ]
    acts = [f["measures"]["is_measure"].sum() for f in (one, other)]
    said.append(
        ("measures; same: of all sentences judged", *acts, _same(one, other, "measures", ["is_measure"]))
    )
    for column in ("status", "themes", "actor", "action", "object"):
        told = [int(f["measures"][column].map(_filled).sum()) for f in (one, other)]
        said.append((f"measures.{column} told; same", *told, _same(one, other, "measures", [column])))
    for decided in ("roles", "dependencies", "entities"):
        told = [int((f["measures"]["decided_by"] == decided).sum()) for f in (one, other)]
        said.append((f"measures decided by {decided}", *told, ""))
    counts = [len(f["theme_matrix"]) for f in (one, other)]
    return [*said, ("theme_matrix; same: cells", *counts, _same(one, other, "theme_matrix", []))]


def _filled(value) -> bool:
    return bool(len(value)) if hasattr(value, "__len__") else not pd.isna(value)


def _same(one: dict, other: dict, name: str, columns: list[str]) -> str:
    """Return the share of rows of a table (of these columns in it) that are the same with both engines."""
    left, right = (
        [repr(row) for row in f[name][columns or list(f[name].columns)].itertuples(index=False, name=None)]
        for f in (one, other)
    )
    if not columns or len(left) != len(right):
        return f"{len(set(left) & set(right)) / max(1, len(set(left) | set(right))):.3f}"
    return f"{sum(map(str.__eq__, left, right)) / max(1, len(left)):.3f}"


if __name__ == "__main__":
    main()
