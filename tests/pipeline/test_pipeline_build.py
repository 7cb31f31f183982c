"""A whole build of the small project: what it leaves, and what bad input gets."""

import json
import re

import pytest
import yaml
from pipeline_samples import PUBLISH, contents, entry, small_notebook, write_notebook

from gba_analysis.files import sha256
from gba_analysis.notebooks.canonical import canonical, dumps
from gba_analysis.notebooks.committed import read_all
from gba_analysis.parameters import NOTEBOOKS

# A cell of a table, in the source of a notebook, with what Pandoc hands on: raw HTML, an image whose file it
# takes into the page.
HOSTILE = (
    r"| `<script>alert(1)</script>`{{=html}} \\{{x\\}} `<img src='../../../requirements.lock'>`{{=html}} |"
)
FILES = ("briefing.en.html", "briefing.en.pdf", "briefing.zh.html", "briefing.zh.pdf")


@pytest.fixture
def finished(small_source):
    """The finished run of the small project. Not to be changed."""
    return small_source.build / "base"


def refused(run, small, *words, code=2):
    """The message of a refused build; the earlier run is untouched and nothing is left beside it."""
    before = contents(small.build)
    result = run(small, "build", "--engine", "embedded", *words)
    assert result.exit_code == code, result.output
    kept = {
        name: content for name, content in contents(small.build).items() if not name.startswith("failed/")
    }
    assert kept == before and {path.name for path in small.build.iterdir()} <= {"base", "failed", ".cache"}
    assert result.stdout == ""
    return result.stderr


def stored(small, name, notebook):
    """Store a notebook as if it had run: with the outputs of the one it takes the place of."""
    old = read_all(small, [name])[name]
    for new_cell, old_cell in zip(notebook.cells, old.cells, strict=False):
        if new_cell.cell_type == "code":
            new_cell.outputs, new_cell.execution_count = old_cell.outputs, 1
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 1
    (small.notebooks / f"{name}.ipynb").write_text(dumps(canonical(notebook)), encoding="utf-8")


def test_a_run_holds_the_pages_the_ledger_and_a_quarto_project_for_each_language(finished):
    assert {path.name for path in finished.iterdir()} == {*FILES, "en", "zh", "ledger.json", "manifest.json"}
    for lang in ("en", "zh"):
        names = set(contents(finished / lang))
        assert {
            "_quarto.yml",
            "_variables.yml",
            "_metadata.yml",
            f"briefing.{lang}.qmd",
            "notebooks/05_openness.ipynb",
        } <= names
        assert {"styles/fonts/GBASansSC-Regular.woff2", "styles/fonts/GBASansSC-Bold.woff2"} <= names
        # What an engine leaves behind is no part of a run.
        assert not (finished / lang / "_output").exists()


def test_each_language_ran_with_its_own_parameter(finished):
    for lang, head in (("en", "Reading"), ("zh", "读法")):
        cells = json.loads(
            (finished / lang / "notebooks" / "02_platforms.ipynb").read_text(encoding="utf-8")
        )["cells"]
        injected = next(cell for cell in cells if "injected-parameters" in cell["metadata"].get("tags", []))
        assert f"lang = '{lang}'" in "".join(injected["source"])
        assert "cores" not in "".join(injected["source"])
        assert head in json.dumps(cells, ensure_ascii=False)


def test_the_pages_hold_the_values_and_say_how_they_were_made(finished):
    for lang, value in (("en", "12.0–19.9 %"), ("zh", "12.0%–19.9%")):
        page = (finished / f"briefing.{lang}.html").read_text(encoding="utf-8")
        assert page.count(value) == len(NOTEBOOKS) and 'data-key="04_industry.share"' in page
        # Runs of another language are spans of their own.
        text = re.sub("<[^>]+>", "", page)
        assert "gba build" in text and "embedded (Pandoc" in text and "34f49c1f" in text
    assert "一个方块。" in (finished / "briefing.zh.html").read_text(encoding="utf-8")


def test_the_date_is_the_datas(finished, small_source):
    created = json.loads((small_source.data / "datapackage.json").read_text(encoding="utf-8"))["created"][:10]
    metadata = yaml.safe_load((finished / "en" / "_metadata.yml").read_text(encoding="utf-8"))
    assert metadata["date"] == created
    assert f"D:{created.replace('-', '')}".encode() in (finished / "briefing.en.pdf").read_bytes()


