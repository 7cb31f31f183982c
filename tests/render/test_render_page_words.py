"""The words that filters and templates add to a page come from the catalogue, and from nowhere else."""

import re

import pytest
import yaml
from pypdf import PdfReader
from render_sample import change, find, page_file, tree

from gba_analysis import kit
from gba_analysis.errors import EngineError
from gba_analysis.pages.stage import PAGE_WORDS
from gba_analysis.render import embedded

OTHER = {
    "figure": "Drawing",
    "table": "Grid",
    "section": "Part",
    "number": "{page} out of {pages}",
    "link": "Here: {title}",
    "data": "100 % of the data",
    "data_table": "Rows of {title}",
    "loose_table": "{column} in {heading}",
}
DATA = "\n::: {.data}\nSource.\n\n{{< embed notebooks/02_platforms.ipynb#table >}}\n:::\n"


@pytest.fixture()
def reworded(staged):
    """A staged folder with other words than the catalogue's, and with the data of a chart."""
    path = staged / "_quarto-en.yml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8")) | {"page-words": OTHER}
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    page = staged / "briefing.en.qmd"
    page.write_text(page.read_text(encoding="utf-8") + DATA, encoding="utf-8")
    return staged


def test_other_words_are_other_words_on_the_page(reworded):
    assert set(OTHER) == set(PAGE_WORDS)
    page = tree(page_file(reworded, "en", "html"))
    names = {element.get("aria-label") for element in page.iter()}
    assert {"Rows of A second chart", "Indicator in Limits", "Here: Limits"} <= names
    assert [summary.text for summary in find(page, "summary")] == ["100 % of the data"]
    text = "".join(page.itertext())
    assert "Drawing\u00a01:" in text and "Grid\u00a01:" in text and "Part\u00a01.1" in text
    assert not re.search(r"\b(Figure|Table|Section)\u00a0\d", text)


def test_other_words_are_other_words_on_paper(reworded):
    pages = [page.extract_text() for page in PdfReader(page_file(reworded, "en", "pdf")).pages]
    for number, text in enumerate(pages, start=1):
        assert f"{number} out of {len(pages)}" in text
    assert "Drawing 1:" in "".join(pages).replace("\u00a0", " ")


@pytest.mark.parametrize("to", ["html", "pdf"])
def test_a_folder_without_the_words_is_refused(staged, to):
    change(staged / "_quarto-en.yml", "page-words:", "other-words:")
    with pytest.raises(EngineError, match="found no page-words in the metadata"):
        embedded.render(staged, lang="en", to=to, epoch=0)


def test_no_filter_and_no_template_holds_a_word_of_a_page():
    programs = [path for name, path in kit.files().items() if name.endswith((".lua", ".typ", ".html"))]
    programs += embedded.HERE.glob("*.lua")
    words = re.compile(r"[\u4e00-\u9fff]|[\"\[](Figure|Section|Page #|Data[ :]|Link to)")
    assert len(programs) > 10
    assert {path.name: found for path in programs if (found := words.search(path.read_text("utf-8")))} == {}
