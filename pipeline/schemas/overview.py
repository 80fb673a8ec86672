"""overview: one row per report, what it is and how long it is."""

from pipeline.schemas import column, table

SCHEMA = table(
    "overview",
    __doc__,
    key="report_id",
    columns={
        "report_id": column("string", "report", unique=True),
        "region": column("string", "place that reports", nullable=True),
        "province": column("string", "province, where the text or the manifest says it", nullable=True),
        "level": column("string", "level of government", nullable=True),
        "genre": column("string", "kind of report", nullable=True),
        "title": column("string", "title", nullable=True),
        "issuer": column("string", "who issued it", nullable=True),
        "document_number": column("string", "document number (发文字号)", nullable=True),
        "published": column("string", "date of publication, ISO 8601", nullable=True),
        "period_start": column("string", "first year or day the report covers", nullable=True),
        "period_end": column("string", "last year or day the report covers", nullable=True),
        "characters": column("integer", "characters of all sentences but page furniture", at_least=0),
        "sections": column("integer", "headings found", at_least=0),
        "sentences": column("integer", "sentences of the body", at_least=0),
    },
)
