"""A cell that lacks the output its code leaves is found; what need not leave one is not asked for it."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from pipeline_samples import write_notebook

from gba_analysis.ledger import DATA, VALUES
from gba_analysis.notebooks.committed import read_all
from gba_analysis.notebooks.own_outputs import SVG, cells_without

BEGIN = "report = begin('x', globals())"
# By code: the type of the output that it leaves, and the method that leaves it.
LEAVING = {
    "report.publish([])": (VALUES, "publish"),
    "report.chart(draw, describe, table)": (SVG, "chart"),
    "report.data(table)": (DATA, "data"),
    "table = 1\nreport.table(table)": (DATA, "table"),
}
NOT_LEAVING = (
    "x = report.table",
    "def f():\n    report.table(1)",
    "if x:\n    report.publish([])",
    "other.publish([])",
    "report.entries('x')",
    "%time report.table(1)",
    "'report.publish([])'",
)


def notebook(*cells):
    """A notebook that begins a report, and has cells of these codes with outputs of these types."""
    made = [
        new_code_cell(code, outputs=[new_output("display_data", {kind: "x"}) for kind in kinds])
        for code, kinds in cells
    ]
    return new_notebook(cells=[new_code_cell(BEGIN), *made])


@pytest.mark.parametrize("code", LEAVING)
def test_what_a_cell_leaves_must_be_there(code):
    kind, method = LEAVING[code]
    assert list(cells_without(notebook((code, [kind, "text/plain"])))) == []
    assert list(cells_without(notebook((code, ["text/plain"])))) == [(2, method)]
    assert list(cells_without(notebook((code, [])))) == [(2, method)]


@pytest.mark.parametrize("code", NOT_LEAVING)
def test_what_need_not_leave_an_output_is_not_asked_for_it(code):
    assert list(cells_without(notebook((code, [])))) == []


def test_outputs_one_cell_too_low_are_found():
    cells = [(code, [LEAVING[code][0]]) for code in LEAVING]
    shifted = [(code, kinds) for (code, _), (_, kinds) in zip(cells, [("", []), *cells], strict=False)]
    assert list(cells_without(notebook(*cells))) == []
    # The third and the fourth leave the same.
    assert list(cells_without(notebook(*shifted))) == [(2, "publish"), (3, "chart"), (4, "data")]


def test_it_is_one_problem_in_check_and_in_a_build(small, run):
    stored = read_all(small, ["03_research"])["03_research"]
    more = [
        new_code_cell(f"#| label: more{number}\n{code}", execution_count=9)
        for number, code in enumerate(LEAVING)
    ]
    stored.cells += [new_code_cell(f"#| label: setup\n{BEGIN}", execution_count=9), *more]
    write_notebook(small, "03_research", stored)
    for words in (["check"], ["build", "--force"]):
        result = run(small, *words)
        lines = [line for line in result.stderr.splitlines() if "03_research.ipynb" in line]
        assert result.exit_code == 2 and len(lines) == 1
        assert "notebooks/03_research.ipynb: found outputs that are not those of their cells:" in lines[0]
        assert "(more0) lacks that of `publish`" in lines[0] and "and 1 more" in lines[0]
