"""Write the pages that follow from the code: `python -m pipeline.docs` renews them, a test tells when one is stale."""

import inspect
import re
from collections.abc import Callable
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

from pydantic import BaseModel

from pipeline import codebook_page, schemas
from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
FOOTER = re.compile(r"^    stage\.run\(build, snakemake\)", re.M)  # what makes a module a stage
RENEWED = "<!-- generated: change the code, then run `make docs` -->\n"


def stages() -> list[str]:
    """List the stage modules in the order of the data flow, those ready at the same time by name."""
    made_by = {table: stage for stage in _stage_names() for table in made(stage)}
    graph = {stage: {made_by[t] for t in reads(stage) if t in made_by} for stage in _stage_names()}
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    order = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        order += ready
        sorter.done(*ready)
    return order


def _stage_names() -> list[str]:
    modules = Path(__file__).parent.glob("*.py")
    return sorted(path.stem for path in modules if FOOTER.search(path.read_text(encoding="utf-8")))


def reads(stage: str) -> list[str]:
    """List the tables a stage reads: the positional parameters of its `build`."""
    parameters = inspect.signature(import_module(f"pipeline.{stage}").build).parameters.values()
    return [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]


def made(stage: str) -> list[str]:
    """List the tables a stage makes: its own, and its `COMPANIONS`."""
    companions = getattr(import_module(f"pipeline.{stage}"), "COMPANIONS", ())
    return [stage, *companions]


def dictionary() -> str:
    """Return the data dictionary: the flow of tables, then every table with its columns."""
    parts = [RENEWED, "# Data dictionary\n", _FOREWORD, "## How the tables follow from each other\n", _flow()]
    parts += [_table(name) for stage in stages() for name in made(stage)]
    return "\n".join(parts)


_FOREWORD = """\
What the pipeline writes here. Parquet files hold the tables; those made report by report lie in a folder, a file a
batch, those over the whole corpus in one file. `pipeline.load("metrics")` reads either. `start` and `end` are
0-based character offsets into `texts.text`, end exclusive: `text[start:end]` is the evidence.
"""


def _flow() -> str:
    lines = ["| rule and module | reads | makes |", "| --- | --- | --- |"]
    for stage in stages():
        lines.append(f"| `{stage}` | {_code(reads(stage))} | {_code(made(stage))} |")
    return "\n".join(lines) + "\n"


def _code(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(name: str) -> str:
    table = schemas.get(name)
    lines = [f"## {name}\n", f"{table.grain.removeprefix(name + ': ').capitalize()}\n"]
    lines += ["| column | kind | may be empty | meaning |", "| --- | --- | --- | --- |"]
    for column, rule in table.columns.items():
        among = f" One of: {_code(list(rule.among))}." if rule.among else ""
        meaning = (rule.description + ("." if among else "") + among).replace("|", "\\|").replace("\n", " ")
        lines.append(f"| `{column}` | {rule.kind} | {'yes' if rule.nullable else ''} | {meaning} |")
    return "\n".join(lines) + "\n"


def configuration() -> str:
    """Return the reference of config.yaml: every key, what it may be, its default and what it does."""
    lines = [RENEWED, "# Configuration\n", _CONFIG_FOREWORD]
    lines += ["| key | kind | default | meaning |", "| --- | --- | --- | --- |", *_keys(Settings, "")]
    return "\n".join(lines) + "\n"


_CONFIG_FOREWORD = """\
Keys of `config.yaml`. A key left out has its default; a key not listed here is refused before any job starts. For one
run: `make run ARGS="--config raw=DIR processed=DIR"`.
"""


def _keys(model: type[BaseModel], prefix: str) -> list[str]:
    lines = []
    for name, field in model.model_fields.items():
        if isinstance(field.default, BaseModel):
            lines += _keys(type(field.default), f"{prefix}{name}.")
        else:
            kind = inspect.formatannotation(field.annotation).replace("|", "or").replace("typing.", "")
            default = "" if field.default is None else f"`{field.default}`"
            lines.append(f"| `{prefix}{name}` | {kind} | {default} | {field.description} |")
    return lines


PAGES: dict[str, Callable[[], str]] = {
    "data/processed/README.md": dictionary,
    "docs/codebook.md": codebook_page.page,
    "docs/configuration.md": configuration,
}


if __name__ == "__main__":
    for path, page in PAGES.items():
        (ROOT / path).write_text(page(), encoding="utf-8")
        print(f"written: {path}")
