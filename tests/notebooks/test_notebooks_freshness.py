"""A committed notebook is stale as soon as anything changed from which its outputs are made, and says
what.
"""

import json

import nbformat
import pytest
from pipeline_samples import write_notebook

from gba_analysis import parameters
from gba_analysis.notebooks import freshness
from gba_analysis.notebooks.canonical import canonical, dumps
from gba_analysis.notebooks.committed import outdated, read_all

NAME = "03_research"


def stored(project):
    return read_all(project, [NAME])[NAME]


def found(project):
    return [str(problem) for problem in outdated(project, {NAME: stored(project)})]


def test_a_notebook_just_run_is_fresh(small):
    assert freshness.stale(small, name=NAME, notebook=stored(small)) == []


def test_changed_code_is_told_with_the_cure(small):
    notebook = stored(small)
    notebook.cells[3].source += "\n# a remark"
    (small.notebooks / f"{NAME}.ipynb").write_text(dumps(canonical(notebook)), encoding="utf-8")
    (problem,) = found(small)
    assert problem.startswith(f"notebooks/, {NAME}: found outputs from before a change of its code, expected")
    assert problem.endswith("(run `gba refresh`)")


def test_changed_words_between_the_cells_are_no_reason(small):
    notebook = stored(small)
    notebook.cells[0].source += " And more."
    assert freshness.stale(small, name=NAME, notebook=notebook) == []


@pytest.mark.parametrize(
    ("table", "words"), [("units", ["the tables and words in data/ that it reads"]), ("references", [])]
)
def test_a_changed_table_counts_if_the_notebook_reads_it(small, table, words):
    with (small.data / f"{table}.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert freshness.stale(small, name=NAME, notebook=stored(small)) == words


def test_a_changed_word_of_the_article_counts(small):
    with (small.data / "words.zh.yml").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert freshness.stale(small, name=NAME, notebook=stored(small)) == [
        "the tables and words in data/ that it reads"
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda package: table(package, "units").update(bytes=1, hash="sha256:0"), []),
        (
            lambda package: table(package, "units")["schema"]["fields"][0].update(type="integer"),
            ["the tables and words in data/ that it reads"],
        ),
        (lambda package: table(package, "references")["schema"]["fields"][0].update(type="integer"), []),
        (
            lambda package: package.update(created="2020-01-01"),
            ["the tables and words in data/ that it reads"],
        ),
    ],
)
def test_a_changed_description_counts_if_it_is_read(small, change, words):
    """A table's checksum is only another word for its bytes."""
    path = small.data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    change(package)
    path.write_text(json.dumps(package), encoding="utf-8")
    assert freshness.stale(small, name=NAME, notebook=stored(small)) == words


def table(package, name):
    return next(resource for resource in package["resources"] if resource["name"] == name)


def test_changed_fonts_are_found(small, kit_copy):
    with (kit_copy / "fonts" / "GBASansSC-Bold.ttf").open("ab") as font:
        font.write(b"0")
    assert freshness.stale(small, name=NAME, notebook=stored(small)) == ["the fonts"]


