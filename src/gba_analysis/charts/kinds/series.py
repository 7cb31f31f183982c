"""The charts of references: small multiples of figures in time, and ranks by year with the breaks of their
series.

A panel's figures share a unit, which its title names; nothing is compared across panels but time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from gba_analysis.charts.look.sheet import (
    KeyItem,
    Look,
    Sheet,
    draw_key,
    draw_line,
    fix_sheet,
    line_height,
    write,
)
from gba_analysis.charts.look.style import (
    ACCENT,
    LEFT,
    MUTED,
    PAPER,
    SMALL,
    chart_style,
    is_narrow,
    right_edge,
)
from gba_analysis.charts.look.wrap import text_width, wrap
from gba_analysis.charts.parts.panel_table import (
    Point,
    break_times,
    by_panel,
    read_points,
    top_value,
)
from gba_analysis.charts.parts.panels import FACES, Box, Frame, draw_break, draw_panel
from gba_analysis.charts.parts.scale import Scale, draw_years
from gba_analysis.charts.parts.sentences import clauses, story
from gba_analysis.charts.parts.spaced_texts import spread
from gba_analysis.figures.grade_rule import GRADES
from gba_analysis.languages import check_lang
from gba_analysis.words import say

# Panels beside each other; on a narrow sheet there is room for one.
COLUMNS = 2
COLUMN_GAP, ROW_GAP = 26.0, 12.0
PLOT_HEIGHT, RANK_HEIGHT = 84.0, 96.0
TITLE_GAP, SLOT_GAP, KEY_GAP = 2.0, 6.0, 8.0
# Above the greatest figure of a panel, for its text.
HEADROOM = line_height(SMALL) + 9.0
# The years under a plot.
AXIS_HEIGHT = 3.0 + line_height(SMALL) + 2.0
# From what changed at a break to the break, and around its words.
NOTE_STALK, NOTE_PADDING = 8.0, 12.0
# A month given as a fraction of a year is not exact in binary.
ROUNDING = 1e-6
# Below the last rank, so that its mark does not stand on the axis.
FOOTROOM = 14.0
# A tick names the place of figures without a date.
LEAST_SLOT = 44.0


@chart_style()
def series_chart(table: pd.DataFrame, lang: str) -> Figure:
    """A panel for each `panel` of the table, two beside each other (one if narrow), all over the same years.

    table: panel, time (years; NaN: no date), span (years), date, low, high (a number of the panel's unit; inf
    = open), text (written beside the mark), grade (A, B, C; empty for the article), source, is_article,
    break_before, joined (a line leads here from the row before). Each panel begins at zero. Raises ValueError
    for a missing column, no rows, a line across a break or from a bound, or a time that is missing for
    another source."""
    check_lang(lang)
    points = read_points(table)
    panels = by_panel(points)
    columns = 1 if is_narrow() else COLUMNS
    width = (right_edge() - LEFT - COLUMN_GAP * (columns - 1)) / columns
    years, slot = _years(points), _slot_width(points, lang)
    titles = {name: wrap(name, width, bold=True) for name in panels}
    key = _key(points, lang)
    sheet = Sheet()
    # The sheet's height must be known before axes are placed on it.
    tops, bottom = _tops(list(titles.values()), columns)
    fix_sheet(sheet, draw_key(sheet, key, LEFT, bottom + KEY_GAP))
    for number, (name, rows) in enumerate(panels.items()):
        left, top = LEFT + number % columns * (width + COLUMN_GAP), tops[number // columns]
        lines = titles[name]
        write(sheet, left, top - line_height() * len(lines) / 2 - TITLE_GAP, lines, bold=True)
        x = Scale(*years, left, left + width - slot)
        y = Scale(0, top_value(rows), top + PLOT_HEIGHT, top + HEADROOM)
        area = Box(left, top, left + width, y.left)
        _draw(sheet, Frame(x, y, left + width - slot / 2 + SLOT_GAP / 2, area), rows, lang)
    return sheet


def _tops(titles: Sequence[Sequence[str]], columns: int) -> tuple[list[float], float]:
    """The top of the plots in each row of panels, and where the last row ends, in points."""
    tops, y = [], 0.0
    for start in range(0, len(titles), columns):
        y += line_height() * max(map(len, titles[start : start + columns])) + TITLE_GAP
        tops.append(y)
        y += PLOT_HEIGHT + AXIS_HEIGHT + ROW_GAP
    return tops, y - ROW_GAP


def _draw(sheet: Sheet, frame: Frame, points: Sequence[Point], lang: str) -> None:
    """One panel: its breaks, figures and years."""
    for time, _ in break_times(points):
        draw_break(sheet, frame, time, frame.area.top)
    draw_panel(sheet, frame, points)
    bottom = draw_years(sheet, frame.x, frame.area.bottom)
    if any(not point.dated for point in points):
        name = bottom - 1 - line_height(SMALL) / 2
        write(sheet, frame.slot, name, [say("remark.undated", lang)], size=SMALL, color=MUTED, align="center")


def _years(points: Sequence[Point]) -> tuple[int, int]:
    """The first year and the end of the last, of all dated figures."""
    dated = [point for point in points if point.dated]
    first = min((math.floor(point.time - point.span / 2 + ROUNDING) for point in dated), default=0)
    last = max((math.ceil(point.time + point.span / 2 - ROUNDING) for point in dated), default=1)
    return first, last


def _slot_width(points: Sequence[Point], lang: str) -> float:
    """What figures without a date need to the right of the years; nothing if all have one."""
    texts = [text_width(point.text, SMALL, True) for point in points if not point.dated]
    if not texts:
        return 0.0
    return max(*texts, text_width(say("remark.undated", lang), SMALL), LEAST_SLOT) + SLOT_GAP


@chart_style()
def rank_chart(table: pd.DataFrame, lang: str) -> Figure:
    """A panel over the sheet's width for each `panel` of the table: ranks by year, the first place on top.

    table: as for `series_chart`; optional: changed (what broke the series before the row, in a few words,
    written above the break). Raises ValueError as `series_chart` does."""
    check_lang(lang)
    points = read_points(table)
    slot = _slot_width(points, lang)
    sheet, y = Sheet(), 0.0
    plans = []
    for name, rows in by_panel(points).items():
        lines = wrap(name, right_edge() - LEFT, bold=True)
        top = y + line_height() * len(lines) + TITLE_GAP
        plans.append((lines, top, rows))
        y = top + RANK_HEIGHT + AXIS_HEIGHT + ROW_GAP
    fix_sheet(sheet, draw_key(sheet, _key(points, lang), LEFT, y - ROW_GAP + KEY_GAP))
    x = Scale(*_years(points), LEFT, right_edge() - slot)
    for lines, top, rows in plans:
        write(sheet, LEFT, top - line_height() * len(lines) / 2 - TITLE_GAP, lines, bold=True)
        notes = line_height(SMALL) + NOTE_STALK if any(point.changed for point in rows) else 0.0
        bottom = top + RANK_HEIGHT
        scale = Scale(max(top_value(rows), 2), 1, bottom - FOOTROOM, top + notes + HEADROOM)
        frame = Frame(
            x, scale, right_edge() - slot / 2 + SLOT_GAP / 2, Box(LEFT, top + notes, right_edge(), bottom)
        )
        _write_changes(sheet, frame, rows, top)
        _draw(sheet, frame, rows, lang)
    return sheet


def _write_changes(sheet: Sheet, frame: Frame, points: Sequence[Point], top: float) -> None:
    """What changed at each break, side by side above the breaks, with a line down to its own."""
    breaks = [(time, point.changed) for time, point in break_times(points) if point.changed]
    widths = [text_width(text, SMALL) + NOTE_PADDING for _, text in breaks]
    middles = spread([frame.x.at(time) for time, _ in breaks], widths, LEFT, right_edge())
    for (time, text), middle in zip(breaks, middles, strict=True):
        write(sheet, middle, top + line_height(SMALL) / 2, [text], size=SMALL, color=MUTED, align="center")
        draw_line(sheet, (middle, frame.x.at(time)), (top + line_height(SMALL), frame.area.top), color=MUTED)


def _key(points: Sequence[Point], lang: str) -> list[KeyItem]:
    used = {point.grade for point in points}
    items = [
        KeyItem(say("chart_key.grade", lang, grade=grade), "dot", Look(face=FACES[grade]))
        for grade in GRADES
        if grade in used
    ]
    if any(point.is_article for point in points):
        items.append(KeyItem(say("chart_key.article", lang), look=Look(ACCENT, ACCENT)))
    if any(not point.exact and not point.is_article for point in points):
        items.append(KeyItem(say("chart_key.bound", lang), look=Look(face=PAPER)))
    if any(math.isinf(point.high) for point in points):
        items.append(KeyItem(say("chart_key.open_high", lang), "up", Look(face=PAPER)))
    if any(point.joined for point in points):
        items.append(KeyItem(say("chart_key.line", lang), "line"))
    if any(point.break_before for point in points):
        items.append(KeyItem(say("chart_key.break", lang), "dashes", Look(MUTED, MUTED)))
    return items


def describe_series(table: pd.DataFrame, lang: str) -> str:
    """The alt text of `series_chart`: its panels, then each panel's figures. Raises ValueError as the chart
    does.
    """
    return _description(table, lang, "alt.series")


def describe_ranks(table: pd.DataFrame, lang: str) -> str:
    """The alt text of `rank_chart`: its panels, then each panel's ranks and breaks. Raises ValueError as the
    chart.
    """
    return _description(table, lang, "alt.ranks")


def _description(table: pd.DataFrame, lang: str, head: str) -> str:
    check_lang(lang)
    panels = by_panel(read_points(table))
    first = say(head, lang, panels=say("alt_number.panel", lang, number=len(panels)))
    sentences = [
        say("alt.named", lang, name=name, text=clauses([_phrase(point, lang) for point in rows], lang))
        for name, rows in panels.items()
    ]
    return story([first, *sentences], lang)


def _phrase(point: Point, lang: str) -> str:
    if point.is_article:
        date = point.date or say("remark.undated", lang)
        return say("alt.article_point", lang, text=point.text, date=date)
    figure = {"date": point.date, "text": point.text, "grade": point.grade}
    if not point.break_before:
        return say("alt.point", lang, **figure)
    if not point.changed:
        return say("alt.point_after_break", lang, **figure)
    return say("alt.point_after_change", lang, **figure, changed=point.changed)
