"""Copy reports into the folder of reports and append them to its manifest, each with a proposed id and what it says of
itself; a file that cannot be read, or whose content is there already, is refused."""

import csv
import hashlib
import io
import logging
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import manifest, readers, reports
from pipeline.errors import InputError
from pipeline.fold import fold
from pipeline.readers import decoding
from pipeline.readers.isolation import Isolated
from pipeline.readers.limits import Limits, UnreadableFile
from pipeline.readers.reading import Reading
from pipeline.structure import layout

log = logging.getLogger(__name__)

PROGRESS = 25  # files between two progress lines
LONGEST_ID = 40  # characters of a file's name that its id takes over
DETECTED = ("region", "province", "level", "genre", "published", "period_start", "period_end")
SHOWN = ("title", "issuer", "document_number", *DETECTED, "source_url")
UNUSABLE = re.compile(r"[^\w.-]+")


@dataclass
class Folder:
    """The folder of reports as it is: its manifest's rows, the ids and file names taken, the files by content."""

    raw: Path
    rows: list[dict[str, str]]
    contents: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


@dataclass
class Proposal:
    """One report to add: its manifest row, where it is, what it says of itself."""

    row: dict[str, str]
    source: Path
    data: bytes
    facts: dict[str, str]


def run(paths: list[Path], raw: Path, *, dry_run: bool) -> int:
    """Add the files at `paths`, print what was done, and return the exit code (1 if a file was refused)."""
    folder = _folder(raw)
    added, refused = [], []
    for outcome in _proposals(list(_sources(paths, raw)), folder):
        (added if isinstance(outcome, Proposal) else refused).append(outcome)
        print(_shown(outcome, raw) if isinstance(outcome, Proposal) else f"refused: {outcome}")
    if not dry_run and added:
        _write(added, folder)
    done = "would be added (nothing was written)" if dry_run else "added"
    print(f"{len(added)} {done}, {len(refused)} refused; check the rows in {raw / manifest.FILE}")
    return 1 if refused else 0


def _folder(raw: Path) -> Folder:
    """Read what the folder holds; one that does not exist yet is empty."""
    rows = [row for _, row in manifest.read(raw)] if (raw / manifest.FILE).exists() else []
    folder = Folder(raw, rows)
    folder.ids = {row["report_id"].casefold() for row in rows}
    folder.names = {name.casefold() for name in manifest.files(raw)}
    for row in rows:
        if manifest.place_problem(raw, row["file"]) is None and (raw / row["file"]).is_file():
            folder.contents.setdefault(_hash((raw / row["file"]).read_bytes()), row["file"])
    return folder


def _sources(paths: list[Path], raw: Path) -> Iterator[Path]:
    """Yield the files meant: each file named, and the reports in each folder named."""
    listed = {os.path.normpath(row) for row in _listed(raw)}
    for path in paths:
        if not path.exists():
            raise InputError([f"{path}: there is no such file or folder"])
        if path.is_file():
            yield path
        for name in manifest.files(path) if path.is_dir() else []:
            if not (path.samefile(raw) if raw.exists() else False) or name not in listed:
                yield path / name


def _listed(raw: Path) -> list[str]:
    return [row["file"] for _, row in manifest.read(raw)] if (raw / manifest.FILE).exists() else []


def _proposals(sources: list[Path], folder: Folder) -> Iterator[Proposal | str]:
    """Yield for each file what to add, or one line saying why not."""
    with Isolated(Limits()) as reader:
        for done, source in enumerate(sources, 1):
            try:
                yield _proposal(source, folder, reader)
            except UnreadableFile as error:
                yield f"{source}: {error}"
            if done % PROGRESS == 0:
                log.info("%d of %d files looked at", done, len(sources))


