"""The document that both formats share: shortcodes are read as Pandoc reads them, values one by one, and never an earlier page's."""

import json

import pytest
from render_sample import EPOCH, LANGUAGES, change

from gba_analysis.render import embedded
from gba_analysis.render.angles import free_sign, hide_angles, show_angles
from gba_analysis.render.document import read_document
from gba_analysis.render.pandoc import run_pandoc

# Where a `<` could mean something, or its neighbours could mean something else without it.
TEXTS = (
    "A {{< var a.b >}}, **{{< var a >}}**, _{{< var a >}}_ and “{{< var a >}}”.",
    "\"{{< var a >}}\" '{{< var a >}}' it's{{< var a >}}'s x{{< var a >}}y",
    "`{{< var a >}}` and [{{< var a >}}](address '{{< var a >}}')",
    "{{<var a>}} {{< var a",
    "text <b>bold</b> {{< var a >}} <https://a.b> <!-- {{< var a >}} -->",
    "<div>\n{{< var a >}}\n</div>\n\n    {{< var a >}}\n\n```\n{{< var a >}}\n```",
    "# {{< var a >}} {#sec-a}\n\n- {{< var a >}}\n- @fig-a {{< var a >}}[^n]\n\n[^n]: {{< var a >}}",
    "| {{< var a >}} | b |\n|:--|--:|\n| {{< var b >}} | {{< var c >}} |\n\n::: {.note}\n{{< embed a.ipynb#b >}}\n:::",
    "\ue000 {{< var a >}} \ue001",
)


def as_json(text):
    return run_pandoc(["--from=markdown", "--to=json"], text, embedded.HERE)


def inlines_of(body, **variables):
    """What the only paragraph of a page holds."""
    resources = json.dumps({"variables": variables, "cells": {}}, ensure_ascii=False)
    [block] = json.loads(read_document(body, resources, "page.qmd"))["blocks"]
    return block["c"]


def plain(inlines):
    return "".join(inline["c"] if inline["t"] == "Str" else f"<{inline['t']}>" for inline in inlines)


@pytest.mark.parametrize("text", TEXTS)
def test_a_shortcode_is_read_as_if_nothing_were_hidden(text):
    sign = free_sign(text)
    hidden = hide_angles(text, sign)
    assert len(hidden) == len(text)
    assert show_angles(as_json(hidden), sign) == as_json(text)


def test_what_stands_in_code_and_a_private_sign_stay_as_typed():
    inlines = inlines_of("`{{< var a >}}` \ue000 {{< var a >}}", a="\ue001<")
    assert inlines[0]["c"][1] == "{{< var a >}}"
    assert plain(inlines[1:]) == "<Space>\ue000<Space>\ue001<"


def test_values_side_by_side_are_read_one_by_one():
    assert plain(inlines_of("{{< var a >}}{{< var b >}}", a="*one", b="two*")) == "*onetwo*"
    assert plain(inlines_of("{{< var a >}} {{< var b >}}", a="[x]", b="[x]: address")) == "[x]<Space>"
    assert plain(inlines_of("{{< var a >}} {{< var b >}} {{< var a >}}", a="`", b="*b*")) == "`<Space><Emph><Space>`"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("to", ["html", "pdf"])
def test_a_page_is_never_made_from_an_earlier_folder(staged, lang, to):
    first = embedded.render(staged, lang, to, EPOCH)
    change(staged / "_variables.yml", "[238]", "[239]")
    second = embedded.render(staged, lang, to, EPOCH)
    assert second != first
    change(staged / "notebooks" / "02_platforms.ipynb", "Macao-funded", "Macao")
    assert embedded.render(staged, lang, to, EPOCH) != second
