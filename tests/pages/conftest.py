"""The sample's pages, rendered once, and what each of them must hold."""

import shutil

import pytest
from finished_page import FORMATS
from render_sample import ALT, LANGS, SAMPLE, page_file, stage

from gba_analysis.pages.finished import read_expected


@pytest.fixture(scope="session")
def pattern(tmp_path_factory):
    """A staged folder that no test changes. In the web page one chart is markup, one an image."""
    folder = stage(tmp_path_factory.mktemp("pattern") / "run")
    drawing = (SAMPLE / "chart.svg").read_text(encoding="utf-8")
    (folder / "charts").mkdir()
    markup = f'<div class="chart" role="img" aria-label=\'{ALT}\'>{drawing}</div>\n'
    (folder / "charts" / "platforms.html").write_text(markup, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def rendered(pattern, tmp_path_factory):
    """The sample's pages: path by (language, format)."""
    copy = shutil.copytree(pattern, tmp_path_factory.mktemp("rendered") / "run")
    return {(lang, to): page_file(copy, lang, to) for lang in LANGS for to in FORMATS}


@pytest.fixture(scope="session")
def folder(pattern, tmp_path_factory):
    """A staged folder with a download, and the pages' sources as they were rendered."""
    copy = shutil.copytree(pattern, tmp_path_factory.mktemp("finished") / "run")
    (copy / "downloads").mkdir()
    (copy / "downloads" / "table.csv").write_text("a,b\n", encoding="utf-8")
    return copy


@pytest.fixture(scope="session")
def expected(folder):
    """What each of the sample's pages must hold, by (language, format)."""
    return {(lang, to): read_expected(folder, lang, to) for lang in LANGS for to in FORMATS}


@pytest.fixture(scope="session")
def html(rendered):
    """The English web page as it was rendered."""
    return rendered["en", "html"].read_text(encoding="utf-8")
