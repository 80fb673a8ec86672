"""Find elements of a Word file by their local names: its two standards differ in their namespaces only."""


def local(element) -> str:
    """Return an element's name without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element, name: str) -> list:
    """Return the direct children of that local name."""
    return [each for each in element if local(each) == name]


def child(element, *names: str):
    """Return the first child of the first name, its first child of the second name and so on, or None."""
    for name in names:
        element = next((each for each in element if local(each) == name), None)
        if element is None:
            return None
    return element


def attribute(element, name: str) -> str:
    """Return an attribute by local name, "" where it is missing."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
