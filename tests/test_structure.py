"""One thing has one name: table, rule, module, schema and config section go together."""

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from pipeline import docs, schemas
from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"
RULES = re.findall(r"^rule (\w+):", (ROOT / "Snakefile").read_text(encoding="utf-8"), re.M)
STAGES = sorted(docs.stages())
MODULES = sorted(path for room in ("pipeline", "evaluation", "bench") for path in (ROOT / room).rglob("*.py"))


def rule_text(name: str) -> str:
    text = (ROOT / "Snakefile").read_text(encoding="utf-8")
    return re.search(rf"^rule {name}:\n(.*?)(?=^\S|\Z)", text, re.M | re.S).group(1)


def tables_made(rule: str) -> set[str]:
    output = re.search(r"^    output:\n(.*?)^    \w", rule_text(rule), re.M | re.S).group(1)
    return set(re.findall(r"^        (\w+)=", output, re.M))


@pytest.mark.parametrize("name", STAGES)
def test_stage_has_a_rule_of_its_name_that_runs_it(name):
    assert name in RULES
    assert f'"pipeline/{name}.py"' in rule_text(name)


@pytest.mark.parametrize("name", STAGES)
def test_rule_hands_over_the_tables_that_build_asks_for(name):
    parameters = inspect.signature(import_module(f"pipeline.{name}").build).parameters.values()
    asked = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    given = re.findall(r"^        (\w+)=", rule_text(name).split("    output:")[0], re.M)
    assert set(asked) <= set(given)


@pytest.mark.parametrize("name", STAGES)
def test_stage_makes_tables_that_have_a_schema_one_of_them_its_own(name):
    made = tables_made(name)
    assert name in made
    assert made <= set(schemas.names())


def test_every_schema_is_made_by_a_rule():
    assert set(schemas.names()) == set().union(*(tables_made(name) for name in STAGES))


@pytest.mark.parametrize("name", schemas.names())
def test_schema_is_named_as_its_module_and_says_its_grain(name):
    table = schemas.get(name)
    assert table.name == name
    assert re.match(rf"{name}: one row per ", table.grain)
    assert table.key is None or table.columns[table.key].unique


@pytest.mark.parametrize(
    "name", [n for n, f in Settings.model_fields.items() if hasattr(f.annotation, "model_fields")]
)
def test_config_section_is_named_as_its_rule(name):
    assert name in RULES


@pytest.mark.parametrize("rule", RULES)
def test_rule_says_in_a_sentence_what_it_does(rule):
    assert re.match(r'\s+"""[A-Z].*\."""', rule_text(rule)), f"rule {rule}: begin with a docstring sentence"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_module_is_short_and_says_what_it_is_for(path):
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree), "begin the module with a docstring"
    assert len(source.splitlines()) <= 300, "split the module along its seams"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 60, f"{node.name} is too long: name its steps"


def test_there_are_no_drawers():
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "common", "misc", "util"}


def test_no_path_of_one_machine_is_left_in_the_project():
    listed = [
        p for p in ROOT.rglob("*") if p.suffix in {".py", ".yaml", ".yml", ".md", ".toml", ".sh", ".cff"}
    ]
    kept = [
        p
        for p in listed
        if not any(part.startswith(".") or part == "processed" for part in p.relative_to(ROOT).parts)
    ]
    machine = re.compile(r"/(?:home|root|work|Users)/\w")
    assert [str(p.relative_to(ROOT)) for p in kept if machine.search(p.read_text(encoding="utf-8"))] == []


def test_slurm_profile_sends_all_stages_of_a_batch_together():
    profile = yaml.safe_load((ROOT / "profiles" / "slurm" / "config.yaml").read_text(encoding="utf-8"))
    batch_rules = [name for name in RULES if "batch=True" in rule_text(name)]
    assert profile["groups"] == [f"{name}=batch" for name in batch_rules]
