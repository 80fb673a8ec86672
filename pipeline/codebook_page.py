"""Write docs/codebook.md from the codebook's YAML files, for people to read and cite; `make docs` renews it."""

from collections.abc import Iterator

from pipeline import codebook

_FOREWORD = """\
<!-- generated from pipeline/codebook/*.yaml: change those, then run `make docs` -->
# Codebook

What the pipeline knows, as data. Coding is deductive: the entries below decide, and every coded sentence names the
patterns that fired (`measures.themes_why`, `measures.status_why`). To change a rule, edit the YAML file and run the
pipeline again: what depends on the file is made anew. The version of each file goes into every table's metadata; cite
it with the table, for example `themes 1.0`.

How a pattern is written: `A…B` means A before B in one clause, `(x|y)` either, `(x)?` with or without.
"""


def page() -> str:
    """Return the page: versions, themes, indicators, then every other file as a table."""
    files = {path.stem: codebook.page(path) for path in sorted(codebook.FOLDER.glob("*.yaml"))}
    parts = [_FOREWORD, *_versions(files), *_themes(files["themes"])]
    for name, content in sorted(files.items(), key=lambda item: (item[0] not in _FIRST, item[0])):
        if name != "themes":
            parts += _listed(name, content)
    return "\n".join(parts) + "\n"


# Files a reader of results asks for first.
_FIRST = ("indicators", "statuses", "acts")


def _versions(files: dict[str, dict]) -> Iterator[str]:
    yield "| file | version | entries |\n| --- | --- | --- |"
    for name, content in files.items():
        yield f"| [{name}](#{name}) | {content['version']} | {len(content['entries'])} |"
    yield ""


def _themes(content: dict) -> Iterator[str]:
    yield f"## themes\n\nVersion {content['version']}. {_line(content['about'])}\n"
    yield "| code | 中文 | English |\n| --- | --- | --- |"
    for theme in content["entries"]:
        yield f"| [`{theme['code']}`](#{theme['code']}) | {theme['zh']} | {theme['en']} |"
    yield ""
    for theme in content["entries"]:
        yield from _theme(theme)


def _theme(theme: dict) -> Iterator[str]:
    yield f"### {theme['code']}\n\n**{theme['zh']}** · {theme['en']}. {theme['definition']}\n"
    yield "Belongs: " + " ".join(theme["includes"]) + "\n"
    yield "Does not belong: " + " ".join(theme["excludes"]) + "\n"
    for tier in ("decisive", "telling", "hint", "neither"):
        yield f"- *{tier}*: {'、'.join(theme[tier])}"
    yield f"\nSource: {theme['source']}\n"


def _listed(name: str, content: dict) -> Iterator[str]:
    yield f"## {name}\n\nVersion {content['version']}. {_line(content['about'])}\n"
    columns = list(dict.fromkeys(key for entry in content["entries"] for key in entry))
    yield "| " + " | ".join(columns) + " |\n|" + " --- |" * len(columns)
    for entry in content["entries"]:
        yield "| " + " | ".join(_cell(entry.get(column)) for column in columns) + " |"
    yield ""


def _line(text: str) -> str:
    return " ".join(str(text).split())


def _cell(value) -> str:
    if isinstance(value, list):
        return "、".join(map(_cell, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_cell(inner)}" for key, inner in value.items())
    return "" if value is None else _line(value).replace("|", "\\|")
