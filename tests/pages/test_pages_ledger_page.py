"""The ledger's table: what the page shows, each row with an id; the whole ledger is in the download."""

import csv
import io

import pytest
from pipeline_samples import entry

from gba_analysis.ledger import DATA, Entry
from gba_analysis.pages.ledger_page import ledger_notebook, used_keys

VARIABLES = {
    "a": {"b": '[1]{.num data-key="a.b" data-trace=""}', "c": "plain"},
    "findings": {"x": 'As [2]{.num data-key="d.e"} and [1]{.num data-key="a.b"}.'},
}


def ledger(*keys):
    entries = [Entry(**{**entry(key), "notebook": "03_research"}) for key in keys]
    return {value.key: value for value in entries}


def output(notebook):
    (data,) = [output.data for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return data


def test_keys_are_those_of_the_numbers_a_page_shows_also_inside_findings():
    page = "{{< var findings.x >}} and {{< var a.c >}} and {{< var a.unknown >}} and {{< var no.such.key >}}"
    assert used_keys(page, VARIABLES) == ["a.b", "d.e"]
    assert used_keys("{{< var a.c >}}", VARIABLES) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{<  var a.b >}}",
        "{{<var a.b>}}",
        "{{< var\na.b >}}",
        "x{{<\tvar  a.b\n>}}y",
        "{{< embed x >}} {{< var a.b >}}",
    ],
)
def test_white_space_in_a_shortcode_loses_no_trace(text):
    assert used_keys(text, VARIABLES) == ["a.b"]


@pytest.mark.parametrize(
    "text", ["{{< embed a.b >}}", "{{< var >}}", "{{< var a.b more >}}", "var a.b", "{{< >}} var a.b"]
)
def test_other_shortcodes_and_words_are_no_keys(text):
    assert used_keys(text, VARIABLES) == []


def test_each_key_is_a_row_with_an_id_and_the_download_holds_all():
    data = output(
        ledger_notebook(
            ledger("research.share", "research.other"), keys=["research.share"], lang="en", printed={}
        )
    )
    rows = data["text/markdown"].splitlines()
    assert rows[0].split()[1] == "Key" and len(rows) == 3
    assert "[research.share]{#v-research-share}" in rows[2] and "03\\_research" in rows[2]
    assert [row["key"] for row in csv.DictReader(io.StringIO(data[DATA]["csv"]))] == [
        "research.other",
        "research.share",
    ]


def test_no_key_is_a_dash_and_no_empty_frame():
    assert (
        output(ledger_notebook(ledger("research.share"), keys=[], lang="zh", printed={}))["text/markdown"]
        == "–"
    )
