"""instruments: one row per document that a report names between 《 and 》."""

from pipeline.schemas import column, table

SCHEMA = table(
    "instruments",
    __doc__,
    key="instrument_id",
    columns={
        "instrument_id": column("string", "id of the mention: report id and offset of 《", unique=True),
        "report_id": column("string", "report"),
        "sentence_id": column("string", "sentence the 《 stands in", nullable=True),
        "start": column("integer", "offset of 《 in texts.text, from 0", at_least=0),
        "end": column("integer", "offset behind 》", at_least=0),
        "title": column(
            "string", "the title as written, without its marks and without line breaks inside it"
        ),
        "role": column(
            "string",
            "issued: this locality made, changed, printed or prepares it; basis: it follows or applies it, or the text "
            "does not tell whose it is; cited: anything else (a law that is publicised, a lecture, a book)",
            among=("issued", "basis", "cited"),
        ),
        "role_why": column(
            "string",
            "the words that decided the role; `title` where the title alone decided, `as above` where the role is that "
            "of the full title earlier in the report",
        ),
        "number": column("string", "document number printed beside it (文号), as written", nullable=True),
        "document": column(
            "string",
            "the document meant: the full title of a shortened one, without white space, in half width",
        ),
    },
)
