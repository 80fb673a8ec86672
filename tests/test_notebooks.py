"""Run the notebooks as a reader does, and keep what they printed out of the repository."""

import os
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_stored_without_what_it_printed(path):
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs") and not cell.get("execution_count"), (
            "clear the outputs before you commit"
        )


def execute(name, raw, processed, folder, monkeypatch):
    """Run a notebook in a project of its own whose data are those given; returns what its last cells showed."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (folder / "notebooks").mkdir()
    (folder / "data").mkdir()
    shutil.copytree(raw, folder / "data" / "raw")
    os.symlink(processed, folder / "data" / "processed")
    notebook = nbformat.read(ROOT / "notebooks" / name, as_version=4)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": folder / "notebooks"}}).execute()
    return [str(output) for cell in notebook.cells for output in cell.get("outputs", [])]


def test_explore_shows_tables_evidence_and_a_figure(five, tmp_path, monkeypatch):
    shown = "\n".join(execute("01_explore.ipynb", ROOT / "data" / "raw", five, tmp_path, monkeypatch))
    assert "怀柔区" in shown and "<mark>" in shown and "image/svg+xml" in shown


def test_added_report_is_in_the_tables(flow, tmp_path, monkeypatch):
    shown = "\n".join(
        execute("02_add_a_report.ipynb", flow / "raw", flow / "processed", tmp_path, monkeypatch)
    )
    assert "qingchuan" in shown and "法律意见书" in shown and "<mark>" in shown
