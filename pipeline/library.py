"""Hold the tables of one run by name, and read each when it is asked for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from pipeline import schemas, tables


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

    def batches(self, name: str, columns: list[str] | None = None) -> Iterator[pd.DataFrame]:
        """Yield the table `name` file by file, so that memory holds one batch."""
        for path in self._paths[name]:
            yield tables.read([path], columns)

    def sentences(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the words of the sentences named, each in one line."""
        wanted = set(ids)
        found: dict[str, str] = {}
        for batch in self.batches("sentences", ["sentence_id", "text"]):
            rows = batch[batch["sentence_id"].isin(wanted)]
            found |= {key: " ".join(text.split()) for key, text in rows.itertuples(index=False, name=None)}
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
