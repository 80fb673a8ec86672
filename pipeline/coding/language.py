"""Hold each sentence as a spaCy Doc and let components mark it: themes' patterns, status cues, acts.

The words come from the tokens table and are not cut again; codebook phrases are found on characters, then tied to the
words' edges, so that no segmentation hides one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, islice

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pipeline.coding import acts, statuses, syntax, themes
from pipeline.coding.emphasis import emphasis
from pipeline.coding.patterns import Hit
from pipeline.fold import fold_all


@dataclass
class Marks:
    """What the components found in a sentence: its folded text, theme patterns and what they add up to, cues, frame."""

    folded: str
    edges: list[int]
    told: bool = False  # whether the engine knows names, a parse or roles
    hits: list[Hit] = field(default_factory=list)
    weak: list[tuple[int, int, float]] = field(default_factory=list)
    evidence: themes.Evidence = field(default_factory=dict)
    spoken: dict[str, float] = field(default_factory=dict)
    cues: statuses.Cues | None = None
    frame: acts.Frame | None = None


MARKS = "marks"


def _theme_spans(doc: Doc) -> list[Span]:
    """Return the words each theme pattern stands in, whole words only."""
    marks = doc.user_data[MARKS]
    spans = [
        (bisect_right(marks.edges, hit.start) - 1, bisect_left(marks.edges, hit.end)) for hit in marks.hits
    ]
    return [Span(doc, *span, label=hit.pattern.code) for hit, span in zip(marks.hits, spans, strict=True)]


# Made when asked for, as in a notebook: `doc._.themes`.
Doc.set_extension("themes", getter=_theme_spans, force=True)


@Language.component("theme_patterns")
def theme_patterns(doc: Doc) -> Doc:
    """Keep in the marks the patterns of the theme codebook, each with the weight it has where it stands."""
    marks = doc.user_data[MARKS]
    edges = set(marks.edges)
    marks.hits = [hit for hit in themes.found(marks.folded) if not _cuts_words(hit, edges)]
    marks.weak = emphasis(marks.folded)
    marks.evidence = themes.weigh(marks.hits, marks.weak)
    marks.spoken = themes.totals(marks.evidence)
    return doc


def _cuts_words(hit: Hit, edges: set[int]) -> bool:
    """Tell two characters of two different words: 立法 in 建立|法治, 和解 in 和|解决."""
    start, end, _ = hit
    return end - start == 2 and start + 1 in edges and not (start in edges and end in edges)


@Language.component("status_cues")
def status_cues(doc: Doc) -> Doc:
    """Keep in the marks what the status cues add up to."""
    marks = doc.user_data[MARKS]
    marks.cues = statuses.cues(marks.folded)
    return doc


@Language.factory("acts")
class Acts:
    """Find verbs of governing with spaCy's PhraseMatcher and keep the sentence's frame in the marks."""

    def __init__(self, nlp: Language, name: str):
        self._matcher = acts.matcher(nlp.vocab)

    def __call__(self, doc: Doc) -> Doc:
        marks = doc.user_data[MARKS]
        verbs = [(start, end) for _, start, end in self._matcher(doc)]
        rules = acts.frame(verbs, marks.edges, marks.folded, marks.weak)
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
    rest = iter(sentences)
    while slice_ := list(islice(rest, _AT_ONCE)):
        docs = _docs(nlp.vocab, slice_)
        # One component over many sentences, then the next: a third faster than nlp.pipe(), which sends each sentence through
        # all of them, since a component's tables stay in the processor's cache.
        for _, component in nlp.pipeline:
            docs = [component(doc) for doc in docs]
        yield from docs


_AT_ONCE = 500


def _docs(vocab: Vocab, sentences: list) -> list[Doc]:
    words = [list(cut.words) for cut in sentences]
    folded = fold_all(["".join(each) for each in words])
    return [_doc(vocab, *each) for each in zip(sentences, words, folded, strict=True)]


def _doc(vocab: Vocab, cut, words: list[str], folded: str) -> Doc:
    told = syntax.told(cut)
    doc = syntax.doc(vocab, cut) if told else Doc(vocab, words=words, spaces=[False] * len(words))
    doc.user_data[MARKS] = Marks(folded, [0, *accumulate(map(len, words))], told)
    return doc
