"""The project is found from where the user is, or its absence is said clearly."""

import pytest

from gba_analysis.errors import ProjectError
from gba_analysis.project import PARTS, find_project


@pytest.fixture
def clone(tmp_path, monkeypatch):
    monkeypatch.delenv("GBA_PROJECT", raising=False)
    for part in PARTS:
        (tmp_path / "clone" / part).mkdir(parents=True)
    return tmp_path / "clone"


def test_found_from_a_folder_inside(clone, monkeypatch):
    monkeypatch.chdir(clone / "notebooks")
    assert find_project().root == clone


def test_the_environment_names_it_from_elsewhere(clone, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GBA_PROJECT", str(clone))
    assert find_project().root == clone


def test_a_folder_without_all_parts_is_no_project(clone):
    (clone / "report").rmdir()
    with pytest.raises(ProjectError, match="expected a folder with data/, notebooks/, report/"):
        find_project(clone)
