"""Name the parts a table lies in, and tell whether one is as it was without reading its rows."""

import hashlib
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq


class Part(NamedTuple):
    """One row group of one of a table's files: a batch of reports, as it was written."""

    path: str
    group: int

    def read(self, columns: list[str] | None = None) -> pa.Table:
        """Return its rows."""
        with pq.ParquetFile(self.path) as file:
            return file.read_row_group(self.group, columns=columns)

    def fingerprint(self) -> bytes:
        """Return a hash of its bytes in the file and of the columns' types: equal ones hold equal rows.

        What the file says of itself besides (versions of pipeline and codebook) does not count.
        """
        with pq.ParquetFile(self.path) as file:
            group, form = file.metadata.row_group(self.group), file.schema_arrow.remove_metadata()
        hashed = hashlib.blake2b(form.to_string().encode(), digest_size=16)
        with open(self.path, "rb") as file:
            for number in range(group.num_columns):
                column = group.column(number)
                start = (
                    column.dictionary_page_offset if column.has_dictionary_page else column.data_page_offset
                )
                file.seek(start)
                hashed.update(file.read(column.total_compressed_size))
        return hashed.digest()


def of(paths: list[str]) -> list[Part]:
    """List the parts of the files given, in their order."""
    return [Part(path, group) for path in paths for group in range(pq.read_metadata(path).num_row_groups)]
