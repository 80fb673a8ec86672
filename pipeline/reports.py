"""reports: one row per report, with what it says of itself: title, place, genre, issuer, number, dates."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from pipeline import codebook
from pipeline.fold import fold
from pipeline.schemas.reports import SCHEMA
from pipeline.structure import dates, genres, layout, line_kinds, places
from pipeline.tables import by_report

COLUMNS = {
    "texts": ["report_id", "text", "meta_title", "meta_issuer", "meta_document_number"]
    + ["meta_published", "meta_written", "problem"],
    "paragraphs": ["report_id", "start", "end", "role", "is_row"],
}
_FROM_MANIFEST = ("region", "province", "level", "genre", "published", "period_start", "period_end")

_ISSUED_BY = re.compile(r"(?:联合)?发文(?:机[关构]|单位)[\]】]?[:|\t ]+(?P<value>[^。;\n|\t]{2,60})")
_PUBLISHED_BY = re.compile(r"(?:发布|制发|公开|信息)机[关构][\]】]?[:|\t ]+(?P<value>[^。;\n |\t]{2,40})")
_WRITTEN_BY = re.compile(r"(?:作者|供稿(?:单位)?|撰稿)[: ] *(?P<value>[^。;\n :]{2,40})")
_NUMBER = re.compile(
    r"(?P<name>[一-龥]{2,16}) *[〔\[(【] *(?P<year>20\d\d) *[〕\])】] *第? *(?P<number>\d{1,4}) *号"
)
_NUMBER_IN_TITLE = re.compile(rf"\({_NUMBER.pattern}\)")
_NUMBER_LABEL = re.compile(r"^.*?(?:发文字号|文件编号|文 *号)[\]】]?[:|\t ]*")
_PUBLISHED = re.compile(
    r"(?:发布|公开|公布|发表|上网|上传|发稿)(?:日期|时间)[\]】]?[:|\t ]*(?=\d|[〇○零一二三四五六七八九])"
)
_OTHER_DATE = re.compile(
    r"(?:成文|生成|写作|印发|制发|实施|施行|生效|废止|失效)(?:日期|时间)|今天是|今日|现在是|当前(?:时间|日期)"
)
_TODAY = re.compile("今天是|今日|现在是|当前(?:时间|日期)")
_SPAN = re.compile(r"(?P<start>20\d\d)年? ?[-—–~至到]+ ?(?P<end>20\d\d)")
_HALF = re.compile(r"(?P<half>[上下])半年")
_OPENING_YEAR = re.compile(r"^(?:今年|一年来)?,?(?:20\d\d|[〇○零一二三四五六七八九]{4})年")
_REPORTER = re.compile("记者|通讯员")
_FIRST_PARAGRAPHS = 3
_LONGEST_TITLE = 120
_MOST_TITLES = 5


class Period(codebook.Entry):
    """One named planning period and its years."""

    name: str
    start: str
    end: str


class Line(NamedTuple):
    """One line of a report: folded for matching, and of the same length as published for showing."""

    folded: str
    published: str


class Page(NamedTuple):
    """The lines of a report by the part of the page they are; `head` holds those above the body that are no title.

    Of the body there are the first paragraphs.
    """

    titles: list[Line]
    furniture: list[Line]
    head: list[Line]
    signatures: list[Line]
    bylines: list[Line]
    body: list[Line]


def build(texts: pd.DataFrame, paragraphs: pd.DataFrame, manifest: pd.DataFrame) -> pd.DataFrame:
    """Read what each text says of itself; a filled cell of the manifest wins, and what neither says stays empty."""
    known = {row["report_id"]: row for row in manifest.fillna("").to_dict("records")}
    parts = {report_id: rows for report_id, _, rows in by_report(texts[["report_id"]], paragraphs)}
    rows = []
    for text in texts.to_dict("records"):
        given = known.get(text["report_id"], {})
        row = of_report(text, parts[text["report_id"]])
        row |= {name: given[name] for name in _FROM_MANIFEST if given.get(name)}
        own = {
            "report_id": text["report_id"],
            "source_file": given.get("file"),
            "problem": text.get("problem"),
        }
        rows.append(row | own)
    return pd.DataFrame(rows, columns=list(SCHEMA.columns))


def of_report(text: dict, blocks: list[layout.Block]) -> dict[str, str | None]:
    """Return the metadata of one row of `texts`, given its paragraphs."""
    meta = {key: value if isinstance(value, str) and value else None for key, value in text.items()}
    folded = fold(text["text"])
    page = read(text["text"], folded, blocks)
    if not page.titles and meta.get("meta_title"):
        page.titles.append(Line(fold(meta["meta_title"]), meta["meta_title"]))
    genre = _genre(page)
    issuer = _issuer(page, meta)
    region, level, province = _place(page, issuer, genre, folded)
    start, end = _period(page, genre)
    return {
        "title": page.titles[0].published if page.titles else None,
        "region": region,
        "province": province,
        "level": level,
        "genre": genre,
        "issuer": issuer,
        "document_number": _document_number(page) or meta.get("meta_document_number"),
        "published": _published(page, meta),
        "period_start": start,
        "period_end": end,
    }


def read(text: str, folded: str, blocks: list[layout.Block]) -> Page:
    """Sort the paragraphs of a report by the part of the page they are."""
    page = Page([], [], [], [], [], [])
    parts = {"furniture": page.furniture, "signature": page.signatures, "body": page.body}
    head, before = True, None
    for block in blocks:
        if block.role == "body" and len(page.body) == _FIRST_PARAGRAPHS:
            head, before = False, block.role
            continue
        line = Line(folded[block.start : block.end], text[block.start : block.end])
        head = head and block.role != "body"
        if block.role == "title":
            _add_title(page.titles, line, goes_on=before == "title")
        elif head and block.role == "signature" and line_kinds.is_byline(line.folded):
            page.bylines.append(line)
        elif block.role in parts:
            parts[block.role].append(line)
        if head and block.role in ("furniture", "signature", "caption"):
            page.head.append(line)
        before = block.role
    return page


def _add_title(titles: list[Line], line: Line, goes_on: bool) -> None:
    """Add a title, or the rest of one that runs over several lines; a title repeated is left out."""
    line = Line(*("".join(part.strip() for part in words.split("\n")) for words in line))
    if any(dates.squeeze(line.folded) == dates.squeeze(title.folded) for title in titles):
        return
    if goes_on and len(titles[-1].folded) < _LONGEST_TITLE:
        line = Line(titles[-1].folded + line.folded, titles.pop().published + line.published)
    if len(titles) < _MOST_TITLES:
        titles.append(line)


def _genre(page: Page) -> str | None:
    return genres.guess(
        title=[line.folded for line in page.titles],
        body=[line.folded for line in page.body],
        byline=[line.folded for line in page.bylines],
        page=[line.folded for line in page.furniture],
    )


def _issuer(page: Page, meta: dict) -> str | None:
    """Return the office that issued the report: the index table's word, who signs, who stands before 关于 in the title."""
    before = re.match(
        r"(.{4,60}?(?:政府|委员会|委|办公室|局|办|院))关于", page.titles[0].folded if page.titles else ""
    )
    author = next((line for line in page.bylines if not _REPORTER.search(line.folded)), None)
    return (
        _labelled(_ISSUED_BY, page.furniture)
        or "、".join(dict.fromkeys(filter(None, map(_office, page.signatures))))
        or (dates.squeeze(page.titles[0].published[: before.end(1)]) if before else None)
        or _labelled(_PUBLISHED_BY, page.furniture)
        or meta.get("meta_issuer")
        or _labelled(_WRITTEN_BY, page.furniture)
        or (" ".join(author.published.split()) if author else None)
    )


