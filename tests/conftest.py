"""Run the real flow once for all tests that look at its tables, and offer `--accept` to renew the golden ones."""

import shutil
import subprocess
from pathlib import Path

import hypothesis
import pytest

from evaluation import corpora

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "data" / "tiny"


# No clock decides a test, and every run tries the same examples.
hypothesis.settings.register_profile("project", deadline=None, derandomize=True)
hypothesis.settings.load_profile("project")


def pytest_addoption(parser):
    parser.addoption("--accept", action="store_true", help="take the tables made now as the golden ones")


def snakemake(*arguments, cwd: Path, check: bool = True, **config):
    """Run the project's Snakefile in folder `cwd` and return the finished process."""
    command = corpora.flow(*arguments, **config)
    done = subprocess.run(command, cwd=cwd, env=corpora.environment(), capture_output=True, text=True)
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="session")
def flow(tmp_path_factory):
    """Return the folder in which the whole flow has run on the two tiny reports (`raw/` and `processed/` in it)."""
    folder = tmp_path_factory.mktemp("flow")
    shutil.copytree(TINY / "raw", folder / "raw")
    snakemake(cwd=folder, raw=folder / "raw", processed=folder / "processed")
    return folder


@pytest.fixture(scope="session")
def processed(flow):
    """Return the tables, figures and pages of the two tiny reports."""
    return flow / "processed"


@pytest.fixture(scope="session")
def five(tmp_path_factory):
    """Return the tables, figures and pages of the five real reports, made once from `data/raw`."""
    folder = tmp_path_factory.mktemp("five")
    snakemake(cwd=folder, raw=ROOT / "data" / "raw", processed=folder / "processed")
    return folder / "processed"


@pytest.fixture(scope="session")
def others(tmp_path_factory):
    """Return the tables of the practice and held-out reports, made in one run over a folder that holds both."""
    folder = tmp_path_factory.mktemp("others")
    sets = [corpus for corpus in corpora.PROJECT if corpus.run != corpora.ALONE]
    return corpora.run(corpora.gather(sets, folder / "raw"), folder, clusters=False)
