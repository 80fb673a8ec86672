"""Hold the words of a batch as one long row of numbers, and count the terms of any stretch of a report in it."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from pipeline.clustering.terms import Lexicon, is_quote, plain, tells

_END = -1  # where a run of words ends
_SHIFT = 32


class Words:
    """The words of a batch in the order of report and place; quotation marks, which part nothing, are left out."""

    def __init__(self, tokens: pa.Table, lexicon: Lexicon, vocabulary: list[str]):
        words, tags, starts = _flatten(tokens)
        codes, reports = pd.factorize(tokens["report_id"].cast(pa.string()).to_pandas())
        self._reports = {report: number for number, report in enumerate(reports)}
        place = (np.repeat(codes.astype(np.int64), _lengths(tokens)) << _SHIFT) + starts
        order = np.argsort(place, kind="stable")
        kept = order[~np.array([is_quote(word) for word in words.categories], dtype=bool)[words.codes[order]]]
        self._place = place[kept]
        term = {name: number for number, name in enumerate(vocabulary)}
        self._width = len(term)
        plains = [plain(word) for word in words.categories]
        tag_tells = np.array([tells(tag) for tag in tags.categories], dtype=bool)
        single = np.array([term.get(word, _END) if lexicon.bears(word) else _END for word in plains])
        self._single = np.where(tag_tells[tags.codes[kept]], single[words.codes[kept]], _END)
        self._phrases = _Phrases(lexicon.phrases, plains, term)
        self._words = self._phrases.numbers[words.codes[kept]]

    def count(self, reports: pd.Series, starts: pd.Series, ends: pd.Series) -> sparse.csr_matrix:
        """Return how often each term stands in each stretch `[start, end)` of a report."""
        number = reports.map(self._reports).fillna(len(self._reports)).to_numpy().astype(np.int64) << _SHIFT
        low = np.searchsorted(self._place, number + starts.to_numpy())
        high = np.searchsorted(self._place, number + ends.to_numpy())
        rows = np.repeat(np.arange(len(low)), high - low)
        at = np.arange(len(rows)) - np.repeat(np.cumsum(high - low) - (high - low), high - low) + low[rows]
        single = self._single[at]
        told = single != _END
        found = [(rows[told], single[told]), *self._phrases.find(self._words, rows, at, high[rows])]
        rows, terms = (np.concatenate(some) for some in zip(*found, strict=True))
        ones = np.ones(len(rows), dtype=np.float32)
        return sparse.csr_matrix((ones, (rows, terms)), shape=(len(low), self._width))


def _flatten(tokens: pa.Table) -> tuple[pd.Categorical, pd.Categorical, np.ndarray]:
    """Return word, tag and place of every word of a batch."""
    words, tags, starts = (pc.list_flatten(tokens[name]) for name in ("words", "tags", "starts"))
    return _coded(words), _coded(tags), starts.to_numpy()


def _lengths(tokens: pa.Table) -> np.ndarray:
    return pc.list_value_length(tokens["words"]).to_numpy()


def _coded(values: pa.ChunkedArray) -> pd.Categorical:
    known = pa.types.is_dictionary(values.type)
    coded = (values.unify_dictionaries() if known else values.dictionary_encode()).combine_chunks()
    return pd.Categorical.from_codes(coded.indices.to_numpy(), categories=coded.dictionary.to_pylist())


class _Phrases:
    """The phrases of a corpus as steps from word to word: (state, word) → state, and the term a state stands for."""

    def __init__(self, phrases, plains: list[str], term: dict[str, int]):
        known = {
            word: number for number, word in enumerate(dict.fromkeys(w for some in phrases for w in some))
        }
        self.numbers = np.array([known.get(word, _END) for word in plains], dtype=np.int64)
        states: dict[tuple, int] = {}
        for words in phrases:
            for size in range(1, len(words) + 1):
                states.setdefault(words[:size], len(states))
        # Where the first word leads is looked up, the word -1 (none of a phrase) last; where further ones lead is searched.
        self._first = np.full(len(known) + 1, _END)
        for words, state in states.items():
            if len(words) == 1:
                self._first[known[words[0]]] = state
        steps = sorted(
            (states[words[:-1]] << _SHIFT | known[words[-1]], state)
            for words, state in states.items()
            if len(words) > 1
        )
        self._steps = np.array([step for step, _ in steps], dtype=np.int64)
        self._to = np.array([state for _, state in steps], dtype=np.int64)
        self._term = np.full(len(states), _END)
        for words in phrases:
            self._term[states[words]] = term.get("".join(words), _END)

    def find(self, words: np.ndarray, rows: np.ndarray, at: np.ndarray, ends: np.ndarray):
        """Yield unit and term of the phrases that begin at `at` and end before `ends`."""
        state = self._first[words[at]]
        while len(at):
            going = state != _END
            rows, state, at, ends = rows[going], state[going], at[going] + 1, ends[going]
            told = self._term[state] != _END
            yield rows[told], self._term[state][told]
            more = at < ends
            rows, state, at, ends = rows[more], state[more], at[more], ends[more]
            state = self._next(state, words[at])

    def _next(self, state: np.ndarray, word: np.ndarray) -> np.ndarray:
        step = (state << _SHIFT) | np.maximum(word, 0)
        place = np.minimum(np.searchsorted(self._steps, step), len(self._steps) - 1)
        return np.where((word != _END) & (self._steps[place] == step), self._to[place], _END)


def stretches(reports: pd.Series, numbers: np.ndarray) -> np.ndarray:
    """Number the pairs of report and number, alike pairs alike.

    >>> stretches(pd.Series(["a", "a", "b"]), np.array([1, 1, 1])).tolist()
    [0, 0, 1]
    """
    codes = pd.factorize(reports)[0].astype(np.int64)
    return np.unique((codes << _SHIFT) + numbers, return_inverse=True)[1]
