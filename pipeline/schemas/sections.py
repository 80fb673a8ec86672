"""sections: one row per heading of a report, with its place in the tree of headings."""

from pipeline.schemas import column, table

SCHEMA = table(
    "sections",
    __doc__,
    key="section_id",
    columns={
        "section_id": column("string", "id of the heading: report id and offset", unique=True),
        "report_id": column("string", "the report it stands in"),
        "parent_id": column(
            "string", "section_id of the heading that governs it; empty at the top", nullable=True
        ),
        "level": column("integer", "depth in the tree of headings, 1 at the top", at_least=1),
        "label": column(
            "string",
            "its label in half-width characters: 一、 (一) 1. 1.1 一是; empty if unnumbered",
            nullable=True,
        ),
        "title": column("string", "its words without the label and the closing mark, line breaks joined"),
        "form": column(
            "string",
            "line: stands on a line of its own; run_in: opens a paragraph; item: numbers a sentence that says something itself",
            among=("line", "run_in", "item"),
        ),
        "start": column("integer", "where the heading begins in texts.text, label included", at_least=0),
        "end": column("integer", "where the heading ends in texts.text, exclusive", at_least=1),
        "body_end": column("integer", "where the part it governs ends in texts.text, exclusive", at_least=1),
    },
)
