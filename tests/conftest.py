"""What tests of several folders share: the repository, and one finished run of it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gba_analysis import kit
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
