"""`gba sweep`: every combination runs, and the table holds what each publishes, as a build with those values
would.
"""

import csv
import json

import nbformat
import pytest
from pipeline_samples import PUBLISH, entry, small_notebook, write_notebook

from gba_analysis.pipeline.sweep import combinations

NAME = "03_research"


def publish(project, values):
    """Store a notebook that publishes one value with what the expression `values` gives."""
    notebook = small_notebook(NAME)
    notebook.cells[-1].source = PUBLISH.replace("ENTRIES", f"[{entry('research.cores')!r} | {values}]")
    write_notebook(project, NAME, notebook)


@pytest.fixture
def sweeping(small, run):
    """A project whose notebook publishes its own parameters, and a function that sweeps it; returns result
    and rows.
    """
    publish(small, "{'low': str(cores), 'text': {'en': reading, 'zh': '读法' + reading}}")

    def sweep(*words):
        result = run(small, "sweep", NAME, *words)
        path = small.build / "sweep" / f"{NAME}.csv"
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else None
        return result, rows

    assert run(small, "refresh", NAME).exit_code == 0
    # Its pages name a key that the notebook does not publish any more; a sweep renders none of them.
    for page in small.report.glob("*.qmd"):
        page.write_text(
            page.read_text(encoding="utf-8").replace(f"{NAME}.share", "research.cores"), encoding="utf-8"
        )
    return sweep


def test_the_table_has_a_row_for_each_value_of_each_combination(sweeping, small):
    result, rows = sweeping("-p", "cores", "[1, 20]", "-p", "reading", "[tight, strict]", "--notebooks")
    assert result.exit_code == 0, result.output
    found = [(row["cores"], row["reading"], row["key"], row["low"], row["text"]) for row in rows]
    order = [("1", "tight"), ("1", "strict"), ("20", "tight"), ("20", "strict")]
    assert found == [(cores, reading, "research.cores", cores, reading) for cores, reading in order]
    stored = sorted(path.name for path in (small.build / "sweep" / NAME).iterdir())
    assert stored == sorted(f"cores-{cores}_reading-{reading}.ipynb" for cores, reading in order)
    notebook = nbformat.read(small.build / "sweep" / NAME / "cores-20_reading-strict.ipynb", as_version=4)
    assert "cores = 20" in notebook.cells[2].source and "reading = 'strict'" in notebook.cells[2].source


def test_a_sweep_runs_what_has_not_run_before(sweeping):
    first, _ = sweeping("-p", "cores", "[1, 2]")
    again, rows = sweeping("-p", "cores", "[2, 3, 1]")
    assert first.stderr.count(" s\n") == 2
    assert (again.stderr.count(" s\n"), again.stderr.count("as before")) == (1, 2)
    assert [row["low"] for row in rows] == ["2", "3", "1"]


@pytest.mark.parametrize("kernels", ["forked", "ordinary"])
def test_charts_are_drawn_for_notebooks_that_are_kept(sweeping, small, run, monkeypatch, kernels):
    # What a user's own environment says about them does not count.
    monkeypatch.setenv("GBA_CHARTS", "some")
    publish(
        small, "{'text': dict.fromkeys(('en', 'zh'), __import__('os').environ.get('GBA_CHARTS', 'drawn'))}"
    )
    assert run(small, "refresh", NAME).exit_code == 0
    words = ("-p", "cores", "[1]", "--kernels", kernels)
    assert [sweeping(*words, *more)[1][0]["text"] for more in ([], ["--notebooks"], [])] == [
        "none",
        "drawn",
        "none",
    ]


def test_the_texts_are_in_the_language_asked_for(sweeping):
    _, rows = sweeping("-p", "reading", "[strict]", "--lang", "zh")
    assert [row["text"] for row in rows] == ["读法strict"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-p", "cores", "[0]"], "parameter cores: found 0, expected an integer from 1"),
        (["-p", "cores", "5"], "parameter cores: found 5, expected a list of values, each once"),
        (["-p", "cores", "[]"], "parameter cores: found [], expected a list"),
        (["-p", "cores", "[5, 5]"], "parameter cores: found [5, 5], expected a list of values, each once"),
        (["-p", "coers", "[5]"], "did you mean 'cores'?"),
        (["-p", "min_grade", "[A]"], "the unknown name 'min_grade'"),
        (["-p", "lang", "[en]"], "the option --lang instead"),
        ([], "Missing option"),
    ],
)
def test_bad_values_are_refused_before_a_kernel_starts(sweeping, words, told):
    result, rows = sweeping(*words)
    assert result.exit_code == 2 and told in result.stderr and rows is None and " s\n" not in result.stderr


def test_an_unknown_notebook_is_refused(small, run):
    result = run(small, "sweep", "3_research", "-p", "cores", "[5]")
    assert (
        result.exit_code == 2
        and "found the notebook '3_research', expected one of 01_evidence" in result.stderr
    )


def test_all_that_is_wrong_is_told_at_once(sweeping):
    result, _ = sweeping("-p", "cores", "[0, -1]", "-p", "reading", "tight")
    assert result.stderr.startswith("gba: 3 problems:")


def test_a_scenario_that_raises_leaves_the_earlier_table(sweeping, small, run):
    _, before = sweeping("-p", "cores", "[1]")
    path = small.notebooks / f"{NAME}.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][-1]["source"].append("\nassert cores < 5, 'too many'")
    path.write_text(json.dumps(content), encoding="utf-8")
    result, after = sweeping("-p", "cores", "[2, 7, 3]", "--notebooks")
    assert result.exit_code == 1 and "AssertionError: too many" in result.stderr and after == before
    assert (small.build / "failed" / "sweep" / "cores-7" / f"{NAME}.ipynb").exists()


def test_the_last_parameter_changes_fastest():
    assert [*combinations({"a": [1, 2], "b": [3, 4]})] == [
        {"a": 1, "b": 3},
        {"a": 1, "b": 4},
        {"a": 2, "b": 3},
        {"a": 2, "b": 4},
    ]
