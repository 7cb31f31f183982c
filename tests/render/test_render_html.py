"""The HTML page: the elements Quarto writes, numbering, references, captions, nothing from the network."""

import pytest
from render_sample import ALT, EPOCH, LANGS, change, find, page_file, text_of, tree

from gba_analysis.errors import EngineError
from gba_analysis.render import embedded

CAPTION_MARK = "-caption-0ceaefa1-69ba-4598-a22c-09a6ac19f8ca"
WORDS = {
    "en": {"fig": "Figure", "tbl": "Table", "sec": "Section", "contents": "Contents", "tag": "en"},
    "zh": {"fig": "图", "tbl": "表", "sec": "小节", "contents": "目录", "tag": "zh-Hans"},
}


@pytest.fixture(params=LANGS)
def lang(request):
    return request.param


@pytest.fixture()
def page(rendered, lang):
    return tree(rendered[lang, "html"])


def test_asks_nothing_of_the_network_and_holds_its_scripts(rendered, lang, page):
    text = rendered[lang, "html"].read_text(encoding="utf-8")
    assert not find(page, "link") and not find(page, "iframe")
    assert [bool(script.text) for script in find(page, "script")] == [True, True]
    assert all(element.get("src").startswith("data:") for element in page.iter() if element.get("src"))
    assert "@import" not in text
    addresses = [part.split(")")[0] for part in text.split("url(")[1:]]
    assert len(addresses) == 2 and all(address.startswith("data:font/woff2") for address in addresses)


def test_holds_no_path_of_the_machine(rendered, lang):
    text = rendered[lang, "html"].read_text(encoding="utf-8")
    assert str(rendered[lang, "html"].parents[1]) not in text
    assert "/tmp" not in text and "gba-resources" not in text


def test_leaves_no_shortcode_and_no_unresolved_reference(page):
    text = text_of(page)
    assert "{{<" not in text and ">}}" not in text and "@fig" not in text and "?@" not in text


def test_names_its_language_title_and_date(page, lang):
    assert page.get("lang") == WORDS[lang]["tag"]
    assert find(page, "time", datetime="2025-01-31")
    assert text_of(find(page, "h1", class_="title")[0]) == text_of(find(page, "title")[0])


def test_has_landmarks_and_a_skip_link(page):
    assert find(page, "a", class_="skip-link")[0].get("href") == "#text"
    assert find(page, "main", id="text") and find(page, "nav", role="doc-toc") and find(page, "header")


def test_contents_list_numbers_and_links_the_headings(page, lang):
    contents = find(page, "nav", id="TOC")[0]
    assert text_of(find(contents, "h2", id="toc-title")[0]) == WORDS[lang]["contents"]
    links = {link.get("href"): text_of(link) for link in find(contents, "a")}
    assert links["#sec-platforms"].startswith("1 ")
    assert links["#sec-make-up"].startswith("1.1 ") and "12.0–19.9" in links["#sec-make-up"]
    assert links["#sec-limits"].startswith("2 ")


def test_headings_carry_their_number_as_quarto_writes_it(page):
    heading = find(page, "h1", id="sec-platforms")[0]
    assert heading.get("data-number") == "1"
    assert text_of(find(heading, "span", class_="header-section-number")[0]) == "1"
    assert find(page, "h2", id="sec-make-up")[0].get("data-number") == "1.1"


@pytest.mark.parametrize(("name", "number"), [("fig-platforms", 1), ("tbl-platforms", 1), ("fig-second", 2)])
def test_floats_are_those_of_quarto(page, lang, name, number):
    kind = name.partition("-")[0]
    outer = find(page, "div", id=name)[0]
    assert outer.get("class") == "quarto-float quarto-figure quarto-figure-center"
    figure = find(outer, "figure", class_=f"quarto-float-{kind}")[0]
    caption = find(figure, "figcaption", id=name + CAPTION_MARK)[0]
    assert caption.get("class") == f"quarto-float-caption-top quarto-float-caption quarto-float-{kind}"
    assert text_of(caption).startswith(f"{WORDS[lang][kind]}\u00a0{number}: ")
    content = find(figure, "div", **{"aria-describedby": name + CAPTION_MARK})[0]
    assert list(figure) == [caption, content]
    assert find(content, "div", class_="cell-output-display")