def _office(line: Line) -> str | None:
    """Return the office that a signature line names, the date behind it left out."""
    end = line.folded.rindex("  ") if dates.behind_agency(line.folded) else len(line.folded)
    name = re.sub(r"\((?:盖章|章|公章|代章)\)$", "", dates.squeeze(line.folded[:end]))
    if dates.whole(name) or not line_kinds.is_agency(name):
        return None
    return dates.squeeze(line.published[:end])[: len(name)]


def _labelled(label: re.Pattern, lines: list[Line]) -> str | None:
    for line in lines:
        match = label.search(line.folded)
        if match:
            value = line.published[match.start("value") : match.end("value")]
            return re.sub(r"\s*、\s*", "、", value.strip())
    return None


def _document_number(page: Page) -> str | None:
    """Return the report's own number: from the index table, a line of its own, or brackets in the title."""
    for line in page.furniture:
        match = _NUMBER.match(_NUMBER_LABEL.sub("", line.folded).lstrip("[(【〔 "))
        if match:
            return f"{match['name']}〔{match['year']}〕{int(match['number'])}号"
    for title in page.titles:
        match = _NUMBER_IN_TITLE.search(title.folded)
        if match:
            return f"{match['name']}〔{match['year']}〕{int(match['number'])}号"
    return None


