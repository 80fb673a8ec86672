"""texts: one row per input file, its text as published.

The columns `meta_…` hold what the file says of itself outside its text: the table above a web page's article (索引号, 发文字号,
发布日期, 发文机构), its <meta> tags, or the properties of a Word or PDF file. They are empty for plain text.
"""

from pipeline.schemas import column, table

SCHEMA = table(
    "texts",
    __doc__,
    key="report_id",
    columns={
        "report_id": column("string", "the report's id in the manifest", unique=True),
        "text": column(
            "string",
            "the report's text: of a .txt the decoded file, line ends made \\n and a byte-order mark dropped, nothing else; "
            "of a web page, Word or PDF file the article taken from it. Every start and end of the other tables counts "
            "its characters from 0. Empty where `problem` says why",
        ),
        "format": column("string", "kind of file", among=("txt", "html", "mht", "docx", "pdf", "unknown")),
        "encoding": column("string", "encoding the bytes were decoded from (txt, html, mht)", nullable=True),
        "sha256": column(
            "string", "hash of the file's bytes; empty where it could not be opened", nullable=True
        ),
        "problem": column("string", "why the file was skipped (on_error: skip)", nullable=True),
        "note": column(
            "string",
            "what to know of the reading, such as characters that could not be decoded",
            nullable=True,
        ),
        "meta_title": column("string", "title the file gives itself", nullable=True),
        "meta_issuer": column("string", "发文机构 / 发布机构, as written", nullable=True),
        "meta_document_number": column("string", "发文字号 / 文号, as written", nullable=True),
        "meta_published": column("string", "发布日期 as YYYY-MM-DD", nullable=True),
        "meta_written": column("string", "成文日期 / 生成日期 as YYYY-MM-DD", nullable=True),
        "meta_index": column("string", "索引号, as written", nullable=True),
        "meta_source": column("string", "来源 (who wrote or sent it in), as written", nullable=True),
        "meta_url": column("string", "address the page was saved from", nullable=True),
        "meta_site": column("string", "name of the web site it was published on", nullable=True),
    },
)
