"""paragraphs: one row per paragraph of a report, with the part of the page it is, however its file cut its lines.

The rows are in text order and disjoint; what stands between them is white space.
"""

from pipeline.schemas import column, table

ROLES = ("title", "body", "caption", "salutation", "signature", "furniture")

SCHEMA = table(
    "paragraphs",
    __doc__,
    key="paragraph_id",
    columns={
        "paragraph_id": column("string", "id of the paragraph: report id and offset", unique=True),
        "report_id": column("string", "the report it stands in"),
        "paragraph": column("integer", "its number in the report, from 0, as in sentences", at_least=0),
        "start": column("integer", "where it begins in texts.text", at_least=0),
        "end": column("integer", "where it ends in texts.text, exclusive", at_least=1),
        "role": column(
            "string",
            "title; body (headings and duties too: sentences tell these apart); caption (of a picture or table); salutation; "
            "signature (office, author, date); furniture (of the page or site)",
            among=ROLES,
        ),
        "is_row": column("boolean", "whether it is a row of a table"),
    },
)
