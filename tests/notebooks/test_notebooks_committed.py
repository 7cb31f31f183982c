"""The committed notebooks: what is wrong with each is found, and running them again stores them alike."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from pipeline_samples import contents, parameter_source, small_notebook, write_notebook

from gba_analysis.errors import ProjectError
from gba_analysis.notebooks.canonical import canonical, dumps
from gba_analysis.notebooks.committed import check, is_fresh, labels, outdated, read_all, require_committed
from gba_analysis.parameters import NOTEBOOKS

NAME = "03_research"


@pytest.fixture
def changed(small):
    """A function: change the stored notebook in place, store it canonically, and list what is wrong with
    it.
    """

    def problems(change, *, form=True):
        notebook = read_all(small, [NAME])[NAME]
        change(notebook)
        text = dumps(canonical(notebook)) if form else nbformat.writes(notebook)
        (small.notebooks / f"{NAME}.ipynb").write_text(text, encoding="utf-8")
        stored = read_all(small, [NAME])
        found = check(small, name=NAME, notebook=stored[NAME]) or outdated(small, stored)
        return [str(problem) for problem in found]

    return problems


def set_source(number, source):
    def change(notebook):
        notebook.cells[number].source = source

    return change


def test_a_notebook_as_refresh_stores_it_is_well(changed):
    assert changed(lambda notebook: None) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            set_source(0, "Some text"),
            "first cell: found no title, expected a Markdown cell that begins with `# `",
        ),
        (set_source(0, "# A title\n\n"), "first cell: found a title alone"),
        (
            set_source(1, parameter_source(NAME).replace("cores = 10000", "cores = 20000")),
            "code cell 1: found cores = 20000, expected the contract's default 10000",
        ),
        (
            set_source(1, parameter_source(NAME).replace("cores = 10000", "cores = 10000.0")),
            "found cores = 10000.0, expected",
        ),
        (
            set_source(1, parameter_source(NAME).replace("cores = 10000", "")),
            "code cell 1: found no parameter cores, expected cores = 10000",
        ),
        (
            set_source(1, parameter_source(NAME) + "\nplatforms = []"),
            "code cell 1: found the parameter platforms, expected one of lang, reading",
        ),
        (
            set_source(1, "for lang in 'en', 'zh': pass"),
            "code cell 1: found code that is more than `name = value` lines",
        ),
        (set_source(1, "lang = = 1"), "code cell 1: found code that is more than `name = value` lines"),
        (
            set_source(3, "display(1)"),
            "code cell 3: found no label, expected `#| label: name` as the first line",
        ),
        (
            set_source(3, "#| label: chart\n"),
            "code cell 3 (chart): found the label chart again, expected every label once",
        ),
        (
            set_source(3, "#| label: ../x"),
            "code cell 3 (../x): found the label ../x, expected letters, digits, `-` and `_`",
        ),
        (set_source(3, "#| label: [x"), "code cell 3 ([x): found the label [x, expected letters, digits"),
        (
            set_source(3, "#| label: x\n#| echo: false"),
            "code cell 3 (x): found the option `#| echo: false`, expected none but",
        ),
        (
            set_source(1, "#| echo: false\n" + parameter_source(NAME)),
            "code cell 1: found the option `#| echo: false`",
        ),
    ],
)
def test_each_broken_rule_is_found_alone(changed, change, expected):
    found = changed(change)
    assert len(found) == 1
    assert found[0].startswith(f"notebooks/{NAME}.ipynb, ") and expected in found[0]


def test_annotated_parameters_are_parameters_too(changed):
    found = changed(set_source(1, parameter_source(NAME).replace("cores = 10000", "cores: int = 10000")))
    assert len(found) == 1 and "before a change of its code," in found[0]


def test_a_missing_tag_is_found(changed):
    found = changed(lambda notebook: notebook.cells[1].metadata.pop("tags"))
    assert found[0].endswith("found 0 cells tagged `parameters`, expected one")


def test_missing_and_failed_runs_are_found(changed):
    def change(notebook):
        notebook.cells[2].execution_count = None
        notebook.cells[3].outputs = [new_output("error", ename="ValueError", evalue="x", traceback=[])]

    found = changed(change)
    assert (
        "found no stored run of code cell 2 (chart), expected outputs" in found[0]
        and "gba refresh" in found[0]
    )
    assert "code cell 3 (table): found a stored ValueError, expected outputs without an error" in found[1]


def test_a_form_that_another_program_saved_is_found(changed):
    assert changed(lambda notebook: notebook.metadata.update(papermill={}), form=False) == [
        f"notebooks/, {NAME}: found a form that depends on who saved it, "
        "expected the canonical form (run `gba refresh`)"
    ]


def test_code_that_another_program_saved_is_told_as_what_it_is(small):
    path = small.notebooks / f"{NAME}.ipynb"
    notebook = read_all(small, [NAME])[NAME]
    notebook.metadata.pop("papermill", None)
    # An id of its own, as editors give it, and a line of code more.
    notebook.cells[-1] |= {"id": "0f0f0f0f", "source": notebook.cells[-1].source + "\n# more"}
    nbformat.write(notebook, path)
    stored = read_all(small, [NAME])
    (problem,) = outdated(small, stored)
    assert problem.found == "outputs from before a change of its code" and problem.hint == "run `gba refresh`"
    assert not is_fresh(small, name=NAME, notebook=stored[NAME])


def test_a_cell_of_papermill_is_found(changed):
    def change(notebook):
        notebook.cells.insert(
            2, new_code_cell("lang = 'zh'", execution_count=2, metadata={"tags": ["injected-parameters"]})
        )

    assert any("a cell that papermill injected" in problem for problem in changed(change))


def test_all_unreadable_notebooks_are_reported_together(small):
    (small.notebooks / "01_evidence.ipynb").unlink()
    (small.notebooks / "02_platforms.ipynb").write_text("not JSON")
    (small.notebooks / "03_research.ipynb").write_text(
        '{"cells": 7, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}'
    )
    (small.notebooks / "04_industry.ipynb").write_bytes(b"\xff\xfe")
    (small.notebooks / "05_openness.ipynb").write_text("[]")
    (small.notebooks / "06_references.ipynb").write_text("[" * 100_000)
    with pytest.raises(ProjectError) as caught:
        read_all(
            small,
            ["01_evidence", "02_platforms", "03_research", "04_industry", "05_openness", "06_references"],
        )
    found = [str(problem) for problem in caught.value.problems]
    assert "notebooks/01_evidence.ipynb: found No such file or directory" in found[0]
    assert "notebooks/02_platforms.ipynb: found a file that is not JSON" in found[1]
    assert "notebooks/03_research.ipynb: found a broken notebook" in found[2]
    assert "notebooks/04_industry.ipynb: found a file that is not JSON" in found[3]
    assert "notebooks/05_openness.ipynb: found a broken notebook" in found[4]
    assert "notebooks/06_references.ipynb: found a file that is not JSON" in found[5]


def test_labels_are_those_of_code_cells():
    notebook = small_notebook(NAME)
    notebook.cells.append(new_markdown_cell("#| label: text"))
    assert labels({NAME: notebook}) == {NAME: ["chart", "table", "values"]}


def test_refresh_changes_nothing_that_is_up_to_date(small, run):
    before = contents(small.notebooks)
    result = run(small, "refresh")
    count = len(NOTEBOOKS)
    assert (result.exit_code, result.stdout) == (0, f"{count} of {count} notebooks were up to date\n")
    assert contents(small.notebooks) == before


@pytest.mark.parametrize(
    ("words", "ran"), [([], [NAME]), (["04_industry"], ["04_industry"]), (["--force"], list(NOTEBOOKS))]
)
def test_refresh_runs_what_is_stale_or_named_or_with_force_all(small, run, words, ran):
    write_notebook(small, NAME, small_notebook(NAME, "#| label: more\nprint(reading, cores)"))
    result = run(small, "refresh", *words)
    assert result.exit_code == 0
    lines = [line.split(maxsplit=2) for line in result.stderr.splitlines()]
    assert sorted(line[0] for line in lines if line[2] != "as before") == sorted(ran)
    skipped = {line[0] for line in lines if line[2] == "as before"}
    assert skipped == (set() if words else set(NOTEBOOKS) - {NAME})


def test_refresh_stores_a_changed_notebook_as_check_wants_it(small, run):
    write_notebook(small, NAME, small_notebook(NAME, "#| label: more\nprint(reading, cores)"))
    result = run(small, "refresh", NAME)
    assert result.exit_code == 0 and result.stdout.endswith("0 of 1 notebooks were up to date\n")
    notebook = read_all(small, [NAME])[NAME]
    assert check(small, name=NAME, notebook=notebook) == outdated(small, {NAME: notebook}) == []
    assert notebook.cells[-1].outputs[0].text == "conventional 10000\n"


def test_refresh_replaces_nothing_if_one_notebook_raises(small, run):
    write_notebook(small, NAME, small_notebook(NAME, "#| label: more\nprint(reading)"))
    write_notebook(small, "04_industry", small_notebook("04_industry", "#| label: bad\n1 / 0"))
    before = contents(small.notebooks)
    result = run(small, "refresh", f"notebooks/{NAME}.ipynb", "04_industry")
    assert result.exit_code == 1
    assert "04_industry.ipynb, en, code cell 5 (bad): found ZeroDivisionError" in result.stderr
    assert contents(small.notebooks) == before


def test_refresh_of_a_notebook_that_is_not_there_is_refused(small, run):
    (small.notebooks / "06_references.ipynb").unlink()
    result = run(small, "refresh", "06_references")
    assert result.exit_code == 2 and "notebooks/06_references.ipynb: found No such file" in result.stderr


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("#| label: ../x\nprint(1)", "the label ../x,"),
        ("#| label: chart\nprint(1)", "the label chart again,"),
    ],
)
def test_a_label_that_is_no_address_ends_a_build_and_a_missing_one_does_not(small, source, found):
    require_committed(small)
    path = small.notebooks / f"{NAME}.ipynb"
    stored = nbformat.read(path, as_version=4)
    stored.cells[-1].source = "print(1)"
    nbformat.write(stored, path)
    require_committed(small)
    stored.cells[-1].source = source
    nbformat.write(stored, path)
    with pytest.raises(ProjectError, match=f"notebooks/{NAME}.ipynb, code cell .*: found {found}"):
        require_committed(small)


@pytest.mark.parametrize("names", [["draft"], ["01_evidence", "draft"]])
def test_refresh_runs_no_notebook_that_the_contract_does_not_know(small, run, names):
    write_notebook(small, "draft", small_notebook(NAME, "1 / 0"))
    before = contents(small.notebooks)
    result = run(small, "refresh", *names)
    assert (
        result.exit_code == 2
        and "gba refresh: found the notebook 'draft', expected one of 01_evidence, " in result.stderr
    )
    assert contents(small.notebooks) == before


def test_a_notebook_named_twice_is_run_once(small, run):
    assert (
        "1 of 1 notebooks were up to date" in run(small, "refresh", "01_evidence", "01_evidence.ipynb").stdout
    )


EDIT = """#| label: more
import pathlib
path = pathlib.Path('01_evidence.ipynb')
path.write_text(path.read_text() + ' ')"""


def test_what_is_saved_while_refresh_runs_is_not_overwritten(small, run):
    write_notebook(small, "04_industry", small_notebook("04_industry", EDIT))
    before = contents(small.notebooks)
    result = run(small, "refresh", "04_industry", "01_evidence")
    assert (
        result.exit_code == 2
        and "notebooks/01_evidence.ipynb: found a change while it was worked with" in result.stderr
    )
    assert contents(small.notebooks) == before | {"01_evidence.ipynb": before["01_evidence.ipynb"] + b" "}
