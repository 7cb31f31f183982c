"""The PDF: text, tags, standards, fonts."""

import pytest
from pypdf import PdfReader
from render_sample import ALT, LANGS, change, code_cell, page_file, sample_cells, write_notebook

from gba_analysis.errors import EngineError
from gba_analysis.fonts import FAMILY
from gba_analysis.render import embedded

WORDS = {"en": ("Figure", "Table", "Section", "Contents"), "zh": ("图", "表", "小节", "目录")}
A4 = (595.276, 841.89)
PAGE_WORDS = {"en": "Page{}of{}", "zh": "第{}页，共{}页"}


@pytest.fixture(params=LANGS)
def lang(request):
    return request.param


@pytest.fixture()
def pdf(rendered, lang):
    return PdfReader(rendered[lang, "pdf"])


def words(pdf):
    return "".join("".join(page.extract_text() for page in pdf.pages).split())


def structure(element, kind):
    """All structure elements of a kind below `element`."""
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object()
        if isinstance(child, dict):
            if child.get("/S") == kind:
                yield child
            yield from structure(child, kind)


def fonts(pdf):
    return {
        font.get_object()["/BaseFont"] for page in pdf.pages for font in page["/Resources"]["/Font"].values()
    }


def test_a_chart_without_alt_text_is_refused(staged):
    change(staged / "notebooks" / "02_platforms.ipynb", '{"fig-alt": "\\u4e09', '{"other": "\\u4e09')
    with pytest.raises(EngineError, match="alt text"):
        embedded.render(staged, lang="en", to="pdf", epoch=0)


def test_a_character_without_a_glyph_is_refused(staged):
    change(staged / "briefing.en.qmd", "# Limits", "Snow: ☃.\n\n# Limits")
    with pytest.raises(EngineError):
        embedded.render(staged, lang="en", to="pdf", epoch=0)


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (
            "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
            "Typst's process ended with -9: it said nothing",
        ),
        ("raise MemoryError('no room')", "Typst's process ended with 1: MemoryError: no room"),
    ],
)
def test_a_typst_that_dies_is_an_error_in_words(staged, tmp_path, monkeypatch, program, told):
    (tmp_path / "compiler.py").write_text(program, encoding="utf-8")
    monkeypatch.setattr("gba_analysis.render.pdf.COMPILER", tmp_path / "compiler.py")
    with pytest.raises(EngineError, match=told):
        embedded.render(staged, lang="en", to="pdf", epoch=0)


def test_declares_both_standards_and_its_tags(pdf):
    root = pdf.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    for declared in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>B<"):
        assert declared in metadata
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root


def test_names_its_title_language_and_date(pdf, lang):
    assert pdf.trailer["/Root"]["/Lang"].lower().startswith(lang)
    assert pdf.metadata.title.startswith({"en": "Sample briefing", "zh": "示例简报"}[lang])
    assert pdf.metadata.creation_date.date().isoformat() == "2025-01-31"


def test_embeds_the_shipped_fonts_only(pdf):
    names = {name.rpartition("+")[2].partition("-")[0] for name in fonts(pdf)}
    assert names == {FAMILY.replace(" ", "")}


def test_pages_are_a4_and_numbered(pdf, lang):
    count = len(pdf.pages)
    for number, page in enumerate(pdf.pages, start=1):
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4, abs=0.01)
        assert "".join(page.extract_text().split()).endswith(PAGE_WORDS[lang].format(number, count))


def test_holds_the_text_numbers_and_references(pdf, lang):
    figure, table, section, contents = WORDS[lang]
    text = words(pdf)
    generated = (contents, f"{figure}1:", f"{figure}2:", f"{table}1:", f"{section}1.1")
    for expected in (*generated, "12.0–19.9%", "238", "205", "2025-01-31"):
        assert expected in text
    assert "{{<" not in text and "@fig" not in text and "data-key" not in text


def test_figures_are_tagged_with_alt_text(pdf):
    figures = structure(pdf.trailer["/Root"]["/StructTreeRoot"], "/Figure")
    assert {figure.get("/Alt") for figure in figures} >= {ALT, "三个条形。"}


def heights(path, text):
    """How far above the page's foot `text` stands, in points, wherever it is written in one piece."""
    found = []

    def visit(piece, matrix, *_):
        if piece.strip() == text:
            found.append(matrix[5])

    for page in PdfReader(path).pages:
        page.extract_text(visitor_text=visit)
    return found


def test_captions_of_figures_stand_where_the_setting_says(rendered, staged):
    title = "Firms by group."
    [above] = heights(rendered["en", "pdf"], title)
    change(staged / "_quarto.yml", "fig-cap-location: top", "fig-cap-location: bottom")
    [below] = heights(page_file(staged, "en", "pdf"), title)
    # The chart between the two places is 180 points high.
    assert above - below > 150


def test_tables_are_tagged_with_headers(pdf):
    root = pdf.trailer["/Root"]["/StructTreeRoot"]
    assert len(list(structure(root, "/Table"))) == 2
    assert len(list(structure(root, "/TH"))) == 5


def test_headings_become_bookmarks(pdf):
    titles = [item.title for item in pdf.outline if not isinstance(item, list)]
    assert len(titles) >= 2


def test_long_tables_repeat_their_header_on_each_page(staged):
    rows = "".join(f"| row | {'long text ' * 12} |\n" for _ in range(60))
    table = "| Header | Words |\n|:--|:--|\n" + rows
    charts = [cell for cell in sample_cells() if cell["id"] != "table"]
    write_notebook(
        staged / "notebooks" / "02_platforms.ipynb", *charts, code_cell("table", {"text/markdown": table})
    )
    pdf = PdfReader(page_file(staged, "en", "pdf"))
    pages = [page.extract_text() for page in pdf.pages if page.extract_text().count("row") > 5]
    assert len(pages) > 1
    assert all("Header" in page for page in pages)
