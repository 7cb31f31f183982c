"""The PDF as a program for reading aloud, an archive and a printer find it: tags, text, links, bookmarks,
fonts, pages.

The text is read by the structure tree and compared with the whole web page, tables included, block by block.
Left out is what differs by design: the contents list, which has page numbers here and is compared by itself;
the numbers of list items, which a browser adds; and what only the web page has, named in `html_blocks`."""

import re
from itertools import zip_longest

import pytest
from fontTools.ttLib import TTFont
from html_blocks import squeezed

from gba_analysis import kit
from gba_analysis.fonts import FAMILY

A4 = (595.276, 841.89)
PAGE_WORDS = {"en": "Page{}of{}", "zh": "第{}页，共{}页"}


def section_headings(tags):
    """All headings but that of the contents list."""
    return tags.root.headings()[1:]


def destination_page(pdf, target):
    """The page, counted from 0, to which an explicit or a named destination leads."""
    if isinstance(target, str):
        return pdf.get_destination_page_number(pdf.named_destinations[target])
    return pdf.get_page_number(target[0].get_object())


def test_the_text_in_reading_order_is_that_of_the_web_page(tags, html):
    blocks = [squeezed(text) for _, text in tags.root.blocks(leave_out=("/Lbl", "/TOC"))]
    pairs = zip_longest([text for text in blocks if text], [text for _, text in html.blocks])
    assert next((pair for pair in pairs if pair[0] != pair[1]), None) is None
    assert len(html.blocks) > 1000


def test_headings_are_tagged_as_in_the_web_page(tags, html):
    first, *others = [(tag, text) for tag, text in html.blocks if re.fullmatch("h[1-6]", tag)]
    contents, *sections = others
    assert [squeezed(title.text()) for title in tags.root.all("/Title")] == [first[1]]
    assert squeezed(tags.root.headings()[0].text()) == contents[1]
    assert [
        (heading.kind[1:].lower(), squeezed(heading.text())) for heading in section_headings(tags)
    ] == sections
    assert len(sections) > 10


def test_the_contents_name_every_heading_and_its_page(pdf, tags, html):
    entries = [squeezed(entry.text()) for entry in tags.root.all("/TOCI")]
    expected = [f"{squeezed(heading.text())}{heading.page + 1}" for heading in section_headings(tags)]
    assert entries == expected
    assert [re.sub(r"\d+$", "", entry) for entry in entries] == html.contents
    links = [link.annotations[0]["/Dest"] for entry in tags.root.all("/TOCI") for link in entry.all("/Link")]
    assert [destination_page(pdf, link) for link in links] == [
        heading.page for heading in section_headings(tags)
    ]


def test_bookmarks_are_the_headings(pdf, tags):
    def flat(items, level=1):
        for item in items:
            if isinstance(item, list):
                yield from flat(item, level + 1)
            else:
                yield f"/H{level}", squeezed(item.title), pdf.get_destination_page_number(item)

    headings = [(heading.kind, squeezed(heading.text()), heading.page) for heading in section_headings(tags)]
    assert list(flat(pdf.outline)) == headings


def test_every_chart_is_a_figure_with_its_alternative_text(tags, html):
    alts = [figure.attributes.get("/Alt", "") for figure in tags.root.all("/Figure")]
    assert alts == html.alts
    assert all(alts) and len(alts) == 19


def test_every_table_has_heads_of_columns(tags, html):
    tables = tags.root.all("/Table")
    assert len(tables) == html.tables > 10
    for table in tables:
        first, *others = table.all("/TR")
        cells = [cell for cell in first.parts if squeezed(cell.text())]
        assert {cell.kind for cell in cells} == {"/TH"}
        assert {cell.attributes["/A"][0]["/Scope"] for cell in cells} == {"/Column"}
        assert all(
            len(row.parts) == len(cells) and {cell.kind for cell in row.parts} == {"/TD"} for row in others
        )


