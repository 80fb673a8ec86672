"""Find what a coder marked in the text that the pipeline read, also where the two differ in white space or width."""

from collections.abc import Iterable, Set

from pipeline.fold import fold

Span = tuple[int, int]


class Places:
    """One report's text, searchable without white space and differences of width."""

    def __init__(self, text: str):
        self.text = text
        self._at = [place for place, char in enumerate(text) if not char.isspace()]
        self._squeezed = squeeze(text)

    def locate(self, marks: Iterable[tuple[str, int, str]]) -> list[Span | None]:
        """Return the span of each mark, given as words, offset and context; the same words again are the next place."""
        taken: set[Span] = set()
        spans = []
        for words, offset, context in marks:
            spans.append(self.find(words, offset, context, taken))
            taken.add(spans[-1])
        return spans

    def find(self, words: str, offset: int, context: str, taken: Set[Span] = frozenset()) -> Span | None:
        """Return where `words` stand: at `offset` if the text agrees, else in the first passage that reads as `context`.

        Of several such places one not `taken` is preferred: two marks with the same words are two places.
        """
        end = offset + len(words)
        if offset >= 0 and self.text[offset:end] == words:
            return offset, end
        spans = self._spans(squeeze(words), squeeze(context))
        return next((span for span in spans if span not in taken), spans[0] if spans else None)

    def _spans(self, words: str, context: str) -> list[Span]:
        if not words:
            return []
        spans = []
        for passage in _occurrences(context, self._squeezed):
            for inner in _occurrences(words, context):
                first = passage + inner
                spans.append((self._at[first], self._at[first + len(words) - 1] + 1))
        return spans


def squeeze(text: str) -> str:
    """Return `text` without white space and differences of width.

    >>> squeeze("办结 ４９９７\\n件")
    '办结4997件'
    """
    return "".join(fold(text).split())


def _occurrences(part: str, whole: str) -> list[int]:
    places, place = [], whole.find(part) if part else -1
    while place >= 0:
        places.append(place)
        place = whole.find(part, place + 1)
    return places


def shared(a: Span, b: Span) -> int:
    """Return how many characters two spans share (negative: how far they lie apart)."""
    return min(a[1], b[1]) - max(a[0], b[0])


def overlap(a: Span, b: Span) -> float:
    """Return the share of their union that two spans have in common.

    >>> overlap((0, 4), (2, 6)) == 2 / 6
    True
    """
    return max(shared(a, b), 0) / (max(a[1], b[1]) - min(a[0], b[0]))


ENOUGH = 0.34  # a span that shares a third with another speaks of the same thing


def pair(marked: list[list[Span]], found: list[Span]) -> dict[int, int]:
    """Pair marks with found spans one to one, largest overlap first; a mark may list several spans that are right.

    >>> pair([[(0, 4)], [(10, 14)]], [(9, 14), (0, 3), (20, 22)])
    {1: 0, 0: 1}
    """
    candidates = []
    for number, spans in enumerate(marked):
        for row, span in enumerate(found):
            best = max((overlap(each, span) for each in spans), default=0.0)
            if best >= ENOUGH:
                candidates.append((best, number, row))
    pairs: dict[int, int] = {}
    for _, number, row in sorted(candidates, key=lambda each: (-each[0], each[1], each[2])):
        if number not in pairs and row not in pairs.values():
            pairs[number] = row
    return pairs
