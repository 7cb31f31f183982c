"""What makes both engines write the same page: plain cells where Quarto writes paragraphs, no spurious space
between lines.
"""

from render_sample import ROOT

from gba_analysis import kit
from gba_analysis.render.pandoc import run_pandoc

FILTER = kit.FOLDER / "filters" / "portable.lua"


def filtered(text, reader):
    return run_pandoc(
        [f"--from={reader}", "--to=html", "--wrap=preserve", f"--lua-filter={FILTER}"], text, folder=ROOT
    )


def test_a_paragraph_in_a_cell_becomes_plain_text():
    row = "<tr><td><p>a <b>b</b></p></td><td>c</td></tr>"
    html = filtered(
        f"<table><thead><tr><th>x</th><th><p>y</p></th></tr></thead><tbody>{row}{row}</tbody></table>", "html"
    )
    assert html.count("<td>a <strong>b</strong></td>") == 2 and "<th>y</th>" in html
    assert "<p>" not in html


def test_a_line_end_is_dropped_between_chinese_characters_only():
    assert (
        filtered("香港\n澳门，\n*广\n东*\nand\n深圳", "markdown")
        == "<p>香港澳门，<em>广东</em>\nand\n深圳</p>\n"
    )
