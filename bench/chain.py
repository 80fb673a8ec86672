"""Run the stages made batch by batch on a corpus, in one process, and time each: `python -m bench.chain FOLDER`.

Prints one line of JSON: characters, processor seconds per stage (loading its modules and codebook included), and peak memory
in MiB.
"""

import json
import re
import resource
import sys
import time
from importlib import import_module
from pathlib import Path

import pandas as pd

from pipeline import batches, docs, manifest
from pipeline.settings import Settings
from pipeline.stage import uncollected


def batch_stages() -> list[str]:
    """List the stages made batch by batch, in the order of the data flow."""
    snakefile = (docs.ROOT / "Snakefile").read_text(encoding="utf-8")
    per_batch = set(re.findall(r'=update\(batch_of\("(\w+)"\)', snakefile))
    return [stage for stage in docs.stages() if stage in per_batch]


def run(raw: Path) -> dict:
    """Return what one pass over the folder `raw` cost."""
    seconds = dict.fromkeys(batch_stages(), 0.0)
    characters = 0
    rows = manifest.load(raw).to_dict("records")
    for slice_ in batches.plan(rows, Settings().batch_size).values():
        tables = {"manifest": pd.DataFrame(slice_)}
        for stage in seconds:
            began = time.process_time()
            with uncollected():
                tables |= build(stage, tables, raw, Settings())
            seconds[stage] += time.process_time() - began
        characters += int(tables["texts"]["text"].str.len().sum())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"characters": characters, "seconds": seconds, "peak_mib": round(peak)}


def build(
    stage: str, tables: dict[str, pd.DataFrame], raw: Path, settings: Settings
) -> dict[str, pd.DataFrame]:
    """Return the tables one stage makes from those made before it."""
    module = import_module(f"pipeline.{stage}")
    section = getattr(settings, stage, None)
    chosen = section.model_dump() if section else {}
    if stage == "texts":
        chosen["raw"] = str(raw)
    columns = getattr(module, "COLUMNS", {})  # what `stage.run` would read
    given = (tables[name][columns[name]] if name in columns else tables[name] for name in docs.reads(stage))
    made = module.build(*given, **chosen)
    return made if isinstance(made, dict) else {stage: made}


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]))))
