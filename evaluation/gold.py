"""Read gold files: what a human coder marked in a report, one JSON object a line (the format: docs/annotation.md)."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline import codebook
from pipeline.coding.themes import Theme
from pipeline.errors import InputError, did_you_mean
from pipeline.indicator.codebook import Indicator

Status = Literal["done", "ongoing", "planned", "problem"]
Role = Literal["issued", "basis", "cited"]


def _known(codes: list[str], known: set[str]) -> None:
    for code in codes:
        if code is not None and code not in known:
            raise ValueError(f"{code!r} is not in the codebook{did_you_mean(code, sorted(known))}")


class Mark(BaseModel):
    """What every annotation says: where it stands, and whether careful coders may differ on its being there."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    CODED: ClassVar[tuple[str, ...]] = ()  # the fields compared, each of which `accept` may widen

    report: str
    kind: str
    context: str
    offset: int = -1
    optional: bool = False
    accept: dict[str, list[Any]] = {}
    table: bool = False

    @field_validator("accept")
    @classmethod
    def _widens_a_coded_field(cls, accept: dict) -> dict:
        for field in accept:
            if field not in cls.CODED:
                raise ValueError(f"{field!r} is not compared{did_you_mean(field, cls.CODED)}")
        return accept

    def wanted(self, field: str) -> list:
        """List the values that count as right for a field."""
        other = getattr(self, f"{field}_alt", None)
        return [*self.accept.get(field, [getattr(self, field)]), *([] if other is None else [other])]


class Metric(Mark):
    """A quantity that a report states."""

    CODED = ("expr", "value", "value_max", "unit", "bound", "change", "status", "indicator", "code")

    kind: Literal["metric"]
    expr: str = Field(min_length=1)
    value: float
    value_max: float | None = None
    unit: str | None = None
    bound: Literal["exact", "approx", "over", "at_least", "at_most"]
    change: Literal["increase", "decrease"] | None = None
    status: Literal["actual", "target"]
    indicator: str
    code: str | None = None

    @field_validator("code")
    @classmethod
    def _is_an_indicator(cls, code):
        _known([code], {entry.code for entry in codebook.load("indicators", Indicator)})
        return code


class Instrument(Mark):
    """A document named between 《 and 》."""

    CODED = ("role", "number")

    kind: Literal["instrument"]
    title: str = Field(min_length=1)
    role: Role
    role_alt: Role | None = None
    number: str | None = None


class Assignment(Mark):
    """A planned task with the units that answer for it."""

    CODED = ("lead", "responsible", "deadline")

    kind: Literal["assignment"]
    item: str | None = None
    task: str = ""
    lead: list[str] = []
    responsible: list[str] = []
    deadline: str | None = None


class Measure(Mark):
    """A sentence of the body: does it state an act, how far is it done, what is it about."""

    CODED = ("status",)

    kind: Literal["measure"]
    is_measure: bool
    status: Status | None = None
    status_alt: Status | None = None
    themes: list[str] = []
    themes_alt: list[str] = []

    @field_validator("themes", "themes_alt")
    @classmethod
    def _are_themes(cls, themes):
        _known(themes, {entry.code for entry in codebook.load("themes", Theme)})
        return themes


KINDS: dict[str, type[Mark]] = {
    "metric": Metric,
    "instrument": Instrument,
    "assignment": Assignment,
    "measure": Measure,
}
FIGURES, SENTENCES = ("metric", "instrument", "assignment"), ("measure",)


def read(folder: Path | str) -> dict[str, dict[str, list[Mark]]]:
    """Return the marks of a folder's gold files by report and kind, in the files' order.

    `<report>.jsonl` codes metrics, instruments and assignments, `<report>.measures.jsonl` sentences: a kind whose file is
    there was coded, though it may have no marks. Raises InputError with every line that cannot be used.
    """
    folder = Path(folder)
    marks: dict[str, dict[str, list[Mark]]] = defaultdict(dict)
    problems: list[str] = []
    for path in sorted(folder.glob("*.jsonl")):
        report = path.name.removesuffix(".jsonl").removesuffix(".measures")
        kinds = SENTENCES if path.name.endswith(".measures.jsonl") else FIGURES
        marks[report] |= {kind: [] for kind in kinds}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            mark, found = _mark(line, report, kinds) if line.strip() else (None, [])
            problems += [f"{path}, line {number}: {problem}" for problem in found]
            if mark:
                marks[report][mark.kind].append(mark)
    if not marks:
        problems.append(f"{folder}: holds no gold files (<report>.jsonl, <report>.measures.jsonl)")
    if problems:
        raise InputError(problems)
    return dict(marks)


def _mark(line: str, report: str, kinds: tuple[str, ...]) -> tuple[Mark | None, list[str]]:
    """Return the mark a line holds, or what is wrong with it."""
    try:
        given = json.loads(line)
    except json.JSONDecodeError as error:
        return None, [f"is not JSON: {error}"]
    if not isinstance(given, dict) or given.get("kind") not in kinds:
        kind = given.get("kind") if isinstance(given, dict) else None
        return None, [f"kind {kind!r} does not belong in this file; here belong: {', '.join(kinds)}"]
    if given.get("report") != report:
        return None, [f"report {given.get('report')!r} is not the file's {report!r}"]
    model = KINDS[given["kind"]]
    try:
        return model.model_validate(given), []
    except ValidationError as error:
        return None, [_problem(detail, model) for detail in error.errors()]


def _problem(detail, model: type[Mark]) -> str:
    field = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        return f"{field}: no such field{did_you_mean(field, model.model_fields)}"
    return f"{field}: {detail['msg']}"
