"""Asked for HanLP where it cannot work, a run stops with what to do, before a job starts and before anything is installed."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import ROOT, TINY, snakemake

from pipeline.engines import hanlp, models
from pipeline.errors import InputError


def make(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess:
    return subprocess.run(["make", *arguments], cwd=cwd, capture_output=True, text=True)


def test_make_asks_for_a_model_before_it_installs(tmp_path):
    done = make("run", "ENGINE=hanlp", f"VENV={tmp_path / 'venv'}")
    assert done.returncode and "needs a model" in done.stdout and "MODEL=" in done.stdout
    assert not any(tmp_path.iterdir())


def test_make_knows_two_engines():
    done = make("run", "ENGINE=stanza")
    assert done.returncode and "there is jieba, and there is hanlp" in done.stderr


@pytest.mark.parametrize("model", ["", "models/none"])
def test_a_run_stops_before_its_first_job(tmp_path, model):
    done = snakemake(
        cwd=tmp_path,
        raw=TINY / "raw",
        processed=tmp_path / "processed",
        tokens={"engine": "hanlp", "model": model},
        check=False,
    )
    said = done.stdout + done.stderr
    wrong = "tokens.model" if find_spec("hanlp") else "'hanlp' is not installed here"
    assert done.returncode and wrong in said and "tokens.engine: jieba" in said
    assert "Traceback" not in said and not (tmp_path / "processed").exists()


class Kind:
    """A multi-task model that cuts no words."""

    tasks = {"ner/msra": None}


def test_a_model_of_another_kind_is_refused(tmp_path, monkeypatch):
    (tmp_path / "config.json").write_text('{"classpath": "hanlp.components.ner.transformer_ner.Recognizer"}')
    (tmp_path / "model.pt").write_bytes(b"weights")
    monkeypatch.setattr(models, "released", dict)
    assert "cuts no words" in models.problem(str(tmp_path))
    (tmp_path / "config.json").write_text(
        '{"classpath": "hanlp.components.mtl.multi_task_learning.MultiTaskLearning"}'
    )
    assert models.problem(str(tmp_path)) is None
    with pytest.raises(InputError, match="it tells ner/msra"):
        hanlp.refuse_other(Kind(), tmp_path)
