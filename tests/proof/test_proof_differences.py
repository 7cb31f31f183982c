"""Where two files differ is said in the reader's terms; whether they say the same does not depend on how they
look.
"""

import json
import shutil

import pytest
from pypdf import PdfWriter

from gba_analysis.proof.differences import difference, same_content

SVG = "image/svg+xml"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><g/><rect width="9"/></svg>'
PAGE = (
    "<html><head><style>p {}</style></head>"
    "<body><p class='a'>There are 35 of them.</p><p>End.</p></body></html>"
)


def notebook(drawing=DRAWING, table="| a |", source="#| label: chart\ndraw()", alt="35"):
    outputs = [{"output_type": "display_data", "data": {SVG: drawing, "text/plain": alt}, "metadata": {}}]
    outputs.append({"output_type": "display_data", "data": {"text/markdown": table}, "metadata": {}})
    cells = [{"cell_type": "markdown", "source": "# Title", "metadata": {}}]
    cells.append({"cell_type": "code", "source": source, "metadata": {}, "outputs": outputs})
    return json.dumps({"cells": cells, "metadata": {}})


@pytest.fixture
def pair(tmp_path):
    """A function: two files of that name with these texts."""

    def write(name, before, after):
        paths = tmp_path / "before" / name, tmp_path / "after" / name
        for path, text in zip(paths, (before, after), strict=True):
            path.parent.mkdir()
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return paths

    return write


def test_equal_files_have_no_difference(pair):
    paths = pair("a.ipynb", notebook(), notebook())
    assert difference(*paths) == "" and same_content(*paths)


@pytest.mark.parametrize(
    ("changes", "expected", "same"),
    [
        (
            {"drawing": DRAWING.replace("9", "8")},
            ["cell 2 (chart), output 1, image/svg+xml:", "element 3", "-width=9", "+width=8"],
            True,
        ),
        (
            {"drawing": DRAWING.replace("<g/>", "")},
            ["cell 2 (chart), output 1, image/svg+xml:", "element 2"],
            True,
        ),
        ({"drawing": "<svg"}, ["ParseError"], True),
        ({"table": "| b |"}, ["cell 2 (chart), output 2, text/markdown:", "-| a |", "+| b |"], False),
        ({"alt": "36"}, ["cell 2 (chart), output 1, text/plain:", "-35", "+36"], False),
        ({"source": "#| label: chart\ndraw(1)"}, ["cell 2 (chart), its text:", "-draw()", "+draw(1)"], False),
    ],
)
def test_a_notebook_differs_in_a_cell_and_an_output(pair, changes, expected, same):
    paths = pair("a.ipynb", notebook(), notebook(**changes))
    found = difference(*paths)
    assert all(part in found for part in expected), found
    assert same_content(*paths) is same


def test_a_truncated_notebook_is_told_as_one(pair):
    paths = pair("a.ipynb", notebook(), notebook()[:-20])
    assert "JSONDecodeError while reading it" in difference(*paths)
    assert not same_content(*paths)


@pytest.mark.parametrize(
    ("old", "new", "expected", "same"),
    [
        ("35", "36", ["its text:", "-There are 35 of them.", "+There are 36 of them."], False),
        ("class='a'", "class='b'", ["the same text, other markup:", "-<p class='a'>"], True),
        ("p {}", "p { color: red }", ["the same text, other markup:"], True),
    ],
)
def test_a_page_differs_in_its_text_or_only_in_its_markup(pair, old, new, expected, same):
    paths = pair("a.html", PAGE, PAGE.replace(old, new))
    found = difference(*paths)
    assert all(part in found for part in expected), found
    assert same_content(*paths) is same


def test_a_pdf_differs_in_a_page(small_source, tmp_path):
    before = small_source.build / "base" / "briefing.en.pdf"
    longer, other = tmp_path / "longer.pdf", tmp_path / "other.pdf"
    for path, add in ((longer, True), (other, False)):
        writer = PdfWriter(clone_from=before)
        if add:
            writer.add_blank_page()
        writer.write(path)
    assert difference(before, longer).endswith(": in one of them only")
    assert difference(before, other).startswith("the same text on every page; ")
    assert same_content(before, other)
    (shorter := tmp_path / "broken.pdf").write_bytes(before.read_bytes()[:900])
    assert "while reading it" in difference(before, shorter)
    assert not same_content(before, shorter)


def test_other_files_differ_in_a_line_or_a_byte(pair, tmp_path):
    assert difference(*pair("a.csv", "a,b\n1,2\n", "a,b\n1,3\n")) == "-1,2\n+1,3"
    shutil.rmtree(tmp_path / "before")
    shutil.rmtree(tmp_path / "after")
    paths = pair("a.woff2", b"\xff\x00\x01", b"\xff\x00\x02\x03")
    assert difference(*paths) == "3 and 4 bytes, the first difference at byte 2"
    assert not same_content(*paths)


def test_a_long_difference_is_cut(pair):
    found = difference(*pair("a.txt", "x\n" * 5000, "y" * 500 + "\n" + "z\n" * 5000))
    assert len(found.splitlines()) == 10 and max(map(len, found.splitlines())) <= 201


@pytest.mark.parametrize(
    "text", ["[]", "7", '{"cells": 7}', '{"cells": [7]}', '{"cells": [{}]}', '{"cells": null}', "[" * 100_000]
)
def test_what_is_no_notebook_any_more_differs(pair, text):
    paths = pair("a.ipynb", notebook(), text)
    assert difference(*paths) and not same_content(*paths)
    assert difference(*reversed(paths)) and not same_content(*reversed(paths))


def test_a_drawing_for_the_page_does_not_count_either(pair):
    chart = "application/vnd.gba.chart+json"
    before, after = (
        notebook().replace(f'"{SVG}":', f'"{chart}": {{"wide": "{text}"}}, "{SVG}":') for text in "ab"
    )
    paths = pair("a.ipynb", before, after)
    assert difference(*paths) and same_content(*paths)


def test_what_a_chart_is_called_counts(pair):
    paths = pair(
        "a.html", *(f'<body><div role="img" aria-label="{text} bars"></div></body>' for text in ("3", "4"))
    )
    assert not same_content(*paths)
