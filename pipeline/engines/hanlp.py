"""Cut words with a HanLP model: a tokenizer, or a multi-task model that also tags, names, parses and tells roles.

The model is a folder, or a name of HanLP's that has been downloaded (`make hanlp-download`). Nothing is loaded until the
engine is opened, and the default environment needs neither HanLP's models nor PyTorch.
"""

import logging
import os
from importlib.util import find_spec
from pathlib import Path

from pipeline import codebook
from pipeline.engines import Entity, Role, Words, squeezing
from pipeline.engines.jieba import UserWord
from pipeline.errors import InputError

log = logging.getLogger(__name__)

# Keys of HanLP's multi-task Document, the one preferred first.
TOKENS, TAGS = ("tok/fine", "tok", "tok/coarse"), ("pos/ctb", "pos", "pos/pku", "pos/863")
ENTITIES, PARSE, ROLES = ("ner/msra", "ner", "ner/ontonotes", "ner/pku"), ("dep",), ("srl",)
SHORTEST_WINDOW, WINDOW = (
    16,
    120,
)  # characters handed over at once where the model does not say how many it holds
BATCH = 64
HOW = (
    "give tokens.model a folder with a model (make hanlp-model trains a small one), download one "
    "(make hanlp-download MODEL=…) into HANLP_HOME, or set tokens.engine: jieba"
)


def check(model: str) -> None:
    """Raise InputError where HanLP or the model is not there, before any work is done; loads neither."""
    if not find_spec("hanlp"):
        raise InputError(
            [
                "config, tokens.engine: 'hanlp' is not installed here (make run ENGINE=hanlp installs it, or set tokens.engine: jieba)"
            ]
        )
    if not model:
        raise InputError([f"config, tokens.model: is empty, and HanLP needs a model ({HOW})"])
    if not folder(model):
        raise InputError(
            [f"config, tokens.model: no model {model!r}: no such folder, nor downloaded to {home()} ({HOW})"]
        )


def home() -> Path:
    """Return where HanLP keeps downloaded models: HANLP_HOME, or ~/.hanlp."""
    return Path(os.environ.get("HANLP_HOME", Path.home() / ".hanlp"))


def folder(model: str) -> Path | None:
    """Return the folder of a model given by path or by HanLP's name, or None where it is not on this machine."""
    if (Path(model) / "config.json").is_file():
        return Path(model)
    known = sorted(
        path.parent for path in home().glob("**/config.json") if path.parent.name.startswith(model.lower())
    )
    return known[0] if known else None


def open(model: str = "") -> "HanLP":
    """Load the model with the codebook's words in its dictionary; raises InputError where it cannot be loaded."""
    check(model)
    place = folder(model)
    try:
        import hanlp

        loaded = hanlp.load(str(place))
    except Exception as error:  # HanLP and PyTorch raise anything on a damaged folder
        raise InputError(
            [f"config, tokens.model: {place} cannot be loaded: {_first_line(error)} ({HOW})"]
        ) from error
    return HanLP(loaded, {entry.word for entry in codebook.load("words", UserWord)})


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else 'no reason given'}"


class HanLP:
    """A segmenter over a loaded HanLP component."""

    def __init__(self, model, words: set[str]):
        self._model = model
        self._tasks = getattr(model, "tasks", None)
        self._longest = max(SHORTEST_WINDOW, _window(model))
        for tokenizer in _tokenizers(model):
            tokenizer.dict_force = words

    def segment(self, texts: list[str]) -> list[Words]:
        """Return the words of each text, with what else the model tells of them."""
        pieces = squeezing.pieces(texts, self._longest)
        gathered = [_Gathered() for _ in texts]
        for start in range(0, len(pieces), BATCH):
            batch = pieces[start : start + BATCH]
            for piece, document in zip(batch, self._documents([piece.text for piece in batch]), strict=True):
                gathered[piece.of].add(piece, document)
            if start and start % (BATCH * 20) == 0:
                log.info("hanlp: %d of %d pieces cut", start, len(pieces))
        return [each.words(text) for each, text in zip(gathered, texts, strict=True)]

    def _documents(self, texts: list[str]) -> list[dict]:
        """Return for each piece what the model says of it, by the plain names words, tags, entities, heads, roles."""
        if self._tasks is None:
            return [{"words": words} for words in self._model(texts)]
        return documents(self._model(texts), len(texts))


