"""texts: one row per input file, its text as published.

Nothing of a text is cleaned here: later stages say what each span is (heading, body, page furniture) by its offsets.
"""

import hashlib
import logging
from pathlib import Path

import pandas as pd

from pipeline import readers
from pipeline.errors import InputError
from pipeline.manifest import place_problem
from pipeline.readers.isolation import Isolated
from pipeline.readers.limits import Limits, TextsSettings, UnreadableFile
from pipeline.schemas.texts import SCHEMA

log = logging.getLogger(__name__)

DEFAULT = TextsSettings()
FORMATS = {".txt": "txt", ".html": "html", ".htm": "html", ".xhtml": "html", ".mht": "mht", ".mhtml": "mht"}
FORMATS |= {".docx": "docx", ".pdf": "pdf"}
PROGRESS = 50  # files between two progress lines


def build(
    manifest: pd.DataFrame,
    *,
    raw: str | Path,
    on_error: str = DEFAULT.on_error,
    max_file_mb: int = DEFAULT.max_file_mb,
    max_characters: int = DEFAULT.max_characters,
    max_pages: int = DEFAULT.max_pages,
    max_expanded_mb: int = DEFAULT.max_expanded_mb,
    max_seconds: int = DEFAULT.max_seconds,
    max_memory_mb: int = DEFAULT.max_memory_mb,
) -> pd.DataFrame:
    """Read each file the manifest names.

    With on_error "stop", raises InputError naming every file that cannot be read; with "skip", keeps their rows with an
    empty text and the reason in `problem`.
    """
    limits = Limits(
        max_file_mb=max_file_mb,
        max_characters=max_characters,
        max_pages=max_pages,
        max_expanded_mb=max_expanded_mb,
        max_seconds=max_seconds,
        max_memory_mb=max_memory_mb,
    )
    rows = _rows(manifest, Path(raw), limits)
    broken = [f"{Path(raw) / row['file']}: {row['problem']}" for row in rows if row["problem"]]
    if broken and on_error == "stop":
        raise InputError(broken)
    for line in broken:
        log.warning("skipped: %s", line)
    for row in rows:
        if row.get("note"):
            log.warning("%s: %s", Path(raw) / row["file"], row["note"])
    return pd.DataFrame(rows, columns=[*SCHEMA.columns])


def _rows(manifest: pd.DataFrame, raw: Path, limits: Limits) -> list[dict]:
    rows = []
    with Isolated(limits) as reader:
        for done, (report_id, file) in enumerate(
            zip(manifest["report_id"], manifest["file"], strict=True), 1
        ):
            rows.append({"report_id": report_id, "file": file, **_read(raw, file, reader)})
            if done % PROGRESS == 0:
                log.info("%d of %d files read", done, len(manifest))
    return rows


def _read(raw: Path, file: str, reader: Isolated) -> dict:
    """Return the columns of one file; a file that cannot be read has an empty text and a `problem`."""
    row = {"text": "", "format": FORMATS.get(Path(file).suffix.lower(), "unknown"), "problem": None}
    try:
        outside = place_problem(raw, file)
        if outside:
            raise UnreadableFile(outside)
        data = readers.load(raw / file, reader.limits)
        row["sha256"] = hashlib.sha256(data).hexdigest()
        reading = reader.read(data, Path(file).suffix)
    except UnreadableFile as error:
        return row | {"problem": str(error)}
    meta = {f"meta_{key}": value for key, value in reading.metadata.items()}
    return (
        row
        | {"text": reading.text, "format": reading.format, "encoding": reading.encoding, "note": reading.note}
        | meta
    )


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
