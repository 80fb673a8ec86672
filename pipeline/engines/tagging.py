"""Name parts of speech in one set, ICTCLAS as jieba writes it, whatever set a model was trained on."""

from functools import cache

import rjieba

from pipeline import codebook
from pipeline.engines.jieba import UserWord
from pipeline.fold import fold

# Chinese Treebank → ICTCLAS. A proper noun (NR) of a report is a place more often than a person.
_TREEBANK = {
    **dict.fromkeys(("AS", "DEC", "DEG", "DER", "DEV", "ETC", "MSP"), "u"),
    **dict.fromkeys(("VC", "VE", "VV"), "v"),
    **dict.fromkeys(("BA", "LB", "P", "SB"), "p"),
    **dict.fromkeys(("CC", "CS"), "c"),
    **dict.fromkeys(("CD", "OD"), "m"),
    **dict.fromkeys(("DT", "PN"), "r"),
    "AD": "d",
    "FW": "eng",
    "IJ": "e",
    "JJ": "b",
    "LC": "f",
    "M": "q",
    "NN": "n",
    "NR": "ns",
    "NT": "t",
    "ON": "o",
    "PU": "x",
    "SP": "y",
    "VA": "a",
}


def tag(word: str, given: str = "") -> str:
    """Return the tag of a word: the codebook's for its own words, else the model's, else that of jieba's dictionary.

    >>> tag("治理", "VV"), tag("治理", "vn"), tag("三项制度", "NN"), tag("政府")
    ('v', 'vn', 'nz', 'n')
    """
    known = _codebook().get(word)
    return known or _TREEBANK.get(given, given) or _looked_up(fold(word))


@cache
def _codebook() -> dict[str, str]:
    return {entry.word: entry.tag for entry in codebook.load("words", UserWord)}


@cache
def _dictionary() -> rjieba.Jieba:
    return rjieba.Jieba()


@cache
def _looked_up(word: str) -> str:
    """Return the tag of the last part that the dictionary knows the word by: a compound is what it ends in."""
    parts = _dictionary().tag(word)
    return parts[-1][1] if parts else "x"
