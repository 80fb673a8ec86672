"""Compare Chinese local governments' rule-of-law reports: every number leads to the sentence it came from.

`pipeline.load("metrics")` gives a table, `pipeline.evidence("dongli", 917, 921)` the words at a place in a report,
`pipeline.show("dongli:m917")` a finding with its words.
"""

from pathlib import Path

__version__ = "0.1.0"

PROCESSED = Path("data/processed")


def load(name: str, processed: Path | str = PROCESSED):
    """Return the table `name` over all batches as a pandas frame.

    `processed` is the folder the pipeline wrote to. Raises InputError for a table that does not exist or is not there yet.
    """
    from pipeline import schemas, tables
    from pipeline.errors import InputError, did_you_mean

    if name not in schemas.names():
        known = schemas.names()
        raise InputError(
            [f"table {name!r}: no such table{did_you_mean(name, known)}; there are: {', '.join(known)}"]
        )
    paths = tables.files(Path(processed) / name)
    if not paths:
        raise InputError(
            [f"table {name!r}: not in {processed} yet (run `make run`, or name the folder with processed=)"]
        )
    return tables.read(paths)


def evidence(report_id: str, start: int, end: int, *, around: int = 40, processed: Path | str = PROCESSED):
    """Return the words at `[start:end]` of a report's text (0-based, end exclusive) with `around` characters beside them."""
    from pipeline.errors import InputError, did_you_mean
    from pipeline.excerpts import cut

    texts = load("texts", processed).set_index("report_id")["text"]
    if report_id not in texts.index:
        raise InputError([f"report {report_id!r}: not among the texts{did_you_mean(report_id, texts.index)}"])
    return cut(report_id, texts[report_id], start, end, around)


def show(row_id: str, *, around: int = 60, processed: Path | str = PROCESSED):
    """Show a finding by its id (`dongli:m917`) with the words it was read from; a notebook sets it prettily."""
    from pipeline.display import show

    return show(row_id, around, processed)
