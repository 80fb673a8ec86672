"""Score the pipeline against what human coders marked: `make evaluate`, or with RAW=… GOLD=… on reports of your own."""

import argparse
import sys
import tempfile
from pathlib import Path

from evaluation import corpora
from evaluation import gold as marks
from evaluation.corpora import Corpus
from evaluation.page import page
from pipeline.docs import ROOT
from pipeline.errors import InputError

PAGE = ROOT / "docs" / "accuracy.md"
OWN = "Reports and gold files of your own."


def main() -> None:
    """Run the flow, compare, and write the page; what a user can mend is told without a traceback."""
    given = arguments()
    try:
        with tempfile.TemporaryDirectory() as folder:
            text = own(given.raw, given.gold, Path(folder)) if given.raw else project(Path(folder))
    except InputError as error:
        sys.exit(str(error))
    given.page.write_text(text, encoding="utf-8")
    print(f"written: {given.page}")


def arguments() -> argparse.Namespace:
    """Return the folders asked for; without any, the project's own sets and their page."""
    parser = argparse.ArgumentParser(prog="make evaluate", description=__doc__)
    parser.add_argument("--raw", type=Path, help="folder of reports with its manifest.csv")
    parser.add_argument("--gold", type=Path, help="folder of gold files for these reports")
    parser.add_argument(
        "--page", type=Path, help="the page to write (your own sets: accuracy.md beside the gold)"
    )
    given = parser.parse_args()
    if bool(given.raw) != bool(given.gold):
        parser.error("name both: RAW=<folder of reports> GOLD=<folder of gold files>")
    given.page = given.page or (given.gold / "accuracy.md" if given.gold else PAGE)
    return given


def project(folder: Path) -> str:
    """Return the page of the project's own sets."""
    made = corpora.libraries(folder)
    return page([(corpus, made[corpus.run]) for corpus in corpora.PROJECT])


def own(raw: Path, gold: Path, folder: Path) -> str:
    """Return the page of a set that is not the project's."""
    corpus = Corpus("Your set", OWN, raw, gold, corpora.ALONE)
    marks.read(gold)  # what is wrong there should be known before the flow runs
    return page([(corpus, corpora.run(raw, folder, clusters=True))])


if __name__ == "__main__":
    main()
