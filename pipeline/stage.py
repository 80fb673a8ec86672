"""Run one stage for Snakemake: read the tables `build` asks for by name, call it, check and write what it returns."""

import inspect
import logging
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import pipeline
from pipeline import codebook, tables
from pipeline.errors import InputError

log = logging.getLogger("pipeline")


def run(build: Callable, snakemake) -> None:
    """Hand `snakemake.input` and `snakemake.params` to `build` and its result to `snakemake.output`.

    A positional parameter is the table of that name; a keyword-only one is a setting. What a user can mend ends the job
    with its lines in the log and on the screen, and no traceback.
    """
    _log_to(snakemake.log)
    try:
        inputs = _inputs(build, snakemake.input)
        result = build(*inputs.values(), **dict(snakemake.params.items()))
        _write(result, snakemake)
    except InputError as error:
        for problem in error.problems:
            log.error(problem)
        sys.exit(1)


def _inputs(build: Callable, given) -> dict[str, pd.DataFrame]:
    columns = build.__globals__.get("COLUMNS", {})
    positional = [
        p.name for p in inspect.signature(build).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD
    ]
    return {name: _read(_paths(given, name), columns.get(name)) for name in positional}


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
    for name, frame in made.items():
        tables.write(frame, name, getattr(snakemake.output, name), known)
        log.info("%s: %s rows written", name, f"{len(frame):,}")


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
    log.handlers[:] = handlers
    log.setLevel(logging.INFO)
    log.propagate = False
