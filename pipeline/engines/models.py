"""Find HanLP's models on this machine, and what is missing of one, without loading any: check before a run, not in it."""

import ast
import json
import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import did_you_mean

HOW = (
    "give tokens.model a folder with a model (make hanlp-model trains a small one), download one "
    "(make hanlp-download MODEL=…) into HANLP_HOME, or set tokens.engine: jieba"
)


class Released(NamedTuple):
    """A file HanLP offers for download: its address, and the folder it unpacks to in `home()`."""

    url: str
    path: str

    @property
    def folder(self) -> Path:
        """Return where the file's content lies once it is downloaded."""
        return home() / self.path.removesuffix(".zip")


def home() -> Path:
    """Return where HanLP keeps downloaded models: HANLP_HOME, or ~/.hanlp."""
    return Path(os.environ.get("HANLP_HOME", Path.home() / ".hanlp"))


def installed() -> bool:
    """Say whether HanLP is installed here; importing it would load PyTorch."""
    return find_spec("hanlp") is not None


@cache
def released() -> dict[str, Released]:
    """Return what HanLP offers under which name: its models, and the encoders these models name."""
    (place,) = find_spec("hanlp").submodule_search_locations
    files = [*Path(place, "pretrained").glob("*.py"), Path(place, "layers/transformers/resource.py")]
    return {name: each for file in sorted(files) for name, each in _addresses(file).items()}


def _addresses(file: Path) -> dict[str, Released]:
    """Read `NAME = HANLP_URL + "path"` and `{"name": HANLP_URL + "path"}` from HanLP's own lists, first one first."""
    base = os.environ.get("HANLP_URL", "https://file.hankcs.com/hanlp/")
    found: dict[str, Released] = {}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        pairs = []
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            pairs = [(node.targets[0].id, node.value)]
        elif isinstance(node, ast.Dict):
            pairs = [
                (key.value, value)
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant)
            ]
        for name, value in pairs:
            if isinstance(value, ast.BinOp) and ast.unparse(value.left) == "HANLP_URL":
                path = ast.literal_eval(value.right)
                found.setdefault(name, Released(base + path, path))
    return found


def folder(model: str) -> Path | None:
    """Return the folder of a model given by path or by HanLP's name, or None where it is not on this machine."""
    if (Path(model) / "config.json").is_file():
        return Path(model)
    offered = released().get(model)
    return offered.folder if offered and (offered.folder / "config.json").is_file() else None


def problem(model: str) -> str | None:
    """Say what keeps a model from being loaded, and the way out; None where nothing is seen to."""
    if not model:
        return f"is empty, and HanLP needs a model ({HOW})"
    place = folder(model)
    if place is None:
        near = did_you_mean(model, released()) if model not in released() else ""
        return f"no model {model!r}{near}: no such folder, nor downloaded to {home()} ({HOW})"
    wrong = _damage(place)
    if wrong:
        return f"{place} is no whole model: {wrong} ({HOW})"
    kind = str(settings(place).get("classpath", ""))
    if kind and not any(cuts in kind for cuts in ("tok", "cws", "mtl")):
        return f"{place}: a model of another kind, {kind.split('.')[-1]}, that cuts no words ({HOW})"
    return None


def _damage(place: Path) -> str | None:
    config = settings(place)
    if "classpath" not in config:
        return "its config.json cannot be read or names no class of HanLP"
    if not (place / "model.pt").is_file() or not (place / "model.pt").stat().st_size:
        return "its weights, model.pt, are missing or empty"
    if encoder(place, config) is None:
        return f"its encoder {_encoder_name(config)!r} is not on this machine"
    return None


def settings(place: Path) -> dict:
    """Return what a model's config.json says; empty where it cannot be read."""
    try:
        read = json.loads((place / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _encoder_name(config: dict) -> str:
    inner = config.get("encoder")
    return str(
        config.get("transformer") or (inner.get("transformer") if isinstance(inner, dict) else "") or ""
    )


def encoder(place: Path, config: dict) -> Path | None:
    """Return where the transformer that a model was built on lies: in the model's folder, HANLP_HOME or the hub's cache.

    A model without one (a convolutional tokenizer) has nothing to look for: its own folder is returned.
    """
    name = _encoder_name(config)
    cache_folder = Path(os.environ.get("HF_HOME", Path.home() / ".cache" / "huggingface")) / "hub"
    places = [place / name, Path(name), cache_folder / f"models--{name.replace('/', '--')}"]
    if name in released():
        places.append(released()[name].folder)
    return next((each for each in places if each.is_dir()), None)


def offered_encoder(place: Path) -> Released | None:
    """Return the encoder of a model as HanLP offers it for download, or None where HanLP offers none."""
    return released().get(_encoder_name(settings(place)))
