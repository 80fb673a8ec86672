"""sentences: one row per sentence of a report, and per line that is none: every character that is not white space is in one row."""

from bisect import bisect_left

import pandas as pd

from pipeline.duties import stretches as duties
from pipeline.fold import fold
from pipeline.structure import layout, splitting
from pipeline.tables import by_report, empty, row_id

COLUMNS = {
    "texts": ["report_id", "text"],
    "paragraphs": ["report_id", "start", "end", "role", "is_row"],
    "sections": ["section_id", "report_id", "form", "start", "end"],
}


def build(texts: pd.DataFrame, paragraphs: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """Cut each report into sentences with their roles; `start` and `end` count characters of `texts.text`."""
    rows: list[tuple] = []
    for report_id, (report,), parts, headings in by_report(texts, paragraphs, sections):
        rows += of_report(report_id, report.text, parts, headings)
    return pd.DataFrame(rows, columns=list(empty("sentences").columns))


def of_report(report_id: str, text: str, blocks: list[layout.Block], headings: list) -> list[tuple]:
    """List the sentences of one report as rows; `headings` are its rows of `sections`, in order."""
    folded = fold(text)
    assigned = duties.spans(text, folded)
    paragraphs = _mark_tables(folded, duties.mark(folded, blocks, assigned))
    cut = splitting.Splitter(folded, _breaks(folded, headings))
    named = {heading.start for heading in headings if heading.form != "item"}
    starts = [heading.start for heading in headings]
    governing = [None, *(heading.section_id for heading in headings)]
    rows = []
    for number, block in enumerate(paragraphs):
        for start, end, role in _spans(block, cut, assigned):
            role = "heading" if role == "body" and start in named else role
            section = governing[bisect_left(starts, end)] if role in _GOVERNED else None
            sentence_id = row_id(report_id, "s", start)
            rows.append((sentence_id, report_id, section, number, start, end, text[start:end], role))
    return rows


_GOVERNED = frozenset(("body", "heading", "assignment", "caption"))


def _breaks(folded: str, headings: list) -> list[int]:
    """List where a sentence ends whatever stands there: around headings and before items."""
    around = [at for h in headings if h.form != "item" for at in (h.start, h.end)]
    before = [h.start for h in headings if h.form == "item" and folded[h.start - 1 : h.start] != ":"]
    return sorted({*around, *before})


def _spans(
    block: layout.Block, cut: splitting.Splitter, assigned: list[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    """List `(start, end, role)` of each sentence of a paragraph; lines that are not the body stay whole."""
    if block.is_row or block.role not in ("body", "assignment"):
        return [(block.start, block.end, block.role)]
    duty = duties.inside(assigned, block.start, block.end)
    if not duty and block.role == "body":
        return cut.paragraph(block.start, block.end)
    spans, at = [], block.start
    for start, end in duty:
        spans += [*cut.part(at, start), (start, end, "assignment")]
        at = end
    return spans + cut.part(at, block.end) if duty else [(block.start, block.end, block.role)]


def _mark_tables(folded: str, blocks: list[layout.Block]) -> list[layout.Block]:
    """Give the rows of a table whose head names units in charge the role `assignment`."""
    marked, duty = [], False
    for block in blocks:
        duty = block.is_row and (duty or duties.is_header(folded[block.start : block.end]))
        marked.append(block._replace(role="assignment") if duty and block.role == "body" else block)
    return marked


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
