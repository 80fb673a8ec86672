"""Measure what finds the codebook's words fastest: an Aho-Corasick automaton, HanLP's trie, or spaCy's PhraseMatcher.

`python -m bench.phrases`; part of `make bench`. Each is given the same words and the text of the five reports, and the
PhraseMatcher words already cut, as it meets them in the chain.
"""

import time
from collections.abc import Callable

import spacy
from hanlp_trie import TrieDict
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from pipeline import codebook, engines, manifest, readers
from pipeline.docs import ROOT
from pipeline.engines.jieba import UserWord
from pipeline.fold import fold
from pipeline.phrases import Phrases
from pipeline.readers.limits import Limits

SOURCE = ROOT / "data" / "raw"
ROUNDS = 5


def main() -> None:
    """Print characters a second and matches for each."""
    texts = [
        fold(readers.read(SOURCE / row["file"], Limits()).text)
        for row in manifest.load(SOURCE).to_dict("records")
    ]
    words = [entry.word for entry in codebook.load("words", UserWord)]
    characters = sum(map(len, texts))
    print(f"{'codebook words found in the text':36}{'characters a second':>20}{'matches':>10}")
    for name, find in finders(words, texts).items():
        seconds, matches = fastest(find)
        print(f"{name:36}{characters / seconds:>20,.0f}{matches:>10,}")


def finders(words: list[str], texts: list[str]) -> dict[str, Callable[[], int]]:
    """Return for each way a function that goes through all texts and counts what it found."""
    automaton, trie = Phrases({word: word for word in words}), TrieDict(set(words))
    vocabulary = spacy.blank("zh").vocab
    cut = [Doc(vocabulary, words=each.words) for each in engines.get("jieba").segment(texts)]
    matcher = PhraseMatcher(vocabulary)
    matcher.add("WORDS", [Doc(vocabulary, words=[word]) for word in words])
    return {
        "ahocorasick_rs (all, overlapping)": lambda: sum(len(automaton.find(text)) for text in texts),
        "hanlp_trie (longest)": lambda: sum(len(trie.parse_longest(text)) for text in texts),
        "spaCy PhraseMatcher (words cut)": lambda: sum(len(matcher(doc)) for doc in cut),
    }


def fastest(find: Callable[[], int]) -> tuple[float, int]:
    """Return the shortest of a few rounds, which other work on the machine disturbed least, and the matches."""
    times, found = [], 0
    for _ in range(ROUNDS):
        began = time.process_time()
        found = find()
        times.append(time.process_time() - began)
    return min(times), found


if __name__ == "__main__":
    main()
