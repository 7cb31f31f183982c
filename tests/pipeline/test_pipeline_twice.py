"""Nothing is made twice: a build takes what earlier ones made of the very same, and makes the rest."""

import shutil

import pytest
from pipeline_samples import contents, small_notebook, write_notebook

from gba_analysis.pages import briefing
from gba_analysis.parameters import NOTEBOOKS
from gba_analysis.pipeline.update import update
from gba_analysis.project import Project

# English and HTML only: quick, and everything that is kept is in it.
BUILD = ("build", "--engine", "embedded", "--lang", "en", "--to", "html")
PAGE = "briefing.en.html"


@pytest.fixture(scope="session")
def built_source(small_source, run, tmp_path_factory):
    """The small project after a build of BUILD. Not to be changed."""
    project = Project(shutil.copytree(small_source.root, tmp_path_factory.mktemp("twice") / "project"))
    shutil.rmtree(project.build)
    assert run(project, *BUILD).exit_code == 0
    return project


@pytest.fixture
def small(built_source, tmp_path):
    return Project(shutil.copytree(built_source.root, tmp_path / "project"))


def made(result):
    """The notebooks and pages that a build made and did not take from an earlier one."""
    assert result.exit_code == 0, result.output
    lines = [line for line in result.stderr.splitlines() if line.endswith((" s", " as before"))]
    assert len(lines) == len(NOTEBOOKS) + 1
    return {line.split()[0] for line in lines if not line.endswith(" as before")}


def append(path, text="\n"):
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_a_run_that_was_removed_is_only_put_together(small, run):
    before = contents(small.build)
    shutil.rmtree(small.build / "base")
    assert made(run(small, *BUILD)) == set()
    assert contents(small.build) == before


def test_a_parameter_runs_the_notebooks_that_take_it(small, run):
    # The small notebooks show no parameter but the language and the reading, so the page stays what it was
    # but for one line.
    assert made(run(small, *BUILD, "-p", "cores", "5")) == {"03_research", "07_robustness", PAGE}


def test_a_table_runs_the_notebooks_that_read_it(small, run, repository):
    lines = (small.data / "events.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (small.data / "events.csv").write_text("".join([lines[0], *lines[:0:-1]]), encoding="utf-8")
    update(small)
    assert made(run(small, *BUILD)) == {"05_openness"}


def test_code_runs_its_notebook(small, run):
    write_notebook(small, "04_industry", small_notebook("04_industry", "#| label: more\nprint(1)"))
    assert run(small, "refresh", "04_industry").exit_code == 0
    assert made(run(small, *BUILD)) == {"04_industry", PAGE}


def test_a_page_s_words_run_no_notebook(small, run):
    append(small.report / PAGE.replace("html", "qmd"), "\nMore words.\n")
    append(small.report / "briefing.zh.qmd", "\n更多的话。\n")
    assert made(run(small, *BUILD)) == {PAGE}
    assert "More words." in (small.build / "base" / PAGE).read_text(encoding="utf-8")


def test_force_makes_everything_again(small, run):
    before = contents(small.build)
    assert made(run(small, *BUILD, "--force")) == {*NOTEBOOKS, PAGE}
    assert contents(small.build) == before


def test_another_format_runs_no_notebook(small, run):
    result = run(small, *BUILD[:-1], "html,pdf")
    assert [line.split()[0] for line in result.stderr.splitlines() if line.endswith(" s")] == [
        "briefing.en.pdf"
    ]


def test_damaged_entries_are_made_again(small, run):
    before = contents(small.build)
    shutil.rmtree(small.build / "base")
    for entry in (small.build / ".cache").iterdir():
        entry.write_bytes(entry.read_bytes()[:-1])
    assert made(run(small, *BUILD)) == {*NOTEBOOKS, PAGE}
    assert contents(small.build) == before
    shutil.rmtree(small.build / "base")
    assert made(run(small, *BUILD)) == set()


def test_a_notebook_that_raised_is_run_again(small, run):
    flag = small.root / "flag"
    code = f"#| label: flag\nimport pathlib\nassert pathlib.Path({str(flag)!r}).exists()"
    flag.touch()
    write_notebook(small, "04_industry", small_notebook("04_industry", code))
    assert run(small, "refresh", "04_industry").exit_code == 0
    flag.unlink()
    assert run(small, *BUILD).exit_code == 1
    flag.touch()
    assert made(run(small, *BUILD)) == {"04_industry", PAGE}
    shutil.rmtree(small.build / "base")
    assert made(run(small, *BUILD)) == set()


def test_what_changed_while_it_ran_is_not_kept(small, run):
    flag = small.root / "flag"
    code = f"""#| label: more
import pathlib
path = pathlib.Path('04_industry.ipynb')
text = path.read_text()
if pathlib.Path({str(flag)!r}).exists():
    path.write_text(text.replace('Purpose: show', 'Purpose: to show'))"""
    write_notebook(small, "04_industry", small_notebook("04_industry", code))
    path = small.notebooks / "04_industry.ipynb"
    assert run(small, "refresh", "04_industry").exit_code == 0
    before = path.read_bytes()
    flag.touch()
    result = run(small, *BUILD)
    assert (
        result.exit_code == 2
        and "notebooks/04_industry.ipynb: found a change while it was worked with" in result.stderr
    )
    # What was made of a notebook that became another one stands for neither.
    path.write_bytes(before)
    flag.unlink()
    assert made(run(small, *BUILD)) == {"04_industry"}


@pytest.mark.parametrize("change", ["edit", "add", "remove"])
def test_a_page_that_changes_while_it_is_built_ends_the_build(small, run, monkeypatch, change):
    """Its run would pass for one made from the new words."""
    before, made_briefing = contents(small.build / "base"), briefing.make_briefing
    page = small.report / ("briefing.en.qmd" if change == "edit" else "more.css")
    if change == "remove":
        page.write_text("")

    def late(*given, **named):
        result = made_briefing(*given, **named)
        page.unlink() if change == "remove" else page.write_text(
            page.read_text() + "More.\n" if change == "edit" else ""
        )
        return result

    monkeypatch.setattr(briefing, "make_briefing", late)
    result = run(small, *BUILD, "--force")
    assert result.exit_code == 2
    assert (
        f"report/{page.relative_to(small.report).as_posix()}: found a change while it was worked with"
        in result.stderr
    )
    assert contents(small.build / "base") == before
