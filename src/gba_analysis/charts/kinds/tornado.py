"""The tornado chart: what one figure becomes when a single assumption moves, around what it is as chosen.

The chosen interval is the first bar, and a band behind all others; each assumption has a bar for each of its
settings. What the band, hatching and arrows mean is said beside the bars, so that no key is needed. Which
settings, and in which order, is said by the table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from gba_analysis.charts.look.sheet import Sheet, close_sheet, draw_line, line_height
from gba_analysis.charts.look.style import MARK, chart_style, right_edge
from gba_analysis.charts.look.wrap import wrap
from gba_analysis.charts.parts.bars import IntervalRow, axis_needs, draw_bars, read_intervals, said_beside
from gba_analysis.charts.parts.rows import Rows, labelled_rows, write_rows
from gba_analysis.charts.parts.scale import AXIS_GAP, Scale, draw_axis, fit_scale, plot_area, ticks
from gba_analysis.charts.parts.sentences import clauses, story
from gba_analysis.charts.parts.table_rows import cell_error
from gba_analysis.languages import check_lang
from gba_analysis.words import say

# Lighter than a conditional bar, so that one is seen on the other.
BAND = "#e2edf2"
# A band around a single value would have no width.
LEAST_BAND = 2.0
TEXT_SHARE = 0.28


@chart_style()
def tornado_chart(table: pd.DataFrame, lang: str, axis: str, *, log: bool = False) -> Figure:
    """The chosen interval of one figure, then each assumption with a bar for each setting, in the table's
    order.

    table: group (the assumption's name; "" in the first row, which is the chosen interval, and in no other),
    label (the setting), low, high (numbers in one unit; ±inf = no such bound), text (beside the bar);
    optional: soundness (sound or conditional, the same in all rows; conditional bars are paler and hatched).
    axis: what the axis measures, with its unit. log: a logarithmic axis, for settings of very different size.
    The first row alone is a figure that no assumption moves. Raises ValueError for a missing column, no rows,
    a group where none belongs or none where one does, two kinds of soundness, NaN, low above high, two open
    ends, a negative value on a logarithmic axis."""
    settings = _settings(table, log=log)
    check_lang(lang)
    texts = [wrap(text, right_edge() * TEXT_SHARE) for text in _texts(settings, lang, log=log)]
    rows = labelled_rows(
        [setting.label for setting in settings],
        heights=[line_height() * len(text) for text in texts],
        groups=[setting.group for setting in settings],
    )
    scale = fit_scale(axis_needs(settings, texts), rows.left, log=log)
    sheet = Sheet()
    _draw_band(sheet, scale, settings[0], rows)
    write_rows(sheet, rows)
    draw_bars(sheet, plot_area(sheet, scale), scale=scale, rows=rows, intervals=settings, texts=texts)
    bottom = rows.bottom + AXIS_GAP
    close_sheet(sheet, draw_axis(sheet, scale, named=ticks(scale, lang), title=axis, top=bottom))
    return sheet


def _settings(table: pd.DataFrame, *, log: bool) -> list[IntervalRow]:
    if not table.empty and "group" not in table.columns:
        raise ValueError("column 'group': missing, expected the assumption that each row is a setting of")
    settings = read_intervals(table, log=log)
    for row, setting in enumerate(settings, start=1):
        _check_row(setting, row, settings[0])
    return settings


def _check_row(setting: IntervalRow, row: int, chosen: IntervalRow) -> None:
    if bool(setting.group) == (row == 1):
        expected = "no name in the first row, the chosen interval, and an assumption's name in every other"
        raise cell_error("group", row, repr(setting.group), expected)
    if setting.conditional != chosen.conditional:
        raise cell_error(
            "soundness", row, "another one than in row 1", "one soundness, as all rows are one figure"
        )


def _draw_band(sheet: Sheet, scale: Scale, chosen: IntervalRow, rows: Rows) -> None:
    """The chosen interval behind all rows but its own; a single value is a narrow band around it."""
    left = scale.left if chosen.low == -math.inf else scale.at(chosen.low)
    right = scale.right if chosen.high == math.inf else scale.at(chosen.high)
    spread = max(LEAST_BAND - (right - left), 0) / 2
    top = rows.rows[0].middle
    corner, width = (left - spread, top), right - left + 2 * spread
    band = Rectangle(
        corner, width, rows.bottom - top, facecolor=BAND, edgecolor="none", transform=sheet.points
    )
    band.set_zorder(-1)
    sheet.add_artist(band)
    for x in (left, right):
        draw_line(sheet, (x, x), (top, rows.bottom), color=MARK)


def _texts(settings: Sequence[IntervalRow], lang: str, *, log: bool) -> list[str]:
    """What stands beside the bars; the chosen one says for all that they are conditional, and what the band
    is.
    """
    chosen, *moved = settings
    first = said_beside(chosen, lang, log=log)
    first = say("remark.shaded", lang, text=first) if moved else first
    return [first, *(said_beside(replace(setting, soundness=""), lang, log=log) for setting in moved)]


def describe_tornado(table: pd.DataFrame, lang: str, axis: str = "") -> str:
    """The alt text of `tornado_chart`: what it is, the chosen interval, then each assumption with its
    settings.

    axis: what the axis measures, as given to the chart. Raises ValueError as the chart does.
    """
    check_lang(lang)
    chosen, *moved = _settings(table, log=False)
    groups = [(group, list(rows)) for group, rows in groupby(moved, key=lambda setting: setting.group)]
    first = say("alt.named", lang, name=chosen.label, text=chosen.text)
    first = say("alt.with_condition_everywhere", lang, text=first) if chosen.conditional else first
    head = _head(len(groups), lang, axis)
    return story([head, first, *(_sentence(group, rows, lang) for group, rows in groups)], lang)


def _head(assumptions: int, lang: str, axis: str) -> str:
    if assumptions:
        number = say("alt_number.assumption", lang, number=assumptions)
        chart = say("alt.tornado", lang, assumptions=number)
    else:
        chart = say("alt.tornado_unmoved", lang)
    return say("alt.with_axis", lang, chart=chart, axis=axis) if axis else chart


def _sentence(group: str, settings: Sequence[IntervalRow], lang: str) -> str:
    rows = [say("alt.named_in_group", lang, name=setting.label, text=setting.text) for setting in settings]
    return say("alt.named", lang, name=group, text=clauses(rows, lang))
