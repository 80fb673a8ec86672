"""Describe an entry of the codebook of indicators (indicators.yaml) and of the units that count alike."""

import re
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pipeline import codebook

Kind = Literal["rate", "count", "amount", "time", "hours"]
Genre = Literal["annual_report", "self_check", "work_summary", "plan", "news", "essay"]
Level = Literal["district", "county", "zone", "city", "town", "department"]


class Line(BaseModel):
    """One way in which a report may name the indicator: patterns that must all fit (`far` must not)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    near: str = ""
    about: str = ""
    far: str = ""

    @field_validator("name", "near", "about", "far")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        return _pattern(pattern)


class Indicator(codebook.Entry):
    """One harmonised indicator; what each field means stands at the head of indicators.yaml."""

    code: str = Field(pattern=r"^[a-z_]+$")
    zh: str
    en: str
    definition: str
    kind: Kind
    better: Literal["higher", "lower", "none"]
    match: list[Line] = Field(min_length=1)
    unless: str = "(?!)"
    units: list[str] = []
    genres: list[Genre] = []
    levels: list[Level] = []
    mentions: list[str] = Field(min_length=1)
    note: str

    @field_validator("unless")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        return _pattern(pattern)

    def applies(self, genre: str | None, level: str | None) -> bool:
        """Tell whether a report of this genre and level can be expected to tell this; what is unknown speaks for it."""
        fits_genre = not (genre and self.genres) or genre in self.genres
        return fits_genre and (not (level and self.levels) or level in self.levels)


class UnitFamily(codebook.Entry):
    """Units that count the same thing."""

    name: str
    zh: str
    en: str
    units: list[str]


@cache
def indicators() -> list[Indicator]:
    """Return the harmonised indicators, in the order in which they are tried."""
    return codebook.load("indicators", Indicator)


@cache
def families() -> dict[str, UnitFamily]:
    """Return each unit with the family it belongs to."""
    return {unit: family for family in codebook.load("indicator_units", UnitFamily) for unit in family.units}


def _pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from None
    return pattern
