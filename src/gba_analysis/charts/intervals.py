"""The interval chart: figures known as bounds, each a bar from its lower to its upper end.

A bar is never longer or shorter than the interval; a missing bound is an arrow, not a number.
The texts beside the bars come with the table.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gba_analysis.charts import checks, marks
from gba_analysis.charts.page import (
    CONDITIONAL,
    DOT,
    KeyItem,
    close_page,
    draw_key,
    draw_line,
    line_height,
    new_page,
    write,
)
from gba_analysis.charts.rows import Rows, label_lines, lay_rows, write_rows
from gba_analysis.charts.scale import AXIS_GAP, TEXT_GAP, Scale, Span, draw_axis, fit_scale, plot_area, ticks
from gba_analysis.charts.style import LEFT, RIGHT, chart_style
from gba_analysis.charts.wording import clauses, counted, story
from gba_analysis.charts.wrap import widest, wrap

COLUMNS = ("label", "low", "high", "text")
SOUNDNESS = ("sound", "conditional", "")
# Texts beside the bars take at most this part of the page; longer ones wrap.
TEXT_SHARE = 0.28
KEY_GAP = 5.0

WORDS = {
    "en": {
        "conditional": "under a stated condition",
        "open_high": "arrow: no upper limit stated",
        "open_low": "arrow to the left: no lower limit stated",
        "down_to_zero": "arrow to the left: reaches down to 0",
        "chart": "Interval chart of {values}",
        "axis": "; axis: {axis}",
        "value": ("value", "values"),
        "row": "{label}: {text}",
        "in_group": "{label}, {text}",
        "group": "{group}: {rows}",
        "condition": " ({conditional})",
    },
    "zh": {
        "conditional": "须附条件",
        "open_high": "箭头：未给出上限",
        "open_low": "向左的箭头：未给出下限",
        "down_to_zero": "向左的箭头：下至0",
        "chart": "区间图，共{values}",
        "axis": "；数轴：{axis}",
        "value": ("项数值", "项数值"),
        "row": "{label}：{text}",
        "in_group": "{label}，{text}",
        "group": "{group}：{rows}",
        "condition": "（{conditional}）",
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


@chart_style()
def interval_chart(table: pd.DataFrame, lang: str, axis: str, log: bool = False) -> Figure:
    """Each row of `table` as a bar on one value axis, its text beside it, in the table's order.

    table: label, low, high (numbers in one unit; ±inf = no such bound), text; optional: group (a bold heading where
    it changes), soundness (sound or conditional; a conditional row is paler and hatched). Equal ends are a dot.
    axis: what the axis measures, with its unit. log: a logarithmic axis, for figures of very different size.
    Raises ValueError for a missing column, no rows, NaN, low above high, two open ends, a row without a group below
    one with a group, a negative value on a logarithmic axis.
    """
    intervals = _intervals(table, log)
    words = WORDS[checks.check_lang(lang)]
    labels = label_lines([interval.label for interval in intervals])
    texts = [wrap(interval.text, RIGHT * TEXT_SHARE) for interval in intervals]
    heights = [line_height() * len(text) for text in texts]
    rows = lay_rows(labels, [interval.group for interval in intervals], heights)
    widths = [interval.text_gap + widest(text) for interval, text in zip(intervals, texts, strict=True)]
    spans = [Span(interval.low, interval.high, width) for interval, width in zip(intervals, widths, strict=True)]
    scale = fit_scale(spans, rows.left, log)
    fig = new_page()
    write_rows(fig, rows)
    _draw_rows(fig, plot_area(fig, scale), scale, rows, intervals, texts)
    bottom = draw_axis(fig, scale, ticks(scale, lang), axis, rows.bottom + AXIS_GAP)
    items = _key(intervals, words, log)
    close_page(fig, draw_key(fig, items, LEFT, bottom + KEY_GAP) if items else bottom)
    return fig


def _intervals(table: pd.DataFrame, log: bool) -> list[IntervalRow]:
    checks.require(table, COLUMNS)
    columns = (
        checks.texts(table, "label"),
        checks.numbers(table, "low", infinite=True),
        checks.numbers(table, "high", infinite=True),
        checks.texts(table, "text"),
        checks.optional_texts(table, "group"),
        [text == "conditional" for text in checks.optional_choices(table, "soundness", SOUNDNESS)],
    )
    intervals = [IntervalRow(*row) for row in zip(*columns, strict=True)]
    for row, interval in enumerate(intervals, start=1):
        _check_ends(interval, row, log)
    for row, (before, interval) in enumerate(pairwise(intervals), start=2):
        if before.group and not interval.group:
            raise checks.error("group", row, "no text", "a text, as it would stand under the heading above it")
    return intervals


def _check_ends(interval: IntervalRow, row: int, log: bool) -> None:
    low, high = interval.low, interval.high
    if low > high:
        raise checks.error("low", row, f"{low:g}, above high = {high:g}", "low ≤ high")
    if math.isinf(low) and math.isinf(high):
        raise checks.error("low", row, f"{low:g} with high = {high:g}", "at least one finite end")
    if log and (high <= 0 or -math.inf < low < 0):
        column, value = ("high", high) if high <= 0 else ("low", low)
        raise checks.error(column, row, f"{value:g}", "a positive number on a logarithmic axis")


def _draw_rows(
    fig: Figure, ax: Axes, scale: Scale, rows: Rows, intervals: Sequence[IntervalRow], texts: Sequence[tuple[str, ...]]
) -> None:
    for row, interval, text in zip(rows.rows, intervals, texts, strict=True):
        draw_line(fig, (scale.left, scale.at(interval.low)), (row.middle, row.middle))
        marks.draw_interval(ax, scale, interval.low, interval.high, row.middle, interval.conditional)
        write(fig, scale.at(interval.high) + interval.text_gap, row.middle, text)


def _key(intervals: Sequence[IntervalRow], words: dict, log: bool) -> list[KeyItem]:
    items = []
    if any(interval.conditional for interval in intervals):
        items.append(_conditional_item(intervals, words))
    if any(interval.high == math.inf for interval in intervals):
        items.append(KeyItem(words["open_high"], "right"))
    if any(interval.low == -math.inf for interval in intervals):
        items.append(KeyItem(words["open_low"], "left"))
    if log and any(interval.low == 0 for interval in intervals):
        items.append(KeyItem(words["down_to_zero"], "left"))
    return items


def _conditional_item(intervals: Sequence[IntervalRow], words: dict) -> KeyItem:
    """The sign of a conditional row as the chart shows it: a dot if all such rows are dots."""
    if all(interval.low == interval.high for interval in intervals if interval.conditional):
        return KeyItem(words["conditional"], "dot", CONDITIONAL["face"], CONDITIONAL["edge"])
    return KeyItem(words["conditional"], **CONDITIONAL)


def describe_intervals(table: pd.DataFrame, lang: str, axis: str = "") -> str:
    """The alt text of `interval_chart`: what it is, then each row's label and text.

    axis: what the axis measures, as given to the chart. Raises ValueError as the chart does.
    """
    words = WORDS[checks.check_lang(lang)]
    intervals = _intervals(table, log=False)
    first = words["chart"].format(values=counted(len(intervals), *words["value"]))
    first += words["axis"].format(axis=axis) if axis else ""
    groups = groupby(intervals, key=lambda interval: interval.group)
    return story([first, *(_sentences(group, list(rows), words, lang) for group, rows in groups)], lang)


def _sentences(group: str, intervals: Sequence[IntervalRow], words: dict, lang: str) -> str:
    """The rows of one group in one sentence; rows without a group in a sentence each."""
    pattern = words["in_group" if group else "row"]
    rows = [pattern.format(label=item.label, text=item.text) + _condition(item, words) for item in intervals]
    return words["group"].format(group=group, rows=clauses(rows, lang)) if group else story(rows, lang)


def _condition(interval: IntervalRow, words: dict) -> str:
    return words["condition"].format(**words) if interval.conditional else ""
