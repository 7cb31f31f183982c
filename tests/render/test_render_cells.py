"""Labels, and outputs as a page embeds them: the spaces that align a table's columns are left out, and no
others.
"""

import pytest
from render_sample import code_cell, write_notebook

from gba_analysis.render.notebook_cells import cell_label, read_cells

TABLE = "| Name   |   Firms |\n|:-------|--------:|\n| A  b   |      33 |\n| Longer |     205 |"


def text_of(tmp_path, markdown):
    write_notebook(tmp_path / "a.ipynb", code_cell("a", {"text/markdown": markdown}))
    return read_cells(tmp_path / "a.ipynb")["a"].text


def test_a_table_comes_without_its_padding(tmp_path):
    assert (
        text_of(tmp_path, TABLE) == "| Name | Firms |\n|:-------|--------:|\n| A b | 33 |\n| Longer | 205 |"
    )


@pytest.mark.parametrize(
    "text",
    [
        f"Text.  \nMore.\n\n{TABLE}",
        TABLE.replace("A  b", "`A  b`"),
        TABLE.replace("A  b", "A\\  b"),
        "| a\n|   b",
        "    code",
    ],
)
def test_spaces_that_may_mean_something_stay(tmp_path, text):
    assert text_of(tmp_path, text) == text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("#| label: shares\nx", "shares"),
        (["#| label: shares\n", "x"], "shares"),
        ("x\n#| label: shares", ""),
        ("# label: shares", ""),
        ("#| label:\nx", ""),
        ("", ""),
    ],
)
def test_a_label_is_the_first_line_of_a_code_cell(source, expected):
    assert cell_label({"cell_type": "code", "source": source}) == expected
    assert cell_label({"cell_type": "markdown", "source": source}) == ""


def test_a_line_that_only_looks_like_settings_is_no_reason_to_refuse_a_notebook(tmp_path):
    write_notebook(tmp_path / "a.ipynb", code_cell("[x", {"text/markdown": TABLE}))
    assert [*read_cells(tmp_path / "a.ipynb")] == ["[x"]
