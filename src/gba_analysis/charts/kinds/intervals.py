"""The interval chart: figures known as bounds, each a bar from its lower to its upper end.

A bar is never longer or shorter than the interval; a missing bound is an arrow, not a number.
The texts beside the bars come with the table; what hatching and arrows mean is said there too, so that no key
is needed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

import pandas as pd
from matplotlib.figure import Figure

from gba_analysis.charts.look.sheet import Sheet, close_sheet, line_height
from gba_analysis.charts.look.style import chart_style, right_edge
from gba_analysis.charts.look.wrap import wrap
from gba_analysis.charts.parts.bars import IntervalRow, axis_needs, draw_bars, read_intervals, said_beside
from gba_analysis.charts.parts.rows import labelled_rows, write_rows
from gba_analysis.charts.parts.scale import AXIS_GAP, draw_axis, fit_scale, plot_area, ticks
from gba_analysis.charts.parts.sentences import clauses, story
from gba_analysis.charts.parts.table_rows import cell_error
from gba_analysis.languages import check_lang
from gba_analysis.words import say

# Texts beside the bars take at most this part of the sheet; longer ones wrap.
TEXT_SHARE = 0.28


@chart_style()
def interval_chart(table: pd.DataFrame, lang: str, axis: str, *, log: bool = False) -> Figure:
    """Each row of `table` as a bar on one value axis, its text beside it, in the table's order.

    table: label, low, high (numbers in one unit; ±inf = no such bound), text; optional: group (a bold heading
    where it changes), soundness (sound or conditional; a conditional row is paler and hatched). Equal ends
    are a dot. axis: what the axis measures, with its unit. log: a logarithmic axis, for figures of very
    different size. Raises ValueError for a missing column, no rows, NaN, low above high, two open ends, a row
    without a group below one with a group, a negative value on a logarithmic axis."""
    intervals = _intervals(table, log=log)
    check_lang(lang)
    texts = [wrap(said_beside(interval, lang, log=log), right_edge() * TEXT_SHARE) for interval in intervals]
    rows = labelled_rows(
        [interval.label for interval in intervals],
        heights=[line_height() * len(text) for text in texts],
        groups=[interval.group for interval in intervals],
    )
    scale = fit_scale(axis_needs(intervals, texts), rows.left, log=log)
    sheet = Sheet()
    write_rows(sheet, rows)
    draw_bars(sheet, plot_area(sheet, scale), scale=scale, rows=rows, intervals=intervals, texts=texts)
    bottom = rows.bottom + AXIS_GAP
    close_sheet(sheet, draw_axis(sheet, scale, named=ticks(scale, lang), title=axis, top=bottom))
    return sheet


def _intervals(table: pd.DataFrame, *, log: bool) -> list[IntervalRow]:
    intervals = read_intervals(table, log=log)
    for row, (before, interval) in enumerate(pairwise(intervals), start=2):
        if before.group and not interval.group:
            expected = "a text, as it would stand under the heading above it"
            raise cell_error("group", row, "no text", expected)
    return intervals


def describe_intervals(table: pd.DataFrame, lang: str, axis: str = "") -> str:
    """The alt text of `interval_chart`: what it is, then each row's label and text.

    axis: what the axis measures, as given to the chart. Raises ValueError as the chart does.
    """
    check_lang(lang)
    intervals = _intervals(table, log=False)
    first = say("alt.intervals", lang, values=say("alt_number.value", lang, number=len(intervals)))
    first = say("alt.with_axis", lang, chart=first, axis=axis) if axis else first
    groups = groupby(intervals, key=lambda interval: interval.group)
    return story([first, *(_sentences(group, list(rows), lang) for group, rows in groups)], lang)


def _sentences(group: str, intervals: Sequence[IntervalRow], lang: str) -> str:
    """The rows of one group in one sentence; rows without a group in a sentence each."""
    if not group:
        return story([_said("alt.named", interval, lang) for interval in intervals], lang)
    rows = clauses([_said("alt.named_in_group", interval, lang) for interval in intervals], lang)
    return say("alt.named", lang, name=group, text=rows)


def _said(key: str, interval: IntervalRow, lang: str) -> str:
    said = say(key, lang, name=interval.label, text=interval.text)
    return say("alt.with_condition", lang, text=said) if interval.conditional else said