def test_references_lead_to_what_they_name(pdf, tags, html):
    links = [link for link in tags.root.all("/Link") if "/Dest" in link.annotations[0]]
    in_text = [link for link in links if squeezed(link.text()) in html.references]
    assert [squeezed(link.text()) for link in in_text] == html.references
    assert len(links) == len(in_text) + len(html.contents)
    named = {
        squeezed(caption.text()).partition(":")[0]: caption.page for caption in tags.root.all("/Caption")
    }
    for link in in_text:
        text = squeezed(link.text())
        section = [
            heading.page
            for heading in section_headings(tags)
            if heading.text().startswith(text.lstrip("Section小节"))
        ]
        assert destination_page(pdf, link.annotations[0]["/Dest"]) == (
            named[text] if text in named else section[0]
        )


def test_every_link_leads_somewhere_and_says_where(pdf):
    links = [annotation.get_object() for page in pdf.pages for annotation in page.get("/Annots", [])]
    assert len(links) > 50
    for link in links:
        assert link["/Contents"] and link["/Subtype"] == "/Link"
        assert "/Dest" in link or re.match("https?://", link["/A"]["/URI"])


def test_names_its_title_language_and_standards(pdf, html, lang):
    root = pdf.trailer["/Root"]
    assert pdf.metadata.title == html.title == pdf.xmp_metadata.dc_title["x-default"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"].split("-")[0] == html.language.split("-")[0] == lang
    metadata = root["/Metadata"].get_data().decode()
    for name, value in (("pdfuaid:part", "1"), ("pdfaid:part", "2"), ("pdfaid:conformance", "B")):
        assert f"<{name}>{value}</{name}>" in metadata


def test_every_run_is_spoken_in_the_language_it_has_in_the_web_page(tags, html, lang):
    foreign = "".join(squeezed(text) for language, text in tags.spoken if language.split("-")[0] != lang)
    assert len(foreign) > 500
    # Apart from the text itself, a difference would print all of it.
    assert (len(foreign), foreign == html.foreign) == (len(html.foreign), True)


def test_all_fonts_are_the_shipped_ones_and_embedded(pdf):
    fonts = [font.get_object() for page in pdf.pages for font in page["/Resources"]["/Font"].values()]
    names = {font["/BaseFont"].rpartition("+")[2] for font in fonts}
    assert names == {f"{FAMILY.replace(' ', '')}-{weight}" for weight in ("Regular", "Bold")}
    for font in fonts:
        (descendant,) = font["/DescendantFonts"]
        assert descendant.get_object()["/FontDescriptor"]["/FontFile2"].get_data()


def test_every_character_has_a_glyph_in_the_shipped_fonts(tags):
    """Page headers and footers too. What no font names is reported as U+FFFD or stands in the private use
    area.
    """
    artifacts = (text for content in tags.contents for text in content.artifacts)
    characters = set(squeezed(tags.root.text() + "".join(artifacts)))
    for path in sorted((kit.FOLDER / "fonts").glob("*.ttf")):
        with TTFont(path) as font:
            assert {
                character for character in characters if ord(character) not in font.getBestCmap()
            } == set()
    assert len(characters) > 300


def test_charts_are_drawn_and_no_picture_is_made_of_dots(pdf, tags):
    """Also without shapes of their own (forms), which would hide one."""
    for page, content in zip(pdf.pages, tags.contents, strict=True):
        assert not page["/Resources"].get("/XObject")
        assert not content.operators & {b"BI", b"INLINE IMAGE", b"Do"}


def test_every_page_is_a4_and_says_which_it_is(pdf, tags, lang):
    for number, page in enumerate(pdf.pages, start=1):
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4, abs=0.01)
        footer = tags.contents[number - 1].artifacts[-1]
        assert squeezed(footer) == PAGE_WORDS[lang].format(number, len(pdf.pages))


def test_every_page_but_the_first_names_the_section_it_begins_with(tags, html):
    tops = [heading for heading in section_headings(tags) if heading.kind == "/H1"]
    for number, content in enumerate(tags.contents):
        opening = tags.owners[number][next(iter(content.texts))][-1]
        begun = [top for top in tops if top.page < number or top is opening]
        header = next(text for text in content.artifacts if text)
        if number:
            assert squeezed(header) == squeezed(begun[-1].text()) + squeezed(html.title)
        else:
            assert len([text for text in content.artifacts if text]) == 1
