"""Hold each sentence as a spaCy Doc and let components mark it: themes' patterns, status cues, acts.

The words come from the tokens table and are not cut again; codebook phrases are found on characters, then tied to the
words they stand in (`Doc.char_span`, expanded), so that no segmentation hides one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.coding import acts, statuses, syntax, themes
from pipeline.coding.emphasis import emphasis
from pipeline.coding.patterns import Hit
from pipeline.fold import fold


@dataclass
class Marks:
    """What the components found in a sentence: its folded text, theme patterns, status cues and frame."""

    folded: str
    edges: list[int]
    told: bool = False  # whether the engine knows names, a parse or roles
    weak: list[tuple[int, int, float]] = field(default_factory=list)
    evidence: themes.Evidence = field(default_factory=dict)
    cues: statuses.Cues | None = None
    frame: acts.Frame | None = None


if not Doc.has_extension("marks"):
    Doc.set_extension("marks", default=None)


@Language.component("theme_patterns")
def theme_patterns(doc: Doc) -> Doc:
    """Keep the patterns of the theme codebook in the marks and their words in `doc.spans["themes"]`."""
    marks = doc._.marks
    edges = set(marks.edges)
    hits = [hit for hit in themes.found(marks.folded) if not _cuts_words(hit, edges)]
    doc.spans["themes"] = _spans(doc, hits, marks.edges)
    marks.weak = emphasis(marks.folded)
    marks.evidence = themes.weigh(hits, marks.weak)
    return doc


def _cuts_words(hit: Hit, edges: set[int]) -> bool:
    """Tell two characters of two different words: 立法 in 建立|法治, 和解 in 和|解决."""
    if hit.end - hit.start != 2:
        return False
    return hit.start + 1 in edges and not (hit.start in edges and hit.end in edges)


def _spans(doc: Doc, hits: list[Hit], edges: list[int]) -> list[Span]:
    """Tie hits to the words they stand in, whole words only (as `Doc.char_span` does expanding, at a third of its cost)."""
    return [
        Span(
            doc,
            bisect_right(edges, hit.start) - 1,
            bisect_left(edges, hit.end),
            label=hit.pattern.code,
        )
        for hit in hits
    ]


@Language.component("status_cues")
def status_cues(doc: Doc) -> Doc:
    """Keep in the marks what the status cues add up to."""
    marks = doc._.marks
    marks.cues = statuses.cues(marks.folded)
    return doc


@Language.factory("acts")
class Acts:
    """Find verbs of governing with spaCy's PhraseMatcher and keep the sentence's frame in the marks."""

    def __init__(self, nlp: Language, name: str):
        self._matcher = acts.matcher(nlp.vocab)

    def __call__(self, doc: Doc) -> Doc:
        marks = doc._.marks
        verbs = [(start, end) for _, start, end in self._matcher(doc)]
        rules = acts.frame(doc, verbs, marks.folded, marks.weak)
        marks.frame = syntax.frame(doc, rules) if marks.told else rules
        return doc


@cache
def pipeline() -> Language:
    """Return the spaCy pipeline that marks sentences: a blank Chinese one with the codebook's components."""
    nlp = spacy.blank("zh")
    for name in ("theme_patterns", "status_cues", "acts"):
        nlp.add_pipe(name)
    return nlp


def mark(sentences: Iterable) -> Iterator[Doc]:
    """Yield a marked Doc for each row of the tokens table; its words together are the sentence to the character."""
    nlp = pipeline()
    yield from nlp.pipe(_docs(nlp, sentences))


def _docs(nlp: Language, sentences: Iterable) -> Iterator[Doc]:
    for cut in sentences:
        words, told = list(cut.words), syntax.told(cut)
        doc = syntax.doc(nlp.vocab, cut) if told else Doc(nlp.vocab, words=words, spaces=[False] * len(words))
        doc._.marks = Marks(fold("".join(words)), [0, *accumulate(map(len, words))], told)
        yield doc
