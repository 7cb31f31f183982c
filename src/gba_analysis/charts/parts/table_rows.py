"""A chart's table as rows with types, or a ValueError that names the column, the row and what was expected.

A kind of row is a frozen dataclass. Each field says how its cell is read, and `__post_init__` what must hold
between the cells of one row:

    @dataclass(frozen=True)
    class Bar:
        label: str = cell(as_text)
        length: float = cell(as_number)
        note: str = cell(as_text_or_none, missing="")

        def __post_init__(self):
            if self.length < 0:
                raise CellError(f"{self.length:g}", "a length from 0", column="length")

    bars = read_rows(table, Bar)

Rules between rows stand with the chart that needs them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import Field, field, fields
from typing import Any, TypeVar

import pandas as pd

# The keys of a field's metadata.
READ, MISSING = "read", "missing"

Row = TypeVar("Row")


class CellError(Exception):
    """A cell that cannot be used; `read_rows` adds where it stands. column: of a rule between cells."""

    def __init__(self, found: str, expected: str, column: str = "") -> None:
        super().__init__(found, expected, column)
        self.found, self.expected, self.column = found, expected, column


def cell(read: Callable[[Any], object], missing: object = None) -> Any:
    """A field that is read from the column of its name.

    missing: its value where the table has no such column; None: the table must have it."""
    return field(metadata={READ: read, MISSING: missing})


def read_rows(table: pd.DataFrame, kind: type[Row]) -> list[Row]:
    """Each row of `table` as a `kind`. Raises ValueError for a missing column, no rows, or a wrong cell."""
    columns = fields(kind)  # type: ignore[arg-type]
    _require(table, [column.name for column in columns if column.metadata[MISSING] is None])
    return [_row(kind, columns, number, cells) for number, cells in enumerate(_records(table, columns), 1)]


def _require(table: pd.DataFrame, names: Sequence[str]) -> None:
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise ValueError(f"column {missing[0]!r}: missing, expected the columns {', '.join(names)}")
    if table.empty:
        raise ValueError(f"table: found no rows, expected at least one with {', '.join(names)}")


def _records(table: pd.DataFrame, columns: Sequence[Field[Any]]) -> Iterator[tuple[Any, ...]]:
    return zip(
        *(
            table[column.name] if column.name in table.columns else [column.metadata[MISSING]] * len(table)
            for column in columns
        ),
        strict=True,
    )


def _row(kind: type[Row], columns: Sequence[Field[Any]], number: int, cells: Sequence[Any]) -> Row:
    name = ""
    try:
        values = {}
        for column, value in zip(columns, cells, strict=True):
            name = column.name
            values[name] = column.metadata[READ](value)
        return kind(**values)
    except CellError as wrong:
        raise cell_error(wrong.column or name, number, wrong.found, wrong.expected) from None


def cell_error(column: str, row: int, found: str, expected: str) -> ValueError:
    """The error of one cell; row is counted from 1."""
    return ValueError(f"column {column!r}, row {row}: found {found}, expected {expected}")


def as_text(value: Any) -> str:
    """A text that is not empty."""
    found = as_text_or_none(value)
    if not found:
        raise CellError("no text", "a text")
    return found


def as_text_or_none(value: Any) -> str:
    """A text, or "" for a missing one."""
    return "" if pd.isna(value) else str(value).strip()


def as_bound(value: Any) -> float:
    """A number; infinite: there is no such bound."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise CellError(repr(value), "a number") from None
    if math.isnan(number):
        raise CellError("no number (NaN)", "a number")
    return number


def as_number(value: Any) -> float:
    """A finite number."""
    found = as_bound(value)
    if math.isinf(found):
        raise CellError(str(found), "a finite number")
    return found


def as_number_or_none(value: Any) -> float:
    """A finite number, or NaN for a missing one."""
    return math.nan if pd.isna(value) else as_number(value)


def as_count(value: Any) -> int:
    """A whole number from 0."""
    found = as_number(value)
    if found < 0 or found != int(found):
        raise CellError(f"{found:g}", "a whole number from 0")
    return int(found)


def as_flag(value: Any) -> bool:
    """True or false."""
    if not pd.api.types.is_bool(value):
        raise CellError(repr(value), "true or false")
    return bool(value)


def one_of(*allowed: str) -> Callable[[Any], str]:
    """Reads one of the texts `allowed`; "" among them: it may be missing."""

    def read(value: Any) -> str:
        found = (as_text_or_none if "" in allowed else as_text)(value)
        if found not in allowed:
            raise CellError(repr(found), "one of " + ", ".join(filter(None, allowed)))
        return found

    return read