def _published(page: Page, meta: dict) -> str | None:
    """Return the day of publication: the page's own word, the file's, a date above the body, the date signed."""
    for line in page.furniture:
        match = _PUBLISHED.search(line.folded)
        if match and (day := dates.first(line.folded[match.end() :])):
            return day
    head = [line for line in page.head if not _OTHER_DATE.search(line.folded)]
    other = [line for line in page.furniture if not _TODAY.search(line.folded)]
    days = [
        meta.get("meta_published"),
        next(_days(head), None),
        next(_days(page.signatures[::-1]), None),
        meta.get("meta_written"),
        next(_days(other), None),
    ]
    return next(filter(None, days), None)


def _days(lines: list[Line]) -> Iterator[str]:
    return (day for line in lines if (day := dates.first(line.folded)))


def _place(page: Page, issuer: str | None, genre: str | None, folded: str) -> tuple[str | None, ...]:
    """Return region, level and province, from the title, then the office that signs, then the place named most."""
    subject = next(filter(None, (places.read(title.folded) for title in page.titles)), None)
    signer = places.read(fold(issuer)) if issuer else None
    place = subject or signer
    region = place.region if place else places.most_named(folded)
    if region is None:
        return None, None, None
    formal = genre not in ("news", "essay")
    speaker = subject or (signer if formal else None)
    level = "department" if speaker and places.is_department(speaker.rest) else places.level(region, folded)
    named = next((place.province for place in (subject, signer) if place and place.province), None)
    furniture = "\n".join(line.folded for line in page.furniture)
    return region, level, named or places.province(region, furniture, folded)


def _period(page: Page, genre: str | None) -> tuple[str | None, str | None]:
    """Return first and last year (or day) that the report covers; a news item or essay has one only if its title says so."""
    words = "\n".join(title.folded for title in page.titles)
    span = _SPAN.search(words)
    if span:
        return span["start"], span["end"]
    for named in codebook.load("periods", Period):
        if named.name in words and genre == "plan":
            return named.start, named.end
    named_years = dates.years(re.sub(r"[〔\[(【] *20\d\d *[〕\])】]", "", words))
    if not named_years and genre in ("annual_report", "self_check", "work_summary"):
        opening = next((p.folded for p in page.body if _OPENING_YEAR.match(p.folded)), "")
        named_years = dates.years(opening)[:1]
    if not named_years:
        return None, None
    half = _HALF.search(words)
    if half:
        first, last = ("01-01", "06-30") if half["half"] == "上" else ("07-01", "12-31")
        return f"{named_years[0]}-{first}", f"{named_years[0]}-{last}"
    return named_years[0], named_years[0]


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
