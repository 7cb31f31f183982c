"""Ids in code that the data lack are named without running it, as far as they can be seen."""

from types import SimpleNamespace

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from gba_analysis import ledger as ledgers
from gba_analysis.analysis.published_keys import keys_of_data
from gba_analysis.figures.tables import load
from gba_analysis.notebooks.committed import read_all
from gba_analysis.parameters import NOTEBOOKS
from gba_analysis.pipeline import unknown_ids as module
from gba_analysis.pipeline.unknown_ids import outlived_keys, unknown_ids

NAME = "03_research"


@pytest.fixture(scope="module")
def facts(repository):
    return load(repository)


@pytest.fixture
def found(repository, facts):
    """A function: the problems of a notebook with this cell, where the stored values rest on `inputs`."""

    def problems(source, inputs=()):
        notebook = new_notebook(cells=[new_code_cell(source)])
        ledger = {"x.n": SimpleNamespace(inputs=inputs)}
        return list(unknown_ids(repository, facts, {NAME: notebook}, ledger))

    return problems


# By cell: the id that is unknown, and what is near.
UNKNOWN = {
    "#| label: a\n\nf('research.machine_year')": ("research.machine_year", "research.machine_years", 3),
    "report.axis('percnt')": ("percnt", "percent", 1),
    "x = [facts.unit('firmz') for _ in y]": ("firmz", "firms", 1),
}
KNOWN = (
    "f('research.machine_years')",
    "f('industry.li_firms', 'industry.li_firms_stated', 'ref.gii_cluster_rank_2021')",
    "report.axis('percent')",
    "f('other.machine_year', 'research', 'research.', 'research.x y', 'see research.machine_year')",
    "%time f('research.machine_year')",
    "f(f'research.{name}')",
    "f('li_frims')",
)


@pytest.mark.parametrize("source", UNKNOWN)
def test_an_unknown_id_in_a_cell_is_named_with_its_line(found, source):
    (problem,) = found(source)
    text, near, line = UNKNOWN[source]
    assert problem.file == f"notebooks/{NAME}.ipynb" and problem.place.endswith(f", line {line}")
    assert problem.found.startswith(f"'{text}'") and problem.hint == f"did you mean '{near}'?"


@pytest.mark.parametrize("source", KNOWN)
def test_what_is_known_or_no_id_is_not_named(found, source):
    assert found(source) == []


def test_an_id_that_the_data_have_lost_is_named_in_cells_and_modules(found, tmp_path, monkeypatch):
    (tmp_path / "uses.py").write_text("X = 1\nFIRMS = 'li_frims'\n", encoding="utf-8")
    (tmp_path / "other.py").write_text("# li_frims\nY = 'the li_frims'\n", encoding="utf-8")
    monkeypatch.setattr(module, "PACKAGE", tmp_path)
    problems = found("f('li_frims')", inputs=("li_frims", "li_unicorns"))
    places = [(problem.file, problem.place) for problem in problems]
    assert places == [
        (f"notebooks/{NAME}.ipynb", "code cell 1, line 1"),
        (f"{tmp_path.name}/uses.py", "line 2"),
    ]
    assert {problem.hint for problem in problems} == {"did you mean 'li_firms'?"}


def test_a_line_that_names_a_lost_id_twice_is_named_once_and_hints_are_of_its_table(facts, repository):
    notebook = new_notebook(cells=[new_code_cell("f('li_frims', 'li_frims')\nf('gii_system_2052')")])
    ledger = {
        "industry.li_frims": SimpleNamespace(inputs=("li_frims",)),
        "ref.gii_system_2052": SimpleNamespace(inputs=("gii_system_2052",)),
    }
    problems = list(unknown_ids(repository, facts, {NAME: notebook}, ledger))
    hints = [(problem.place, problem.hint) for problem in problems]
    assert hints[0] == ("code cell 1, line 1", "did you mean 'li_firms'?") and len(hints) == 2
    near = hints[1][1].split("'")[1]
    assert near in facts.rows("references") and near not in facts.rows("indicators")


def test_what_the_notebooks_published_under_a_lost_id_outlives_it(facts):
    lost, kept = SimpleNamespace(inputs=("li_frims",)), SimpleNamespace(inputs=("li_firms",))
    gone = {f"industry.li_frims{ending}": lost for ending in ("", "_printed", "_stated")}
    # What rests on it under a name of its own, or is named after a claim, stays.
    others = {"industry.share": lost, "verdict.li_frims": lost, "industry.li_firms": kept}
    assert outlived_keys(facts, gone | others) == set(gone)


def test_the_committed_notebooks_and_the_package_name_no_unknown_id(repository, facts):
    stored = read_all(repository, NOTEBOOKS)
    assert list(unknown_ids(repository, facts, stored, ledgers.collect(stored))) == []


def test_the_keys_of_the_data_are_what_the_notebooks_publish(repository):
    published = ledgers.collect(read_all(repository, NOTEBOOKS))
    assert keys_of_data(repository) - published.keys() == set()
    assert {"research.machine_years", "industry.li_firms", "industry.li_firms_printed"} <= keys_of_data(
        repository
    )
