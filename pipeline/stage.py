"""Run one stage for Snakemake: read the tables `build` asks for by name, call it, check and write what it returns."""

import errno
import gc
import inspect
import logging
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

import pipeline
from pipeline import codebook, schemas, tables
from pipeline.errors import InputError
from pipeline.library import Library

log = logging.getLogger("pipeline")


def run(build: Callable, snakemake) -> None:
    """Hand `snakemake.input` and `snakemake.params` to `build` and its result to `snakemake.output`.

    A positional parameter is the table of that name: whole (a frame), or, if its type is `tables.Pieces`, batch by batch.
    The stage's module may say in `COLUMNS` which columns it reads of a table, and in `CODED` which of a table in pieces hold
    few different strings many times (see `Pieces`). A keyword-only parameter is a setting, or a circumstance as for `publish`.
    A table that is made may likewise be a frame or an iterable of frames. What a user can mend ends the job with its lines in
    the log and on the screen, and no traceback.
    """
    with _told(snakemake), uncollected():
        inputs = _inputs(build, snakemake.input)
        result = build(*inputs.values(), **dict(snakemake.params.items()), **_circumstances(build, snakemake))
        _write(result, snakemake)


@contextmanager
def uncollected():
    """Keep Python from looking for reference cycles meanwhile: stages make millions of rows and hardly a cycle.

    Looking through all rows again and again took up to a third of a stage's time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def publish(build: Callable, snakemake) -> None:
    """Hand the `Library` of all tables in `snakemake.input` to `build` and write the files it yields for readers.

    `build` yields `(name, content)`: a path that ends one of `snakemake.output` or lies in a folder of it, and bytes or
    an iterable of bytes. Each file is written aside and then renamed. A `build` with a parameter `threads` is told the cores
    it has, one with a parameter `earlier` is given a function: the path of the file that an earlier run wrote under a name,
    or None. (Nothing earlier is there of what lies in a bucket, or of outputs that are not marked `update`.)
    """
    with _told(snakemake), uncollected():
        given = {name: _paths(snakemake.input, name) for name in dict(snakemake.input.items())}
        library = Library({name: paths for name, paths in given.items() if name in schemas.names()})
        for name, content in build(
            library, **dict(snakemake.params.items()), **_circumstances(build, snakemake)
        ):
            _put(_place(name, snakemake.output), [content] if isinstance(content, bytes) else content)


def _circumstances(build: Callable, snakemake) -> dict:
    def earlier(name: str) -> Path | None:
        path = _place(name, snakemake.output)
        return path if path.is_file() else None

    known = {"threads": snakemake.threads, "earlier": earlier}
    return {name: known[name] for name in inspect.signature(build).parameters if name in known}


def _place(name: str, outputs) -> Path:
    for output in map(Path, outputs):
        for whole in (Path(name), *Path(name).parents[:-1]):
            if output.as_posix().endswith(f"/{whole.as_posix()}"):
                return output / Path(name).relative_to(whole)
    raise ValueError(f"{name}: not among the rule's outputs")


def _put(path: Path, chunks: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("wb") as file:
            file.writelines(chunks)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    log.info("%s: %s bytes written", path, f"{path.stat().st_size:,}")


@contextmanager
def _told(snakemake):
    """Log to the rule's log; what a user can mend ends the job with its lines and no traceback."""
    _log_to(snakemake.log)
    try:
        yield
    except InputError as error:
        for problem in error.problems:
            log.error(problem)
        sys.exit(1)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        log.error("the disk is full (%s): make room and run again; finished tables are kept", error)
        sys.exit(1)


def _inputs(build: Callable, given) -> dict[str, pd.DataFrame | tables.Pieces]:
    columns, coded = (build.__globals__.get(name, {}) for name in ("COLUMNS", "CODED"))
    return {
        p.name: tables.Pieces(_paths(given, p.name), columns.get(p.name), coded=coded.get(p.name, ()))
        if p.annotation is tables.Pieces
        else _read(_paths(given, p.name), columns.get(p.name))
        for p in inspect.signature(build).parameters.values()
        if p.kind is p.POSITIONAL_OR_KEYWORD
    }


def _paths(given, name: str) -> list[str]:
    value = getattr(given, name)
    return [value] if isinstance(value, str) else list(value)


def _read(paths: list[str], columns: list[str] | None) -> pd.DataFrame:
    if paths and str(paths[0]).endswith(".csv"):
        return pd.concat(
            [pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths], ignore_index=True
        )
    return tables.read(paths, columns)


def _write(result, snakemake) -> None:
    made = result if isinstance(result, dict) else {_only(snakemake.output): result}
    known = {"pipeline": pipeline.__version__, "codebook": _codebook(snakemake.input)}
    for name, content in made.items():
        rows = tables.write(content, name, getattr(snakemake.output, name), known)
        log.info("%s: %s rows written", name, f"{rows:,}")


def _only(output) -> str:
    (name,) = output.keys()
    return name


def _codebook(given) -> str:
    paths = _paths(given, "codebook") if "codebook" in dict(given.items()) else []
    return tables.to_json({Path(path).stem: codebook.version(path) for path in paths})


def _log_to(paths) -> None:
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        handlers.append(logging.FileHandler(path, mode="w", encoding="utf-8"))
    for handler in handlers:
        handler.setFormatter(logging.Formatter("%(message)s"))
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers[:] = handlers
        logger.setLevel(logging.INFO)
        logger.propagate = False


# Those of the package; and of the stage itself, which is the script that Snakemake runs.
_LOGGERS = ("pipeline", "__main__")
