"""Hold each sentence as a spaCy Doc and let components mark it: themes' patterns, status cues, acts.

The words come from the tokens table and are not cut again; codebook phrases are found on characters, then tied to the
words they stand in (`Doc.char_span`, expanded), so that no segmentation hides one.
"""

from collections.abc import Iterable, Iterator
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import acts, statuses, themes
from pipeline.fold import fold

for _name in ("folded", "evidence", "cues", "frame"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


@Language.component("theme_patterns")
def theme_patterns(doc: Doc) -> Doc:
    """Keep the patterns of the theme codebook in `doc._.evidence` and their words in `doc.spans["themes"]`."""
    hits = themes.found(doc._.folded)
    doc.spans["themes"] = [
        doc.char_span(hit.start, hit.end, label=hit.pattern.code, alignment_mode="expand") for hit in hits
    ]
    doc._.evidence = themes.weigh(doc._.folded, hits)
    return doc


@Language.component("status_cues")
def status_cues(doc: Doc) -> Doc:
    """Keep what the status cues add up to in `doc._.cues`."""
    doc._.cues = statuses.cues(doc._.folded)
    return doc


@Language.factory("acts")
class Acts:
    """Find verbs of governing with spaCy's Matcher and keep the sentence's frame in `doc._.frame`."""

    def __init__(self, nlp: Language, name: str):
        self._matcher = acts.matcher(nlp.vocab)

    def __call__(self, doc: Doc) -> Doc:
        doc._.frame = acts.frame(doc, [(start, end) for _, start, end in self._matcher(doc)], doc._.folded)
        return doc


@cache
def pipeline() -> Language:
    """Return the spaCy pipeline that marks sentences: a blank Chinese one with the codebook's components."""
    nlp = spacy.blank("zh")
    for name in ("theme_patterns", "status_cues", "acts"):
        nlp.add_pipe(name)
    return nlp


def mark(sentences: Iterable[list[str]]) -> Iterator[Doc]:
    """Yield a marked Doc for each sentence, given as its words; together they are the sentence to the character."""
    nlp = pipeline()
    yield from nlp.pipe(_docs(nlp, sentences))


def _docs(nlp: Language, sentences: Iterable[list[str]]) -> Iterator[Doc]:
    for words in sentences:
        doc = Doc(nlp.vocab, words=words, spaces=[False] * len(words))
        doc._.folded = fold("".join(words))
        yield doc
