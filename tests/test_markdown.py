"""Cells stay plain text, whatever characters they hold."""

import re
from html import unescape
from urllib.parse import unquote

import pandas as pd
import pypandoc
import pytest

from gba_analysis import markdown

NASTY = "a|b *c* _d_ [e](f) <g> $h$ ~i~ ^j^ @k `l` \\m {n} # > 2,000 1+1+1 --no-pager ... it's"


def test_pandoc_reads_an_escaped_text_back_unchanged():
    plain = pypandoc.convert_text(
        markdown.escape(NASTY), "plain", format="markdown", extra_args=["--columns=999"]
    )
    assert plain.strip() == NASTY


def test_pandoc_reads_a_table_back_cell_by_cell():
    df = pd.DataFrame({"what|": [NASTY, "横琴"], "figure": ["> 2,000", "238"]})
    html = pypandoc.convert_text(markdown.table(df, right=("figure",)), "html", format="markdown")
    assert '<td style="text-align: right;">&gt; 2,000</td>' in html
    assert "a|b *c* _d_ [e](f) &lt;g&gt; $h$" in html
    assert html.count("<td") == 4


def test_columns_by_name_give_the_table_of_their_data_frame():
    columns = {"what|": (NASTY, "横琴"), "figure": ("> 2,000", "238")}
    assert markdown.table(columns, right=("figure",)) == markdown.table(
        pd.DataFrame(columns), right=("figure",)
    )


@pytest.mark.parametrize(
    ("df", "right"),
    [(pd.DataFrame({"a": ["1"]}), ("b",)), (pd.DataFrame({"a": []}), ()), ({"a": []}, ()), ({}, ())],
)
def test_unknown_columns_and_empty_tables_are_refused(df, right):
    with pytest.raises(ValueError, match="expected rows and columns"):
        markdown.table(df, right)


def test_a_cell_may_lead_to_an_address():
    df = pd.DataFrame({"title": [NASTY, "横琴"], "address": ["https://example.org/a_b*c?d=1|2&e=%E8(f)", ""]})
    html = pypandoc.convert_text(
        markdown.table(markdown.linked(df, "title", "address")), "html", format="markdown"
    )
    assert 'href="https://example.org/a_b*c?d=1%7C2&amp;e=%E8(f)"' in html
    assert html.count("href=") == 1 and html.count("<td") == 2
    assert "[e](f)" in html


HOSTILE = {
    "ends the link": 'https://x.y/>)`<script>document.title="PWNED"</script>`{=html}',
    "shows an image": "https://x.z/>![z](/etc/hostname)",
    "is read as a character": "https://x.z/?a=1&copy;=2&#62;",
    "is escaped": "https://x.z/\\>\\",
    "breaks the line": "https://x.z/\n\n<b>|",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_no_address_ends_its_link(case):
    df = pd.DataFrame({"title": ["t"], "address": [HOSTILE[case]]})
    html = pypandoc.convert_text(
        markdown.table(markdown.linked(df, "title", "address")), "html", format="markdown"
    )
    assert html.count("href=") == html.count("<td") == 1
    assert not any(f"<{tag}" in html for tag in ("script", "img", "b>"))
    [address] = re.findall(r'href="([^"]*)"', html)
    assert unquote(unescape(address)) == HOSTILE[case]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//x.y/z", "/etc/hostname", "file:///etc/hostname"]
)
def test_a_cell_leads_to_no_other_scheme(address):
    with pytest.raises(ValueError, match="expected one that begins with http"):
        markdown.table({"title": [markdown.Link("t", address)]})
