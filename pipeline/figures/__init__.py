"""figures: every figure in SVG, PNG and PDF, with captions.json, what is said beside each."""

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from multiprocessing import get_context

from pipeline.figures import canvas
from pipeline.library import Library
from pipeline.products import FIGURES, FORMATS
from pipeline.wording import Tongue


def build(
    library: Library, *, language: str, max_reports: int, threads: int = 1
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of every figure, its caption for Snakemake's report, then `figures/captions.json`."""
    make = partial(_made, library=library, language=language, max_reports=max_reports)
    said = {}
    for name, (files, words) in zip(FIGURES, _shared_out(make, FIGURES, threads), strict=True):
        yield from files.items()
        said[name] = words
    yield "figures/captions.json", canvas.captions(said)


def _made(name: str, library: Library, language: str, max_reports: int) -> tuple[dict[str, bytes], dict]:
    """Return the files of one figure by name, and what is said beside it."""
    with canvas.style():
        drawn = draw(name, library, language=language, max_reports=max_reports)
        rendered = canvas.render(drawn, FORMATS)
    files = {f"figures/{name}.{format_}": content for format_, content in rendered.items()}
    return files | {f"figures/captions/{name}.rst": canvas.rst(drawn)}, drawn.words()


def _shared_out(make: Callable, names: Iterable[str], threads: int) -> Iterator:
    """Yield what `make` makes of each, in order; on Linux in so many processes: threads of Python would take turns.

    The processes are copies of this one. Elsewhere such copies are not safe, and new ones would run the script again.
    """
    if threads == 1 or sys.platform != "linux":
        yield from map(make, names)
        return
    with ProcessPoolExecutor(threads, get_context("fork")) as pool:
        yield from pool.map(make, names)


def draw(name: str, library: Library, *, language: str, max_reports: int) -> canvas.Drawn:
    """Draw one figure within `canvas.style()`, reading the tables its `draw` names."""
    module = import_module(f"pipeline.figures.{name}")
    make, columns = module.draw, getattr(module, "COLUMNS", {})
    parameters = inspect.signature(make).parameters.values()
    needed = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    return make(
        *(library.read(table, columns.get(table)) for table in needed),
        say=Tongue(language),
        limit=max_reports,
    )


if "snakemake" in globals():
    from pipeline import stage

    stage.publish(build, snakemake)  # noqa: F821
