"""Build a corpus for load tests only: `make corpus N=30000 FOLDER=…`. Its reports are nonsense and must never be read as reports.

Each is one of the five with half of its sentences taken from the others and its figures varied; the same seed gives the
same corpus. Every file begins with a line that says what it is.
"""

import argparse
import csv
import random
import re
import sys
from pathlib import Path

from pipeline import manifest, readers
from pipeline.docs import ROOT
from pipeline.readers.limits import Limits

SOURCE = ROOT / "data" / "raw"
MARK = "（压力测试用合成文本，不是真实报告 Synthetic text for load tests, not a report）"
SENTENCE = re.compile(r"[^。\n]+。")
FIGURE = re.compile(r"(?<![\d〔\[（(.])\d{1,4}(?=[件个次名份场起条项户家人])")
PER_FOLDER = 1000
SWAPPED = 0.5


def main() -> None:
    """Write the corpus and say where it is."""
    parser = argparse.ArgumentParser(prog="make corpus", description=__doc__)
    parser.add_argument("--reports", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    if arguments.folder.resolve().is_relative_to(ROOT):
        sys.exit(
            f"{arguments.folder}: choose a folder outside the project; this corpus must not get among real reports"
        )
    write(arguments.folder, arguments.reports, arguments.seed)
    print(f"{arguments.reports:,} synthetic reports are in {arguments.folder} (for load tests only)")


def write(folder: Path, reports: int, seed: int) -> None:
    """Fill `folder` with `reports` synthetic reports and their manifest."""
    chance = random.Random(seed)
    texts = [
        readers.read(SOURCE / row["file"], Limits()).text for row in manifest.load(SOURCE).to_dict("records")
    ]
    sentences = [sentence for text in texts for sentence in SENTENCE.findall(text)]
    rows = []
    for number in range(reports):
        name = f"{number // PER_FOLDER:03d}/load{number:06d}.txt"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(report(texts[number % len(texts)], sentences, chance), encoding="utf-8")
        rows.append({column: "" for column in manifest.COLUMNS} | {"report_id": path.stem, "file": name})
    with (folder / manifest.FILE).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=list(manifest.COLUMNS))
        writer.writeheader()
        writer.writerows(rows)


def report(text: str, sentences: list[str], chance: random.Random) -> str:
    """Return `text` with about half of its sentences taken from `sentences` and its figures varied."""
    swapped = SENTENCE.sub(
        lambda m: chance.choice(sentences) if chance.random() < SWAPPED else m.group(), text
    )
    return f"{MARK}\n{FIGURE.sub(lambda m: str(chance.randint(1, 9999)), swapped)}"


if __name__ == "__main__":
    main()
