"""The rows of a table can be read without pandas, are the same, and tell of the same mistakes."""

import subprocess
import sys

import pytest

from gba_analysis.errors import DataError
from gba_analysis.figures.records import load_rows
from gba_analysis.figures.tables import TABLES, load


def problem(copy, table):
    with pytest.raises(DataError) as caught:
        load_rows(copy, table)
    (found,) = caught.value.problems
    return found


@pytest.mark.parametrize("table", TABLES)
def test_the_rows_are_those_of_the_facts(project, table):
    rows, expected = load_rows(project, table), load(project).rows(table)
    assert list(rows.items()) == list(expected.items())


def test_an_unknown_table_is_refused(project):
    with pytest.raises(DataError, match="no resource named figures"):
        load_rows(project, "figures")


def test_a_cell_of_another_type_is_named(copy):
    rows = copy.read("findings")
    rows[2][rows[0].index("position")] = "second"
    copy.write("findings", rows)
    assert (problem(copy, "findings").place, problem(copy, "findings").found) == (
        "row 3, column position",
        "'second'",
    )


def test_a_missing_column_is_named(copy):
    copy.write("units", [row[:-1] for row in copy.read("units")])
    assert problem(copy, "units").expected == "a column name_zh"


def test_a_cell_too_many_is_named_with_its_row(copy):
    rows = copy.read("units")
    copy.write("units", [*rows[:3], [*rows[3], "more"], *rows[4:]])
    assert (problem(copy, "units").place, problem(copy, "units").found) == (
        "row 4",
        f"broken CSV ({len(rows[0]) + 1} cells)",
    )


def test_a_short_row_ends_in_empty_cells(copy):
    rows = copy.read("units")
    copy.write("units", [*rows[:3], rows[3][:-1], *rows[4:]])
    assert load_rows(copy, "units")[rows[3][0]]["name_zh"] == ""


def test_a_table_without_rows_is_one(copy):
    copy.write("units", copy.read("units")[:1])
    assert load_rows(copy, "units") == {}
    assert load(copy).units.empty


def test_reading_rows_does_not_import_pandas():
    code = "import sys, gba_analysis.figures.records; sys.exit('pandas' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
