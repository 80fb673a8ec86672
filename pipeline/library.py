"""Hold the tables of one run by name, and read each when it is asked for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline import parts, schemas, tables

Where = pc.Expression | None


class Library:
    """The tables of one run: `read` gives one whole, `batches` one part after the other where it is large."""

    def __init__(self, paths: Mapping[str, list[str]]):
        self._paths = {name: list(files) for name, files in paths.items() if files}

    @classmethod
    def at(cls, processed: Path | str) -> "Library":
        """Open every table found in the folder the pipeline wrote to."""
        found = {name: tables.files(Path(processed) / name) for name in schemas.names()}
        return cls({name: [str(path) for path in files] for name, files in found.items()})

    @property
    def names(self) -> list[str]:
        """List the tables here, by name."""
        return sorted(self._paths)

    def read(self, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        """Return the table `name` over all batches; only `columns`, if named."""
        return tables.read(self._paths[name], columns)

    def batch_names(self, name: str) -> list[str]:
        """Name the batches of the table `name`, in order: `0001`, `0002`, …"""
        return [Path(path).stem for path in self._paths[name]]

    def batches(self, name: str, columns: list[str] | None = None) -> Iterator[pd.DataFrame]:
        """Yield the table `name` file by file, so that memory holds one batch."""
        for path in self._paths[name]:
            yield tables.read([path], columns)

    def pieces(self, name: str, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """Yield the table `name` as Arrow holds it, as it was written: batch by batch, also where it lies in one file."""
        for path in self._paths[name]:
            with pq.ParquetFile(path) as file:
                if not file.num_row_groups:
                    yield file.read(columns=columns)
                for number in range(file.num_row_groups):
                    yield file.read_row_group(number, columns=columns)

    def parts(self, name: str) -> list[parts.Part]:
        """List the parts of the table `name`, which `pieces` would read; none where it has no rows."""
        return parts.of(self._paths[name])

    def columns(self, name: str) -> list[str]:
        """List the columns of the table `name` as its files have them."""
        return pq.read_schema(self._paths[name][0]).names

    def count(self, name: str) -> int:
        """Return how many rows the table `name` has."""
        return sum(pq.read_metadata(path).num_rows for path in self._paths[name])

    def head(
        self, name: str, most: int, columns: list[str] | None = None, where: Where = None
    ) -> pd.DataFrame:
        """Return the first `most` rows of the table `name`, or of those for which `where` holds, reading no further."""
        parts, rows = [], 0
        for piece in self.pieces(name, columns):
            found = piece if where is None else piece.filter(where)
            parts.append(found.slice(0, most - rows))
            rows += len(parts[-1])
            if rows == most:
                break
        return pa.concat_tables(parts).to_pandas()

    def matching(self, name: str, column: str, where: Where) -> int:
        """Return for how many rows of the table `name` the condition `where` on a column holds."""
        return sum(piece.filter(where).num_rows for piece in self.pieces(name, [column]))

    def sentences(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the words of the sentences named, each in one line; reads no further than it must."""
        wanted = set(ids)
        named = pa.array(sorted(wanted), pa.string())
        found: dict[str, str] = {}
        for piece in self.pieces("sentences", ["sentence_id", "text"]):
            if len(found) == len(wanted):
                break
            rows = piece.filter(pc.is_in(piece["sentence_id"], named)).to_pydict()
            told = zip(rows["sentence_id"], rows["text"], strict=True)
            found |= {key: " ".join(text.split()) for key, text in told}
        return found

    def version(self, name: str) -> str:
        """Say which rules made a table: the pipeline's version and those of the codebook files it was made with."""
        known = tables.metadata(self._paths[name][0])
        books = json.loads(known.get("codebook", "{}"))
        return " ".join(
            [known.get("pipeline", ""), *(f"{book} {version}" for book, version in books.items())]
        ).strip()

    def versions(self) -> dict[str, str]:
        """Return the pipeline's version and that of every codebook file behind these tables, as the files say."""
        told: dict[str, str] = {}
        for files in self._paths.values():
            known = tables.metadata(files[0])
            told |= {"pipeline": known["pipeline"]} if "pipeline" in known else {}
            told |= json.loads(known.get("codebook", "{}"))
        return dict(sorted(told.items()))
