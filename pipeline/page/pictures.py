"""Set the drawn figures into the page: the same SVG, its links named for screen readers, its ids its own."""

import re
from urllib.parse import parse_qsl

from lxml import etree
from markupsafe import Markup

from pipeline.wording import pair

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
CODED = {"theme": "theme", "status": "status", "indicator": "indicator", "kind": "role"}
REFERENCE = re.compile(r"url\(#([^)]+)\)")


def inline(svg: bytes, name: str, report_names: dict[str, str]) -> Markup:
    """Return a figure's SVG to stand in HTML; `name` keeps its ids and style apart from the other figures'."""
    root = etree.fromstring(
        svg, etree.XMLParser(resolve_entities=False, remove_comments=True, huge_tree=True)
    )
    for metadata in root.findall(f"{SVG}metadata"):
        root.remove(metadata)
    for element in root.iter():
        _own(element, name)
        if element.tag == f"{SVG}a":
            _link(element, report_names)
    for element in root.iter(f"{SVG}style"):
        element.text = f"#picture-{name} *{{stroke-linejoin:round;stroke-linecap:butt}}"
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    root.set("id", f"picture-{name}")
    root.set("role", "group")
    root.set("aria-labelledby", f"title-{name}")
    return Markup(etree.tostring(root, encoding="unicode"))


def _own(element, name: str) -> None:
    if "id" in element.attrib:
        element.set("id", f"{name}-{element.get('id')}")
    if element.tag == f"{SVG}use":
        element.set("href", f"#{name}-{element.attrib.pop(f'{XLINK}href')[1:]}")
    for key, value in element.attrib.items():
        if "url(#" in value:
            element.set(key, REFERENCE.sub(rf"url(#{name}-\1)", value))


def _link(element, report_names: dict[str, str]) -> None:
    href = element.attrib.pop(f"{XLINK}href")
    element.set("href", href)
    element.set("aria-label", spoken(href, report_names))


def spoken(href: str, report_names: dict[str, str]) -> str:
    """Say in words where a link of the page leads.

    >>> spoken("#status=done&report=a", {"a": "清河区"})
    '已完成 done · 清河区'
    """
    parts = []
    for key, value in parse_qsl(href.lstrip("#")):
        if key == "report":
            parts.append(report_names.get(value, value))
        elif key in CODED:
            parts.append(" ".join(dict.fromkeys(pair(CODED[key], value))))
        else:
            parts.append(value)
    return " · ".join(parts)
