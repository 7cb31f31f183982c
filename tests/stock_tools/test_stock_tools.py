"""Stock papermill and stock nbval work on the committed notebooks, without our command."""

import json
import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import nbformat
import pytest
from sampling import sampled

from gba_analysis.notebooks.canonical import canonical
from gba_analysis.parameters import NOTEBOOKS, defaults
from gba_analysis.project import find_project

PROJECT = find_project()
# A changed value for each notebook, and a text that must then stand in its outputs, but does not in the base
# scenario.
CHANGED = {
    "01_evidence": (["-p", "include_names", "True"], "evidence.figures_counted = 79"),
    "02_platforms": (["-y", "platforms: [hetao, qianhai]"], "platforms.compared = 2"),
    "03_research": (["-p", "cores", "100000"], "research.cores = 100,000"),
    "04_industry": (["-p", "usd_cny", "7.5"], "45–90 billion"),
    "05_openness": (["-p", "min_links", "6"], "openness.min_links = 6"),
    # Nothing of grade C is left: that verdict loses its only source.
    "06_references": (["-p", "min_grade", "B"], "verdict.li_unicorns = not found"),
    "07_robustness": (["-p", "min_grade", "A"], "ref.gii_cluster_rank_2024: open"),
    "08_key_figures": (["-p", "reading", "strict"], "> 2,000 persons; without an upper limit"),
}


def papermill(name: str, target: Path, *arguments: str) -> subprocess.CompletedProcess:
    command = [
        sys.executable,
        "-m",
        "papermill",
        f"notebooks/{name}.ipynb",
        str(target),
        "--no-progress-bar",
        *arguments,
    ]
    return subprocess.run(command, cwd=PROJECT.root, capture_output=True, text=True, check=False)


def texts(path: Path) -> str:
    cells = nbformat.read(path, as_version=4).cells
    return json.dumps([cell.get("outputs", []) for cell in cells], ensure_ascii=False)


@pytest.mark.parametrize("name", sampled(NOTEBOOKS, 4))
def test_papermill_runs_it_with_a_changed_parameter(name, tmp_path):
    arguments, expected = CHANGED[name]
    result = papermill(name, tmp_path / "out.ipynb", *arguments)
    assert result.returncode == 0, result.stderr
    assert "unknown parameter" not in result.stderr
    assert expected in texts(tmp_path / "out.ipynb")
    assert expected not in texts(PROJECT.notebooks / f"{name}.ipynb")


RERUNS = {
    "jupyter execute": ["execute", "--output={target}"],
    "jupyter nbconvert": ["nbconvert", "--execute", "--to=notebook", "--output={target}"],
}


@pytest.mark.parametrize(("name", "tool"), sampled([*product(NOTEBOOKS, RERUNS)], 4))
def test_jupyter_gives_the_committed_outputs(name, tool, tmp_path):
    arguments = [argument.format(target=tmp_path / "out.ipynb") for argument in RERUNS[tool]]
    command = [sys.executable, "-m", "jupyter", *arguments, f"notebooks/{name}.ipynb"]
    result = subprocess.run(command, cwd=PROJECT.root, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    executed = canonical(nbformat.read(tmp_path / "out.ipynb", as_version=4))
    committed = nbformat.read(PROJECT.notebooks / f"{name}.ipynb", as_version=4)
    assert [cell.get("outputs", []) for cell in executed.cells] == [
        cell.get("outputs", []) for cell in committed.cells
    ]


def test_papermill_fails_on_an_unknown_parameter(tmp_path):
    result = papermill("02_platforms", tmp_path / "out.ipynb", "-p", "raeding", "strict")
    assert result.returncode != 0
    assert "did you mean 'reading'?" in result.stderr


@pytest.mark.parametrize("name", sampled(NOTEBOOKS, 3))
def test_papermill_knows_every_parameter_by_name_and_default(name):
    result = subprocess.run(
        [sys.executable, "-m", "papermill", "--help-notebook", f"notebooks/{name}.ipynb"],
        cwd=PROJECT.root,
        capture_output=True,
        text=True,
        check=True,
    )
    for parameter, value in defaults(name).items():
        default = json.dumps(value) if isinstance(value, str | list) else value
        assert f"{parameter}: Unknown type (default {default})" in result.stdout


def nbval(*paths: Path) -> subprocess.CompletedProcess:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "-q",
        "-p",
        "no:cacheprovider",
        "-n",
        "2",
        "--dist",
        "loadfile",
        *map(str, paths),
    ]
    environment = os.environ | {"GBA_PROJECT": str(PROJECT.root)}
    return subprocess.run(
        command, cwd=PROJECT.root, env=environment, capture_output=True, text=True, check=False
    )


def test_nbval_finds_every_committed_output_unchanged():
    result = nbval(PROJECT.notebooks)
    assert result.returncode == 0, result.stdout[-3000:]
    cells = sum(
        cell.cell_type == "code"
        for name in NOTEBOOKS
        for cell in nbformat.read(PROJECT.notebooks / f"{name}.ipynb", as_version=4).cells
    )
    assert f"{cells} passed" in result.stdout


def changed_copy(tmp_path: Path, mime: str, old: str, new: str) -> Path:
    notebook = nbformat.read(PROJECT.notebooks / "02_platforms.ipynb", as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            text = output.get("data", {}).get(mime)
            if text and old in text:
                output["data"][mime] = text.replace(old, new, 1)
                nbformat.write(notebook, tmp_path / "changed.ipynb")
                return tmp_path / "changed.ipynb"
    raise AssertionError(f"{old} is in no {mime} output")


@pytest.mark.parametrize(
    ("mime", "old", "new"),
    [("text/plain", "13.9", "13.8"), ("image/svg+xml", "stroke-width: 1.2", "stroke-width: 1.3")],
    ids=["a number", "a line of a chart"],
)
def test_nbval_notices_a_changed_output(tmp_path, mime, old, new):
    result = nbval(changed_copy(tmp_path, mime, old, new))
    assert result.returncode == 1
    assert "1 failed" in result.stdout
