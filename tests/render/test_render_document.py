"""The document that both formats share: shortcodes are read as Pandoc reads them, values one by one, and
never an earlier page's.
"""

import json

import pytest
from render_sample import EPOCH, LANGS, change

from gba_analysis.render import embedded
from gba_analysis.render.document import read_document
from gba_analysis.render.pandoc import run_pandoc
from gba_analysis.render.settings import read_yaml
from gba_analysis.render.shortcode_escapes import free_sign, hide_angles, show_angles

# Where a `<` could mean something, or its neighbours could mean something else without it.
TEXTS = (
    "A {{< var a.b >}}, **{{< var a >}}**, _{{< var a >}}_ and “{{< var a >}}”.",
    "\"{{< var a >}}\" '{{< var a >}}' it's{{< var a >}}'s x{{< var a >}}y",
    "`{{< var a >}}` and [{{< var a >}}](address '{{< var a >}}')",
    "{{<var a>}} {{< var a",
    "text <b>bold</b> {{< var a >}} <https://a.b> <!-- {{< var a >}} -->",
    "<div>\n{{< var a >}}\n</div>\n\n    {{< var a >}}\n\n```\n{{< var a >}}\n```",
    "# {{< var a >}} {#sec-a}\n\n- {{< var a >}}\n- @fig-a {{< var a >}}[^n]\n\n[^n]: {{< var a >}}",
    "| {{< var a >}} | b |\n|:--|--:|\n| {{< var b >}} | {{< var c >}} |\n\n"
    "::: {.note}\n{{< embed a.ipynb#b >}}\n:::",
    "\ue000 {{< var a >}} \ue001",
)


def as_json(text):
    return run_pandoc(["--from=markdown", "--to=json"], text, folder=embedded.HERE)


def blocks_of(body, **variables):
    resources = json.dumps({"variables": variables, "cells": {}}, ensure_ascii=False)
    return json.loads(read_document(body, resources=resources, source="page.qmd"))["blocks"]


def inlines_of(body, **variables):
    """What the only paragraph of a page holds."""
    [block] = blocks_of(body, **variables)
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
    assert (
        plain(inlines_of("{{< var a >}} {{< var b >}} {{< var a >}}", a="`", b="*b*"))
        == "`<Space><Emph><Space>`"
    )


# Every ASCII character that stands within a line but a tab, and others that a reader could take for a space,
# a mark or nothing.
ODD = [
    *map(chr, range(32, 128)),
    *"\x01\x85\xa0\xad\u2003\u2009\u200b\u2028\u202f\u2060\u3000\ufeff",
    *"–—…’“°×½é你，（￥\U0001f600",
]
NUMBER = '[{}]{{.num data-key="{}" data-trace="{}"}}'


@pytest.mark.parametrize("around", ["{}", "{}1", "1{}", "1{}1", "1 {} 1", "1{}{}{}1", "Mr{} 1", "1{}1{}1"])
def test_a_number_is_read_as_pandoc_reads_it(around):
    parts = [around.replace("{}", char) for char in ODD]
    numbers = [
        *(NUMBER.format(part, "a.b_1", "x") for part in parts),
        *(NUMBER.format("1", "a", part) for part in parts),
    ]
    numbers += [NUMBER.format("1", part, "x") for part in parts]
    values = {f"v{place}": number for place, number in enumerate(numbers)}
    used = blocks_of("\n\n".join(f"{{{{< var {name} >}}}}" for name in values), **values)
    assert used == blocks_of("\n\n".join(numbers))


def test_a_number_on_several_lines_is_read_as_pandoc_reads_it():
    number = NUMBER.format("1\n2", "a", "3\n4")
    assert inlines_of("{{< var a >}}", a=number) == inlines_of(number)
    # An empty line ends a paragraph, so that this is no span.
    assert inlines_of("{{< var a >}}", a=NUMBER.format("1", "a", "3\n\n4"))[0] == {
        "t": "Str",
        "c": "[1]{.num",
    }


@pytest.mark.parametrize("lang", LANGS)
def test_the_values_of_the_briefing_are_read_as_pandoc_reads_them(built_run, lang):
    values = dict(embedded.flatten(read_yaml(built_run / lang / "_variables.yml")))
    used = blocks_of("\n\n".join(f"{{{{< var {name} >}}}}" for name in values), **values)
    assert used == blocks_of("\n\n".join(values.values()))
    assert len(used) == len(values)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("to", ["html", "pdf"])
def test_a_page_is_never_made_from_an_earlier_folder(staged, lang, to):
    first = embedded.render(staged, lang=lang, to=to, epoch=EPOCH)
    change(staged / "_variables.yml", "[238]", "[239]")
    second = embedded.render(staged, lang=lang, to=to, epoch=EPOCH)
    assert second != first
    change(staged / "notebooks" / "02_platforms.ipynb", "Macao-funded", "Macao")
    assert embedded.render(staged, lang=lang, to=to, epoch=EPOCH) != second
