"""The stored form of a notebook does not depend on who ran it, when or where."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from gba_analysis.notebooks.canonical import canonical, dumps, without_injected

SVG = {"image/svg+xml": "<svg/>", "text/plain": "One bar."}


def executed(
    *, seed="a", count=1, injected='lang = "en"\nplatforms = ["hengqin", "nansha"]', streams=("one two",)
):
    """A notebook as papermill leaves it; the arguments are what differs between two runs of the same
    thing.
    """
    times = {"start_time": f"2026-01-0{count}", "duration": count / 7, "status": "completed"}
    chart = new_output("display_data", SVG, metadata={"image/svg+xml": {"alt": "One bar."}})
    value = new_output("execute_result", {"text/plain": "7"}, execution_count=count + 2)
    cells = [
        new_markdown_cell("# Title", id=f"{seed}1"),
        new_code_cell("lang = 'en'", id=f"{seed}2", execution_count=count, metadata={"tags": ["parameters"]}),
        new_code_cell(
            f"# Parameters\n{injected}\n",
            id=f"{seed}3",
            execution_count=count + 1,
            metadata={"tags": ["injected-parameters"]},
        ),
        new_code_cell(
            "#| label: chart\nshow()",
            id=f"{seed}4",
            execution_count=count + 2,
            outputs=[*(new_output("stream", name="stdout", text=text) for text in streams), chart, value],
        ),
    ]
    for cell in cells:
        cell.metadata |= {
            "papermill": dict(times),
            "execution": {"iopub.status.busy": seed},
            "collapsed": count > 1,
        }
    language = {"name": "python", "version": f"3.11.{count}"}
    kernel = {"name": "python3", "display_name": f"Kernel {seed}", "language": "python"}
    metadata = {
        "papermill": {"input_path": f"/home/{seed}/x.ipynb", **times},
        "kernelspec": kernel,
        "language_info": language,
    }
    return new_notebook(cells=cells, metadata=metadata)


@pytest.fixture
def first():
    return canonical(executed())


def test_two_runs_of_the_same_thing_are_the_same_bytes(first):
    other = executed(
        seed="b",
        count=4,
        injected="lang = 'en'\nplatforms = [\n    'hengqin',\n    'nansha',\n]",
        streams=("one ", "two"),
    )
    assert dumps(canonical(other)) == dumps(first)


def test_another_value_is_other_bytes(first):
    assert dumps(canonical(executed(injected='lang = "zh"'))) != dumps(first)


def test_applying_it_again_changes_nothing(first):
    assert dumps(canonical(first)) == dumps(first)


def test_the_argument_is_left_as_it_is():
    notebook = executed()
    before = json.dumps(notebook)
    canonical(notebook)
    assert json.dumps(notebook) == before


def test_nothing_personal_is_left(first):
    text = dumps(first)
    for trace in ("papermill", "/home", "2026", "3.11", "iopub", "collapsed", "Kernel a"):
        assert trace not in text


def test_the_file_is_a_valid_notebook_with_sorted_keys_and_a_last_newline(first):
    text = dumps(first)
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert text.endswith("}\n") and not text.endswith("\n\n")
    assert list(json.loads(text)) == sorted(json.loads(text))


def test_cells_keep_their_ids_when_another_is_put_before_them(first):
    longer = executed()
    longer.cells.insert(1, new_code_cell("extra()"))
    ids = [cell.id for cell in canonical(longer).cells]
    assert ids[:1] + ids[2:] == [cell.id for cell in first.cells]


def test_equal_cells_have_different_ids():
    notebook = canonical(new_notebook(cells=[new_code_cell("x"), new_code_cell("x"), new_markdown_cell("x")]))
    assert len({cell.id for cell in notebook.cells}) == 3


def test_code_cells_count_from_one(first):
    assert [cell.execution_count for cell in first.cells if cell.cell_type == "code"] == [1, 2, 3]
    assert first.cells[-1].outputs[-1].execution_count == 3


def test_a_cell_that_did_not_run_has_no_count():
    assert canonical(new_notebook(cells=[new_code_cell("x")])).cells[0].execution_count is None


def test_the_alternative_text_is_where_quarto_looks_for_it(first):
    assert first.cells[-1].metadata["fig-alt"] == "One bar."


def test_an_alternative_text_without_its_chart_goes():
    cell = new_code_cell("x", metadata={"fig-alt": "gone"})
    assert "fig-alt" not in canonical(new_notebook(cells=[cell])).cells[0].metadata


def test_the_injected_cell_can_be_left_out(first):
    kept = without_injected(first)
    assert [cell.source for cell in kept.cells] == ["# Title", "lang = 'en'", "#| label: chart\nshow()"]
    assert len(first.cells) == 4
