"""Measure the readers: files, and pages of PDF, read a second on one core: `python -m bench.formats`."""

import time
from pathlib import Path

from pipeline import readers
from pipeline.docs import ROOT
from pipeline.readers.limits import Limits

SAMPLES = ROOT / "tests" / "data"
# What is read, how many units it counts for, what a unit is, and how many a second are asked for.
FILES = (
    ("practice/linjiang.txt", 1, "files", 20),
    ("practice/haiyan.html", 1, "files", 20),
    ("readers/haiyan.docx", 1, "files", 10),
    ("readers/typst.pdf", 1, "pages", 10),
    ("readers/fpdf2.pdf", 2, "pages", 10),
    ("readers/actualtext.pdf", 2, "pages", 10),
)
LEAST_SECONDS = 1.0


def main() -> None:
    """Print a line for each sample."""
    for name, units, unit, asked in FILES:
        print(f"{name:32}{speed(SAMPLES / name) * units:>12,.0f} {unit} a second (aim {asked})")


def speed(path: Path) -> float:
    """Return how often a second of processor time reads the file, the first time (imports, fonts) aside."""
    data, limits = path.read_bytes(), Limits()
    readers.read_bytes(data, path.suffix, limits)
    began, times = time.process_time(), 0
    while time.process_time() - began < LEAST_SECONDS:
        readers.read_bytes(data, path.suffix, limits)
        times += 1
    return times / (time.process_time() - began)


if __name__ == "__main__":
    main()
