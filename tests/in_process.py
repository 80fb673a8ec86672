"""Make every table of a folder of reports without Snakemake, for tests that need reports of their own."""

import inspect
from importlib import import_module
from pathlib import Path

from pipeline import docs, manifest, tables
from pipeline.library import Library
from pipeline.settings import Settings


def library(raw: Path, processed: Path) -> Library:
    """Run every stage on the reports in `raw` and return the tables written to `processed`."""
    made = {"manifest": manifest.load(raw)}
    for stage in docs.stages():
        result = run(stage, made, raw, processed)
        for name, frame in (result if isinstance(result, dict) else {stage: result}).items():
            path = processed / f"{name}.parquet"
            tables.write(frame, name, path, {"pipeline": "test", "codebook": "{}"})
            made[name] = tables.read([path])
    return Library.at(processed)


def run(stage: str, made: dict, raw: Path, processed: Path):
    """Call the `build` of one stage with the tables it asks for and the settings of a config that says nothing."""
    module = import_module(f"pipeline.{stage}")
    parameters = inspect.signature(module.build).parameters.values()
    columns = getattr(module, "COLUMNS", {})
    inputs = []
    for p in parameters:
        if p.annotation is tables.Pieces:
            inputs.append(tables.Pieces([processed / f"{p.name}.parquet"], columns.get(p.name)))
        elif p.kind is p.POSITIONAL_OR_KEYWORD:
            inputs.append(made[p.name][columns[p.name]] if p.name in columns else made[p.name])
    section = getattr(Settings(), stage, None)
    settings = section.model_dump() if section else {}
    known = {p.name for p in parameters if p.kind is p.KEYWORD_ONLY}
    settings |= {"raw": str(raw)} if "raw" in known else {}
    return module.build(*inputs, **settings)
