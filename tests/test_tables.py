"""Tables are written whole or in pieces, and read whole, in pieces, or only their head."""

import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline import tables
from pipeline.checks import BrokenTable


def members(first, last):
    names = [f"r:a{number}" for number in range(first, last)]
    made = {"measure_id": names, "report_id": "r", "cluster_id": "theme:普法", "strength": 0.5}
    return pd.DataFrame(made | {"is_outlier": False})


def test_pieces_are_written_as_one_table(tmp_path):
    whole, pieces = tmp_path / "whole.parquet", tmp_path / "pieces.parquet"
    assert tables.write(members(0, 9), "cluster_members", whole, {"pipeline": "1"}) == 9
    parts = (members(first, first + 3) for first in (0, 3, 6))
    assert tables.write(parts, "cluster_members", pieces, {"pipeline": "1"}) == 9
    assert pq.read_table(pieces).equals(pq.read_table(whole))
    assert tables.metadata(pieces) == tables.metadata(whole)
    assert pq.ParquetFile(pieces).num_row_groups == 3


def test_an_id_in_two_pieces_is_refused_and_nothing_is_written(tmp_path):
    path = tmp_path / "members.parquet"
    with pytest.raises(BrokenTable, match="measure_id: a value stands in two pieces"):
        tables.write([members(0, 3), members(2, 4)], "cluster_members", path)
    assert list(tmp_path.iterdir()) == []


def test_pieces_can_be_gone_through_again(tmp_path):
    paths = [tmp_path / f"{number}.parquet" for number in range(2)]
    for number, path in enumerate(paths):
        tables.write(members(number, number + 1), "cluster_members", path)
    pieces = tables.Pieces(paths, ["measure_id"])
    for _ in range(2):
        assert [list(piece["measure_id"]) for piece in pieces] == [["r:a0"], ["r:a1"]]


def test_ids_and_places_are_kept_as_differences_and_read_as_they_were(tmp_path):
    path = tmp_path / "members.parquet"
    tables.write(members(0, 1000), "cluster_members", path)
    pd.testing.assert_frame_equal(
        tables.read([path])[["measure_id"]], members(0, 1000)[["measure_id"]], check_dtype=False
    )
    columns = pq.ParquetFile(path).metadata.row_group(0)
    ids = next(columns.column(n) for n in range(9) if columns.column(n).path_in_schema == "measure_id")
    assert "DELTA_BYTE_ARRAY" in ids.encodings and ids.total_compressed_size < 2000
