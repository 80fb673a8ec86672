"""Know the words that show where the name of a counted thing begins and ends (codebook: indicator_words.yaml)."""

from pipeline import codebook


class Role(codebook.Entry):
    """Words that play one part around the name of a counted thing."""

    name: str
    words: list[str]


class Lexicon:
    """A set of words that can be looked for at a place: longest word first, constant time per place."""

    def __init__(self, words):
        self.words = frozenset(words)
        self.lengths = tuple(sorted({len(word) for word in self.words}, reverse=True))

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def __or__(self, other: "Lexicon") -> "Lexicon":
        return Lexicon(self.words | other.words)

    def before(self, text: str, low: int, high: int) -> int:
        """Return the length of the longest word that ends at `high` and starts at `low` or after, else 0."""
        words = self.words
        for length in self.lengths:
            if high - length >= low and text[high - length : high] in words:
                return length
        return 0

    def at(self, text: str, low: int, high: int) -> int:
        """Return the length of the longest word that starts at `low` and ends at `high` or before, else 0."""
        words = self.words
        for length in self.lengths:
            if low + length <= high and text[low : low + length] in words:
                return length
        return 0

    def last(self, text: str, low: int, high: int) -> tuple[int, int] | None:
        """Return start and end of the rightmost word between `low` and `high`."""
        for start in range(high - self.lengths[-1], low - 1, -1):
            if length := self.at(text, start, high):
                return start, start + length
        return None

    def first(self, text: str, low: int, high: int) -> int:
        """Return where the leftmost word between `low` and `high` starts, else `high`."""
        for start in range(low, high):
            if self.at(text, start, high):
                return start
        return high


ROLES = {role.name: Lexicon(role.words) for role in codebook.load("indicator_words", Role)}
