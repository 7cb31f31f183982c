"""A chart's table as plain lists, or a ValueError that names the column, the row and what was expected.

Rules of one chart alone stay in its module.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from gba_analysis.languages import LANGS


def check_lang(lang: str) -> str:
    """`lang` itself. Raises ValueError unless it is one of LANGS."""
    if lang not in LANGS:
        raise ValueError(f"lang: found {lang!r}, expected one of {', '.join(LANGS)}")
    return lang


def require(table: pd.DataFrame, columns: Sequence[str]) -> None:
    """Raises ValueError if a column is missing or the table has no rows."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ValueError(f"column {missing[0]!r}: missing, expected the columns {', '.join(columns)}")
    if table.empty:
        raise ValueError(f"table: found no rows, expected at least one with {', '.join(columns)}")


def texts(table: pd.DataFrame, column: str, *, empty: bool = False) -> list[str]:
    """The texts of `column`; empty: whether a text may be missing (then it is ""). Raises ValueError."""
    values = ["" if pd.isna(value) else str(value).strip() for value in table[column]]
    for number, value in enumerate(values, start=1):
        if not value and not empty:
            raise error(column, number, "no text", "a text")
    return values


def optional_texts(table: pd.DataFrame, column: str) -> list[str]:
    """The texts of `column`, or "" for every row if the table has no such column."""
    return texts(table, column, empty=True) if column in table.columns else [""] * len(table)


def numbers(table: pd.DataFrame, column: str, *, infinite: bool = False) -> list[float]:
    """The numbers of `column`; infinite: whether an end may be open. Raises ValueError."""
    return [_number(value, column, row, infinite) for row, value in enumerate(table[column], start=1)]


def _number(value: object, column: str, row: int, infinite: bool) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise error(column, row, repr(value), "a number") from None
    if math.isnan(number):
        raise error(column, row, "no number (NaN)", "a number")
    if math.isinf(number) and not infinite:
        raise error(column, row, str(number), "a finite number")
    return number


def counts(table: pd.DataFrame, column: str) -> list[int]:
    """The counts of `column`: whole numbers from 0. Raises ValueError."""
    values = numbers(table, column)
    for row, value in enumerate(values, start=1):
        if value < 0 or value != int(value):
            raise error(column, row, f"{value:g}", "a whole number from 0")
    return [int(value) for value in values]


def choices(table: pd.DataFrame, column: str, allowed: Sequence[str]) -> list[str]:
    """The texts of `column`, each one of `allowed`. Raises ValueError."""
    values = texts(table, column, empty="" in allowed)
    for row, value in enumerate(values, start=1):
        if value not in allowed:
            raise error(column, row, repr(value), "one of " + ", ".join(filter(None, allowed)))
    return values


def flags(table: pd.DataFrame, column: str) -> list[bool]:
    """The truth values of `column`. Raises ValueError for anything else."""
    for row, value in enumerate(table[column], start=1):
        if not pd.api.types.is_bool(value):
            raise error(column, row, repr(value), "true or false")
    return [bool(value) for value in table[column]]


def optional_choices(table: pd.DataFrame, column: str, allowed: Sequence[str]) -> list[str]:
    """As `choices`, or "" for every row if the table has no such column."""
    return choices(table, column, allowed) if column in table.columns else [""] * len(table)


def check_once(pairs: Sequence[tuple[str, str]]) -> None:
    """Raises ValueError if a pair of row and column stands twice in a long table."""
    for number, pair in enumerate(pairs, start=1):
        if pair in pairs[: number - 1]:
            raise error(
                "column", number, f"{pair[0]} / {pair[1]} a second time", "each pair of row and column once"
            )


def error(column: str, row: int, found: str, expected: str) -> ValueError:
    """The error of one cell; row is counted from 1."""
    return ValueError(f"column {column!r}, row {row}: found {found}, expected {expected}")
