"""A long table (row, column, count or text) as rows by columns, in the order of first appearance.

How it is drawn does not belong here.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from gba_analysis.charts.parts import checks


@dataclass(frozen=True)
class Cell:
    """What stands where a row and a column meet; count 0 and no text is an empty cell."""

    count: int
    text: str


NOTHING = Cell(0, "")


@dataclass(frozen=True)
class LongTable:
    """Rows, columns and the cells that are not empty."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells.values())

    @property
    def greatest(self) -> int:
        return max((cell.count for cell in self.cells.values()), default=0)

    def cell(self, row: str, column: str) -> Cell:
        return self.cells.get((row, column), NOTHING)

    def filled(self, row: str) -> list[tuple[str, Cell]]:
        """The columns in which `row` has something, with their cells."""
        return [(column, self.cells[row, column]) for column in self.columns if (row, column) in self.cells]

    @property
    def empty(self) -> list[str]:
        """The rows, then the columns, that have nothing."""
        names = [(row, 0) for row in self.rows] + [(column, 1) for column in self.columns]
        return [name for name, side in names if not any(pair[side] == name for pair in self.cells)]

    def row_total(self, row: str) -> int:
        return sum(cell.count for _, cell in self.filled(row))


def read_counts(table: pd.DataFrame) -> LongTable:
    """A table of row, column and count. Raises ValueError, see `checks`."""
    checks.require(table, ("row", "column", "count"))
    counts = checks.counts(table, "count")
    return _read(table, [Cell(count, str(count) if count else "") for count in counts])


def read_texts(table: pd.DataFrame) -> LongTable:
    """A table of row, column and text; an empty text is an empty cell. Raises ValueError, see `checks`."""
    checks.require(table, ("row", "column", "text"))
    return _read(table, [Cell(int(bool(text)), text) for text in checks.texts(table, "text", empty=True)])


def _read(table: pd.DataFrame, cells: list[Cell]) -> LongTable:
    rows, columns = checks.texts(table, "row"), checks.texts(table, "column")
    pairs = list(zip(rows, columns, strict=True))
    checks.check_once(pairs)
    filled = {pair: cell for pair, cell in zip(pairs, cells, strict=True) if cell != NOTHING}
    return LongTable(tuple(dict.fromkeys(rows)), tuple(dict.fromkeys(columns)), filled)
