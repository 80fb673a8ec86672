"""Lead a number back to the words it came from."""

from typing import NamedTuple


class Evidence(NamedTuple):
    """The words at a place, with what stands before and after them in the report."""

    report_id: str
    start: int
    end: int
    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return f"{self.report_id} [{self.start}:{self.end}] …{self.before}【{self.words}】{self.after}…"


def cut(report_id: str, text: str, start: int, end: int, around: int = 40) -> Evidence:
    """Return `text[start:end]` and up to `around` characters on either side; raises IndexError outside the text.

    >>> str(cut("demo", "全年办理复议案件12件。", 8, 11, around=4))
    'demo [8:11] …复议案件【12件】。…'
    """
    if not 0 <= start < end <= len(text):
        raise IndexError(f"{report_id}: no words at {start}:{end}; the text has {len(text)} characters")
    return Evidence(
        report_id, start, end, text[max(0, start - around) : start], text[start:end], text[end : end + around]
    )
