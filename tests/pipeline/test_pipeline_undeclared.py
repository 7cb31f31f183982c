"""A file that nothing declares is named, with where to declare it."""

import shutil

import pytest

from gba_analysis.parameters import DECLARED_IN
from gba_analysis.pipeline.undeclared import undeclared_files

# By file: what it seems to be, and a part of where it is declared.
UNDECLARED = {
    "data/talents.csv": ("a table", "datapackage.json"),
    "data/talents.xlsx": ("a file", "datapackage.json"),
    "data/words.fr.yml": ("a file", "datapackage.json"),
    "data/more/units.csv": ("a table", "datapackage.json"),
    "notebooks/09_talent.ipynb": ("a notebook", DECLARED_IN),
    "notebooks/helpers.py": ("a file", DECLARED_IN),
    "report/briefing.fr.qmd": ("a page", "languages.py"),
    "report/notes.txt": ("a file", "_quarto.yml"),
    "report/drafts/briefing.en.qmd": ("a page", "languages.py"),
}
# What editors and tools leave is nobody's source.
HIDDEN = ("notebooks/.ipynb_checkpoints/09_talent.ipynb", "data/.DS_Store", "report/_output/briefing.en.html")


def write(project, name):
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a,b\n", encoding="utf-8")


@pytest.fixture
def bare(small_source, tmp_path):
    """A copy of the small project's sources, to change at will."""
    for part in (small_source.data, small_source.notebooks, small_source.report):
        shutil.copytree(part, tmp_path / part.name)
    return type(small_source)(tmp_path)


def test_all_that_is_there_is_declared(repository):
    assert undeclared_files(repository) == []


@pytest.mark.parametrize("name", UNDECLARED)
def test_a_file_that_nothing_declares_is_named(bare, name):
    write(bare, name)
    (problem,) = undeclared_files(bare)
    noun, place = UNDECLARED[name]
    assert (problem.file, problem.found) == (name, f"{noun} that nothing declares")
    assert place in problem.hint


def test_what_the_settings_name_is_declared(bare):
    write(bare, "report/styles/own.css")
    write(bare, "report/styles/other.css")
    with (bare.report / "_quarto-zh.yml").open("a", encoding="utf-8") as file:
        file.write("more: {deep: [styles/own.css, 3]}\n")
    (problem,) = undeclared_files(bare)
    assert problem.file == "report/styles/other.css"


def test_all_of_them_are_named_at_once_and_hidden_ones_are_not(bare):
    for name in (*UNDECLARED, *HIDDEN):
        write(bare, name)
    assert {problem.file for problem in undeclared_files(bare)} == set(UNDECLARED)


def test_gba_check_refuses_them(small, run):
    write(small, "data/talents.csv")
    result = run(small, "check")
    assert result.exit_code == 2
    assert "data/talents.csv: found a table that nothing declares" in result.stderr


def test_settings_that_cannot_be_read_name_nothing(bare):
    (bare.report / "_quarto-zh.yml").write_text("a: [", encoding="utf-8")
    (bare.report / "_quarto-en.yml").unlink()
    assert undeclared_files(bare) == []


def test_tables_are_not_accused_if_it_is_not_known_what_is_declared(bare):
    (bare.data / "datapackage.json").write_text("[]", encoding="utf-8")
    assert undeclared_files(bare) == []
