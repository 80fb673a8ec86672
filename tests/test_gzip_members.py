"""Test packed files: one file to whoever reads gzip, the same bytes whatever an earlier one held, and no work done twice."""

import gzip
import hashlib
import io
import zlib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import parts, stage, tables
from pipeline.exports import csv_tables, gzip_members
from pipeline.exports.gzip_members import Member
from pipeline.library import Library

HEAD = "\ufeffreport_id,text\r\n"
BATCHES = [HEAD, *(f"r{n},第{n}批的内容\r\n" * 40 for n in range(5))]


def members(batches: list[str], made: list | None = None) -> list[Member]:
    """Return a member for each batch, which notes in `made` that it was made."""
    return [_member(batch.encode("utf-8"), [] if made is None else made) for batch in batches]


def _member(content: bytes, made: list) -> Member:
    def make() -> bytes:
        made.append(content.decode("utf-8"))
        return content

    return Member(hashlib.blake2b(content, digest_size=16).digest, make)


def pack(
    batches: list[str], earlier: Path | None = None, made: list | None = None, threads: int = 1
) -> bytes:
    return b"".join(gzip_members.packed(members(batches, made), earlier, threads))


@pytest.fixture
def before(tmp_path):
    """Return the file of an earlier run."""
    path = tmp_path / "table.csv.gz"
    path.write_bytes(pack(BATCHES))
    return path


def test_readers_take_the_members_for_one_file(before):
    content = "".join(BATCHES)
    assert gzip.decompress(before.read_bytes()).decode("utf-8") == content
    assert _by_zlib(before.read_bytes()).decode("utf-8") == content
    frame = pd.read_csv(before)
    assert list(frame.columns) == ["report_id", "text"] and len(frame) == content.count("\r\n") - 1
    with gzip.open(before, "rt", encoding="utf-8-sig", newline="") as file:
        assert file.read() == content.removeprefix("\ufeff")


def _by_zlib(packed: bytes) -> bytes:
    content = b""
    while packed:
        unpacker = zlib.decompressobj(wbits=31)
        content += unpacker.decompress(packed) + unpacker.flush()
        packed = unpacker.unused_data
    return content


def test_it_bears_no_time_and_no_name(before):
    assert before.read_bytes()[:10] == b"\x1f\x8b\x08\x04\0\0\0\0\0\xff"


@pytest.mark.parametrize(
    "now, anew",
    [
        (BATCHES, []),
        ([*BATCHES[:3], "changed\r\n", *BATCHES[4:]], ["changed\r\n"]),
        ([*BATCHES[:3], "added\r\n", *BATCHES[3:]], ["added\r\n"]),
        ([*BATCHES[:3], *BATCHES[4:]], []),
        ([*BATCHES, "behind all\r\n"], ["behind all\r\n"]),
        (["another head\r\n", *reversed(BATCHES[1:])], ["another head\r\n"]),
        ([BATCHES[0], "", *BATCHES[1:]], [""]),
    ],
    ids=["nothing", "changed", "added", "removed", "grown", "reordered", "empty"],
)
@pytest.mark.parametrize("threads", [1, 3])
def test_only_what_changed_is_made_and_the_bytes_are_those_of_making_all(before, now, anew, threads):
    made: list = []
    assert pack(now, before, made, threads) == pack(now)
    assert made == anew


@pytest.mark.parametrize(
    "spoil",
    [
        lambda packed: b"",
        lambda packed: packed[:7],
        lambda packed: packed[:-1],
        lambda packed: packed[: len(packed) // 2],
        lambda packed: b"report_id,text\r\n" * 50,
        lambda packed: gzip.compress("".join(BATCHES).encode("utf-8")),
        lambda packed: packed[:300] + bytes([packed[300] ^ 1]) + packed[301:],
        lambda packed: packed + b"garbage behind the last member, as long as the header of one or longer",
        lambda packed: b"PK" + packed,
        lambda packed: packed[:16] + b"\xff" * 8 + packed[24:],
    ],
    ids=["empty", "head", "cut", "half", "plain", "one member", "one bit", "tail", "front", "endless"],
)
def test_an_earlier_file_that_is_spoilt_does_no_harm(before, spoil):
    before.write_bytes(spoil(before.read_bytes()))
    assert pack(BATCHES, before) == pack(BATCHES)


@given(st.data())
def test_no_byte_of_an_earlier_file_matters(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("earlier") / "table.csv.gz"
    packed = bytearray(pack(BATCHES))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(packed) - 1))
        packed[place] = data.draw(st.integers(0, 255))
    path.write_bytes(packed[: data.draw(st.integers(0, len(packed)))])
    assert pack(BATCHES, path) == pack(BATCHES)


