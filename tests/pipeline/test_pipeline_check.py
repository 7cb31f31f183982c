"""`gba check` lists everything wrong at once, and says nothing about pages whose values are not known."""

import json
import shutil

import pytest
from nbformat.v4 import new_code_cell
from pipeline_samples import PUBLISH, contents, entry, small_notebook, write_notebook

from gba_analysis.ledger import VALUES
from gba_analysis.notebooks.canonical import canonical, dumps
from gba_analysis.notebooks.committed import read_all
from gba_analysis.parameters import NOTEBOOKS
from gba_analysis.pipeline.check import check_project
from gba_analysis.pipeline.update import update
from gba_analysis.project import PARTS, Project


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
    (line,) = run(small, "check").stderr.splitlines()
    assert line.startswith("notebooks/03_research.ipynb: found no stored run of code cell 1")
    assert "gba refresh" in line


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
    assert "data/words.en.yml, line 2, column 1: found malformed YAML (did not" in result.stderr


def test_a_figure_with_another_id_is_named_wherever_the_old_one_is_used(repository, tmp_path):
    for part in PARTS:
        shutil.copytree(repository.root / part, tmp_path / part)
    shutil.copy(repository.root / "pyproject.toml", tmp_path)
    path = tmp_path / "data" / "indicators.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\nhengqin_macao_funded,", "\nhengqin_macao_owned,"), encoding="utf-8")
    found = [
        problem
        for problem in check_project(Project(tmp_path)).problems
        if "hengqin_macao_funded" in problem.found
    ]
    tables = ("claim_indicators", "crosschecks", "derived", "key_figures", "findings", "charts")
    pages = ("report/briefing.en.qmd", "report/briefing.zh.qmd")
    files = {problem.file for problem in found}
    assert {*pages, *(f"data/{table}.csv" for table in tables)} <= files
    # The verdict is named after its claim, which has its id still.
    assert not any("verdict." in problem.found or "one unit" in problem.expected for problem in found)
    hints = {problem.hint for problem in found if problem.file != "data/charts.csv"}
    assert all("hengqin_macao_owned" in hint for hint in hints)


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_file_that_would_override_one_of_the_engine_s_is_refused(small, run, command):
    before = contents(small.build / "base")
    (small.report / "styles").mkdir()
    (small.report / "styles" / "briefing.css").write_text("* {}", encoding="utf-8")
    result = run(small, command)
    assert result.exit_code == 2
    assert "report/styles/briefing.css: found a name that gba_analysis/kit has already" in result.stderr
    assert contents(small.build / "base") == before


def edit_finding(project, test):
    """Give the small project one finding with this test, and renew the checksums."""
    path = project.data / "findings.csv"
    columns = path.read_text(encoding="utf-8").strip().split(",")
    words = {"id": "small", "position": "1", "theme": "research", "test": test}
    path.write_text(
        ",".join(columns)
        + "\n"
        + ",".join(words.get(name, "文" if name.endswith("_zh") else "text") for name in columns)
        + "\n",
        encoding="utf-8",
    )
    update(project)


def test_what_a_new_run_would_mend_stands_last_and_in_one_line(small, run):
    (small.data / "talents.csv").write_text("a\n", encoding="utf-8")
    with (small.data / "units.csv").open("a", encoding="utf-8") as file:
        file.write("talents,count,talents,人才\n")
    update(small)
    lines = run(small, "check").stderr.splitlines()
    assert len(lines) == 3 and lines[1].startswith("data/talents.csv: found a table that nothing declares")
    assert lines[2].startswith(
        f"notebooks/, {', '.join(NOTEBOOKS)}: found outputs from before a change of the tables"
    )


def test_a_key_that_only_a_new_run_would_publish_is_told_with_the_cure(small, run):
    edit_finding(small, "research.jointlabs > 0 and research.jointlab > 0")
    for words in (["check"], ["build", "--to", "html", "--force"]):
        lines = [line for line in run(small, *words).stderr.splitlines() if "the unknown key" in line]
        assert len(lines) == 2 and all("data/findings.csv, row 2, column test" in line for line in lines)
        assert "'research.jointlabs'" in lines[0] and "run `gba refresh`" in lines[0]
        assert "'research.jointlab'" in lines[1] and "run `gba refresh`" not in lines[1]


def test_a_key_that_a_new_run_would_not_publish_either_is_not(small, run):
    """The small notebooks publish none of the data's keys."""
    edit_finding(small, "research.jointlabs > 0")
    assert run(small, "refresh").exit_code == 0
    (line,) = run(small, "check").stderr.splitlines()
    assert "'research.jointlabs'" in line and "gba refresh" not in line


def test_a_run_that_stores_its_notebooks_is_judged_by_its_own_values(small, run):
    """A finding and a page name what a cell just added will publish; one notebook has no outputs at all."""
    edit_finding(small, "research.jointlabs > 0")
    more = PUBLISH.replace("ENTRIES", repr([entry("research.jointlabs")])).replace("values", "more", 1)
    write_notebook(small, "03_research", small_notebook("03_research", more))
    write_notebook(small, "02_platforms", small_notebook("02_platforms"))
    for lang in ("en", "zh"):
        page = small.report / f"briefing.{lang}.qmd"
        page.write_text(
            page.read_text(encoding="utf-8") + "\n{{< var research.jointlabs >}}\n", encoding="utf-8"
        )
    refused = run(small, "build", "--to", "html")
    assert refused.exit_code == 2 and "notebooks/03_research.ipynb: found no stored run" in refused.stderr
    built = run(small, "build", "--to", "html", "--update-notebooks")
    assert built.exit_code == 0, built.stderr
    assert run(small, "check").exit_code == 0


def test_such_a_run_is_refused_before_it_renders_if_its_own_values_lack_a_key(small, run):
    edit_finding(small, "research.jointlabs > 0")
    write_notebook(small, "03_research", small_notebook("03_research"))
    stored, pages = contents(small.notebooks), contents(small.build)
    result = run(small, "build", "--to", "html", "--update-notebooks")
    assert result.exit_code == 2 and "found the unknown key 'research.jointlabs'" in result.stderr
    assert "briefing." not in result.stderr
    assert (contents(small.notebooks), contents(small.build)) == (stored, pages)
