"""Train a small HanLP model of words and parts of speech from the project's own tokens: `make hanlp-model`.

It learns to cut as the tables were cut (by jieba and the codebook's words, unless they were made otherwise), so that the
whole path through HanLP works where nothing can be downloaded. It knows no names, parses nothing and tells no roles.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline import codebook, tables
from pipeline.engines import agreement, models
from pipeline.engines.jieba import UserWord
from pipeline.errors import InputError
from pipeline.fold import fold

Sentence = list[tuple[str, str]]  # words with their tags
STAMP = "training.json"  # marks a folder that this module filled, and may fill again
LONGEST, WINDOW = 100, 128  # characters of a training sentence, places of the encoder
HELD_OUT = 0.1
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
RATE, BATCH = 5e-3, 16


class Size(NamedTuple):
    """How large a model is: numbers across its layers, layers, and heads of attention."""

    width: int = 64
    layers: int = 2
    heads: int = 4


SMALL = Size()


def main(arguments: list[str] | None = None) -> None:
    """Train from the tokens of a run, write the model's folder and print how well it cuts sentences it never saw."""
    parser = argparse.ArgumentParser(prog="make hanlp-model", description=__doc__)
    parser.add_argument(
        "--tokens", type=Path, default=Path("data/processed/tokens"), help="tokens table of a run"
    )
    parser.add_argument("--output", type=Path, default=Path("models/hanlp"), help="folder of the model")
    parser.add_argument("--epochs", type=int, default=15, help="times every sentence is learnt from")
    parser.add_argument("--seed", type=int, default=1, help="seed of every random choice")
    given = parser.parse_args(arguments)
    try:
        said = train(read(given.tokens), given.output, epochs=given.epochs, seed=given.seed)
    except InputError as error:
        sys.exit(str(error))
    print(
        f"\n{given.output}: on {said['held_out']} sentences it never saw, words agree {said['words_f1']:.1%} (F1), "
        f"parts of speech of the same words {said['tags']:.1%}\nUse it: make run ENGINE=hanlp MODEL={given.output}"
    )


def read(folder: Path) -> list[Sentence]:
    """Return the sentences of a tokens table, each once, in pieces short enough to learn from."""
    paths = sorted(folder.glob("*.parquet"))
    if not paths:
        raise InputError([f"{folder}: no tokens table to learn from (make run makes one)"])
    rows = tables.read(paths, ["words", "tags"])
    return sentences(zip(rows["words"], rows["tags"], strict=True))


def sentences(rows: Iterable[tuple[list[str], list[str]]]) -> list[Sentence]:
    """Drop blanks, cut at marks, and keep each piece once.

    >>> sentences([(["推进", " ", "普法", "。"], ["v", "x", "vn", "x"])] * 2)
    [[('推进', 'v'), ('普法', 'vn'), ('。', 'x')]]
    """
    found: dict[tuple, None] = {}
    for words, tags in rows:
        piece: Sentence = []
        for word, tag in zip(words, tags, strict=True):
            if word.isspace() or len(word) > LONGEST:
                continue
            if sum(len(each) for each, _ in piece) + len(word) > LONGEST:
                found[tuple(piece)] = None
                piece = []
            piece.append((fold(word).replace(" ", ""), tag))
            if word in "。！？；;!?":
                found[tuple(piece)] = None
                piece = []
        found[tuple(piece)] = None
    return [list(piece) for piece in found if piece]


def train(cut: list[Sentence], output: Path, *, epochs: int, seed: int, size: Size = SMALL) -> dict:
    """Fit a multi-task model and put it into `output`; return what it scores on sentences held out."""
    if not models.installed():
        raise InputError(["hanlp is not installed here (make hanlp-model installs it into .venv-hanlp)"])
    if output.exists() and any(output.iterdir()) and not (output / STAMP).exists():
        raise InputError([f"{output}: holds something else (name another folder with --output)"])
    cut = sorted(cut)
    random.Random(seed).shuffle(cut)
    part = max(1, int(len(cut) * HELD_OUT))
    held_out, tuned, learnt = cut[:part], cut[part : 2 * part], cut[2 * part :]
    words = [[(entry.word, entry.tag)] for entry in codebook.load("words", UserWord)]
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=".training-") as scratch:
        place = Path(scratch)
        _write(place / "learnt", learnt + words)
        _write(place / "tuned", tuned)
        _encoder(place / "model" / "encoder", [*learnt, *words], seed, size)
        _fit(place, epochs, seed)
        _settle(place / "model")
        said = {"held_out": len(held_out), "learnt": len(learnt), "epochs": epochs, "seed": seed}
        said |= _score(place / "model", held_out)
        (place / "model" / STAMP).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(output, ignore_errors=True)
        os.replace(place / "model", output)
    return said