def documents(answer: dict, count: int) -> list[dict]:
    """Take a multi-task answer (HanLP's `Document` over `count` sentences) apart, sentence by sentence."""
    named = {"words": TOKENS, "tags": TAGS, "entities": ENTITIES, "heads": PARSE, "roles": ROLES}
    found = {name: next((answer[key] for key in keys if key in answer), None) for name, keys in named.items()}
    return [{name: rows[i] for name, rows in found.items() if rows is not None} for i in range(count)]


def _window(model) -> int:
    """Return how many characters a model holds at once, a little less for its own marks at both ends."""
    given = getattr(model.config, "max_seq_len", None) or WINDOW
    return min(int(given) - 4, 500)


def _tokenizers(model) -> list:
    tasks = getattr(model, "tasks", None)
    parts = tasks.values() if tasks is not None else [model]
    return [part for part in parts if hasattr(type(part), "dict_force")]


class _Gathered:
    """What the pieces of one text tell, put together."""

    def __init__(self):
        self._spans: list[tuple[int, int]] = []
        self._tags: list[str] = []
        self._heads: list[int | None] = []
        self._relations: list[str] = []
        self._entities: list[Entity] = []
        self._roles: list[Role] = []

    def add(self, piece: squeezing.Piece, document: dict) -> None:
        """Anchor one piece's words in the text, and with them its names, heads and roles."""
        try:
            spans = squeezing.spans(piece, document["words"])
        except ValueError as error:
            raise InputError(
                [f"engine hanlp: {error} (use another model, or set tokens.engine: jieba)"]
            ) from error
        offset = len(self._spans)
        self._spans += spans
        self._tags += document.get("tags", [""] * len(spans))
        for head, relation in document.get("heads", []):
            self._heads.append(offset + head - 1 if head else None)
            self._relations.append(relation)
        for _, label, first, last in document.get("entities", []):
            self._entities.append(Entity(spans[first][0], spans[last - 1][1], label))
        for frame in document.get("roles", []):
            self._roles += _roles(frame, spans)

    def words(self, text: str) -> Words:
        """Return the words with the white space between them as words of its own, so that joined they are the text."""
        words, starts, tags, place, at = [], [], [], [], 0
        for (start, end), tag in zip([*self._spans, (len(text), len(text))], [*self._tags, ""], strict=True):
            if at < start:
                words.append(text[at:start])
                starts.append(at)
                tags.append("x")
            if start < end:
                place.append(len(words))
                words.append(text[start:end])
                starts.append(start)
                tags.append(tag)
            at = end
        heads, relations = self._tree(len(words), place)
        return Words(words, starts, tags, heads, relations, self._entities, self._roles)

    def _tree(self, count: int, place: list[int]) -> tuple[list[int], list[str]]:
        if len(self._heads) != len(place) or not place:
            return [], []
        heads, relations = list(range(count)), [""] * count
        for at, head, relation in zip(place, self._heads, self._relations, strict=True):
            heads[at] = at if head is None else place[head]
            relations[at] = relation
        return heads, relations


def _roles(frame: list, spans: list[tuple[int, int]]) -> list[Role]:
    """Return the arguments of one verb; HanLP lists the verb among them with the label PRED."""
    verb = next(
        ((spans[first][0], spans[last - 1][1]) for _, label, first, last in frame if label == "PRED"), None
    )
    if verb is None:
        return []
    return [
        Role(*verb, label, spans[first][0], spans[last - 1][1])
        for _, label, first, last in frame
        if label != "PRED"
    ]