def test_captions_of_figures_stand_where_the_setting_says(staged):
    change(staged / "_quarto.yml", "fig-cap-location: top", "fig-cap-location: bottom")
    page = tree(page_file(staged, "en", "html"))
    sides = {
        name: list(find(find(page, "div", id=name)[0], "figure")[0])
        for name in ("fig-platforms", "tbl-platforms")
    }
    assert (
        sides["fig-platforms"][1].get("class")
        == "quarto-float-caption-bottom quarto-float-caption quarto-float-fig"
    )
    assert (
        sides["tbl-platforms"][0].get("class")
        == "quarto-float-caption-top quarto-float-caption quarto-float-tbl"
    )


def test_without_the_setting_captions_of_figures_stand_below_as_in_quarto(staged):
    change(staged / "_quarto.yml", "    fig-cap-location: top\n", "")
    page = tree(page_file(staged, "en", "html"))
    assert "quarto-float-caption-bottom" in list(find(page, "figure", class_="quarto-float-fig")[0])[1].get(
        "class"
    )


@pytest.mark.parametrize("to", ["html", "pdf"])
def test_a_caption_has_no_other_place(staged, to):
    change(staged / "_quarto.yml", "date-format: iso", "date-format: iso\ntbl-cap-location: margin")
    with pytest.raises(EngineError, match="tbl-cap-location: found margin, expected top or bottom"):
        embedded.render(staged, lang="en", to=to, epoch=EPOCH)


def test_references_name_what_they_link_to(page, lang):
    words = WORDS[lang]
    links = [(link.get("href"), text_of(link)) for link in find(page, "a", class_="quarto-xref")]
    assert ("#fig-platforms", f"{words['fig']}\u00a01") in links
    assert ("#tbl-platforms", f"{words['tbl']}\u00a01") in links
    assert ("#fig-second", f"{words['fig']}\u00a02") in links
    assert ("#sec-make-up", f"{words['sec']}\u00a01.1") in links


def test_charts_carry_the_alt_text_of_the_cell(page):
    image = find(find(page, "div", id="fig-platforms")[0], "img")[0]
    assert image.get("alt") == image.get("aria-label") == ALT
    assert image.get("src").startswith("data:image/svg+xml;base64,")


def test_a_chart_with_markup_is_no_image(staged, lang):
    """The first chart has a file in charts/, the second has none and stays an image."""
    (staged / "charts").mkdir()
    svg = '<svg viewBox="0 0 9 9"><text>Firms</text></svg>'
    markup = f'<div class="chart" role="img" aria-label="Three bars.">{svg}</div>'
    (staged / "charts" / "platforms.html").write_text(markup, encoding="utf-8")
    page = tree(page_file(staged, lang, "html"))
    first, second = (find(page, "div", id=name)[0] for name in ("fig-platforms", "fig-second"))
    chart = find(first, "div", class_="chart")[0]
    assert chart.get("aria-label") == "Three bars."
    assert [text_of(text) for text in find(chart, "text")] == ["Firms"]
    assert not find(first, "img")
    assert find(first, "figcaption")
    assert find(second, "img")


@pytest.mark.parametrize(
    ("tag", "name", "key"),
    [
        ("h2", "sec-make-up", "sample.share"),
        ("nav", "TOC", "sample.share"),
        ("div", "fig-platforms", "sample.share"),
        ("div", "tbl-platforms", "sample.firms"),
        ("section", "footnotes", "sample.firms"),
        ("main", "text", "sample.firms"),
    ],
)
def test_numbers_keep_their_key_everywhere(page, tag, name, key):
    place = find(page, tag, id=name)[0]
    assert find(place, "span", class_="num", **{"data-key": key})


def test_numbers_in_a_table_of_the_page_keep_their_key_and_title(page):
    cell = next(cell for cell in find(page, "td") if "12.0–19.9" in text_of(cell))
    number = find(cell, "span", class_="num")[0]
    assert (number.get("data-key"), number.get("data-trace")) == ("sample.share", "33 of 238 & more")


def test_digits_of_a_name_are_marked(page):
    assert text_of(find(page, "span", class_="literal")[0]) == "2021"


def test_tables_have_no_fixed_widths_and_plain_cells(page):
    assert not find(page, "colgroup") and not find(page, "col")
    assert len(find(page, "table")) == 2
    assert not [cell for cell in find(page, "td") if find(cell, "p")]


def test_footnotes_are_linked_both_ways(page):
    reference = find(page, "a", class_="footnote-ref")[0]
    note = find(page, "li", id=reference.get("href").removeprefix("#"))[0]
    assert find(note, "a", class_="footnote-back")[0].get("href") == "#" + reference.get("id")


def test_a_line_end_between_chinese_characters_is_no_space(rendered):
    page = tree(rendered["zh", "html"])
    paragraph = next(text_of(p) for p in find(page, "p") if "画出区间" in text_of(p))
    assert "画出区间，表\u00a01" in paragraph
