"""sections: one row per heading of a report, with its place in the tree of headings; paragraphs: one row per paragraph."""

import pandas as pd

from pipeline.duties import stretches as duties
from pipeline.fold import fold
from pipeline.structure import headings, layout, unnumbered
from pipeline.tables import empty, row_id

COMPANIONS = ("paragraphs",)

COLUMNS = {"texts": ["report_id", "text"]}


def build(texts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Find the headings of each report and hang each under the one that governs it; offsets count characters of `texts.text`.

    The paragraphs they are found in are a table of their own (paragraphs).
    """
    rows, parts = [], []
    for report_id, text in zip(texts["report_id"].tolist(), texts["text"].tolist(), strict=True):
        folded = fold(text)
        blocks = layout.blocks(text, folded)
        rows += of_report(report_id, folded, blocks)
        parts += [
            (row_id(report_id, "p", block.start), report_id, number, *block)
            for number, block in enumerate(blocks)
        ]
    return {
        "sections": pd.DataFrame(rows, columns=list(empty("sections").columns)),
        "paragraphs": pd.DataFrame(parts, columns=list(empty("paragraphs").columns)),
    }


def of_report(report_id: str, folded: str, blocks: list[layout.Block]) -> list[tuple]:
    """List the headings of one report as rows."""
    told = [b for b in blocks if b.role != "body" or not duties.opens(folded, b.start, b.end)]
    found = unnumbered.add(folded, told, headings.numbered(folded, told))
    return _tree(report_id, found, _body_end(blocks))


def _body_end(blocks: list[layout.Block]) -> int:
    """Find where the report's own words end: signature and furniture belong to no section."""
    return max((block.end for block in blocks if block.role == "body"), default=0)


def _tree(report_id: str, found: list[headings.Heading], body_end: int) -> list[tuple]:
    rows, ends = [], [max(body_end, heading.end) for heading in found]
    open_: list[
        tuple[float, int, str]
    ] = []  # rank, number and id of the headings that govern what comes next
    for number, heading in enumerate(found):
        while open_ and open_[-1][0] >= heading.rank:
            ends[open_.pop()[1]] = heading.start
        section_id, parent_id = row_id(report_id, "h", heading.start), open_[-1][2] if open_ else None
        rows.append(
            (
                section_id, report_id, parent_id, len(open_) + 1,
                heading.label, heading.title, heading.form, heading.start, heading.end,
            )
        )  # fmt: skip
        open_.append((heading.rank, number, section_id))
    return [(*row, end) for row, end in zip(rows, ends, strict=True)]


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
