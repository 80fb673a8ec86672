"""page: report.html, the comparison as one page that opens anywhere and leads every number to its sentence.

Up to `inline_reports` reports the page is one file; beyond, texts (written by `report_data`) and large tables lie in `report_data/`
beside it and are read when a reader asks for them. The page makes no request to the network: its security policy lets only its own
scripts run.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import jinja2
from markupsafe import Markup

from pipeline.comparison import GRIDS, cut_short, grids
from pipeline.comparison.cells import Grid
from pipeline.library import Library
from pipeline.page import assets, pictures, summary
from pipeline.page.contents import PARTS, Part
from pipeline.page.shelves import file, members, pack, to_script
from pipeline.wording import NAMED_BY, report_names, vocabularies

# The folder, among those of `report_data/`, for what the page itself writes there.
FOLDER = "page"
TITLE = ("法治政府建设报告比较", "Rule-of-law reports compared")


def build(
    library: Library,
    *,
    figures: str,
    language: str,
    inline_reports: int,
    reports_per_file: int,
    max_rows: int,
) -> Iterator[tuple[str, bytes]]:
    """Yield `report.html` and, for many reports, `report_data/page/*.js`; `figures` is the folder they were drawn to."""
    names = report_names(library.read("reports", NAMED_BY))
    inline = len(names) <= inline_reports
    tables, captions = {}, {}
    for name, grid in grids(library, names, max_rows):
        tables[name], captions[name] = grid.script(), _caption(name, grid)
        if not inline:
            yield _file(f"table-{name}", tables[name].pop("rows"))
    clusters = _cluster_names(library)
    found = members(library, list(clusters))
    data = _data(library, names, clusters, reports_per_file) | {"tables": tables}
    if inline:
        data |= {"shelves": dict(pack(library, reports_per_file)), "members": dict(found)}
    else:
        yield from (_file(f"members-{batch}", by_report) for batch, by_report in found)
    yield "report.html", _html(library, names, data, captions, Path(figures), language, inline).encode()


def _file(name: str, value) -> tuple[str, bytes]:
    return file(f"{FOLDER}/{name}", value)


def _data(library: Library, names: dict[str, str], clusters: dict[str, tuple], per_shelf: int) -> dict:
    batches = library.batches("reports", ["report_id"])
    return {
        "reports": [{"id": report_id, "name": name} for report_id, name in names.items()],
        "batches": list(zip(library.batch_names("texts"), map(len, batches), strict=True)),
        "perShelf": per_shelf,
        "words": vocabularies() | {"cluster": clusters},
        "clusters": list(clusters),
        "versions": _versions_of_rows(library),
    }


def _cluster_names(library: Library) -> dict[str, tuple[str, str]]:
    clusters = library.read("clusters", ["cluster_id", "label"])
    return {row.cluster_id: (row.label, row.label) for row in clusters.itertuples()}


def _versions_of_rows(library: Library) -> dict[str, str]:
    return {name: library.version(name) for name in ("measures", "metrics", "instruments", "assignments")}


def _html(
    library: Library,
    names: dict[str, str],
    data: dict,
    captions: dict,
    figures: Path,
    language: str,
    inline: bool,
) -> str:
    scripts = {"library_script": assets.library_script(), "script": assets.script()}
    sources = " ".join(assets.fingerprint(script) for script in scripts.values())
    template = _environment().get_template("page.html.j2")
    return template.render(
        title=TITLE,
        subtitle=_subtitle(len(names)),
        language=language,
        contents=_contents(),
        summary=summary.sentences(library, names),
        report_names=names,
        parts=[_filled(part, names, captions, figures) for part in PARTS],
        methods=summary.METHODS,
        versions=library.versions(),
        script_sources=Markup(sources if inline else f"{sources} 'self' file:"),
        style=assets.style(),
        library_style=assets.library_style(),
        data=Markup(to_script(data)),
        **{name: Markup(script) for name, script in scripts.items()},
    )


def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    return jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )


def _subtitle(reports: int) -> tuple[str, str]:
    return (
        f"{reports:,}份报告的主题、指标、任务与问题，逐条可查原文",
        f"Themes, indicators, plans and problems of {reports:,} reports, each led back to its sentence",
    )


def _contents() -> list[tuple[str, str, str]]:
    middle = [(part.id, part.zh, part.en) for part in PARTS]
    return [
        ("summary", "摘要", "Summary"),
        ("search", "检索", "Search"),
        *middle,
        ("method", "方法", "Method"),
    ]


def _caption(name: str, grid: Grid) -> tuple[str, str]:
    title, cut = GRIDS[name][0], cut_short(grid)
    return f"{title[0]}{'。' if cut[0] else ''}{cut[0]}", f"{title[1]}{'.' if cut[1] else ''}{cut[1]}"


def _filled(part: Part, names: dict[str, str], captions: dict, figures: Path) -> dict:
    words = json.loads((figures / "captions.json").read_text(encoding="utf-8"))
    drawn = [_picture(name, words[name], names, figures) for name in part.figures]
    tables = [{"name": name, "caption": captions[name]} for name in part.grids]
    return {"id": part.id, "zh": part.zh, "en": part.en, "pictures": drawn, "grids": tables}


def _picture(name: str, words: dict, names: dict[str, str], figures: Path) -> dict:
    told = {key: (words[key]["zh"], words[key]["en"]) for key in ("title", "caption", "method")}
    svg = pictures.inline((figures / f"{name}.svg").read_bytes(), name, names)
    return told | {"name": name, "svg": svg}


if "snakemake" in globals():
    from pipeline import stage

    stage.publish(build, snakemake)  # noqa: F821