def test_a_changed_default_is_found(small, monkeypatch):
    notebook, defaults = stored(small), parameters.defaults
    monkeypatch.setattr(parameters, "defaults", lambda name="": defaults(name) | {"cores": 1})
    assert freshness.stale(small, name=NAME, notebook=notebook) == ["its parameters' defaults"]


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A small package in place of ours: a notebook imports `top`, which imports `low`; nothing imports
    `other`.
    """
    folder = tmp_path / "gba_analysis"
    folder.mkdir()
    modules = {
        "__init__": "",
        "top": "try:\n    pass\nfinally:\n    for _ in ():\n"
        "        def f():\n            from gba_analysis import low\n",
        "low": "x = 1",
        "other": "y = 1",
    }
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text)
    monkeypatch.setattr(freshness, "PACKAGE", folder)
    return folder


@pytest.mark.parametrize(
    ("module", "changes"), [("top", True), ("low", True), ("__init__", True), ("other", False)]
)
def test_only_the_modules_that_a_notebook_uses_count(small, package, module, changes):
    cells = [nbformat.v4.new_code_cell(code) for code in ("%matplotlib inline", "import gba_analysis.top")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    before = freshness.made_from(small, name=NAME, notebook=notebook)
    (package / f"{module}.py").write_text("z = 2")
    after = freshness.made_from(small, name=NAME, notebook=notebook)
    assert {part for part in before if before[part] != after[part]} == ({"package"} if changes else set())


@pytest.mark.parametrize(
    "code",
    [
        "import gba_analysis.other",
        "if x:\n    pass\nelse:\n    import gba_analysis.other",
        "try:\n    pass\nexcept OSError:\n    from gba_analysis import other",
        "try:\n    pass\nexcept OSError:\n    pass\nelse:\n    from gba_analysis.other import y",
        "try:\n    pass\nfinally:\n    from gba_analysis.other import y",
        "match x:\n    case 1:\n        import gba_analysis.other as o",
        "with x:\n    while x:\n        class A:\n            import os, gba_analysis.other",
    ],
)
def test_an_import_counts_wherever_it_stands(package, code):
    assert set(freshness.modules_used([code])) == {"gba_analysis", "gba_analysis.other"}


def test_the_packages_that_hold_a_module_count_with_it(package):
    (package / "inner").mkdir()
    (package / "inner" / "__init__.py").write_text("import gba_analysis.low")
    (package / "inner" / "module.py").write_text("")
    found = freshness.modules_used(["import gba_analysis.inner.module"])
    assert [*found] == ["gba_analysis", "gba_analysis.inner", "gba_analysis.inner.module", "gba_analysis.low"]


def test_the_words_beside_a_module_count_with_it(package):
    (package / "inner").mkdir()
    (package / "inner" / "__init__.py").write_text("")
    words = package / "inner" / "en.yml"
    words.write_text("one")
    before = freshness.modules_used(["import gba_analysis.inner"])
    words.write_text("two")
    after = freshness.modules_used(["import gba_analysis.inner"])
    assert {name for name in before if before[name] != after[name]} == {"gba_analysis.inner/en.yml"}


def test_a_notebook_without_the_note_is_stale(small):
    notebook = stored(small)
    del notebook.metadata[freshness.NAME]
    write_notebook(small, NAME, notebook)
    assert len(freshness.stale(small, name=NAME, notebook=stored(small))) == len(freshness.WORDS)


def test_a_run_does_not_carry_the_note(small_source):
    path = small_source.build / "base" / "en" / "notebooks" / f"{NAME}.ipynb"
    assert freshness.NAME not in nbformat.read(path, as_version=4).metadata
    assert freshness.NAME in stored(small_source).metadata


def test_a_build_can_store_its_run_as_the_committed_notebooks(small, run):
    notebook = stored(small)
    notebook.cells[3].source = notebook.cells[3].source.replace("| 33 |", "| 34 |")
    (small.notebooks / f"{NAME}.ipynb").write_text(dumps(canonical(notebook)), encoding="utf-8")
    assert len(found(small)) == 1
    words = ["build", "--engine", "embedded", "--to", "html", "--update-notebooks"]
    assert run(small, *words).exit_code == 0
    assert found(small) == [] and "| 34 |" in dumps(stored(small))
    before = (small.notebooks / f"{NAME}.ipynb").read_bytes()
    assert "8 of 8 notebooks were up to date" in run(small, "refresh").stdout
    assert (small.notebooks / f"{NAME}.ipynb").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"), [(["-p", "reading", "strict"], "another reading"), (["--lang", "zh"], "--lang zh")]
)
def test_only_the_defaults_in_english_can_be_stored(small, run, words, told):
    before = {path: path.read_bytes() for path in small.notebooks.iterdir()}
    result = run(small, "build", "--update-notebooks", *words)
    assert result.exit_code == 2 and f"--update-notebooks: found {told}, expected" in result.stderr
    assert {path: path.read_bytes() for path in small.notebooks.iterdir()} == before
