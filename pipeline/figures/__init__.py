"""figures: every figure in SVG, PNG and PDF, with captions.json, what is said beside each."""

import inspect
from collections.abc import Iterator
from importlib import import_module

from pipeline.figures import canvas
from pipeline.library import Library
from pipeline.products import FIGURES, FORMATS
from pipeline.wording import Tongue


def build(library: Library, *, language: str, max_reports: int) -> Iterator[tuple[str, bytes]]:
    """Yield the files of every figure, its caption for Snakemake's report, then `figures/captions.json`."""
    said = {}
    for name in FIGURES:
        with canvas.style():
            drawn = draw(name, library, language=language, max_reports=max_reports)
            said[name] = drawn
            for format_, content in canvas.render(drawn, FORMATS).items():
                yield f"figures/{name}.{format_}", content
        yield f"figures/captions/{name}.rst", canvas.rst(drawn)
    yield "figures/captions.json", canvas.captions(said)


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
