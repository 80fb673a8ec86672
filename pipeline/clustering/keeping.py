"""Take the themes of measures over from an earlier run, batch by batch, where nothing they hang on has changed."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import scipy

from pipeline import parts, sources, tables
from pipeline.clustering.grouping import OUTLIER, Grouping
from pipeline.clustering.placing import Themes
from pipeline.tables import Pieces


class Kept:
    """The rows of an earlier `cluster_members` by what they were made from.

    That is a batch's rows in other tables, the themes with all that places a measure, and the code.
    """

    def __init__(self, path: Path | None, themes: Themes, found: Grouping, ids: list[str], told: Sequence):
        """Take the file at `path`, or none. `told` is whatever else the rows hang on."""
        self._parts = parts.sourced(path)
        self._ids = pa.array(ids, pa.string())
        self._hang_on = _hash(
            sources.fingerprint("clusters"),
            f"{np.__version__} {scipy.__version__}".encode(),
            themes.fingerprint(),
            found.labels.tobytes(),
            found.strengths.tobytes(),
            tables.to_json([ids, *told]).encode(),
        )

    def source(self, around: Sequence[Pieces]) -> str:
        """Return what the rows of a batch are made from, as a hash; `around` are its rows in other tables."""
        return _hash(self._hang_on, *(piece.fingerprint() for piece in around)).hex()

    def part(self, source: str) -> parts.Part | None:
        """Return the earlier rows that were made from the same, if there are any."""
        return self._parts.get(source)

    def placed(self, part: parts.Part) -> tuple[np.ndarray, np.ndarray]:
        """Return the number of each measure's theme (-1: none) in these rows, and how near the measure is to it."""
        rows = part.read(["cluster_id", "strength"])
        labels = pc.fill_null(pc.index_in(rows["cluster_id"], self._ids), OUTLIER)
        return labels.to_numpy().astype(int), rows["strength"].to_numpy()


def _hash(*contents: bytes) -> bytes:
    hashed = hashlib.blake2b(digest_size=16)
    for content in contents:
        hashed.update(len(content).to_bytes(8))
        hashed.update(content)
    return hashed.digest()
