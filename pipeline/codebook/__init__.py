"""Read the codebook: the YAML files beside this one hold what the rules know, so that a scholar can change it.

Each file has `version`, `about` and `entries`; every entry carries a `reason` or a `source`.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from pipeline.errors import InputError

FOLDER = Path(__file__).parent


class Entry(BaseModel):
    """Be the ground of every entry: unknown keys are refused, and a reason or a source is asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    reason: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _grounded(self):
        if not (self.reason or self.source):
            raise ValueError("give a reason or a source for this entry")
        return self


Model = TypeVar("Model", bound=Entry)


@cache
def load(name: str, model: type[Model]) -> list[Model]:
    """Return the entries of `<name>.yaml` as `model`; raises InputError naming file, entry and what to mend."""
    path = FOLDER / f"{name}.yaml"
    entries, problems = [], []
    for number, raw in enumerate(page(path)["entries"], start=1):
        try:
            entries.append(model.model_validate(raw))
        except ValidationError as error:
            problems += [_problem(path, number, raw, detail) for detail in error.errors()]
    if problems:
        raise InputError(problems)
    return entries


def page(path: Path) -> dict:
    """Return a codebook file whole; raises InputError when it is no YAML or lacks version, about or entries."""
    try:
        raw = yaml.load(
            path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
    except yaml.YAMLError as error:
        raise InputError([f"{path}: not readable as YAML: {' '.join(str(error).split())}"]) from None
    missing = [key for key in ("version", "about", "entries") if not isinstance(raw, dict) or key not in raw]
    if missing:
        raise InputError(
            [f"{path}: lacks {', '.join(missing)} (a codebook file has version, about and entries)"]
        )
    return raw


def version(path: Path | str) -> str:
    """Say which edition of a codebook file this is: its version and the first letters of its SHA-256."""
    path = Path(path)
    return f"{page(path)['version']}+{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"


def _problem(path: Path, number: int, raw, detail) -> str:
    name = next(
        (str(raw[key]) for key in ("code", "name", "zh", "pattern") if isinstance(raw, dict) and key in raw),
        "",
    )
    where = ".".join(str(part) for part in detail["loc"])
    return f"{path}, entry {number} {name}: {where}: {detail['msg']}"
