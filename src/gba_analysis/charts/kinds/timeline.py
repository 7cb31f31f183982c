"""The time line: dated events under each other on an axis of years, the date written beside each mark.

What is known of a date is drawn, no more: an event known to the year only is a bar one year wide, an event
that goes on is an arrow to the axis's edge and says so."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from gba_analysis.charts.look.plot import Plot
from gba_analysis.charts.look.sheet import DOT, SOLID, Look, Sheet, close_sheet, draw_line, line_height, write
from gba_analysis.charts.look.style import PALE, chart_style, right_edge
from gba_analysis.charts.look.wrap import text_width
from gba_analysis.charts.parts import marks
from gba_analysis.charts.parts.dates import date_text, last_year
from gba_analysis.charts.parts.rows import Row, labelled_rows, write_rows
from gba_analysis.charts.parts.scale import AXIS_GAP, TEXT_GAP, Scale, draw_years, plot_area
from gba_analysis.charts.parts.sentences import story
from gba_analysis.charts.parts.table_rows import (
    CellError,
    as_flag,
    as_number,
    as_text,
    cell,
    one_of,
    read_rows,
)
from gba_analysis.languages import check_lang
from gba_analysis.words import say

KINDS = ("point", "year", "span")
YEAR_ONLY = Look(face=PALE)
# What an event that goes on needs of the axis beyond its known beginning, in years.
ARROW_YEARS = 0.6


def _as_end(value: Any) -> float:
    try:
        return as_number(value)
    except CellError:
        return math.nan


@dataclass(frozen=True)
class Event:
    """One row, known from `start` to `known_end` (years: 2021.5 = the middle of 2021).

    end: NaN if it is no number, which only an event that goes on may have."""

    start: float = cell(as_number)
    end: float = cell(_as_end)
    label: str = cell(as_text)
    kind: str = cell(one_of(*KINDS))
    ongoing: bool = cell(as_flag)

    def __post_init__(self) -> None:
        if self.kind == "year" and self.start != int(self.start):
            raise CellError(f"{self.start:g}", "a whole year for the kind 'year'", column="start")
        if not self.ongoing:
            self._check_end()

    def _check_end(self) -> None:
        if math.isnan(self.end):
            raise CellError("no number (NaN)", "a number", column="end")
        if self.start > self.end:
            raise CellError(f"{self.start:g}, after end = {self.end:g}", "start ≤ end", column="start")
        right, expected = {
            "point": (self.end == self.start, "end = start"),
            "year": (self.end == self.start + 1, "end = start + 1"),
            "span": (self.end > self.start, "an end after start"),
        }[self.kind]
        if not right:
            found = f"{self.end:g} with start = {self.start:g}"
            raise CellError(found, f"{expected} for the kind {self.kind!r}", column="end")

    @property
    def known_end(self) -> float:
        """The end of what is known; an event that goes on does so from here."""
        if self.ongoing:
            return self.start + 1 if self.kind == "year" else self.start
        return self.end

    @property
    def text_gap(self) -> float:
        """From the mark's right end to the date, in points."""
        return TEXT_GAP + (DOT / 2 - 1 if self.kind == "point" and not self.ongoing else 0)


@chart_style()
def timeline_chart(table: pd.DataFrame, lang: str) -> Figure:
    """Each event as a mark on an axis of years, by its start, equal starts in the table's order.

    table: start, end (years as numbers: 2021.5 = the middle of 2021), label, kind, ongoing (true or false).
    kind: `point` (a dot, end = start; its month is written), `year` (known to the year only, start the year
    and end = start + 1), `span` (from start to end; 2024 to 2026 = the years 2024 and 2025). Of an ongoing
    event the end is not used and may be missing. Raises ValueError for a missing column, no rows, NaN, start
    after end, an unknown kind or an end that does not go with its kind."""
    check_lang(lang)
    events = _events(table)
    dates = [_going_on(event, _date(event, lang), lang) for event in events]
    rows = labelled_rows([event.label for event in events], heights=[line_height()] * len(events))
    scale = _fit_years(events, dates, rows.left)
    sheet = Sheet()
    write_rows(sheet, rows)
    plot = plot_area(sheet, scale)
    for row, event, date in zip(rows.rows, events, dates, strict=True):
        _draw_event(sheet, plot, scale=scale, row=row, event=event)
        write(sheet, _right_end(event, scale) + event.text_gap, row.middle, [date])
    close_sheet(sheet, draw_years(sheet, scale, rows.bottom + AXIS_GAP))
    return sheet


def _events(table: pd.DataFrame) -> list[Event]:
    """The events by their start."""
    return sorted(read_rows(table, Event), key=lambda event: event.start)


def _date(event: Event, lang: str) -> str:
    known = event.kind == "point"
    return date_text(event.start, event.known_end, lang, month_known=known, ongoing=event.ongoing)


def _going_on(event: Event, text: str, lang: str) -> str:
    return say("event_date.goes_on", lang, text=text) if event.ongoing else text


def _fit_years(events: Sequence[Event], dates: Sequence[str], left: float) -> Scale:
    """The axis of whole years on which every mark and the date to its right fit on the sheet."""
    first = math.floor(min(event.start for event in events))
    years = [last_year(event.start, event.known_end) + 1 for event in events]
    last = max([*years, *(event.known_end + ARROW_YEARS for event in events if event.ongoing)])
    shares = [1.0 if event.ongoing else (event.known_end - first) / (last - first) for event in events]
    rooms = [
        right_edge() - left - event.text_gap - text_width(date)
        for event, date in zip(events, dates, strict=True)
    ]
    width = min(
        [right_edge() - left, *(room / share for room, share in zip(rooms, shares, strict=True) if share)]
    )
    return Scale(first, last, left, left + width)


def _right_end(event: Event, scale: Scale) -> float:
    return scale.right if event.ongoing else scale.at(event.known_end)


def _draw_event(sheet: Sheet, plot: Plot, *, scale: Scale, row: Row, event: Event) -> None:
    draw_line(sheet, (scale.left, scale.at(event.start)), (row.middle, row.middle))
    start, end, y = event.start, event.known_end, row.middle
    if event.ongoing:
        marks.draw_arrow(plot, scale, low=end, high=scale.high, y=y, shape="right", look=SOLID)
    if event.kind == "year":
        marks.draw_bar(plot, low=start, high=end, y=y, look=YEAR_ONLY)
    elif not event.ongoing:
        marks.draw_interval(plot, scale, low=start, high=end, y=y)


def describe_timeline(table: pd.DataFrame, lang: str) -> str:
    """The alt text of `timeline_chart`: its years, then each event with its date. Raises ValueError as the
    chart.
    """
    check_lang(lang)
    events = _events(table)
    head = say(
        "alt.timeline",
        lang,
        events=say("alt_number.event", lang, number=len(events)),
        first=math.floor(events[0].start),
        last=max(last_year(event.start, event.known_end) for event in events),
    )
    return story([head, *(_sentence(event, lang) for event in events)], lang)


def _sentence(event: Event, lang: str) -> str:
    date = _date(event, lang)
    if event.kind == "year":
        return _going_on(event, say("alt.event_of_year", lang, name=event.label, date=date), lang)
    return _going_on(event, say("alt.named", lang, name=event.label, text=date), lang)
