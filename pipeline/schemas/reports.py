"""reports: one row per report, with what it says of itself: title, place, genre, issuer, number, dates.

A filled cell of the manifest wins over what the text says. What neither tells is empty; nothing is guessed.
"""

from pipeline.manifest import GENRES, LEVELS
from pipeline.schemas import column, table

SCHEMA = table(
    "reports",
    __doc__,
    key="report_id",
    columns={
        "report_id": column("string", "the report's id in the manifest", unique=True),
        "region": column(
            "string", "the place it speaks for, by the lowest unit named: 怀柔区, 恒口示范区", nullable=True
        ),
        "province": column("string", "its province, only where the text itself says so", nullable=True),
        "level": column("string", "level of government that reports", nullable=True, among=LEVELS),
        "genre": column("string", "kind of report", nullable=True, among=GENRES),
        "title": column("string", "title, half-width, line breaks joined", nullable=True),
        "issuer": column("string", "office (or author) that issued it, as written", nullable=True),
        "document_number": column(
            "string", "its own number (发文字号), without spaces, brackets 〔〕", nullable=True
        ),
        "published": column("string", "day of publication, else day of signature: YYYY-MM-DD", nullable=True),
        "period_start": column("string", "first year, or day, it covers: YYYY or YYYY-MM-DD", nullable=True),
        "period_end": column("string", "last year, or day, it covers: YYYY or YYYY-MM-DD", nullable=True),
        "source_file": column("string", "file it was read from, in the folder of reports", nullable=True),
        "problem": column(
            "string", "why the file could not be read and was skipped (on_error: skip)", nullable=True
        ),
    },
)
