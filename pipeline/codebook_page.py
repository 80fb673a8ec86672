"""Write docs/codebook.md from the codebook's YAML files, for people to read and cite; `make docs` renews it."""

from collections.abc import Iterator

from pipeline import codebook
from pipeline.coding import emphasis, statuses, themes

_FOREWORD = """\
<!-- generated from pipeline/codebook/*.yaml: change those, then run `make docs` -->
# Codebook

What the pipeline knows, as data. Coding is deductive: the entries below decide, and every coded sentence names the
patterns that fired (`measures.themes_why`, `measures.status_why`). To change a rule, edit the YAML file and run the
pipeline again: what depends on the file is made anew. The version of each file goes into every table's metadata; cite
it with the table, for example `themes 1.0`.

How a pattern is written: `A…B` means A before B in one clause, `(x|y)` either, `(x)?` with or without.
"""


_JUDGEMENT = f"""\
## How a sentence is judged

Every sentence of a report's body gets a row in `measures`. It **is a measure** when it states at least one concrete act,
institution or result: 印发办法, 聘请法律顾问九名, 出庭应诉率达到九成. It is none when it only frames: watchwords and
principles, what something means, a motto, a goal, a heading or lead-in such as 一是强化组织领导, praise of one's own work;
nor when it admits a shortcoming (`status` is then `problem`).

| status | meaning |
| --- | --- |
| `done` | issued, founded, finished or counted |
| `ongoing` | standing practice, or a rule in force |
| `planned` | will, should, must; next steps; all that a plan says |
| `problem` | a shortcoming admitted; not a measure |
| empty | neither a measure nor a problem |

A sentence that mixes done and ongoing is done. What decides, in this order: the chapter (problems, next steps, principles of
a plan) and a sentence that opens such a chapter in running text; the genre (in a plan all is planned); the cues of
[statuses](#statuses). Cues of one kind add up their weights. A cue of weight {statuses.ACT:.0f} (a figure reached, 了, a finished
act) settles `done`; {statuses.WATCHWORDS} watchwords without such a cue and without a theme named outright make a sentence framing.

**Themes** are coded by weight. A pattern weighs {themes.WEIGHTS["decisive"]:.0f} (decisive), {themes.WEIGHTS["telling"]:.0f} (telling) or {themes.WEIGHTS["hint"]:.0f} (hint); of one theme's
patterns the strongest counts whole, each further one at {themes.FADE:.1f} of the one before. Patterns count for less where
a clause only gives the aim (× {emphasis.AIM}), the occasion or field (× {emphasis.FIELD}), the one addressed (× {emphasis.SUBJECT}), the effect (× {emphasis.EFFECT}) or stands in a
title (× {emphasis.TITLE}). A heading or lead-in that names a theme adds {themes.HEADING:.1f} to it. A theme is coded from weight {themes.ENOUGH:.0f} on, if it
reaches {themes.SHARE:.0%} of the strongest; where nothing reaches that, the likeliest of a sentence's own words, its heading and
the sentence before is taken. Themes of sentences that are no measures are given for orientation only.
"""


def page() -> str:
    """Return the page: versions, how sentences are judged, themes, then every other file as a table."""
    files = {path.stem: codebook.page(path) for path in sorted(codebook.FOLDER.glob("*.yaml"))}
    parts = [_FOREWORD, *_versions(files), _JUDGEMENT, *_themes(files["themes"])]
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
