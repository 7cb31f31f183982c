"""Outputs as a page embeds them: the spaces that align a table's columns are left out, and no others."""

import pytest
from render_sample import code_cell, write_notebook

from gba_analysis.render.cells import read_cells

TABLE = "| Name   |   Firms |\n|:-------|--------:|\n| A  b   |      33 |\n| Longer |     205 |"


def text_of(tmp_path, markdown):
    write_notebook(tmp_path / "a.ipynb", code_cell("a", {"text/markdown": markdown}))
    return read_cells(tmp_path / "a.ipynb")["a"].text


def test_a_table_comes_without_its_padding(tmp_path):
    assert text_of(tmp_path, TABLE) == "| Name | Firms |\n|:-------|--------:|\n| A b | 33 |\n| Longer | 205 |"


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
