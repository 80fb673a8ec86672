"""Check the config before any job starts: one class per section, unknown keys refused, all mistakes told at once."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline.errors import InputError, did_you_mean
from pipeline.readers.limits import TextsSettings


class Section(BaseModel):
    """Be the ground of every section: a key that is not known is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TokensSettings(Section):
    """How sentences are cut into words."""

    engine: Literal["jieba", "hanlp"] = Field(
        "jieba", description="segmenter: jieba (built in) or hanlp (extra)"
    )
    model: str = Field("", description="model of the engine hanlp: a folder, or the name of a downloaded one")


class OverviewSettings(Section):
    """Which themes the overview figure counts."""

    terms: list[str] = Field(
        [
            "三项制度",
            "法律顾问",
            "出庭应诉",
            "行政复议",
            "规范性文件",
            "重大行政决策",
            "权责清单",
            "双随机",
            "普法",
            "信用",
        ],
        min_length=1,
        description="words of the user dictionary whose mentions per thousand characters are drawn",
    )

    @field_validator("terms")
    @classmethod
    def _each_once(cls, terms: list[str]) -> list[str]:
        if len(set(terms)) < len(terms):
            raise ValueError("a word stands twice")
        return terms


class ClustersSettings(Section):
    """How themes are found in the measures."""

    mode: Literal["inductive", "guided"] = Field(
        "inductive",
        description="inductive: without the codebook; guided: starting from the codebook's themes",
    )
    seed: int = Field(1, ge=0, description="seed of every random choice")
    runs: int = Field(100, ge=2, description="runs on parts of the corpus that must agree on a theme")
    share: float = Field(0.6, gt=0, lt=1, description="share of the measures that each run sees")
    smallest: int = Field(3, ge=2, description="measures a theme must have")
    sample: int = Field(
        3000, ge=100, description="measures that themes are found in; the others are assigned to them"
    )
    previous: str = Field(
        "", description="folder of an earlier run whose theme ids are kept where themes continue"
    )


class KeynessSettings(Section):
    """Which phrases count as setting a report apart."""

    per_report: int = Field(20, ge=1, description="phrases kept for each report")
    min_count: int = Field(3, ge=1, description="times a phrase must stand in the report")
    max_p: float = Field(0.01, gt=0, le=1, description="highest chance of such a difference by accident")


class SimilaritySettings(Section):
    """How many neighbours of a report are kept."""

    neighbours: int = Field(10, ge=1, description="nearest reports kept for each report")
    likely: int = Field(
        5,
        ge=1,
        description="of more than 5,000 reports: likely neighbours compared word by word for each one kept; more miss fewer",
    )
    shared_words: int = Field(10, ge=0, description="words named that make two reports alike")


class ExportsSettings(Section):
    """How the tables for spreadsheets and print are written."""

    max_rows: int = Field(
        20_000, ge=1, le=1_000_000, description="rows of a sheet of comparison.xlsx; the CSV files hold all"
    )
    plain_reports: int = Field(
        2000,
        ge=0,
        description="up to so many reports the CSV files are plain; beyond, they are packed (.csv.gz)",
    )


class FiguresSettings(Section):
    """How the figures are drawn."""

    max_reports: int = Field(
        30, ge=1, description="reports that a figure with a row or column each shows at most"
    )


class PageSettings(Section):
    """How report.html is put together."""

    inline_reports: int = Field(
        40, ge=0, description="up to so many reports the page is one file; beyond, texts lie in report_data/"
    )
    max_rows: int = Field(50_000, ge=1, description="rows of a table of the page; the CSV files hold all")
    reports_per_file: int = Field(20, ge=1, description="reports in one file of report_data/")


class HanlpDocumentsSettings(Section):
    """For how many reports documents are written for users of HanLP."""

    max_reports: int = Field(
        1000,
        ge=0,
        description="up to so many reports hanlp/*.json is written: 0.1 MB each, six times the report itself (0: never)",
    )


class Settings(Section):
    """The whole config: where things are, and one section per table that can be tuned."""

    raw: str = Field("data/raw", description="folder or s3://… with the reports and their manifest.csv")
    processed: str = Field(
        "data/processed", description="folder or s3://… the tables, figures and pages are written to"
    )
    batch_size: int = Field(
        0,
        ge=0,
        description="reports per job: a new report re-runs one batch (0: 500, and 1,000 in a corpus of more than 10,000)",
    )
    language: Literal["zh", "en", "both"] = Field(
        "both",
        description="language of figures and printed tables, and the one the page opens in (both: Chinese first)",
    )
    texts: TextsSettings = TextsSettings()
    tokens: TokensSettings = TokensSettings()
    overview: OverviewSettings = OverviewSettings()
    clusters: ClustersSettings = ClustersSettings()
    keyness: KeynessSettings = KeynessSettings()
    similarity: SimilaritySettings = SimilaritySettings()
    exports: ExportsSettings = ExportsSettings()
    figures: FiguresSettings = FiguresSettings()
    page: PageSettings = PageSettings()
    hanlp_documents: HanlpDocumentsSettings = HanlpDocumentsSettings()


def check(config: dict) -> Settings:
    """Return the settings of a Snakemake config; raises InputError with every mistake, its place and the way out.

    >>> check({"batch_size": 50}).batch_size
    50
    """
    try:
        return Settings.model_validate(config)
    except ValidationError as error:
        raise InputError(_problem(detail) for detail in error.errors()) from None


def _problem(detail) -> str:
    place = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        known = _fields(detail["loc"][:-1])
        hint = did_you_mean(detail["loc"][-1], known)
        return f"config, {place}: no such setting{hint}; known here: {', '.join(known)}"
    if detail["type"] == "model_type":
        return (
            f"config, {place}: {detail['input']!r}: is a section (write its keys below it, or leave it out)"
        )
    return f"config, {place}: {detail['input']!r}: {detail['msg'].lower()}"


def _fields(path) -> list[str]:
    model: type[BaseModel] = Settings
    for part in path:
        model = type(model.model_fields[part].default)
    return list(model.model_fields)
