"""Naming rows and cells of data/ for messages. No rule about their content belongs here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from gba_analysis.asked import Known
from gba_analysis.errors import Problem
from gba_analysis.figures.datapackage import DATAPACKAGE

if TYPE_CHECKING:
    import pandas as pd

# The header is row 1, as in a spreadsheet.
FIRST_ROW = 2


def rows(table: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row of a loaded table with its row number in the file; its key is a column again.

    To ask a row for a column that datapackage.json does not describe raises DataError.
    """
    return enumerate((known_row(cells) for cells in _records(table)), FIRST_ROW)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(column): cell for column, cell in cells.items()}
        for cells in table.reset_index().to_dict("records")
    ]


def known_row(cells: Mapping[str, Any]) -> Known[str, Any]:
    """The cells of a row by column; to ask for another column raises DataError."""
    return Known(cells, file=f"data/{DATAPACKAGE}", noun="a column that it describes, beside the primary key")


def place(row: int, column: str) -> str:
    """A cell as messages name it."""
    return f"row {row}, column {column}"


def cell_problem(table: str, row: int, column: str, found: str, expected: str, hint: str = "") -> Problem:
    """A problem of one cell of the table named `table`."""
    return Problem(f"data/{table}.csv", place(row, column), found, expected, hint)
