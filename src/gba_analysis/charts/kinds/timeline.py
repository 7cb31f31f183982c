"""The time line: dated events under each other on an axis of years, the date written beside each mark.

What is known of a date is drawn, no more: an event known to the year only is a bar one year wide, an event
that goes on is an arrow to the axis's edge and says so."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from gba_analysis.charts.look.plot import Plot
from gba_analysis.charts.look.sheet import DOT, Page, close_page, draw_line, line_height, write
from gba_analysis.charts.look.style import MARK, PALE, chart_style, right_edge
from gba_analysis.charts.look.wrap import text_width
from gba_analysis.charts.parts import checks, marks
from gba_analysis.charts.parts.dates import date_text, last_year
from gba_analysis.charts.parts.rows import Row, labelled_rows, write_rows
from gba_analysis.charts.parts.scale import AXIS_GAP, TEXT_GAP, Scale, draw_years, plot_area
from gba_analysis.charts.parts.wording import counted, story

COLUMNS = ("start", "end", "label", "kind", "ongoing")
KINDS = ("point", "year", "span")
YEAR_ONLY = {"face": PALE, "edge": MARK, "hatch": ""}
# What an event that goes on needs of the axis beyond its known beginning, in years.
ARROW_YEARS = 0.6

WORDS = {
    "en": {
        "year": "known to the year only",
        "chart": "Time line of {events}, {first} to {last}",
        "event": ("event", "events"),
        "row": "{label}: {date}",
        "year_row": "{label}: {date} ({year})",
        "goes_on": ", still going on",
    },
    "zh": {
        "year": "仅知年份",
        "chart": "时间线，{first}年至{last}年，共{events}",
        "event": ("项事件", "项事件"),
        "row": "{label}：{date}",
        "year_row": "{label}：{date}（{year}）",
        "goes_on": "，仍在进行",
    },
}


@dataclass(frozen=True)
class Event:
    """One row, known from `start` to `end` (years: 2021.5 = the middle of 2021); if ongoing, it goes on from
    `end`.
    """

    start: float
    end: float
    label: str
    kind: str
    ongoing: bool

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
    words = WORDS[checks.check_lang(lang)]
    events = _events(table)
    dates = [_date(event, lang) + (words["goes_on"] if event.ongoing else "") for event in events]
    rows = labelled_rows([event.label for event in events], [""] * len(events), [line_height()] * len(events))
    scale = _fit_years(events, dates, rows.left)
    page = Page()
    write_rows(page, rows)
    plot = plot_area(page, scale)
    for row, event, date in zip(rows.rows, events, dates, strict=True):
        _draw_event(page, plot, scale, row, event)
        write(page, _right_end(event, scale) + event.text_gap, row.middle, [date])
    close_page(page, draw_years(page, scale, rows.bottom + AXIS_GAP))
    return page


def _events(table: pd.DataFrame) -> list[Event]:
    checks.require(table, COLUMNS)
    ongoing = checks.flags(table, "ongoing")
    kinds = checks.choices(table, "kind", KINDS)
    starts = checks.numbers(table, "start")
    # An ongoing event may have anything as its end, even nothing.
    known = [
        start if on else end for start, end, on in zip(table["start"], table["end"], ongoing, strict=True)
    ]
    ends = checks.numbers(table.assign(end=known), "end")
    columns = starts, ends, checks.texts(table, "label"), kinds, ongoing
    events = [_event(row, *values) for row, values in enumerate(zip(*columns, strict=True), start=1)]
    return sorted(events, key=lambda event: event.start)


def _event(row: int, start: float, end: float, label: str, kind: str, ongoing: bool) -> Event:
    if kind == "year" and start != int(start):
        raise checks.error("start", row, f"{start:g}", "a whole year for the kind 'year'")
    if ongoing:
        return Event(start, start + 1 if kind == "year" else start, label, kind, ongoing)
    if start > end:
        raise checks.error("start", row, f"{start:g}, after end = {end:g}", "start ≤ end")
    if (kind == "point") != (start == end) or (kind == "year" and end != start + 1):
        expected = {"point": "end = start", "year": "end = start + 1", "span": "an end after start"}[kind]
        raise checks.error("end", row, f"{end:g} with start = {start:g}", f"{expected} for the kind {kind!r}")
    return Event(start, end, label, kind, ongoing)


def _date(event: Event, lang: str) -> str:
    return date_text(event.start, event.end, event.kind == "point", event.ongoing, lang)


def _fit_years(events: Sequence[Event], dates: Sequence[str], left: float) -> Scale:
    """The axis of whole years on which every mark and the date to its right fit on the page."""
    first = math.floor(min(event.start for event in events))
    last = max(last_year(event.start, event.end) + 1 for event in events)
    last = max([last, *(event.end + ARROW_YEARS for event in events if event.ongoing)])
    shares = [1.0 if event.ongoing else (event.end - first) / (last - first) for event in events]
    rooms = [
        right_edge() - left - event.text_gap - text_width(date)
        for event, date in zip(events, dates, strict=True)
    ]
    width = min(
        [right_edge() - left, *(room / share for room, share in zip(rooms, shares, strict=True) if share)]
    )
    return Scale(first, last, left, left + width)


def _right_end(event: Event, scale: Scale) -> float:
    return scale.right if event.ongoing else scale.at(event.end)


def _draw_event(page: Page, plot: Plot, scale: Scale, row: Row, event: Event) -> None:
    draw_line(page, (scale.left, scale.at(event.start)), (row.middle, row.middle))
    if event.ongoing:
        marks.draw_arrow(plot, scale, event.end, scale.high, row.middle, "right", marks.SOLID)
    if event.kind == "year":
        marks.draw_bar(plot, event.start, event.end, row.middle, YEAR_ONLY)
    elif not event.ongoing:
        marks.draw_interval(plot, scale, event.start, event.end, row.middle)


def describe_timeline(table: pd.DataFrame, lang: str) -> str:
    """The alt text of `timeline_chart`: its years, then each event with its date. Raises ValueError as the
    chart.
    """
    words = WORDS[checks.check_lang(lang)]
    events = _events(table)
    first, last = math.floor(events[0].start), max(last_year(event.start, event.end) for event in events)
    number = counted(len(events), *words["event"])
    head = words["chart"].format(events=number, first=first, last=last)
    return story([head, *(_sentence(event, words, lang) for event in events)], lang)


def _sentence(event: Event, words: dict, lang: str) -> str:
    pattern = words["year_row" if event.kind == "year" else "row"]
    sentence = pattern.format(date=_date(event, lang), label=event.label, year=words["year"])
    return sentence + (words["goes_on"] if event.ongoing else "")