def test_the_manifest_lists_every_input_and_output(finished, small_source):
    text = (finished / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    made = contents(finished)
    assert set(manifest["outputs"]) == set(made) - {"manifest.json"}
    pdf = finished / "briefing.zh.pdf"
    assert manifest["outputs"]["briefing.zh.pdf"] == {"bytes": pdf.stat().st_size, "sha256": sha256(pdf)}
    sources = {name for name in contents(small_source.root) if not name.startswith(("build/", "docs/"))}
    assert sources == {name for name in manifest["inputs"] if not name.startswith("gba_analysis/")}
    assert (
        "gba_analysis/render/crossref.lua" in manifest["inputs"]
        and "gba_analysis/cli/make.py" in manifest["inputs"]
    )
    assert manifest["parameters"]["reading"] == "conventional" and "lang" not in manifest["parameters"]
    assert {"papermill", "numpy", "jinja2", "gba-analysis"} <= set(
        manifest["packages"]
    ) and "pytest" not in manifest["packages"]
    assert manifest["engine"]["name"] == "embedded" and manifest["command"] == "gba build"
    assert list(manifest) == sorted(manifest)


def test_no_file_of_a_run_names_a_folder_of_this_machine(finished, small_source):
    root = str(small_source.root).encode()
    assert [name for name, content in contents(finished).items() if root in content] == []
    assert b'"/' not in (finished / "manifest.json").read_bytes()


def test_a_second_build_elsewhere_is_the_same_bytes(finished, small, run, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("PYTHONHASHSEED", "5")
    result = run(small, "build", "--engine", "embedded", "--out", tmp_path / "other {lang} place", "-j", "3")
    assert result.exit_code == 0
    assert contents(tmp_path / "other {lang} place" / "base") == contents(finished)


def test_other_parameters_have_a_folder_and_a_name_of_their_own(small, run):
    before = contents(small.build / "base")
    words = ["-p", "reading", "strict", "--lang", "zh", "--to", "html", "--engine", "embedded"]
    result = run(small, "build", *words)
    assert result.exit_code == 0
    assert (
        "reading-strict" in result.stdout
        and "briefing.zh.html" in result.stdout
        and "embedded" in result.stdout
    )
    made = small.build / "reading-strict"
    assert {path.name for path in made.iterdir()} == {
        "briefing.zh.html",
        "zh",
        "ledger.json",
        "manifest.json",
    }
    assert (
        json.loads((made / "manifest.json").read_text(encoding="utf-8"))["command"]
        == "gba build -p reading strict"
    )
    assert ">strict</" in (made / "briefing.zh.html").read_text(encoding="utf-8")
    assert contents(small.build / "base") == before
    lines = result.stderr.splitlines()
    assert len(lines) == len(NOTEBOOKS) + 1 and any(line.startswith("03_research (zh) ") for line in lines)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["-p", "readng", "strict"], "gba: -p, parameter readng: found the unknown name 'readng'"),
        (["-p", "readng", "strict"], "did you mean 'reading'?"),
        (["-p", "cores", "many"], "parameter cores: found 'many', expected an integer from 1 to 10,000,000"),
        (["-p", "usd_cny", "70"], "parameter usd_cny: found 70, expected a number from 5.0 to 10.0"),
        (
            ["-p", "platforms", "[hengqin, hengqin]"],
            "parameter platforms: found ['hengqin', 'hengqin'], expected a list of",
        ),
        (["--lang", "fr"], "found 'fr', expected one or more of en, zh"),
        (["--lang", "en,en"], "found 'en,en', expected one or more of en, zh"),
        (["--to", "docx"], "found 'docx', expected one or more of html, pdf"),
        (["--engine", "word"], "--engine: found 'word', expected one of auto, quarto, embedded"),
        (["--scenario", "../../x"], "--scenario: found '../../x'"),
        (["--params", "nowhere.yml"], "'nowhere.yml' does not exist"),
        (["-j", "0"], "0 is not in the range x>=1"),
    ],
)
def test_bad_words_are_refused(small, run, words, expected):
    assert expected in refused(run, small, *words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reading: [strict\n", "bad.yml, line 2, column 1: found"),
        ("- reading\n", "bad.yml: found ['reading'], expected one YAML mapping"),
        ("readng: strict\ncores: 0\n", "2 problems:"),
    ],
)
def test_a_bad_parameter_file_is_refused(small, run, tmp_path, text, expected):
    (tmp_path / "bad.yml").write_text(text)
    message = refused(run, small, "--params", tmp_path / "bad.yml")
    assert expected in message and "bad.yml" in message


def test_an_output_that_is_a_file_is_refused(small, run):
    assert "requirements.lock: found a file, expected a folder" in refused(
        run, small, "--out", small.root / "requirements.lock"
    )
    assert "expected a folder that can be written" in refused(
        run, small, "--out", small.root / "requirements.lock" / "x"
    )


def test_all_that_is_wrong_with_the_data_is_listed_and_no_page_made(small, run):
    for name, old, new in (("events.csv", "2019", "twenty"), ("units.csv", ",count,", ",counts,")):
        path = small.data / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    message = refused(run, small)
    assert "problems:" in message and "data/events.csv, row" in message and "data/units.csv, row" in message
    assert "briefing" not in message


def test_a_missing_table_is_refused(small, run):
    (small.data / "links.csv").unlink()
    assert "data/links.csv: found No such file or directory" in refused(run, small)


