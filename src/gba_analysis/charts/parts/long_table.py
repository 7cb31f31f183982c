"""A long table (row, column, count or text) as rows by columns, in the order of first appearance.

How it is drawn does not belong here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from gba_analysis.charts.parts.table_rows import (
    as_count,
    as_text,
    as_text_or_none,
    cell,
    cell_error,
    read_rows,
)


@dataclass(frozen=True)
class Crossing:
    """What stands where a row and a column meet; count 0 and no text is nothing."""

    count: int
    text: str


NOTHING = Crossing(0, "")


@dataclass(frozen=True)
class LongTable:
    """Rows, columns, and the crossings where something stands."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    crossings: dict[tuple[str, str], Crossing]

    @property
    def total(self) -> int:
        return sum(crossing.count for crossing in self.crossings.values())

    @property
    def greatest(self) -> int:
        return max((crossing.count for crossing in self.crossings.values()), default=0)

    def at(self, row: str, column: str) -> Crossing:
        return self.crossings.get((row, column), NOTHING)

    def filled(self, row: str) -> list[tuple[str, Crossing]]:
        """The columns in which `row` has something, with what it has."""
        pairs = [(column, self.at(row, column)) for column in self.columns]
        return [(column, crossing) for column, crossing in pairs if crossing != NOTHING]

    @property
    def empty(self) -> list[str]:
        """The rows, then the columns, that have nothing."""
        names = [(row, 0) for row in self.rows] + [(column, 1) for column in self.columns]
        return [name for name, side in names if not any(pair[side] == name for pair in self.crossings)]

    def row_total(self, row: str) -> int:
        return sum(crossing.count for _, crossing in self.filled(row))


@dataclass(frozen=True)
class _Pair:
    row: str = cell(as_text)
    column: str = cell(as_text)


@dataclass(frozen=True)
class _Count(_Pair):
    count: int = cell(as_count)


@dataclass(frozen=True)
class _Text(_Pair):
    text: str = cell(as_text_or_none)


def read_counts(table: pd.DataFrame) -> LongTable:
    """A table of row, column and count. Raises ValueError, see `table_rows`."""
    pairs = read_rows(table, _Count)
    return _long_table([(pair, Crossing(pair.count, str(pair.count or ""))) for pair in pairs])


def read_texts(table: pd.DataFrame) -> LongTable:
    """A table of row, column and text; an empty text is nothing. Raises ValueError, see `table_rows`."""
    pairs = read_rows(table, _Text)
    return _long_table([(pair, Crossing(int(bool(pair.text)), pair.text)) for pair in pairs])


def _long_table(given: Sequence[tuple[_Pair, Crossing]]) -> LongTable:
    crossings: dict[tuple[str, str], Crossing] = {}
    for number, (pair, crossing) in enumerate(given, start=1):
        if (pair.row, pair.column) in crossings:
            found = f"{pair.row} / {pair.column} a second time"
            raise cell_error("column", number, found, "each pair of row and column once")
        crossings[pair.row, pair.column] = crossing
    filled = {place: crossing for place, crossing in crossings.items() if crossing != NOTHING}
    rows, columns = (tuple(dict.fromkeys(names)) for names in zip(*crossings, strict=True))
    return LongTable(rows, columns, filled)
