"""Compare the two engines on the five reports: `make engines` writes engines.csv and prints it.

Each engine runs the chain in a process of its own, so that speed and peak memory are its alone. What differs is counted
against jieba, which is no gold standard: a small model was trained on its cuts. `ARGS=--write` renews docs/engines.csv and the
table of docs/engines.md.
"""

import argparse
import csv
import json
import re
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
from pipeline.errors import InputError
from pipeline.settings import Settings, TokensSettings

KEPT = ("tokens", "metrics", "measures", "theme_matrix", "assignments", "assignment_units")
COLUMNS = ("what", "jieba", "hanlp", "same")
COPY, PAGE = ROOT / "docs" / "engines.csv", ROOT / "docs" / "engines.md"
FIELDS = ("status", "themes", "actor", "action", "object")
WORDS, TAGS = "words (same: F1 of boundaries)", "parts of speech (same: of words cut alike)"
ROWS = {name: f"`{name}` (rows)" for name in ("metrics", "assignments", "assignment_units")}
MEASURES, CELLS = "sentences that are measures", "cells of `theme_matrix`"
BY_TOLD = {
    ("measures", "roles"): "measures decided by roles",
    ("measures", "dependencies"): "measures decided by dependencies",
    ("measures", "entities"): "measures decided by names",
    ("assignments", "entities"): "assignments decided by names",
}


def main() -> None:
    """Run both engines, write the comparison and print it."""
    parser = argparse.ArgumentParser(prog="make engines", description=__doc__)
    parser.add_argument("--model", default="models/hanlp", help="model of the engine hanlp")
    parser.add_argument("--raw", type=Path, default=ROOT / "data" / "raw", help="folder of reports")
    parser.add_argument("--output", type=Path, default=ROOT / "data" / "processed" / "engines.csv")
    parser.add_argument("--write", action="store_true", help="renew docs/engines.csv and docs/engines.md")
    parser.add_argument("--one", metavar="ENGINE", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(
            json.dumps(run(given.one, given.model if given.one == "hanlp" else "", given.raw, given.output))
        )
        return
    try:
        engines.check("hanlp", given.model)
    except InputError as error:
        sys.exit(str(error))
    rows = compare(given.model, given.raw)
    for path in (given.output, *([COPY] if given.write else [])):
        write(rows, path)
        print(f"written: {path}")
    if given.write:
        PAGE.write_text(page(rows), encoding="utf-8")
    for row in [COLUMNS, *rows]:
        print(f"{row[0]:44}{row[1]!s:>12}{row[2]!s:>12}{row[3]!s:>12}")


def write(rows: list[tuple], path: Path) -> None:
    """Write the comparison as a CSV file that spreadsheets open with its characters right."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])


def page(rows: list[tuple]) -> str:
    """Return docs/engines.md with its comparison renewed."""
    lines = ["| | jieba | hanlp | same |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
    table = re.compile(r"(?<=<!-- engines.csv -->\n).*?(?=<!-- end -->)", re.S)
    return table.sub(lambda _: "\n".join(lines) + "\n", PAGE.read_text(encoding="utf-8"))


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
    """Return what processor time an engine takes to open, how fast it cuts, and the peak memory of all that was done here."""
    began = time.process_time()
    opened = engines.get(engine, model)
    ready = time.process_time()
    opened.segment(texts)
    done = time.process_time()
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
    (left, right), same = map(counts, (one, other)), agreed(one, other)
    return [
        *((what, left[what], right[what], same.get(what, "")) for what in left),
        ("seconds to open, once imported", *(costs[engine]["opening"] for engine in costs), ""),
        ("characters cut a second, one core", *(costs[engine]["speed"] for engine in costs), ""),
        ("peak memory of the chain, MiB", *(costs[engine]["peak"] for engine in costs), ""),
    ]


def counts(made: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Return how much the tables of one engine tell."""
    told = {WORDS: int(made["tokens"]["words"].map(len).sum()), TAGS: ""}
    told |= {label: len(made[name]) for name, label in ROWS.items()}
    told[MEASURES] = int(made["measures"]["is_measure"].sum())
    told |= {f"`measures.{name}`": int(made["measures"][name].map(_filled).sum()) for name in FIELDS}
    told[CELLS] = len(made["theme_matrix"])
    told |= {
        label: int((made[name]["decided_by"] == decided).sum()) for (name, decided), label in BY_TOLD.items()
    }
    return {what: f"{count:,}" if count != "" else "" for what, count in told.items()}


def agreed(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Return on what share of it two engines agree."""
    words = [map(list, made["tokens"]["words"]) for made in (one, other)]
    tags = [
        zip(map(list, made["tokens"]["words"]), map(list, made["tokens"]["tags"]), strict=True)
        for made in (one, other)
    ]
    same = {WORDS: agreement.boundaries(*words), TAGS: agreement.tags(*tags)}
    same |= {label: _same(one, other, name, []) for name, label in ROWS.items()}
    same[MEASURES] = _same(one, other, "measures", ["is_measure"])
    same |= {f"`measures.{name}`": _same(one, other, "measures", [name]) for name in FIELDS}
    same[CELLS] = _same(one, other, "theme_matrix", [])
    return {what: f"{share:.3f}" for what, share in same.items()}


def _filled(value) -> bool:
    return bool(len(value)) if hasattr(value, "__len__") else not pd.isna(value)


def _same(one: dict, other: dict, name: str, columns: list[str]) -> float:
    """Return the share of rows of a table (of these columns in it) that are the same with both engines."""
    left, right = (
        [repr(row) for row in f[name][columns or list(f[name].columns)].itertuples(index=False, name=None)]
        for f in (one, other)
    )
    if not columns or len(left) != len(right):
        return len(set(left) & set(right)) / max(1, len(set(left) | set(right)))
    return sum(map(str.__eq__, left, right)) / max(1, len(left))


if __name__ == "__main__":
    main()