def test_a_page_that_uses_what_is_not_there_is_refused_before_one_is_made(small, run):
    path = small.report / "briefing.en.qmd"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("01_evidence.share", "01_evidence.shore").replace("ipynb#chart", "ipynb#cart"),
        encoding="utf-8",
    )
    message = refused(run, small)
    assert "report/briefing.en.qmd, line" in message
    assert "var 01_evidence.shore, expected" in message and "did you mean" in message
    assert "notebooks/02_platforms.ipynb#cart" in message
    assert "briefing.en.html" not in message


def test_notebooks_without_outputs_are_refused_before_a_kernel_starts(small, run):
    write_notebook(small, "03_research", small_notebook("03_research"))
    message = refused(run, small)
    assert (
        "notebooks/03_research.ipynb: found no stored run of code cell 1" in message
        and "gba refresh" in message
    )
    assert "01_evidence (en)" not in message


@pytest.mark.parametrize(
    "words",
    [["build", "--force"], ["refresh", "--force"], ["sweep", "03_research", "-p", "reading", "[strict]"]],
)
def test_a_word_that_one_language_lacks_ends_a_run_before_a_kernel_starts(small, run, words):
    path = small.data / "words.zh.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("  jointlabs:")), encoding="utf-8")
    result = run(small, *words)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "data/words.zh.yml, panel.jointlabs: found no text" in line


def test_a_notebook_that_raises_ends_the_build_and_is_kept(small, run):
    stored(
        small, "04_industry", small_notebook("04_industry", "#| label: bad\nraise ValueError('no such rate')")
    )
    message = refused(run, small, "--lang", "zh", code=1)
    assert "04_industry.ipynb, zh, code cell 6 (bad): found ValueError: no such rate" in message
    kept = small.build / "failed" / "base" / "zh" / "04_industry.ipynb"
    assert str(kept) in message and "no such rate" in kept.read_text(encoding="utf-8")
    assert list((small.build / "failed").rglob("*.ipynb")) == [kept]


def test_languages_that_publish_different_values_are_refused(small, run):
    publish = PUBLISH.replace("ENTRIES", repr([entry("05_openness.share")]))
    notebook = small_notebook("05_openness")
    notebook.cells[-1].source = publish.replace(
        "display(", "values[0]['low'] = '1/3' if lang == 'zh' else '1/2'\ndisplay("
    )
    stored(small, "05_openness", notebook)
    message = refused(run, small)
    assert "05_openness.ipynb, key 05_openness.share: found low '1/2' and '1/3'" in message


def test_a_chart_that_is_told_with_other_numbers_in_the_other_language_is_refused(small, run):
    notebook = read_all(small, ["02_platforms"])["02_platforms"]
    (cell,) = (cell for cell in notebook.cells if "One square." in cell.source)
    cell.source = cell.source.replace("One square.", "33 squares.").replace("一个方块。", "35个方块。")
    stored(small, "02_platforms", notebook)
    assert (
        "02_platforms.ipynb, alt text of cell chart: found en does not say 35; zh does not say 33; "
        "en: 33 squares.; zh: 35个方块。, expected the same numbers in each language"
    ) in refused(run, small)


def test_a_key_that_vanishes_with_other_parameters_is_refused_with_the_line_that_uses_it(small, run):
    notebook = small_notebook("03_research")
    notebook.cells[-1].source = notebook.cells[-1].source.replace(
        "display(", "values = values if reading != 'tight' else []\ndisplay("
    )
    stored(small, "03_research", notebook)
    message = refused(run, small, "-p", "reading", "tight", "--lang", "en", "--to", "html")
    assert "report/briefing.en.qmd, line" in message and "var 03_research.share" in message


def test_a_value_no_shipped_font_can_show_is_refused(small, run):
    notebook = small_notebook("03_research")
    notebook.cells[-1].source = notebook.cells[-1].source.replace("19.9 %", "19.9 % ௹")
    stored(small, "03_research", notebook)
    message = refused(run, small, "--lang", "en", "--to", "html")
    assert (
        "03_research.ipynb, key 03_research.share: found the characters U+0BF9 TAMIL RUPEE SIGN, "
        "expected characters of the shipped fonts" in message
    )


def test_a_page_that_holds_what_is_not_ours_ends_the_build_and_is_not_kept(small, run):
    notebook = small_notebook("03_research")
    for cell in notebook.cells:
        cell.source = cell.source.replace("| 33 |", HOSTILE)
    stored(small, "03_research", notebook)
    message = refused(run, small)
    for lang in ("en", "zh"):
        page = f"briefing.{lang}.html, #cell-table: found "
        assert f"{page}the script 'alert(1)', expected only the engine's own" in message
        assert f"{page}<img src='" in message
        assert f"{page}the placeholder '{{x}}', expected a value in its place" in message
        assert re.search(rf"briefing\.{lang}\.pdf, page \d: found the placeholder '{{x}}'", message)
    kept = [path.read_bytes() for path in (small.build / ".cache").glob("page-*")]
    assert kept and not any(b"alert(1)" in content for content in kept)
