"""The embedded engine: what it refuses, and that its pages depend on nothing but the staged folder."""

import os
import shutil
import subprocess
import sys

import pytest
from render_sample import EPOCH, LANGS, change, code_cell, sample_cells, stage, write_notebook

from gba_analysis.errors import EngineError
from gba_analysis.render import embedded

FORMATS = ("html", "pdf")


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{{< var sample.firms >}}", "{{< var sample.firm >}}", "unknown variable: sample.firm"),
        (
            "ipynb#platforms",
            "ipynb#platform",
            "unknown notebook output: notebooks/02_platforms.ipynb#platform",
        ),
        ("{{< var sample.firms >}}", "{{< meta title >}}", "unknown shortcode: meta title"),
        ("All {{< var sample.firms >}} firms", "All {{< var sample.firms firms", "a shortcode is not closed"),
        ("@sec-make-up", "@sec-nowhere", "unknown cross-reference: @sec-nowhere"),
        ("**A second chart.** It follows the first.", "", "no caption: fig-second"),
    ],
)
def test_refuses_a_source(staged, to, old, new, message):
    change(staged / "briefing.en.qmd", old, new)
    with pytest.raises(EngineError, match=r"briefing\.en\.qmd") as error:
        embedded.render(staged, lang="en", to=to, epoch=EPOCH)
    assert message in str(error.value)


def test_refuses_a_cell_with_several_outputs(staged):
    cell = code_cell("platforms", {"text/markdown": "Text."})
    cell["outputs"] *= 2
    write_notebook(staged / "notebooks" / "02_platforms.ipynb", cell, *sample_cells()[1:])
    with pytest.raises(EngineError, match="several"):
        embedded.render(staged, lang="en", to="html", epoch=EPOCH)


def test_refuses_a_setting_it_would_ignore(staged):
    change(staged / "_quarto.yml", "    minimal: true", "    minimal: true\n    code-fold: true")
    with pytest.raises(EngineError, match="code-fold"):
        embedded.render(staged, lang="en", to="html", epoch=EPOCH)


@pytest.mark.parametrize("name", ["_quarto-en.yml", "_quarto.yml", "briefing.en.qmd", "_variables.yml"])
def test_names_a_missing_file(staged, name):
    (staged / name).unlink()
    with pytest.raises(EngineError, match=name):
        embedded.render(staged, lang="en", to="html", epoch=EPOCH)


@pytest.mark.parametrize(
    ("text", "found"), [("lang: [en\n", "malformed YAML"), ("lang: en\nlang: zh\n", "lang a second time")]
)
def test_names_a_broken_settings_file(staged, text, found):
    (staged / "_quarto-en.yml").write_text(text, encoding="utf-8")
    with pytest.raises(EngineError, match=f"_quarto-en.yml.*{found}.*valid YAML"):
        embedded.render(staged, lang="en", to="html", epoch=EPOCH)


def test_a_missing_style_sheet_is_an_error(staged):
    (staged / "styles" / "fonts" / "GBASansSC-Bold.woff2").unlink()
    with pytest.raises(EngineError, match=r"GBASansSC-Bold\.woff2"):
        embedded.render(staged, lang="en", to="html", epoch=EPOCH)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("to", FORMATS)
def test_is_the_same_in_another_folder_and_environment(rendered, tmp_path, lang, to):
    folder = stage(tmp_path / "elsewhere" / "with space")
    script = "import sys; from pathlib import Path; from gba_analysis.render import embedded; "
    script += f"page = embedded.render(Path(sys.argv[1]), lang={lang!r}, to={to!r}, epoch={EPOCH}); "
    script += "sys.stdout.buffer.write(page)"
    changed = {
        "TZ": "Asia/Hong_Kong",
        "LANG": "C",
        "LC_ALL": "C",
        "HOME": str(tmp_path),
        "PYTHONHASHSEED": "7",
    }
    line = [sys.executable, "-c", script, str(folder)]
    again = subprocess.run(
        line, env={**os.environ, **changed}, cwd=tmp_path, check=True, stdout=subprocess.PIPE
    ).stdout
    assert again == rendered[lang, to].read_bytes()


@pytest.mark.parametrize("to", FORMATS)
def test_leaves_the_folder_as_it_was(staged, to):
    def files():
        return {path.relative_to(staged): path.is_file() and path.read_bytes() for path in staged.rglob("*")}

    before = files()
    assert embedded.render(staged, lang="zh", to=to, epoch=EPOCH)
    assert files() == before


def test_the_date_of_the_pdf_is_the_epoch(staged):
    first = embedded.render(staged, lang="en", to="pdf", epoch=EPOCH)
    assert embedded.render(staged, lang="en", to="pdf", epoch=EPOCH + 86400) != first


def test_a_text_output_becomes_a_code_block(staged):
    cells = [code_cell("platforms", {"text/plain": "plain output"}), *sample_cells()[1:]]
    write_notebook(staged / "notebooks" / "02_platforms.ipynb", *cells)
    assert "<pre><code>plain output" in embedded.render(staged, lang="en", to="html", epoch=EPOCH).decode()


def test_a_value_is_read_as_markdown(staged):
    change(staged / "_variables.yml", "[238]", "[**two** & \\<three\\>]")
    text = embedded.render(staged, lang="en", to="html", epoch=EPOCH).decode()
    assert "<strong>two</strong> &amp; &lt;three&gt;</span>" in text


def test_unused_fonts_of_the_machine_do_not_matter(staged):
    shutil.rmtree(staged / "fonts")
    (staged / "fonts").mkdir()
    with pytest.raises(EngineError, match=r"GBA Sans SC|gba sans sc"):
        embedded.render(staged, lang="en", to="pdf", epoch=EPOCH)
