"""Naming rows and cells of data/ for messages. No rule about their content belongs here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gba_analysis.errors import Problem

if TYPE_CHECKING:
    import pandas as pd

# The header is row 1, as in a spreadsheet.
FIRST_ROW = 2


def rows(table: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each row of a loaded table with its row number in the file; its key is a column again."""
    return enumerate(table.reset_index().to_dict("records"), FIRST_ROW)


def place(row: int, column: str) -> str:
    """A cell as messages name it."""
    return f"row {row}, column {column}"


def cell_problem(table: str, row: int, column: str, found: str, expected: str, hint: str = "") -> Problem:
    """A problem of one cell of the table named `table`."""
    return Problem(f"data/{table}.csv", place(row, column), found, expected, hint)
