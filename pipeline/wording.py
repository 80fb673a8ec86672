"""Say things in the language of the run: Chinese, English or both."""

from collections import Counter
from functools import cache
from pathlib import Path

import pandas as pd
import yaml

from pipeline import codebook
from pipeline.tables import each_row

FILE = Path(__file__).with_suffix(".yaml")
# Columns of the table `reports` that reports are named by.
NAMED_BY = ["report_id", "region", "period_end"]


class Tongue:
    """Choose between a Chinese and an English wording, or set both, Chinese first."""

    def __init__(self, language: str):
        self.language = language

    def __call__(self, zh: str, en: str, between: str = " ") -> str:
        """Return the wording for the run's language.

        >>> Tongue("both")("主题", "theme"), Tongue("en")("主题", "theme")
        ('主题 theme', 'theme')
        >>> Tongue("both")("东丽区", "东丽区 dongli")
        '东丽区 dongli'
        """
        if self.language == "both" and zh != en:
            return en if en.startswith(f"{zh} ") else f"{zh}{between}{en}".strip()
        return en if self.language == "en" else zh

    def of(self, vocabulary: str, code, between: str = " ") -> str:
        """Name a coded value; a code without a name stands for itself, a missing one for nothing.

        >>> Tongue("zh").of("status", "done")
        '已完成'
        """
        zh, en = pair(vocabulary, code)
        return self(zh, en, between)


def pair(vocabulary: str, code) -> tuple[str, str]:
    """Return the Chinese and English name of a coded value."""
    if not isinstance(code, str) and pd.isna(code):
        return ("", "")
    zh, en = vocabularies()[vocabulary].get(code, (code, code))
    return (zh, en)


@cache
def _all() -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def report_names(reports: pd.DataFrame) -> dict[str, str]:
    """Name each report by its region, with the year where a region reports more than once, else by its id.

    >>> two = pd.DataFrame({"report_id": ["a", "b"], "region": ["东丽区", None], "period_end": ["2018", None]})
    >>> report_names(two)
    {'a': '东丽区', 'b': 'b'}
    """
    twice = set(reports["region"][reports["region"].duplicated(keep=False)].dropna())
    names = {
        row.report_id: _report_name(row.report_id, row.region, row.period_end, row.region in twice)
        for row in each_row(reports[NAMED_BY])
    }
    often = {name for name, times in Counter(names.values()).items() if times > 1}
    return {i: f"{name} {i}" if name in often else name for i, name in names.items()}


def _report_name(report_id: str, region, period_end, twice: bool) -> str:
    if pd.isna(region):
        return report_id
    if not twice:
        return region
    return f"{region} {str(period_end)[:4]}" if pd.notna(period_end) else f"{region} {report_id}"


@cache
def names(book: str) -> dict[str, tuple[str, str]]:
    """Return the Chinese and English name of every code in a codebook file, in the file's order."""
    entries = codebook.page(codebook.FOLDER / f"{book}.yaml")["entries"]
    return {entry["code"]: (entry["zh"], entry["en"]) for entry in entries}


@cache
def vocabularies() -> dict[str, dict[str, tuple[str, str]]]:
    """Return the names of all coded values, themes and indicators among them."""
    coded = {name: {code: tuple(pair) for code, pair in codes.items()} for name, codes in _all().items()}
    return coded | {"theme": names("themes"), "indicator": names("indicators")}
