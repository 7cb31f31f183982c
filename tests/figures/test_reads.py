"""A notebook reads the tables that it declares, all of them and no others; another read is refused, however
it is made.
"""

import json
import os

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from gba_analysis import kit, parameters
from gba_analysis.figures.reads import READS, Undeclared, UndeclaredReadError, fonts_read, tables_read
from gba_analysis.figures.tables import TABLES, load
from gba_analysis.files import sha256
from gba_analysis.notebooks.execute import Raised, Ran, Task, execute

NAME = "03_research"
BEGIN = f"from gba_analysis.notebook import begin\nreport = begin({NAME!r}, globals())"
KIT = "from gba_analysis import kit\n"


@pytest.fixture
def facts(repository):
    return load(repository, NAME)


def test_every_notebook_declares_tables_that_there_are():
    assert tuple(READS) == parameters.NOTEBOOKS
    assert {table for tables in READS.values() for table in tables} <= set(TABLES)


def test_declared_tables_are_loaded_and_others_only_named(repository, facts):
    everything = load(repository)
    assert facts.units.equals(everything.units)
    undeclared = {name for name in TABLES if isinstance(getattr(facts, name), Undeclared)}
    assert undeclared == set(TABLES) - set(READS[NAME])


@pytest.mark.parametrize("use", [lambda t: t["value"], lambda t: t.loc["a"], len, list, lambda t: t.empty])
def test_an_undeclared_table_cannot_be_used(facts, use):
    with pytest.raises(
        UndeclaredReadError, match=r"03_research.ipynb: found a read of the table references, expected only "
    ):
        use(facts.references)


def test_the_rows_of_an_undeclared_table_cannot_be_used(facts):
    for _ in range(2):
        with pytest.raises(UndeclaredReadError, match="found a read of the table references"):
            facts.rows("references")


def test_an_undeclared_table_can_be_printed(facts):
    assert "Undeclared" in repr(facts)


def run(repository, folder, code):
    """What becomes of a notebook of the project that begins and then runs `code`."""
    cells = [new_code_cell(source) for source in ("lang = 'en'", BEGIN, code)]
    notebook = new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}}
    )
    project = copy_of(repository, folder)
    (project.notebooks / f"{NAME}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return execute(Task(NAME), project, work=folder)


def copy_of(repository, folder):
    """The project with links to its data and report, and notebooks of its own."""
    root = folder / "project"
    (root / "notebooks").mkdir(parents=True)
    for part in ("data", "report"):
        (root / part).symlink_to(getattr(repository, part))
    return type(repository)(root)


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("open('../data/references.csv')", "references.csv"),
        ("import os\nos.open('../data/references.csv', os.O_RDONLY)", "references.csv"),
        ("open(b'../data/references.csv')", "references.csv"),
        ("open('../data/units.csv', 'r+')\nopen('../data/references.csv', 'r+')", "references.csv"),
        ("import pandas\npandas.read_csv('../data/references.csv')", "references.csv"),
        ("from pathlib import Path\nPath('../report/briefing.en.qmd').read_bytes()", "briefing.en.qmd"),
        ("open('other.ipynb')", "other.ipynb"),
        (f"{KIT}open(kit.FOLDER / 'styles' / 'briefing.css')", "briefing.css"),
        (f"{KIT}open(kit.FOLDER / 'fonts' / 'OFL.txt')", "OFL.txt"),
        ("report.facts.references.index", "the table references"),
    ],
)
def test_a_read_that_is_not_declared_fails_the_notebook(repository, tmp_path, code, read):
    outcome = run(repository, tmp_path, code)
    assert isinstance(outcome, Raised), outcome
    assert (
        outcome.found.startswith("UndeclaredReadError: 03_research.ipynb: found a read of ")
        and read in outcome.found
    )


@pytest.mark.parametrize(
    "code",
    [
        "open('../data/units.csv').read()",
        "open('../data/datapackage.json').read()",
        "open('../data/words.zh.yml').read()",
        f"{KIT}open(kit.FOLDER / 'fonts' / 'GBASansSC-Bold.ttf', 'rb').read()",
        "import tempfile\nprint('x', file=open(tempfile.mktemp(), 'w'))",
    ],
)
def test_what_is_declared_or_lies_elsewhere_can_be_read(repository, tmp_path, code):
    assert isinstance(run(repository, tmp_path, code), Ran)


def test_the_sums_cover_each_declared_table_the_words_and_both_fonts(repository):
    read = tables_read(repository, NAME)
    catalogues = {"words.en.yml", "words.zh.yml"}
    assert set(read) == {"datapackage.json", *READS[NAME], *catalogues}
    assert all(len(read[name][0]) == 64 for name in READS[NAME])
    assert all(len(read[name]) == 64 for name in catalogues)
    assert len(fonts_read()) == 2


def test_a_font_of_the_same_size_is_another_font(tmp_path, monkeypatch):
    monkeypatch.setattr(kit, "FOLDER", tmp_path)
    font = tmp_path / "fonts" / "a.ttf"
    font.parent.mkdir()
    font.write_bytes(b"one")
    os.utime(font, ns=(1, 1))
    before = fonts_read()
    font.write_bytes(b"two")
    os.utime(font, ns=(2, 2))
    assert before != fonts_read() == {"a.ttf": sha256(font)}
