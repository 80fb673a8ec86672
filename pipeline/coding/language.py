"""Hold each report as a spaCy Doc and let components mark its sentences: themes' patterns, status cues, acts.

The words come from the tokens table and are not cut again; codebook phrases are found on characters, then tied to the
words' edges, so that no segmentation hides one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc, Span

from pipeline.coding import acts, statuses, syntax, themes
from pipeline.coding.emphasis import emphasis
from pipeline.coding.patterns import Hit
from pipeline.fold import fold


@dataclass(slots=True)
class Marks:
    """What the components found in a sentence: theme patterns and what they add up to, cues, frame.

    `start` is where it starts in the text of the Doc. `edges` has a 1 for each character that begins a word, and for the end.
    `told` is its row of the tokens table where the engine knows names, a parse or roles.
    """

    start: int
    folded: str
    edges: bytes
    told: Any = None
    hits: Sequence[Hit] = ()
    weak: Sequence[tuple[int, int, float]] = ()
    evidence: themes.Evidence | None = None
    spoken: dict[str, float] | None = None
    cues: statuses.Cues | None = None
    frame: acts.Frame | None = None


MARKS, PLACES = "marks", "places"


def _theme_spans(doc: Doc) -> list[Span]:
    """Return the words each theme pattern stands in, whole words only."""
    return [
        doc.char_span(
            marks.start + start, marks.start - minus_end, label=pattern.code, alignment_mode="expand"
        )
        for marks in doc.user_data[MARKS]
        for start, minus_end, pattern in marks.hits
    ]


# Made when asked for, as in a notebook: `doc._.themes`.
Doc.set_extension("themes", getter=_theme_spans, force=True)


@Language.component("theme_patterns")
def theme_patterns(doc: Doc) -> Doc:
    """Keep in the marks the patterns of the theme codebook, each with the weight it has where it stands."""
    for marks in doc.user_data[MARKS]:
        edges = marks.edges
        marks.hits = [hit for hit in themes.found(marks.folded) if not _cuts_words(hit, edges)]
        marks.weak = emphasis(marks.folded)
        marks.evidence = themes.weigh(marks.hits, marks.weak)
        marks.spoken = themes.totals(marks.evidence)
    return doc


def _cuts_words(hit: Hit, edges: bytes) -> bool:
    """Tell two characters of two different words: 立法 in 建立|法治, 和解 in 和|解决."""
    start, minus_end, _ = hit
    return minus_end + start == -2 and edges[start + 1] and not (edges[start] and edges[start + 2])


@Language.component("status_cues")
def status_cues(doc: Doc) -> Doc:
    """Keep in the marks what the status cues add up to."""
    for marks in doc.user_data[MARKS]:
        marks.cues = statuses.cues(marks.folded)
    return doc


@Language.factory("acts")
class Acts:
    """Find verbs of governing with spaCy's PhraseMatcher and keep each sentence's frame in the marks."""

    def __init__(self, nlp: Language, name: str):
        self._matcher = acts.matcher(nlp.vocab)

    def __call__(self, doc: Doc) -> Doc:
        sentences, places = doc.user_data[MARKS], doc.user_data[PLACES]
        words = np.array(sorted([word for _, word, _ in self._matcher(doc)]), int)
        verbs = list(zip(places[words].tolist(), places[words + 1].tolist(), strict=True))
        for marks, own in zip(sentences, _by_sentence(verbs, sentences), strict=True):
            rules = acts.frame(own, marks.folded, marks.weak)
            marks.frame = syntax.frame(syntax.doc(doc.vocab, marks.told), rules) if marks.told else rules
        return doc


def _by_sentence(verbs: list[tuple[int, int]], sentences: list[Marks]) -> Iterator[Iterator[tuple[int, int]]]:
    """Yield for each sentence the places of the verbs in it, counted from its start."""
    ahead = 0
    for marks in sentences:
        behind, start = ahead, marks.start
        ahead = bisect_left(verbs, (start + len(marks.folded),), behind)
        yield ((at - start, stop - start) for at, stop in verbs[behind:ahead])


@cache
def pipeline() -> Language:
    """Return the spaCy pipeline that marks sentences: a blank Chinese one with the codebook's components."""
    nlp = spacy.blank("zh")
    for name in ("theme_patterns", "status_cues", "acts"):
        nlp.add_pipe(name)
    return nlp


def mark(sentences: Iterable) -> Doc:
    """Return the marked Doc of a report, given its sentences' rows of the tokens table.

    The words together are the sentences to the character; `doc.user_data[MARKS]` holds the marks of each.
    """
    cuts = list(sentences)
    words = [list(cut.words) for cut in cuts]
    in_a_row = list(chain.from_iterable(words))
    numbers = list(map(_numbers().__getitem__, in_a_row))
    doc = Doc(pipeline().vocab, words=numbers, spaces=[False] * len(numbers))
    text = fold("".join(in_a_row))
    places = np.append(doc.to_array("IDX").astype(int), len(text))
    edges = _flagged(places)
    begins = places[list(accumulate(map(len, words), initial=0))].tolist()
    doc.user_data[PLACES] = places  # where each word starts, and where the last one ends
    doc.user_data[MARKS] = [
        Marks(start, text[start:end], edges[start : end + 1], cut if syntax.told(cut) else None)
        for cut, (start, end) in zip(cuts, pairwise(begins), strict=True)
    ]
    return pipeline()(doc)


def _flagged(places: np.ndarray) -> bytes:
    flags = np.zeros(places[-1] + 1, np.uint8)
    flags[places] = 1
    return flags.tobytes()


class _Numbers(dict):
    """The number of each word in spaCy's store: a Doc of numbers is made in a fifth of the time of a Doc of words."""

    def __init__(self, store: StringStore):
        self._store = store

    def __missing__(self, word: str) -> int:
        number = self[word] = self._store.add(word)
        return number


@cache
def _numbers() -> _Numbers:
    return _Numbers(pipeline().vocab.strings)
