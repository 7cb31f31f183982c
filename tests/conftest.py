"""What tests of several folders share: the repository and one finished run of it; the small project, run once
for all tests, and copies of it that a test may break.
"""

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pipeline_samples import write_small_project

from gba_analysis import kit
from gba_analysis.cli import main
from gba_analysis.progress import Progress
from gba_analysis.project import Project


@pytest.fixture(scope="session")
def repository() -> Project:
    """The project these tests belong to. Tests read it and never write to it."""
    return Project(Path(__file__).parents[1])


@pytest.fixture
def kit_copy(tmp_path, monkeypatch) -> Path:
    """A copy of the kit that this process takes for the package's, to break at will."""
    copy = shutil.copytree(kit.FOLDER, tmp_path / "kit", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(kit, "FOLDER", Path(copy))
    return kit.FOLDER


@pytest.fixture(scope="session")
def built_run(repository, tmp_path_factory) -> Path:
    """The folder of one finished run: base scenario, both languages, both formats."""
    out = tmp_path_factory.mktemp("built")
    command = [
        sys.executable,
        "-m",
        "gba_analysis",
        "--project",
        str(repository.root),
        "build",
        "--out",
        str(out),
    ]
    finished = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert finished.returncode == 0, finished.stderr
    return out / "base"


def gba(project: Project, *words: str) -> Result:
    """The result of `gba --project … words`. A bug shows as the exception it is."""
    result = CliRunner().invoke(main, ["--project", str(project.root), *map(str, words)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="session")
def run():
    """The function `gba`."""
    return gba


@pytest.fixture
def quiet() -> Progress:
    """Progress that nobody reads."""
    return Progress(io.StringIO())


@pytest.fixture(scope="session")
def small_source(repository, tmp_path_factory) -> Project:
    """The small project with stored outputs and a finished run. Not to be changed."""
    project = write_small_project(tmp_path_factory.mktemp("small") / "project", repository)
    for words in (["refresh"], ["build", "--engine", "embedded"]):
        result = gba(project, *words)
        assert result.exit_code == 0, result.output
    return project


@pytest.fixture
def small(small_source, tmp_path) -> Project:
    """A copy of the small project and its run, to change at will."""
    return Project(Path(shutil.copytree(small_source.root, tmp_path / "project")))
