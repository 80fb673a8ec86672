"""Train a small HanLP model of words and parts of speech from the project's own tokens: `make hanlp-model`.

It learns to cut as the tables were cut: by jieba and the codebook's words, so that the whole path through HanLP works where
nothing can be downloaded; or by a larger model of HanLP's, whose names and dependencies it learns too, being much faster.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from pipeline import codebook
from pipeline.engines import Words, agreement, lessons, models
from pipeline.engines.jieba import UserWord
from pipeline.engines.lessons import Lesson
from pipeline.errors import InputError

STAMP = "training.json"  # marks a folder that this module filled, and may fill again
WINDOW = 128  # places of the encoder: a lesson and the model's own marks
HELD_OUT = 0.1
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
RATE, BATCH = 5e-3, 16
ARCS = 64  # numbers for a word as head, and as what hangs on one


SCORES = {
    "words_f1": "on words (F1)",
    "tags": "on the parts of speech of words cut alike",
    "names_f1": "on names (F1)",
    "heads": "on what words cut alike depend on",
}


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
        said = train(lessons.read(given.tokens), given.output, epochs=given.epochs, seed=given.seed)
    except InputError as error:
        sys.exit(str(error))
    scores = "\n".join(f"  {name}: {said[key]:.1%}" for key, name in SCORES.items() if key in said)
    print(
        f"\n{given.output}: on {said['held_out']} sentences it never saw it agrees\n{scores}"
        f"\nUse it: make run ENGINE=hanlp MODEL={given.output}"
    )


def train(cut: list[Lesson], output: Path, *, epochs: int, seed: int, size: Size = SMALL) -> dict:
    """Fit a multi-task model and put it into `output`; return what it scores on sentences held out."""
    if not models.installed():
        raise InputError(["hanlp is not installed here (make hanlp-model installs it into .venv-hanlp)"])
    if output.exists() and any(output.iterdir()) and not (output / STAMP).exists():
        raise InputError([f"{output}: holds something else (name another folder with --output)"])
    cut = sorted(cut)
    random.Random(seed).shuffle(cut)
    part = max(1, int(len(cut) * HELD_OUT))
    held_out, tuned, learnt = cut[:part], cut[part : 2 * part], cut[2 * part :]
    words = [Lesson((entry.word,), (entry.tag,)) for entry in codebook.load("words", UserWord)]
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=".training-") as scratch:
        place = Path(scratch)
        lessons.write(place / "learnt", learnt + words)
        lessons.write(place / "tuned", tuned)
        _encoder(place / "model" / "encoder", [*learnt, *words], seed, size)
        _fit(place, epochs, seed, names=any(x.names for x in learnt), parse=any(x.heads for x in learnt))
        _settle(place / "model")
        said = {"held_out": len(held_out), "learnt": len(learnt), "epochs": epochs, "seed": seed}
        said |= _score(place / "model", held_out)
        (place / "model" / STAMP).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(output, ignore_errors=True)
        os.replace(place / "model", output)
    return said


def _encoder(place: Path, cut: list[Lesson], seed: int, size: Size) -> None:
    """Make an untrained encoder whose vocabulary is the characters of the sentences."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(seed)
    torch.set_num_threads(
        1
    )  # so small a model gains nothing from a second thread, and loses much beside other work
    characters = sorted({character for lesson in cut for word in lesson.words for character in word})
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


def _fit(place: Path, epochs: int, seed: int, *, names: bool, parse: bool) -> None:
    from hanlp.components.mtl.multi_task_learning import MultiTaskLearning
    from hanlp.layers.embeddings.contextual_word_embedding import ContextualWordEmbedding

    encoder = ContextualWordEmbedding(
        "token",
        str(place / "model" / "encoder"),
        average_subwords=True,
        max_sequence_length=WINDOW,
        word_dropout=0.1,
    )
    MultiTaskLearning().fit(
        encoder,
        _tasks(place, names, parse),
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


def _tasks(place: Path, names: bool, parse: bool) -> dict:
    """Return what the model is to learn: words and parts of speech, names and dependencies where the lessons hold some."""
    from hanlp.common.dataset import SortingSamplerBuilder
    from hanlp.components.mtl.tasks.dep import BiaffineDependencyParsing
    from hanlp.components.mtl.tasks.ner.tag_ner import TaggingNamedEntityRecognition
    from hanlp.components.mtl.tasks.pos import TransformerTagging
    from hanlp.components.mtl.tasks.tok.tag_tok import TaggingTokenization

    def files(suffix: str) -> list[str]:
        return [str(place / f"{name}.{suffix}") for name in ("learnt", "tuned")]

    same = {"sampler_builder": SortingSamplerBuilder(batch_size=BATCH), "lr": RATE, "max_seq_len": WINDOW - 2}
    tagging = same | {"char_level": True, "hard_constraint": True}
    tasks = {
        "tok": TaggingTokenization(*files("txt"), **tagging),
        "pos": TransformerTagging(*files("pos.tsv"), dependencies="tok", **tagging),
    }
    if names:
        tasks["ner"] = TaggingNamedEntityRecognition(*files("ner.tsv"), dependencies="tok", **tagging)
    if parse:
        small = {"n_mlp_arc": ARCS, "n_mlp_rel": ARCS, "mlp_dropout": 0.1, "tree": True, "punct": True}
        tasks["dep"] = BiaffineDependencyParsing(*files("dep.conllx"), dependencies="tok", **same, **small)
    return tasks


def _settle(model: Path) -> None:
    """Make the folder one that can be moved: the encoder named from within it, and its untrained weights gone."""
    path = model / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["encoder"]["transformer"] = "encoder"
    for task in config.values():
        if isinstance(task, dict):
            task.pop("trn", None)
            task.pop("dev", None)
    path.write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (model / "encoder" / "model.safetensors").unlink()
    (model / "train.log").unlink(missing_ok=True)  # its times would make no two folders alike


def _score(model: Path, held_out: list[Lesson]) -> dict:
    from pipeline.engines import hanlp

    told = hanlp.open(str(model)).segment(["".join(lesson.words) for lesson in held_out])
    given = [lessons.words(lesson) for lesson in held_out]
    said = {
        "words_f1": agreement.boundaries((cut.words for cut in given), (cut.words for cut in told)),
        "tags": agreement.tags(*([(cut.words, cut.tags) for cut in each] for each in (given, told))),
    }
    if any(cut.entities for cut in given):
        said["names_f1"] = agreement.names(*([cut.entities for cut in each] for each in (given, told)))
    parsed = [pair for pair in zip(given, told, strict=True) if pair[0].heads and pair[1].heads]
    if parsed:
        said["heads"] = agreement.tags(
            *([(cut.words, _hung(cut)) for cut in each] for each in zip(*parsed, strict=True))
        )
    return {name: round(score, 4) for name, score in said.items()}


def _hung(cut: Words) -> list[tuple[int, int]]:
    """Name for each word the characters of the word it hangs on, whatever words lie between."""
    return [(cut.starts[at], len(cut.words[at])) for at in cut.heads]


if __name__ == "__main__":
    main()