def _proposal(source: Path, folder: Folder, reader: Isolated) -> Proposal:
    data = readers.load(source, reader.limits)
    digest = _hash(data)
    if digest in folder.contents:
        raise UnreadableFile(f"has the same content as {folder.raw / folder.contents[digest]}")
    facts = _facts(reader.read(data, source.suffix))
    file = _file(source, folder)
    row = dict.fromkeys(manifest.COLUMNS, "") | {
        name: facts.get(name, "") for name in (*DETECTED, "source_url")
    }
    row |= {"report_id": _id(source, folder.ids), "file": file}
    folder.contents[digest] = file
    folder.names.add(file.casefold())
    folder.ids.add(row["report_id"].casefold())
    return Proposal(row, source, data, facts)


def _facts(reading: Reading) -> dict[str, str]:
    """Return what the text and its page say of the report."""
    meta = {f"meta_{key}": value for key, value in reading.metadata.items()}
    blocks = layout.blocks(reading.text, fold(reading.text))
    found = reports.of_report({"text": reading.text, **meta}, blocks) | {
        "source_url": reading.metadata.get("url")
    }
    return {name: value for name, value in found.items() if isinstance(value, str) and value}


def _id(source: Path, taken: set[str]) -> str:
    """Propose an id from a file's name: its letters, digits and Chinese characters, made unlike all others.

    >>> _id(Path("青山县 2022年报告(1).docx"), set())
    '青山县-2022年报告-1'
    """
    name = UNUSABLE.sub("-", unicodedata.normalize("NFC", source.stem)).strip("-._")
    name = re.sub(r"\.{2,}", ".", name)[:LONGEST_ID].rstrip("-._") or "report"
    return _unlike(name, taken)


def _file(source: Path, folder: Folder) -> str:
    """Return the name in the folder: where the file is already, else its own name, made unlike all others."""
    if source.resolve().is_relative_to(folder.raw.resolve()):
        return source.resolve().relative_to(folder.raw.resolve()).as_posix()
    stem = manifest.CONTROL.sub("-", source.stem).replace("\\", "-").lstrip(".~") or "report"
    endless = {name.removesuffix(source.suffix.casefold()) for name in folder.names}
    return _unlike(stem, endless) + source.suffix


def _unlike(name: str, taken: set[str]) -> str:
    proposals = (name if n == 1 else f"{name}-{n}" for n in range(1, len(taken) + 2))
    return next(proposal for proposal in proposals if proposal.casefold() not in taken)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _shown(proposal: Proposal, raw: Path) -> str:
    facts = [f"    {name:<16}{proposal.facts[name]}" for name in SHOWN if proposal.facts.get(name)]
    return "\n".join(
        [f"{proposal.row['report_id']}: {proposal.source} -> {raw / proposal.row['file']}", *facts]
    )


def _write(added: list[Proposal], folder: Folder) -> None:
    """Copy the files, then put the longer manifest in the place of the old one in one step."""
    folder.raw.mkdir(parents=True, exist_ok=True)
    for proposal in added:
        target = folder.raw / proposal.row["file"]
        if not target.exists():
            target.write_bytes(proposal.data)
    place = folder.raw / manifest.FILE
    old = place.read_bytes() if place.exists() else b""
    decoded = decoding.decode(old) if old else decoding.Decoded("", "utf-8")
    aside = place.with_name(f".{place.name}.new")
    aside.write_text(_extended(decoded.text, added), encoding="utf-8-sig" if old else "utf-8", newline="")
    aside.replace(place)


def _extended(text: str, added: list[Proposal]) -> str:
    """Append rows to a manifest's text in its own columns; what is there is kept to the character."""
    header = next(csv.reader(io.StringIO(text)), None)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out, [name.strip() for name in header or manifest.COLUMNS], extrasaction="ignore", lineterminator="\n"
    )
    if not header:
        writer.writeheader()
    writer.writerows(proposal.row for proposal in added)
    return text + ("" if not text or text.endswith(("\n", "\r")) else "\n") + out.getvalue()
