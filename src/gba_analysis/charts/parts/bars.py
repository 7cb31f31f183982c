"""Rows of intervals that charts have in common: reading them from a table, and drawing them as bars with
their texts.

Which rows stand beside each other, and what stands around them, is said by each chart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from gba_analysis.charts.look.plot import Plot
from gba_analysis.charts.look.sheet import DOT, Sheet, draw_line, write
from gba_analysis.charts.look.wrap import widest
from gba_analysis.charts.parts import marks
from gba_analysis.charts.parts.rows import Rows
from gba_analysis.charts.parts.scale import TEXT_GAP, AxisNeed, Scale
from gba_analysis.charts.parts.table_rows import (
    CellError,
    as_bound,
    as_text,
    as_text_or_none,
    cell,
    cell_error,
    one_of,
    read_rows,
)
from gba_analysis.words import say

UNDER_CONDITION = "conditional"


@dataclass(frozen=True)
class IntervalRow:
    """One row of the table; an infinite end is open. soundness: `sound`, `conditional`, or "" if not said."""

    label: str = cell(as_text)
    low: float = cell(as_bound)
    high: float = cell(as_bound)
    text: str = cell(as_text)
    group: str = cell(as_text_or_none, missing="")
    soundness: str = cell(one_of("sound", UNDER_CONDITION, ""), missing="")

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise CellError(f"{self.low:g}, above high = {self.high:g}", "low ≤ high", column="low")
        if math.isinf(self.low) and math.isinf(self.high):
            found = f"{self.low:g} with high = {self.high:g}"
            raise CellError(found, "at least one finite end", column="low")

    @property
    def conditional(self) -> bool:
        return self.soundness == UNDER_CONDITION

    @property
    def text_gap(self) -> float:
        """From the upper end to the text, in points: a dot reaches beyond its value."""
        return TEXT_GAP + (DOT / 2 - 1 if self.low == self.high else 0)


def read_intervals(table: pd.DataFrame, *, log: bool) -> list[IntervalRow]:
    """The rows of `table` in order. log: whether their axis is logarithmic.

    Raises ValueError for a missing column, no rows, NaN, low above high, two open ends, a negative value if
    `log`."""
    rows = read_rows(table, IntervalRow)
    for number, row in enumerate(rows, start=1):
        if log and (row.high <= 0 or -math.inf < row.low < 0):
            column, value = ("high", row.high) if row.high <= 0 else ("low", row.low)
            raise cell_error(column, number, f"{value:g}", "a positive number on a logarithmic axis")
    return rows


def said_beside(row: IntervalRow, lang: str, *, log: bool) -> str:
    """The text beside a bar: the row's own, then what is meant by hatching and by arrows, on this kind of
    axis.
    """
    signs = {
        "remark.conditional": row.conditional,
        "remark.open_high": row.high == math.inf,
        "remark.open_low": row.low == -math.inf,
        "remark.down_to_zero": log and row.low == 0,
    }
    remarks = [say(key, lang) for key, shown in signs.items() if shown]
    return say("joint.remarks", lang).join([row.text, *remarks])


def axis_needs(rows: Sequence[IntervalRow], texts: Sequence[tuple[str, ...]]) -> list[AxisNeed]:
    """What each row needs of the value axis: its ends and the width of its text. texts: the lines beside each
    bar.
    """
    return [
        AxisNeed(low=row.low, high=row.high, text_width=row.text_gap + widest(lines))
        for row, lines in zip(rows, texts, strict=True)
    ]


def draw_bars(
    sheet: Sheet,
    plot: Plot,
    *,
    scale: Scale,
    rows: Rows,
    intervals: Sequence[IntervalRow],
    texts: Sequence[tuple[str, ...]],
) -> None:
    """Draw each interval in its row, with a line from the axis and its text beside it."""
    for row, interval, lines in zip(rows.rows, intervals, texts, strict=True):
        draw_line(sheet, (scale.left, scale.at(interval.low)), (row.middle, row.middle))
        marks.draw_interval(
            plot,
            scale,
            low=interval.low,
            high=interval.high,
            y=row.middle,
            conditional=interval.conditional,
        )
        write(sheet, scale.at(interval.high) + interval.text_gap, row.middle, lines)
