"""Tell when a value of the pipeline's is the coder's."""

from collections import Counter

from evaluation.places import squeeze

TOLERANCE = 0.006  # of a number that is not whole: 66.67 is two thirds
NAMED_ALIKE = 0.5  # characters two names of an indicator must share


def blank(value) -> bool:
    """Tell whether nothing is said: None, an empty string or list, or a hole of a number column."""
    if hasattr(value, "__len__"):
        return len(value) == 0
    return value is None or value != value


def plain(value):
    """Return a cell as plain Python: None for nothing, a list for an array, a whole number without its point."""
    if blank(value):
        return None
    if isinstance(value, float):
        return int(value) if value == int(value) else value
    return list(value) if hasattr(value, "__len__") and not isinstance(value, str) else value


def same(wanted, got) -> bool:
    """Tell whether two values agree: nothing with nothing, lists in order, numbers, or the same words.

    >>> same(66.67, 66.6667), same([], None), same("件", "份"), same(30.0, 30)
    (True, True, False, True)
    """
    if blank(wanted) or blank(got):
        return blank(wanted) and blank(got)
    if isinstance(wanted, int | float):
        return _same_number(float(wanted), got)
    if isinstance(wanted, list | tuple):
        return [str(each) for each in wanted] == [str(each) for each in got]
    return str(wanted).strip() == str(got).strip()


def _same_number(wanted: float, got) -> bool:
    try:
        got = float(got)
    except (TypeError, ValueError):
        return False
    return got == wanted if wanted.is_integer() else abs(wanted - got) <= TOLERANCE * max(1, abs(wanted))


def alike(wanted: str, got: str | None) -> float:
    """Return how much of two names is the same characters, whatever their order (Dice's coefficient).

    >>> alike("负责人出庭率", "负责人出庭应诉率")
    0.8571428571428571
    """
    a, b = Counter(squeeze(wanted or "")), Counter(squeeze(got or ""))
    return 2 * (a & b).total() / max(1, a.total() + b.total())
