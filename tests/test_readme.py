"""What the README shows is current: its figures, its links, its commands."""

import re

import pytest
from conftest import ROOT

READMES = ["README.md", "README.zh-CN.md"]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.mark.parametrize("name", READMES)
def test_every_link_leads_somewhere(name):
    missing = [
        target
        for target in LINK.findall((ROOT / name).read_text(encoding="utf-8"))
        if not (ROOT / target).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("name", READMES)
def test_every_make_target_exists(name):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"\bmake ([a-z]+)", (ROOT / name).read_text(encoding="utf-8"))
    assert [target for target in named if not re.search(rf"^{target}:", makefile, re.M)] == []


@pytest.mark.parametrize(
    "figure", sorted((ROOT / "docs" / "figures").glob("*.svg")), ids=lambda path: path.name
)
def test_figure_is_the_one_the_pipeline_draws(figure, five):
    drawn = five / "figures" / figure.name
    assert figure.read_bytes() == drawn.read_bytes(), (
        f"{figure} is stale: make run, then cp {drawn.name} from data/processed/figures"
    )
