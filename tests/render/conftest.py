"""Staged folders and their pages."""

import pytest
from render_sample import EPOCH, LANGUAGES, stage

from gba_analysis.render import embedded


@pytest.fixture()
def staged(tmp_path):
    """A staged folder of its own, to change at will."""
    return stage(tmp_path / "run")


@pytest.fixture(scope="session")
def rendered(tmp_path_factory):
    """The sample's pages, rendered once: path by (language, format)."""
    folder = stage(tmp_path_factory.mktemp("rendered") / "run")
    return {(lang, to): embedded.render(folder, lang, to, EPOCH) for lang in LANGUAGES for to in ("html", "pdf")}
