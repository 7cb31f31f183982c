"""The table behind a chart: for the page in words and as shown, for the download in plain columns.

Nothing is computed: what a chart draws is what its table says.
"""

from __future__ import annotations

from csv import writer
from io import StringIO
from math import isfinite

import pandas as pd

from gba_analysis.words import say

# What a reader sees of a chart's table, in this order; the numbers' ends are in the download.
HEADS = (
    "panel",
    "group",
    "label",
    "start",
    "date",
    "detail",
    "text",
    "unit",
    "printed",
    "verdict",
    "grade",
    "changed",
)
EMPTY = "–"


def shown(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The rows of a chart's `table` of texts in `lang` under heads; a long table of pairs as a matrix.

    A column without any content is left out, an empty cell is a dash. Raises ValueError for a pair of row and
    column that stands in the long table twice.
    """
    if "row" in table.columns:
        return _matrix(table, lang)
    cells = {
        say(f"chart_column.{name}", lang): [_text(value) for value in table[name]]
        for name in HEADS
        if name in table.columns
    }
    return pd.DataFrame(
        {head: column for head, column in cells.items() if set(column) != {EMPTY}}, index=table.index
    )


def csv(table: pd.DataFrame) -> str:
    """A chart's `table` as CSV with its own column names; an open end of an interval is an empty field."""
    buffer = StringIO()
    rows = zip(*([_field(value) for value in table[column]] for column in table.columns), strict=True)
    writer(buffer, lineterminator="\n").writerows([table.columns, *rows])
    return buffer.getvalue()


def _field(value: object) -> object:
    return "" if value is None or (isinstance(value, float) and not isfinite(value)) else value


def _matrix(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    value = "text" if "text" in table.columns else "count"
    found: dict[tuple[str, str], object] = {}
    for row, column, each in zip(table["row"], table["column"], table[value], strict=True):
        if (row, column) in found:
            pair = f"{row} / {column}"
            raise ValueError(f"found {pair} a second time, expected each pair of row and column once")
        found[row, column] = each
    rows, columns = (list(dict.fromkeys(table[name])) for name in ("row", "column"))
    cells = {column: [_text(found.get((row, column))) for row in rows] for column in columns}
    return pd.DataFrame({say("chart_column.row", lang): rows, **cells})


def _text(value: object) -> str:
    """A cell as text: whole numbers without a point, nothing and zero counts as a dash."""
    if value is None or value == "" or (isinstance(value, float) and pd.isna(value)) or value == 0:
        return EMPTY
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)
