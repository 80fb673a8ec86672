"""Say what a user can mend: the one exception of this project, holding every problem found, not the first."""

from collections.abc import Iterable
from difflib import get_close_matches


class InputError(Exception):
    """List all problems of one input at once, one line each: place, value, what is wrong and the way out."""

    def __init__(self, problems: Iterable[str]):
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


def did_you_mean(value: str, choices: Iterable[str]) -> str:
    """Return ` (did you mean 'x'?)` for the nearest choice, or an empty string.

    >>> did_you_mean("dongl.txt", ["dongli.txt", "huairou.txt"])
    " (did you mean 'dongli.txt'?)"
    """
    near = get_close_matches(str(value), [str(choice) for choice in choices], n=1)
    return f" (did you mean '{near[0]}'?)" if near else ""
