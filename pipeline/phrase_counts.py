"""phrase_counts: one row per report and pair of neighbouring content words, how often the pair stands in the report."""

from itertools import chain

import numpy as np
import pandas as pd

from pipeline.word_counts import counted, numbered, tally

COLUMNS = {
    "sentences": ["sentence_id", "report_id", "role"],
    "tokens": ["sentence_id", "report_id", "words", "starts", "tags"],
}
# Nouns, verbs, adjectives, set phrases and abbreviations carry content (ICTCLAS set); names of persons and places do not.
CONTENT_TAGS = ("n", "v", "a", "j", "l", "i", "b")
NAME_TAGS = ("nr", "ns", "nt")
SHORTEST_WORD = 2


def build(sentences: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Count each report's pairs of content words that follow each other with nothing between them."""
    rows = counted(sentences, tokens)
    cut, starts, tags = (tokens[name].to_numpy()[rows] for name in ("words", "starts", "tags"))
    words, numbers = numbered(chain.from_iterable(cut))
    lengths = np.fromiter(map(len, words), np.int32, len(words))[numbers]
    told = np.flatnonzero(_carrying(tags) & (lengths >= SHORTEST_WORD))
    sentence = np.repeat(np.arange(len(cut), dtype=np.int32), list(map(len, cut)))[told]
    begin = np.concatenate([*starts, []], dtype=np.int64, casting="unsafe")[told]
    first = np.flatnonzero((sentence[1:] == sentence[:-1]) & (begin[1:] == (begin + lengths[told])[:-1]))
    reports, names = pd.factorize(tokens["report_id"])
    of_report = reports[rows[sentence[first]]]
    found, n = tally(len(words), of_report, numbers[told[first]], numbers[told[first + 1]])
    return pd.DataFrame(
        {"report_id": names.take(found[0]), "first": words[found[1]], "second": words[found[2]], "n": n}
    )


def _carrying(tags: np.ndarray) -> np.ndarray:
    """Tell of each word by its tag whether it carries content."""
    known, numbers = numbered(chain.from_iterable(tags))
    carries = [tag.startswith(CONTENT_TAGS) and not tag.startswith(NAME_TAGS) for tag in known]
    return np.array(carries, bool)[numbers]


if "snakemake" in globals():
    from pipeline import stage

    stage.run(build, snakemake)  # noqa: F821
