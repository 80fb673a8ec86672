"""sentences: one row per sentence of a report, and per line that is none (titles, furniture, table rows).

The rows are in text order and disjoint; what stands between them is white space.
"""

from pipeline.schemas import column, table

ROLES = (
    "title",
    "heading",
    "body",
    "caption",
    "salutation",
    "signature",
    "furniture",
    "assignment",
)

SCHEMA = table(
    "sentences",
    __doc__,
    key="sentence_id",
    columns={
        "sentence_id": column("string", "id of the sentence: report id and offset", unique=True),
        "report_id": column("string", "the report it stands in"),
        "section_id": column(
            "string", "the innermost heading it stands under; empty above the first", nullable=True
        ),
        "paragraph": column("integer", "number of its paragraph in the report, from 0", at_least=0),
        "start": column("integer", "where it begins in texts.text", at_least=0),
        "end": column("integer", "where it ends in texts.text, exclusive", at_least=1),
        "text": column("string", "its words as published, line breaks and full-width characters kept"),
        "role": column(
            "string",
            "title; heading (names what follows and states nothing); body; caption (of a picture or table); salutation; signature "
            "(office, author, date); furniture (of the page or site); assignment (who does a task, by when)",
            among=ROLES,
        ),
    },
)
