"""The small project, run once, and copies of it that a test may break."""

import io
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pipeline_samples import write_small_project

from gba_analysis.cli import main
from gba_analysis.progress import Progress
from gba_analysis.project import Project


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
