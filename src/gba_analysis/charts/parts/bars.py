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
from gba_analysis.charts.look.sheet import DOT, Page, draw_line, write
from gba_analysis.charts.look.wrap import widest
from gba_analysis.charts.parts import checks, marks
from gba_analysis.charts.parts.rows import Rows
from gba_analysis.charts.parts.scale import TEXT_GAP, Scale, Span

SOUNDNESS = ("sound", "conditional", "")
# What the look of a bar means, said beside it instead of in a key.
REMARKS = {
    "en": {
        "joint": ", ",
        "conditional": "conditional",
        "open_high": "no upper limit stated",
        "open_low": "no lower limit stated",
        "down_to_zero": "reaches down to 0",
    },
    "zh": {
        "joint": "，",
        "conditional": "须附条件",
        "open_high": "未给出上限",
        "open_low": "未给出下限",
        "down_to_zero": "下至0",
    },
}


@dataclass(frozen=True)
class IntervalRow:
    """One row of the table; an infinite end is open."""

    label: str
    low: float
    high: float
    text: str
    group: str
    conditional: bool

    @property
    def text_gap(self) -> float:
        """From the upper end to the text, in points: a dot reaches beyond its value."""
        return TEXT_GAP + (DOT / 2 - 1 if self.low == self.high else 0)


def read_rows(table: pd.DataFrame, columns: Sequence[str], log: bool) -> list[IntervalRow]:
    """The rows of `table` in order. columns: those it must have; group and soundness may be missing
    otherwise.

    Raises ValueError for a missing column, no rows, NaN, low above high, two open ends, a negative value if
    `log`."""
    checks.require(table, columns)
    cells = (
        checks.texts(table, "label"),
        checks.numbers(table, "low", infinite=True),
        checks.numbers(table, "high", infinite=True),
        checks.texts(table, "text"),
        checks.optional_texts(table, "group"),
        [text == "conditional" for text in checks.optional_choices(table, "soundness", SOUNDNESS)],
    )
    rows = [IntervalRow(*row) for row in zip(*cells, strict=True)]
    for number, row in enumerate(rows, start=1):
        _check_ends(row, number, log)
    return rows


def _check_ends(interval: IntervalRow, row: int, log: bool) -> None:
    low, high = interval.low, interval.high
    if low > high:
        raise checks.error("low", row, f"{low:g}, above high = {high:g}", "low ≤ high")
    if math.isinf(low) and math.isinf(high):
        raise checks.error("low", row, f"{low:g} with high = {high:g}", "at least one finite end")
    if log and (high <= 0 or -math.inf < low < 0):
        column, value = ("high", high) if high <= 0 else ("low", low)
        raise checks.error(column, row, f"{value:g}", "a positive number on a logarithmic axis")


def said_beside(row: IntervalRow, lang: str, log: bool) -> str:
    """The text beside a bar: the row's own, then what is meant by hatching and by arrows, on this kind of
    axis.
    """
    signs = {
        "conditional": row.conditional,
        "open_high": row.high == math.inf,
        "open_low": row.low == -math.inf,
        "down_to_zero": log and row.low == 0,
    }
    remarks = [REMARKS[lang][name] for name, shown in signs.items() if shown]
    return REMARKS[lang]["joint"].join([row.text, *remarks])


def spans_of(rows: Sequence[IntervalRow], texts: Sequence[tuple[str, ...]]) -> list[Span]:
    """What each row needs of the value axis: its ends and the width of its text. texts: the lines beside each
    bar.
    """
    return [
        Span(row.low, row.high, row.text_gap + widest(text)) for row, text in zip(rows, texts, strict=True)
    ]


def draw_bars(
    page: Page,
    plot: Plot,
    scale: Scale,
    rows: Rows,
    intervals: Sequence[IntervalRow],
    texts: Sequence[tuple[str, ...]],
) -> None:
    """Draw each interval in its row, with a line from the axis and its text beside it."""
    for row, interval, text in zip(rows.rows, intervals, texts, strict=True):
        draw_line(page, (scale.left, scale.at(interval.low)), (row.middle, row.middle))
        marks.draw_interval(plot, scale, interval.low, interval.high, row.middle, interval.conditional)
        write(page, scale.at(interval.high) + interval.text_gap, row.middle, text)
