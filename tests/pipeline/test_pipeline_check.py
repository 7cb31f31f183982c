"""`gba check` lists everything wrong at once, and says nothing about pages whose values are not known."""

import json

import pytest
from nbformat.v4 import new_code_cell
from pipeline_samples import contents, small_notebook, write_notebook

from gba_analysis.ledger import VALUES
from gba_analysis.notebooks.canonical import canonical, dumps
from gba_analysis.notebooks.committed import read_all
from gba_analysis.parameters import NOTEBOOKS


def test_a_project_that_is_well(small, run):
    result = run(small, "check")
    assert result.exit_code == 0
    count = len(NOTEBOOKS)
    assert f"{count} notebooks, {count} published values, 2 pages" in result.stdout and result.stderr == ""


def test_problems_of_data_notebooks_and_pages_are_listed_together(small, run):
    (small.data / "events.csv").write_text("id\n", encoding="utf-8")
    notebook = read_all(small, ["03_research"])["03_research"]
    notebook.cells[2].source = "display(1)"
    (small.notebooks / "03_research.ipynb").write_text(dumps(canonical(notebook)), encoding="utf-8")
    page = small.report / "briefing.zh.qmd"
    page.write_text(page.read_text(encoding="utf-8") + "\n三十三即33。\n", encoding="utf-8")
    result = run(small, "check")
    assert result.exit_code == 2 and result.stdout == ""
    assert "data/events.csv" in result.stderr
    assert "notebooks/03_research.ipynb, code cell 2: found no label" in result.stderr
    assert "report/briefing.zh.qmd, line" in result.stderr and "33" in result.stderr
    assert f"{len(result.stderr.splitlines()) - 1} problems:" in result.stderr


def test_the_same_problems_as_json(small, run):
    (small.notebooks / "03_research.ipynb").unlink()
    result = run(small, "check", "--json")
    assert result.exit_code == 2
    (problem,) = json.loads(result.stdout)["problems"]
    assert (
        problem["file"] == "notebooks/03_research.ipynb" and problem["found"] == "No such file or directory"
    )


def test_values_of_a_notebook_that_did_not_run_are_not_missed_on_the_pages(small, run):
    write_notebook(small, "03_research", small_notebook("03_research"))
    lines = run(small, "check").stderr.splitlines()
    assert len(lines) == 3 and all(
        "notebooks/03_research.ipynb" in line and "gba refresh" in line for line in lines[1:]
    )


def test_a_value_published_twice_is_found(small, run):
    notebook = read_all(small, ["03_research"])["03_research"]
    again = notebook.cells[-1]
    cell = new_code_cell("#| label: again", outputs=again.outputs, execution_count=9)
    notebook.cells.append(cell)
    (small.notebooks / "03_research.ipynb").write_text(dumps(canonical(notebook)), encoding="utf-8")
    assert (
        "key 03_research.share: found a value that 03_research.ipynb publishes already"
        in run(small, "check").stderr
    )


def test_a_title_that_names_a_rank_in_one_language_only_is_found(small, run):
    notebook = read_all(small, ["03_research"])["03_research"]
    values = notebook.cells[-1].outputs[0].data[VALUES]["values"]
    values[0]["text"] = {"en": "It is not among the clusters shown.", "zh": "它居第2位。"}
    (small.notebooks / "03_research.ipynb").write_text(dumps(canonical(notebook)), encoding="utf-8")
    assert "key 03_research.share: found en does not say 2; en: It is not" in run(small, "check").stderr


def test_data_without_a_date_or_the_articles_checksum_are_refused(small, run):
    path = small.data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    del package["article"]
    path.write_text(json.dumps(package), encoding="utf-8")
    assert (
        "data/datapackage.json: found no usable `created` and `article.sha256`" in run(small, "check").stderr
    )


def test_a_word_that_one_language_lacks_is_found(small, run):
    words = small.data / "words.zh.yml"
    lines = words.read_text(encoding="utf-8").splitlines(keepends=True)
    words.write_text("".join(line for line in lines if not line.startswith("  jointlabs:")), encoding="utf-8")
    result = run(small, "check")
    assert result.exit_code == 2
    assert "data/words.zh.yml, panel.jointlabs: found no text" in result.stderr


def test_a_catalogue_that_is_no_yaml_is_found(small, run):
    (small.data / "words.en.yml").write_text("panel: [\n", encoding="utf-8")
    result = run(small, "check")
    assert result.exit_code == 2
    assert "data/words.en.yml: found a file that is not YAML" in result.stderr


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_file_that_would_override_one_of_the_engine_s_is_refused(small, run, command):
    before = contents(small.build / "base")
    (small.report / "styles").mkdir()
    (small.report / "styles" / "briefing.css").write_text("* {}", encoding="utf-8")
    result = run(small, command)
    assert result.exit_code == 2
    assert "report/styles/briefing.css: found a name that gba_analysis/kit has already" in result.stderr
    assert contents(small.build / "base") == before
