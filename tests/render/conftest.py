"""Staged folders and their pages."""

import shutil

import pytest
from render_sample import LANGS, page_file, stage


@pytest.fixture(scope="session")
def pattern(tmp_path_factory):
    """A staged folder that no test changes."""
    return stage(tmp_path_factory.mktemp("pattern") / "run")


@pytest.fixture()
def staged(pattern, tmp_path):
    """A staged folder of its own, to change at will."""
    return shutil.copytree(pattern, tmp_path / "run")


@pytest.fixture(scope="session")
def rendered(pattern, tmp_path_factory):
    """The sample's pages, rendered once: path by (language, format)."""
    folder = shutil.copytree(pattern, tmp_path_factory.mktemp("rendered") / "run")
    return {(lang, to): page_file(folder, lang, to) for lang in LANGS for to in ("html", "pdf")}
