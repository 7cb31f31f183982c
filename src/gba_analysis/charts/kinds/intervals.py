"""The interval chart: figures known as bounds, each a bar from its lower to its upper end.

A bar is never longer or shorter than the interval; a missing bound is an arrow, not a number.
The texts beside the bars come with the table; what hatching and arrows mean is said there too, so that no key
is needed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

import pandas as pd
from matplotlib.figure import Figure

from gba_analysis.charts.look.sheet import Page, close_page, line_height
from gba_analysis.charts.look.style import chart_style, right_edge
from gba_analysis.charts.look.wrap import wrap
from gba_analysis.charts.parts import checks
from gba_analysis.charts.parts.bars import IntervalRow, draw_bars, read_rows, said_beside, spans_of
from gba_analysis.charts.parts.rows import labelled_rows, write_rows
from gba_analysis.charts.parts.scale import AXIS_GAP, draw_axis, fit_scale, plot_area, ticks
from gba_analysis.charts.parts.wording import clauses, counted, story

COLUMNS = ("label", "low", "high", "text")
# Texts beside the bars take at most this part of the page; longer ones wrap.
TEXT_SHARE = 0.28

WORDS = {
    "en": {
        "conditional": "under a stated condition",
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
        "chart": "区间图，共{values}",
        "axis": "；数轴：{axis}",
        "value": ("项数值", "项数值"),
        "row": "{label}：{text}",
        "in_group": "{label}，{text}",
        "group": "{group}：{rows}",
        "condition": "（{conditional}）",
    },
}


@chart_style()
def interval_chart(table: pd.DataFrame, lang: str, axis: str, log: bool = False) -> Figure:
    """Each row of `table` as a bar on one value axis, its text beside it, in the table's order.

    table: label, low, high (numbers in one unit; ±inf = no such bound), text; optional: group (a bold heading
    where it changes), soundness (sound or conditional; a conditional row is paler and hatched). Equal ends
    are a dot. axis: what the axis measures, with its unit. log: a logarithmic axis, for figures of very
    different size. Raises ValueError for a missing column, no rows, NaN, low above high, two open ends, a row
    without a group below one with a group, a negative value on a logarithmic axis."""
    intervals = _intervals(table, log)
    checks.check_lang(lang)
    texts = [wrap(said_beside(interval, lang, log), right_edge() * TEXT_SHARE) for interval in intervals]
    heights = [line_height() * len(text) for text in texts]
    rows = labelled_rows([item.label for item in intervals], [item.group for item in intervals], heights)
    scale = fit_scale(spans_of(intervals, texts), rows.left, log)
    page = Page()
    write_rows(page, rows)
    draw_bars(page, plot_area(page, scale), scale, rows, intervals, texts)
    close_page(page, draw_axis(page, scale, ticks(scale, lang), axis, rows.bottom + AXIS_GAP))
    return page


def _intervals(table: pd.DataFrame, log: bool) -> list[IntervalRow]:
    intervals = read_rows(table, COLUMNS, log)
    for row, (before, interval) in enumerate(pairwise(intervals), start=2):
        if before.group and not interval.group:
            raise checks.error(
                "group", row, "no text", "a text, as it would stand under the heading above it"
            )
    return intervals


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