def _write(path: Path, cut: list[Sentence]) -> None:
    """Write the sentences as HanLP reads them: words in a line, and words with tags in columns."""
    lines = [" ".join(word for word, _ in sentence) for sentence in cut]
    path.with_suffix(".txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    blocks = ["".join(f"{word}\t{tag}\n" for word, tag in sentence) for sentence in cut]
    path.with_suffix(".tsv").write_text("\n".join(blocks), encoding="utf-8")


def _encoder(place: Path, cut: list[Sentence], seed: int, size: Size) -> None:
    """Make an untrained encoder whose vocabulary is the characters of the sentences."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(seed)
    torch.set_num_threads(
        1
    )  # so small a model gains nothing from a second thread, and loses much beside other work
    characters = sorted({character for sentence in cut for word, _ in sentence for character in word})
    place.mkdir(parents=True)
    vocabulary = place / "vocab.txt"
    vocabulary.write_text("\n".join([*SPECIAL, *characters]) + "\n", encoding="utf-8")
    config = BertConfig(
        vocab_size=len(SPECIAL) + len(characters),
        hidden_size=size.width,
        num_hidden_layers=size.layers,
        num_attention_heads=size.heads,
        intermediate_size=2 * size.width,
        max_position_embeddings=WINDOW,
    )
    BertModel(config).save_pretrained(place)
    BertTokenizerFast(vocab_file=str(vocabulary), do_lower_case=False).save_pretrained(place)


def _fit(place: Path, epochs: int, seed: int) -> None:
    from hanlp.common.dataset import SortingSamplerBuilder
    from hanlp.components.mtl.multi_task_learning import MultiTaskLearning
    from hanlp.components.mtl.tasks.pos import TransformerTagging
    from hanlp.components.mtl.tasks.tok.tag_tok import TaggingTokenization
    from hanlp.layers.embeddings.contextual_word_embedding import ContextualWordEmbedding

    def files(suffix: str) -> list[str]:
        return [str(place / f"{name}.{suffix}") for name in ("learnt", "tuned")]

    same = {"sampler_builder": SortingSamplerBuilder(batch_size=BATCH), "lr": RATE, "char_level": True}
    same |= {"max_seq_len": WINDOW - 2, "hard_constraint": True}
    encoder = ContextualWordEmbedding(
        "token",
        str(place / "model" / "encoder"),
        average_subwords=True,
        max_sequence_length=WINDOW,
        word_dropout=0.1,
    )
    MultiTaskLearning().fit(
        encoder,
        {
            "tok": TaggingTokenization(*files("txt"), **same),
            "pos": TransformerTagging(*files("tsv"), dependencies="tok", **same),
        },
        str(place / "model"),
        epochs,
        lr=RATE,
        encoder_lr=RATE,
        grad_norm=1,
        eval_trn=False,
        cache=True,
        devices=-1,
        seed=seed,
    )


def _settle(model: Path) -> None:
    """Make the folder one that can be moved: the encoder named from within it, and its untrained weights gone."""
    path = model / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["encoder"]["transformer"] = "encoder"
    for task in ("tok", "pos"):
        config[task].pop("trn", None)
        config[task].pop("dev", None)
    path.write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (model / "encoder" / "model.safetensors").unlink()
    (model / "train.log").unlink(missing_ok=True)  # its times would make no two folders alike


def _score(model: Path, held_out: list[Sentence]) -> dict:
    from pipeline.engines import hanlp

    texts = ["".join(word for word, _ in sentence) for sentence in held_out]
    cut = hanlp.open(str(model)).segment(texts)
    given = [[word for word, _ in sentence] for sentence in held_out]
    tags = [[tag for _, tag in sentence] for sentence in held_out]
    f1 = agreement.boundaries(given, [words.words for words in cut])
    same = agreement.tags(zip(given, tags, strict=True), ((words.words, words.tags) for words in cut))
    return {"words_f1": round(f1, 4), "tags": round(same, 4)}


if __name__ == "__main__":
    main()
