"""One list of packages: pyproject.toml, environment.yml and the locks must say the same."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUN = [Requirement(line) for line in PROJECT["dependencies"]]
HANLP = [Requirement(line) for line in PROJECT["optional-dependencies"]["hanlp"]]
TEST = [Requirement(line) for line in PROJECT["optional-dependencies"]["test"]]
# conda-forge names a few packages otherwise: these install the same module without what the project does not use.
CONDA_NAMES = {
    "matplotlib": "matplotlib-base",
    "pandera": "pandera-pandas",
    "snakemake": "snakemake-minimal",
    "torch": "pytorch",
}


def conda(name: str = "environment.yml") -> dict[str, Requirement]:
    listed = yaml.safe_load((ROOT / name).read_text())["dependencies"]
    lines = [line for line in listed if isinstance(line, str)]
    lines += next(part["pip"] for part in listed if isinstance(part, dict))
    return {r.name: r for r in map(Requirement, lines)}


def locked(name: str) -> dict[str, list[Version]]:
    versions: dict[str, list[Version]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([\w.+!-]+)", (ROOT / name).read_text(), re.M):
        versions.setdefault(package.lower(), []).append(Version(version))
    return versions


@pytest.mark.parametrize("requirement", RUN, ids=str)
def test_conda_environment_asks_for_the_same(requirement):
    name = CONDA_NAMES.get(requirement.name, requirement.name)
    assert name in conda(), f"environment.yml lacks {name} {requirement.specifier}"
    assert conda()[name].specifier == requirement.specifier


def test_conda_environment_asks_for_nothing_else():
    known = {CONDA_NAMES.get(r.name, r.name) for r in RUN} | {"python", "pip"}
    assert set(conda()) == known


def test_conda_environment_for_hanlp_is_the_same_and_the_extra():
    extra = {CONDA_NAMES.get(r.name, r.name): r.specifier for r in HANLP}
    listed = {name: r.specifier for name, r in conda("environment-hanlp.yml").items()}
    assert listed == {name: r.specifier for name, r in conda().items()} | extra


LOCKS = ("requirements.txt", "requirements-test.txt", "requirements-hanlp.txt")
WITHOUT_TORCH = [requirement for requirement in HANLP if requirement.name != "torch"]


@pytest.mark.parametrize("lock, asked", list(zip(LOCKS, (RUN, RUN + TEST, RUN + WITHOUT_TORCH), strict=True)))
def test_lock_holds_what_is_asked(lock, asked):
    versions = locked(lock)
    for requirement in asked:
        found = versions.get(requirement.name.lower().replace("_", "-"), [])
        assert found and all(v in requirement.specifier for v in found), f"{lock}: {requirement} (make lock)"


def test_locks_agree_and_every_package_has_a_hash():
    run, test, hanlp = map(locked, LOCKS)
    assert {name: test.get(name) for name in run} == run == {name: hanlp.get(name) for name in run}
    assert {name: test[name] for name in hanlp if name in test} == {
        name: hanlp[name] for name in hanlp if name in test
    }
    for lock in LOCKS:
        blocks = re.split(r"^(?=\S)", (ROOT / lock).read_text(), flags=re.M)
        assert all("--hash=sha256:" in block for block in blocks if block.strip())


def test_default_environment_is_free_of_pytorch():
    assert not {"torch", "tensorflow", "transformers"} & set(locked("requirements.txt"))


def test_which_build_of_pytorch_is_taken_is_left_open():
    assert not [
        name for name in locked("requirements-hanlp.txt") if re.match("torch|triton|cuda|nvidia-c", name)
    ]
    assert all(str(r.specifier).startswith("==") for r in HANLP if r.name == "torch")
