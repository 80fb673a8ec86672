"""sections: one row per heading of a report, with its place in the tree of headings."""

import pandas as pd

from pipeline.duties import stretches as duties
from pipeline.fold import fold
from pipeline.structure import headings, layout, unnumbered
from pipeline.tables import empty, row_id

COLUMNS = {"texts": ["report_id", "text"]}


def build(texts: pd.DataFrame) -> pd.DataFrame:
    """Find the headings of each report and hang each under the one that governs it; offsets count characters of `texts.text`."""
    rows = []
    for report_id, text in zip(texts["report_id"], texts["text"], strict=True):
        rows += of_report(report_id, text)
    return pd.DataFrame(rows, columns=list(empty("sections").columns))


def of_report(report_id: str, text: str) -> list[dict]:
    """List the headings of one report as rows."""
    folded = fold(text)
    blocks = layout.blocks(text, folded)
    told = [b for b in blocks if b.role != "body" or not duties.opens(folded, b.start, b.end)]
    found = unnumbered.add(folded, told, headings.numbered(folded, told))
    return _tree(report_id, found, _body_end(blocks))


def _body_end(blocks: list[layout.Block]) -> int:
    """Find where the report's own words end: signature and furniture belong to no section."""
    return max((block.end for block in blocks if block.role == "body"), default=0)


def _tree(report_id: str, found: list[headings.Heading], body_end: int) -> list[dict]:
    rows: list[dict] = []
    open_: list[tuple[int, dict]] = []
    for heading in found:
        while open_ and open_[-1][0] >= heading.rank:
            open_.pop()[1]["body_end"] = heading.start
        row = {
            "section_id": row_id(report_id, "h", heading.start),
            "report_id": report_id,
            "parent_id": open_[-1][1]["section_id"] if open_ else None,
            "level": len(open_) + 1,
            "label": heading.label,
            "title": heading.title,
            "form": heading.form,
            "start": heading.start,
            "end": heading.end,
            "body_end": max(body_end, heading.end),
        }
        rows.append(row)
        open_.append((heading.rank, row))
    return rows


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
