"""Reach files by name where they are kept: in a folder of this machine, or in a bucket of an object storage (`s3://…`).

The Snakefile names every file through here, so that nothing else knows which of the two it is: a stage always reads and
writes files of this machine, which Snakemake fetches from the bucket before and sends there after.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path

from pipeline.errors import InputError

SCHEME = "s3://"
WAY_OUT = "docs/storage.md says how to name the server and the keys"


class Folder:
    """A folder of this machine; `here` is where a running job finds its files."""

    def __init__(self, path: Path):
        self.here = path

    def __str__(self) -> str:
        return str(self.here)

    def file(self, name: str) -> str:
        """Name a file for Snakemake; `name` may hold wildcards."""
        return str(self.here / name)

    def folder(self, name: str, directory: Callable[[str], str]) -> str:
        """Name a folder for Snakemake, which marks it by its function `directory`."""
        return directory(self.file(name))

    def names(self) -> list[str]:
        """List all files by their path below the place, sorted."""
        walked = ((Path(folder), names) for folder, _, names in os.walk(self.here))
        return sorted(
            (folder / name).relative_to(self.here).as_posix() for folder, names in walked for name in names
        )

    def has(self, name: str) -> bool:
        """Tell whether there is such a file."""
        return (self.here / name).is_file()

    def read(self, name: str) -> bytes:
        """Return what a file holds."""
        return (self.here / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        """Put a file there in one step."""
        path = self.here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.new")
        aside.write_bytes(content)
        aside.replace(path)

    def remove(self, name: str) -> None:
        """Delete a file, and the folders it leaves empty."""
        path = self.here / name
        path.unlink()
        for folder in list(path.parents)[: len(Path(name).parts) - 1]:
            if any(folder.iterdir()):
                return
            folder.rmdir()

    def adding(self, what) -> str:
        """Say how reports get there with a row in the manifest."""
        return f"python -m pipeline add --raw {self} {what}"

    def refusal(self, name: str) -> str | None:
        """Say why a name must not be followed, or None."""
        way = accumulate(filter(None, name.split("/")), os.path.join, initial=str(self.here))
        next(way)  # the folder itself may be a link
        out = any(map(os.path.islink, way)) and not (self.here / name).resolve().is_relative_to(
            self.here.resolve()
        )
        return f"is a link out of {self} (put a copy of the file there)" if out else None


class Bucket:
    """What lies below `s3://bucket/prefix`, by the same names as a `Folder`, reached as Snakemake's storage plugin reaches it: same server, same keys."""

    def __init__(self, url: str, storage):
        try:
            self._provider = storage.register_storage("s3")
        except Exception as error:  # the registry has an exception of its own for a plugin that is not there
            raise InputError(
                [
                    f"{url}: object storage needs a package more (python -m pip install snakemake-storage-plugin-s3): {error}"
                ]
            ) from None
        self._storage = storage
        self._url = url.rstrip("/")
        name, _, prefix = self._url.removeprefix(SCHEME).partition("/")
        self._prefix = f"{prefix}/" if prefix else ""
        self._bucket = self._provider.s3c.Bucket(name)
        self.here = Path(self._provider.local_prefix, name, prefix)

    def __str__(self) -> str:
        return self._url

    def file(self, name: str):
        return self._storage.s3(f"{self._url}/{name}")

    def folder(self, name: str, directory: Callable[[str], str]):
        return self._storage.s3(
            directory(f"{self._url}/{name}")
        )  # Snakemake takes the marks in this order only

    def names(self) -> list[str]:
        with self._told():
            keys = [
                item.key.removeprefix(self._prefix)
                for item in self._bucket.objects.filter(Prefix=self._prefix)
            ]
        return sorted(key for key in keys if key and not key.endswith("/"))

    def has(self, name: str) -> bool:
        with self._told():
            return any(
                item.key == self._prefix + name
                for item in self._bucket.objects.filter(Prefix=self._prefix + name)
            )

    def read(self, name: str) -> bytes:
        with self._told():
            return self._bucket.Object(self._prefix + name).get()["Body"].read()

    def write(self, name: str, content: bytes) -> None:
        with self._told():
            self._bucket.put_object(Key=self._prefix + name, Body=content)

    def remove(self, name: str) -> None:
        with self._told():
            self._bucket.Object(self._prefix + name).delete()

    def adding(self, what) -> str:
        return f"python -m pipeline add, in a folder that is then copied to {self}: docs/storage.md"

    def refusal(self, name: str) -> str | None:
        odd = [character for character in "?#" if character in name]
        return f"holds {odd[0]!r}, which a bucket's addresses cannot (rename the file)" if odd else None

    @contextmanager
    def _told(self) -> Iterator[None]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except (BotoCoreError, ClientError) as error:
            raise InputError([f"{self}: cannot be reached: {error} ({WAY_OUT})"]) from None


Place = Folder | Bucket


def at(where: Place | Path | str, storage=None) -> Place:
    """Return the place `where` names; a bucket is reached with `storage`, which is Snakemake's."""
    if not isinstance(where, Path | str):
        return where
    if not str(where).startswith(SCHEME):
        return Folder(Path(where))
    if storage is None:
        raise InputError([f"{where}: only a run of the pipeline reads a bucket (name a folder; {WAY_OUT})"])
    if not str(where).removeprefix(SCHEME).strip("/"):
        raise InputError([f"{where}: names no bucket (write s3://bucket/prefix)"])
    return Bucket(str(where), storage)
