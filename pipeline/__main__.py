"""The command line: `python -m pipeline add FILE…` puts reports into the folder the pipeline reads."""

import argparse
import logging
import sys
from pathlib import Path

from pipeline import add
from pipeline.errors import InputError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0, or 1 if something was refused."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    given = _parser().parse_args(arguments)
    try:
        if given.raw.parts[:1] == ("s3:",):
            raise InputError(
                [f"--raw {given.raw}: is no folder: add in one, then copy it to the bucket (docs/storage.md)"]
            )
        return add.run(given.paths, given.raw, dry_run=given.dry_run)
    except InputError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser(
        "add", help="add reports to the folder and its manifest", description=add.__doc__
    )
    command.add_argument(
        "paths", nargs="+", type=Path, metavar="FILE|FOLDER", help="reports, or folders of them"
    )
    command.add_argument(
        "--raw",
        type=Path,
        default=Path("data/raw"),
        help="folder of reports to add to (default: %(default)s)",
    )
    command.add_argument("--dry-run", action="store_true", help="show what would be added and change nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())
