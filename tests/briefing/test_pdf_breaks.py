"""What may not be parted by the end of a page, in both PDFs and in a page of samples that begin at every
height.

The samples use the report's own template. Each of its rules about page ends is taken out once, to see that it
is needed."""

import io
import re
from itertools import pairwise

import pytest
from html_blocks import squeezed
from pdf_tags import Element, read_tags
from pypdf import PdfReader

from gba_analysis import kit
from gba_analysis.render.pdf import compile_pdf

STANDARDS = ("ua-1", "a-2b")
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="480pt" height="60pt">'
    '<rect width="470" height="50" fill="#123"/></svg>'
)
LEAD = "#briefing-keep[\nLead.\n\n]\n"
CAPTION = "figure.caption(position: {side}, [#strong[Title.] Words.])"
FIGURE = f'#figure([{{body}}], caption: {CAPTION}, kind: "{{kind}}", supplement: "X")\n\n'
IMAGE = '#box(image("chart.svg", alt: "Chart."))'
SOURCE = "#briefing-data[\nSource: here.\n\n]\n"
# Points from the upper edge at which a sample begins; the text of a page is some 700 points high.
HEIGHTS = range(540, 706, 9)
# What a rule says, the sample that needs it, and how it is taken out.
RULES = {
    "a heading keeps what follows": (
        "chart above its caption",
        "heading: set block(",
        "heading: set block(sticky: false, ",
    ),
    "a chart keeps its source": (
        "chart above its caption",
        "set block(sticky: sourced,",
        "set block(sticky: false,",
    ),
    "a lead keeps what follows": (
        "chart under its caption",
        "(body) = block(sticky: true",
        "(body) = block(sticky: false",
    ),
    "a caption keeps its table": ("table", "set block(width: 100%, sticky: true)", "set block(width: 100%)"),
}


def table(rows):
    """Typst source of a table, as Pandoc writes it."""
    cells = "".join(f"[row {row}], [words that go on for a while and then some more]," for row in range(rows))
    return f"#table(columns: (20%, 80%), table.header([Head], [Words],), table.hline(), {cells})"


def samples():
    """Typst source of everything that can stand under a heading, by name."""
    chart, long_table = (
        {side: FIGURE.format(body=body, side=side, kind=f"quarto-float-{kind}") for side in ("top", "bottom")}
        for body, kind in ((IMAGE, "fig"), (table(30), "tbl"))
    )
    return {
        "text": "Words. " * 60 + "\n\n",
        "table": long_table["top"],
        "short table": FIGURE.format(body=table(4), side="top", kind="quarto-float-tbl"),
        "chart under its caption": LEAD + chart["top"] + SOURCE,
        "chart above its caption": chart["bottom"] + SOURCE,
    }


def set_samples(template, fonts, folder, names):
    """The PDF's tags of these samples at all heights, under `template`."""
    (folder / "chart.svg").write_text(CHART, encoding="utf-8")
    parts = [
        f"#pagebreak()\n#v({height}pt)\n= Heading\n\n{samples()[name]}\nWords after it.\n\n"
        for name in names
        for height in HEIGHTS
    ]
    start = '\n#show: article.with(title: [Samples], lang: "en", toc: false)\n'
    main = folder / "samples.typ"
    main.write_text(template + start + "".join(parts), encoding="utf-8")
    return read_tags(
        PdfReader(
            io.BytesIO(
                compile_pdf(main, root=folder, fonts=fonts, standards=STANDARDS, epoch=0, source=main.name)
            )
        )
    )


def elements(element):
    return [part for part in element.parts if isinstance(part, Element)]


def parted(tags, sources=("Source: here.",)):
    """What a page's end parts though it belongs together, in words."""
    for number, content in enumerate(tags.contents):
        last = tags.owners[number][list(content.texts)[-1]] if content.texts else []
        yield from (
            f"heading ends page {number + 1}" for element in last if re.fullmatch("/H[1-6]", element.kind)
        )
    for float_ in (
        holder for holder in tags.root.below() if any(part.kind == "/Caption" for part in elements(holder))
    ):
        pages = {part.page if part.kind == "/Caption" else first_page(part) for part in elements(float_)}
        if len(pages) > 1:
            yield f"caption apart: pages {pages}"
    for rows in (found.all("/TR") for found in tags.root.all("/Table")):
        if rows[0].page != rows[1].page:
            yield f"head without a row: page {rows[0].page + 1}"
    for before, after in pairwise(elements(tags.root.all("/Document")[0])):
        if before.page != after.page and (
            squeezed(after.text()) in map(squeezed, sources) or before.text() == "Lead."
        ):
            yield f"parted: {before.kind} on page {before.page + 1} and {after.text()}"


def first_page(element):
    return min(part.page for part in element.below() if part.page is not None)


@pytest.fixture(scope="module")
def template():
    return (kit.FOLDER / "templates" / "typst-template.typ").read_text(encoding="utf-8")


def test_nothing_is_parted_wherever_it_begins(template, tmp_path):
    tags = set_samples(template, kit.FOLDER / "fonts", tmp_path, samples())
    assert len(tags.root.all("/H1")) == len(HEIGHTS) * len(samples())
    assert list(parted(tags)) == []


@pytest.mark.parametrize("rule", RULES)
def test_without_its_rule_something_is_parted(template, tmp_path, rule):
    name, *change = RULES[rule]
    assert change[0] in template
    assert list(parted(set_samples(template.replace(*change), kit.FOLDER / "fonts", tmp_path, [name])))


def test_nothing_is_parted_in_the_briefing(tags, html):
    assert len(html.sources) > 10
    assert list(parted(tags, html.sources)) == []


def test_a_table_repeats_its_head_on_every_page(tags):
    continued = 0
    for found in tags.root.all("/Table"):
        pages = sorted({part.page for part in found.below() if part.page is not None})
        head = "".join(squeezed(cell.text()) for cell in found.all("/TH"))
        for page in pages[1:]:
            continued += 1
            assert head in "".join(map(squeezed, tags.contents[page].artifacts))
    assert continued > 5
