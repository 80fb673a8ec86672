"""Test sources: a stage is made again after an edit to any file it hangs on, and after no other."""

from pathlib import Path

from pipeline import sources


def names(stage: str, kind: str) -> set[str]:
    return {Path(path).name for path in sources.uses(stage)[kind]}


def test_stage_hangs_on_what_it_imports_and_on_the_codebook_files_read_there():
    assert {"cues.py", "themes.py", "fold.py"} <= names("measures", "code")
    assert {"themes.yaml", "statuses.yaml", "acts.yaml"} <= names("measures", "codebook")
    assert "furniture.yaml" not in names("keyness", "codebook")


def test_stage_hangs_on_the_schemas_of_all_tables_it_makes():
    schemas = {Path(path).name for path in sources.uses("sections")["code"] if "schemas" in path}
    assert schemas == {"__init__.py", "sections.py", "paragraphs.py"}


def test_code_is_known_again_from_whatever_folder_the_pipeline_runs(monkeypatch, tmp_path):
    here = sources.fingerprint("clusters")
    monkeypatch.chdir(tmp_path)
    assert sources.fingerprint("clusters") == here
    assert sources.fingerprint("keyness") != here
