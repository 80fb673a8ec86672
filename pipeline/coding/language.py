"""Hold reports as a spaCy Doc and let components mark their sentences: themes' patterns, status cues, acts.

The words come from the tokens table and are not cut again; codebook phrases are found on characters, then tied to the
words' edges, so that no segmentation hides one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc, Span

from pipeline.coding import acts, emphasis, syntax, themes
from pipeline.coding.cues import Cues, add_up
from pipeline.coding.lines import END, Lines
from pipeline.coding.patterns import Hits
from pipeline.fold import fold


@dataclass(slots=True)
class Marks:
    """What the components keep of a Doc: of each sentence what its own words say, its cues, and its frame.

    `places` is where each word starts, and where the last one ends. `told` holds the rows of the tokens table of those
    sentences of which the engine knows names, a parse or roles. `hits` are the patterns of themes, `weak` the stretches that
    count for less, in the whole text.
    """

    lines: Lines
    places: np.ndarray
    told: dict[int, Any]
    hits: Hits | None = None
    weak: emphasis.Weak | None = None
    spoken: list[themes.Spoken] = ()
    cues: list[Cues] = ()
    frames: list[acts.Frame] = ()


MARKS = "marks"


def _theme_spans(doc: Doc) -> list[Span]:
    """Return the words each theme pattern stands in, whole words only."""
    patterns = themes.finder().patterns
    return [
        doc.char_span(start, end, label=patterns[pattern].code, alignment_mode="expand")
        for start, end, pattern in zip(*map(np.ndarray.tolist, doc.user_data[MARKS].hits), strict=True)
    ]


# Made when asked for, as in a notebook: `doc._.themes`.
Doc.set_extension("themes", getter=_theme_spans, force=True)


@Language.component("theme_patterns")
def theme_patterns(doc: Doc) -> Doc:
    """Keep in the marks the patterns of the theme codebook, each with the weight it has where it stands."""
    marks = doc.user_data[MARKS]
    marks.weak = emphasis.weak(marks.lines)
    hits = themes.found(marks.lines.text)
    marks.hits = hits.only(~_cut_words(hits, marks.places))
    marks.spoken = themes.spoken(marks.lines, marks.hits, marks.weak)
    return doc


def _cut_words(hits: Hits, places: np.ndarray) -> np.ndarray:
    """Tell two characters of two different words: 立法 in 建立|法治, 和解 in 和|解决."""
    edge = np.zeros(places[-1] + 1, bool)
    edge[places] = True
    two = hits.ends - hits.starts == 2
    return two & edge[hits.starts + 1] & ~(edge[hits.starts] & edge[hits.ends])


@Language.component("status_cues")
def status_cues(doc: Doc) -> Doc:
    """Keep in the marks what the status cues add up to."""
    doc.user_data[MARKS].cues = add_up(doc.user_data[MARKS].lines)
    return doc


@Language.factory("acts")
class Acts:
    """Find verbs of governing with spaCy's PhraseMatcher and keep each sentence's frame in the marks."""

    def __init__(self, nlp: Language, name: str):
        self._matcher = acts.matcher(nlp.vocab)

    def __call__(self, doc: Doc) -> Doc:
        marks = doc.user_data[MARKS]
        marks.frames = acts.frames(self._verbs(doc, marks.places), marks.lines, marks.weak)
        for line, cut in marks.told.items():
            marks.frames[line] = syntax.frame(syntax.doc(doc.vocab, cut), marks.frames[line])
        return doc

    def _verbs(self, doc: Doc, places: np.ndarray) -> acts.Verbs:
        found = self._matcher(doc)
        ranks, words, _ = np.fromiter(chain.from_iterable(found), np.uint64, 3 * len(found)).reshape(-1, 3).T
        order = np.argsort(words)
        starts = words[order].astype(int)
        names, which = np.unique(ranks[order], return_inverse=True)
        rank = np.array([int(doc.vocab.strings[name]) for name in names.tolist()], int)
        return acts.Verbs(places[starts], places[starts + 1], rank[which])


@cache
def pipeline() -> Language:
    """Return the spaCy pipeline that marks sentences: a blank Chinese one with the codebook's components."""
    nlp = spacy.blank("zh")
    for name in ("theme_patterns", "status_cues", "acts"):
        nlp.add_pipe(name)
    return nlp


def mark(sentences: Iterable) -> Doc:
    """Return the marked Doc of sentences, given their rows of the tokens table: of a report, or of many.

    The words of a sentence together are the sentence to the character; a word `END` closes it. `doc.user_data[MARKS]`
    holds what was found.
    """
    cuts = list(sentences)
    words = list(chain.from_iterable((*cut.words, END) for cut in cuts))
    numbers = list(map(_numbers().__getitem__, words))
    doc = Doc(pipeline().vocab, words=numbers, spaces=[False] * len(numbers))
    text = fold("".join(words))
    places = np.append(doc.to_array("IDX").astype(int), len(text))
    ends = places[np.cumsum([len(cut.words) + 1 for cut in cuts], dtype=int)].tolist()
    each = [text[start : end - 1] for start, end in pairwise([0, *ends])]
    told = {line: cut for line, cut in enumerate(cuts) if syntax.told(cut)}
    doc.user_data[MARKS] = Marks(Lines(each), places, told)
    return pipeline()(doc)


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