def units(where: Path, *batches: tuple, about: dict | None = None) -> Library:
    """Write a table of some batches, each of them a report's id and how many rows it has."""
    paths = []
    for number, (report_id, rows) in enumerate(batches):
        frame = pd.DataFrame({
            "unit_id": [f"{report_id}:t{n}-lead-0" for n in range(rows)], "assignment_id": [f"{report_id}:t{n}" for n in range(rows)],
            "report_id": report_id, "role": "lead", "unit": "区司法局",
            "unit_normalised": "区司法局", "collective": False, "decided_by": "rules",
        })  # fmt: skip
        path = where / "assignment_units" / f"{number:04}.parquet"
        tables.write(frame, "assignment_units", path, about)
        paths.append(str(path))
    return Library({"assignment_units": paths})


def prints(library: Library) -> list[bytes]:
    return [part.fingerprint() for part in library.parts("assignment_units")]


def test_a_part_is_known_by_its_rows_alone(tmp_path):
    first = prints(units(tmp_path / "1", ("a", 20), ("b", 30)))
    assert first == prints(units(tmp_path / "2", ("a", 20), ("b", 30), about={"pipeline": "another"}))
    changed = prints(units(tmp_path / "3", ("a", 20), ("b", 29)))
    assert changed[0] == first[0] and changed[1] != first[1]


def test_parts_are_the_pieces_of_a_table(tmp_path):
    library = units(tmp_path, ("a", 20), ("b", 30))
    read = [part.read() for part in library.parts("assignment_units")]
    assert read == list(library.pieces("assignment_units"))
    assert parts.of([]) == []


def test_packed_table_is_the_plain_one(tmp_path):
    library = units(tmp_path, ("a", 20), ("b", 30), ("c", 0))
    plain = b"".join(csv_tables.chunks(library, "assignment_units"))
    packed = b"".join(gzip_members.packed(csv_tables.members(library, "assignment_units"), None))
    assert gzip.decompress(packed) == plain
    assert len(pd.read_csv(io.BytesIO(plain))) == 50


def test_other_code_makes_every_member_anew(tmp_path, monkeypatch):
    library = units(tmp_path, ("a", 20), ("b", 30))
    as_it_was = [member.source() for member in csv_tables.members(library, "assignment_units")]
    assert as_it_was == [member.source() for member in csv_tables.members(library, "assignment_units")]
    monkeypatch.setattr(csv_tables, "_maker", lambda: b"another")
    now = [member.source() for member in csv_tables.members(library, "assignment_units")]
    assert len(now) == 3 and not set(now) & set(as_it_was)


class Given:
    """What Snakemake hands to a script, as far as `stage.publish` looks at it."""

    def __init__(self, library: Library, output: Path):
        self.input = _Named(library._paths)
        self.output, self.params, self.log, self.threads = [str(output)], {"mark": "!"}, [], 2


class _Named(dict):
    __getattr__ = dict.__getitem__


def test_publisher_is_told_its_cores_and_what_stood_there_before(tmp_path):
    told = []

    def build(library, *, mark, threads, earlier):
        told.append((threads, earlier("tables/a.csv.gz")))
        yield "tables/a.csv.gz", mark.encode()

    output = tmp_path / "tables" / "a.csv.gz"
    given = Given(units(tmp_path, ("a", 2)), output)
    stage.publish(build, given)
    stage.publish(build, given)
    assert told == [(2, None), (2, output)]
    stage.publish(lambda library, mark: [("tables/a.csv.gz", b"others are not told")], given)
