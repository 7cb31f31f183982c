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

from gba_analysis.charts.look.sheet import Page, close_page, draw_line, line_height
from gba_analysis.charts.look.style import MARK, chart_style, right_edge
from gba_analysis.charts.look.wrap import wrap
from gba_analysis.charts.parts import checks
from gba_analysis.charts.parts.bars import IntervalRow, draw_bars, read_rows, said_beside, spans_of
from gba_analysis.charts.parts.rows import Rows, labelled_rows, write_rows
from gba_analysis.charts.parts.scale import AXIS_GAP, Scale, draw_axis, fit_scale, plot_area, ticks
from gba_analysis.charts.parts.wording import clauses, counted, story

COLUMNS = ("group", "label", "low", "high", "text")
# Lighter than a conditional bar, so that one is seen on the other.
BAND = "#e2edf2"
# A band around a single value would have no width.
LEAST_BAND = 2.0
TEXT_SHARE = 0.28

WORDS = {
    "en": {
        "band": ", shaded below",
        "chart": "Tornado chart, {assumptions}",
        "axis": "; axis: {axis}",
        "assumption": ("assumption", "assumptions"),
        "unmoved": "Tornado chart, no assumption moves the value",
        "row": "{label}: {text}",
        "in_group": "{label}, {text}",
        "group": "{group}: {rows}",
        "all": " (under a stated condition, as all settings)",
    },
    "zh": {
        "band": "，即下方底色",
        "chart": "龙卷风图，共{assumptions}",
        "axis": "；数轴：{axis}",
        "assumption": ("项假定", "项假定"),
        "unmoved": "龙卷风图，没有假定改变数值",
        "row": "{label}：{text}",
        "in_group": "{label}，{text}",
        "group": "{group}：{rows}",
        "all": "（须附条件，各项设定均如此）",
    },
}


@chart_style()
def tornado_chart(table: pd.DataFrame, lang: str, axis: str, log: bool = False) -> Figure:
    """The chosen interval of one figure, then each assumption with a bar for each setting, in the table's
    order.

    table: group (the assumption's name; "" in the first row, which is the chosen interval, and in no other),
    label (the setting), low, high (numbers in one unit; ±inf = no such bound), text (beside the bar);
    optional: soundness (sound or conditional, the same in all rows; conditional bars are paler and hatched).
    axis: what the axis measures, with its unit. log: a logarithmic axis, for settings of very different size.
    The first row alone is a figure that no assumption moves. Raises ValueError for a missing column, no rows,
    a group where none belongs or none where one does, two kinds of soundness, NaN, low above high, two open
    ends, a negative value on a logarithmic axis."""
    settings = _settings(table, log)
    checks.check_lang(lang)
    texts = [wrap(text, right_edge() * TEXT_SHARE) for text in _texts(settings, lang, log)]
    heights = [line_height() * len(text) for text in texts]
    rows = labelled_rows([item.label for item in settings], [item.group for item in settings], heights)
    scale = fit_scale(spans_of(settings, texts), rows.left, log)
    page = Page()
    _draw_band(page, scale, settings[0], rows)
    write_rows(page, rows)
    draw_bars(page, plot_area(page, scale), scale, rows, settings, texts)
    close_page(page, draw_axis(page, scale, ticks(scale, lang), axis, rows.bottom + AXIS_GAP))
    return page


def _settings(table: pd.DataFrame, log: bool) -> list[IntervalRow]:
    settings = read_rows(table, COLUMNS, log)
    for row, setting in enumerate(settings, start=1):
        _check_row(setting, row, settings[0])
    return settings


def _check_row(setting: IntervalRow, row: int, chosen: IntervalRow) -> None:
    if bool(setting.group) == (row == 1):
        expected = "no name in the first row, the chosen interval, and an assumption's name in every other"
        raise checks.error("group", row, repr(setting.group), expected)
    if setting.conditional != chosen.conditional:
        raise checks.error(
            "soundness", row, "another one than in row 1", "one soundness, as all rows are one figure"
        )


def _draw_band(page: Page, scale: Scale, chosen: IntervalRow, rows: Rows) -> None:
    """The chosen interval behind all rows but its own; a single value is a narrow band around it."""
    left = scale.left if chosen.low == -math.inf else scale.at(chosen.low)
    right = scale.right if chosen.high == math.inf else scale.at(chosen.high)
    spread = max(LEAST_BAND - (right - left), 0) / 2
    top = rows.rows[0].middle
    corner, width = (left - spread, top), right - left + 2 * spread
    band = Rectangle(
        corner, width, rows.bottom - top, facecolor=BAND, edgecolor="none", transform=page.points
    )
    band.set_zorder(-1)
    page.add_artist(band)
    for x in (left, right):
        draw_line(page, (x, x), (top, rows.bottom), MARK)


def _texts(settings: Sequence[IntervalRow], lang: str, log: bool) -> list[str]:
    """What stands beside the bars; the chosen one says for all that they are conditional, and what the band
    is.
    """
    chosen, *moved = settings
    first = said_beside(chosen, lang, log) + (WORDS[lang]["band"] if moved else "")
    return [first, *(said_beside(replace(setting, conditional=False), lang, log) for setting in moved)]


def describe_tornado(table: pd.DataFrame, lang: str, axis: str = "") -> str:
    """The alt text of `tornado_chart`: what it is, the chosen interval, then each assumption with its
    settings.

    axis: what the axis measures, as given to the chart. Raises ValueError as the chart does.
    """
    words = WORDS[checks.check_lang(lang)]
    chosen, *moved = _settings(table, log=False)
    groups = [(group, list(rows)) for group, rows in groupby(moved, key=lambda setting: setting.group)]
    number = counted(len(groups), *words["assumption"])
    head = words["chart"].format(assumptions=number) if groups else words["unmoved"]
    head += words["axis"].format(axis=axis) if axis else ""
    first = words["row"].format(label=chosen.label, text=chosen.text) + (
        words["all"] if chosen.conditional else ""
    )
    return story([head, first, *(_sentence(group, rows, words, lang) for group, rows in groups)], lang)


def _sentence(group: str, settings: Sequence[IntervalRow], words: dict, lang: str) -> str:
    rows = [words["in_group"].format(label=setting.label, text=setting.text) for setting in settings]
    return words["group"].format(group=group, rows=clauses(rows, lang))
