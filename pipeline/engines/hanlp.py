"""Cut words with a HanLP model: a tokenizer, or a multi-task model that also tags, names, parses and tells roles.

The model is a folder, or a name of HanLP's that has been downloaded (`make hanlp-download`). Nothing is loaded until the
engine is opened, and the default environment needs neither HanLP's models nor PyTorch.
"""

import contextlib
import logging
import os
from pathlib import Path

from pipeline import codebook
from pipeline.engines import Entity, Role, Words, models, squeezing, tagging
from pipeline.engines.jieba import UserWord
from pipeline.errors import InputError
from pipeline.fold import fold

log = logging.getLogger(__name__)

# Keys of HanLP's multi-task Document, the one preferred first. Tags of the PKU set are nearest to those of jieba, which
# the stages that read tags know.
TOKENS, TAGS = ("tok/fine", "tok", "tok/coarse"), ("pos/pku", "pos", "pos/ctb", "pos/863")
ENTITIES, PARSE, ROLES = ("ner/msra", "ner", "ner/ontonotes", "ner/pku"), ("dep",), ("srl",)
READ = {"words": TOKENS, "tags": TAGS, "entities": ENTITIES, "heads": PARSE, "roles": ROLES}
# Characters handed over at once: where the model does not say how many it holds; never fewer; never more.
WINDOW, SHORTEST_WINDOW, LONGEST_WINDOW = 120, 16, 500
MARKS = 4  # places a window keeps for the model's own marks
BATCH = 64


def check(model: str) -> None:
    """Raise InputError where HanLP or the model is not there, before any work is done; loads neither."""
    if not models.installed():
        raise InputError(
            [
                "config, tokens.engine: 'hanlp' is not installed here (make run ENGINE=hanlp MODEL=… installs it, "
                "or set tokens.engine: jieba)"
            ]
        )
    problem = models.problem(model)
    if problem:
        raise InputError([f"config, tokens.model: {problem}"])


def open(model: str = "") -> "HanLP":
    """Load the model with the codebook's words in its dictionary; raises InputError where it cannot be loaded."""
    check(model)
    place = models.folder(model).absolute()
    try:
        import hanlp
        import torch

        # A job is given one core; more would be taken from the batches beside it.
        torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
        # A model trained here names its encoder by a path within its own folder, so that the folder can be moved.
        with contextlib.chdir(place):
            loaded = hanlp.load(str(place), verbose=False)
    except Exception as error:  # HanLP and PyTorch raise anything on a damaged folder
        raise InputError(
            [f"config, tokens.model: {place} cannot be loaded: {_first_line(error)} ({models.HOW})"]
        ) from error
    refuse_other(loaded, place)
    return HanLP(loaded, {entry.word for entry in codebook.load("words", UserWord)})


def refuse_other(model, place: Path) -> None:
    """Raise InputError where a multi-task model does not cut words."""
    tasks = getattr(model, "tasks", TOKENS)
    if not set(tasks) & set(TOKENS):
        raise InputError(
            [f"config, tokens.model: {place} cuts no words: it tells {', '.join(tasks)} ({models.HOW})"]
        )


def _tokenizers(model) -> list:
    tasks = getattr(model, "tasks", None)
    parts = tasks.values() if tasks is not None else [model]
    return [part for part in parts if hasattr(type(part), "dict_force")]


def _first_line(error: BaseException) -> str:
    """Return the first line of what went wrong first: HanLP's own handling of an error may end in another."""
    while error.__context__ is not None:
        error = error.__context__
    said = str(error).strip().splitlines()
    return f"{type(error).__name__}: {said[0] if said else 'no reason given'}"


class HanLP:
    """A segmenter over a loaded HanLP component."""

    def __init__(self, model, words: set[str]):
        self._model = model
        self._tasks = _wanted(model)
        self._longest = _window(model)
        for tokenizer in _tokenizers(model):
            tokenizer.dict_force = words

    def segment(self, texts: list[str]) -> list[Words]:
        """Return the words of each text, with what else the model tells of them."""
        pieces = squeezing.pieces([fold(text) for text in texts], self._longest)
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
        return documents(self._model(texts, tasks=self._tasks), len(texts))


def documents(answer: dict, count: int) -> list[dict]:
    """Take a multi-task answer (HanLP's `Document` over `count` sentences) apart, sentence by sentence."""
    found = {name: next((answer[key] for key in keys if key in answer), None) for name, keys in READ.items()}
    return [{name: rows[i] for name, rows in found.items() if rows is not None} for i in range(count)]


def _wanted(model) -> list[str] | None:
    """List the tasks of a multi-task model that are read here; its others (constituents, coarse words) cost time and are left."""
    tasks = getattr(model, "tasks", None)
    if tasks is None:
        return None
    return [next(key for key in keys if key in tasks) for keys in READ.values() if set(keys) & set(tasks)]


def _window(model) -> int:
    """Return how many characters a model holds at once, a little less for its own marks at both ends."""
    holders = [model, *(getattr(model, "tasks", None) or {}).values()]
    given = [size for holder in holders if (size := holder.config.get("max_seq_len"))]
    return max(SHORTEST_WINDOW, min([*map(int, given), LONGEST_WINDOW] if given else [WINDOW]) - MARKS)


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
                tags.append(tagging.tag(text[start:end], tag))
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
