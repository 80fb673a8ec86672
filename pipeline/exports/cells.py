"""Make cells that spreadsheets show and do not run."""

import math
import re

import numpy as np
import pandas as pd

# What Excel and LibreOffice take for the start of a formula, also after blanks, also full-width.
_FORMULA = re.compile(r"^[\s\u3000]*[=+\-@＝＋－＠\t\r]")
# What XML 1.0, and so a workbook, cannot hold.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# What a printable text that is a formula can begin with; other blanks are not printable.
_DOUBTFUL = frozenset(" =+-@＝＋－＠")
BETWEEN = "; "
_LISTS = (list, tuple, np.ndarray)


def safe(value):
    """Return a cell's content: numbers as they are, lists joined, nothing as None, and text that no program runs.

    >>> safe('=HYPERLINK("http://x")'), safe(-3.5), safe(["区司法局", "各部门"]), safe(float("nan"))
    ('\\'=HYPERLINK("http://x")', -3.5, '区司法局; 各部门', None)
    """
    if isinstance(value, str):
        return _harmless(value)
    if isinstance(value, _LISTS):
        return _harmless(BETWEEN.join(map(str, value)))
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return value


def _harmless(text: str) -> str:
    if text.isprintable() and text[:1] not in _DOUBTFUL:
        return text  # as nearly all are: the patterns below take five times as long
    text = _UNPRINTABLE.sub("\ufffd", text)
    return "'" + text if _FORMULA.match(text) else text
