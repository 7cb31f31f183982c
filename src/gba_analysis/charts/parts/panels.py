"""One panel of a chart of several: figures of other sources in time, the article's figure beside them.

A dot is an exact number, a bar an interval, its fill the source's grade. The article's figure is drawn in the
accent colour: at its date, or without a date in a place of its own at the right. Which panels stand where is
not decided here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from gba_analysis.charts.look.palette import tint
from gba_analysis.charts.look.plot import Plot
from gba_analysis.charts.look.sheet import DASHES, Sheet, line_height, write
from gba_analysis.charts.look.style import ACCENT, ACCENT_PALE, INK, MARK, MUTED, PAPER, SMALL
from gba_analysis.charts.look.wrap import text_width
from gba_analysis.charts.parts.panel_table import Point, break_times
from gba_analysis.charts.parts.scale import Scale, plot_box

FACES = {"A": MARK, "B": tint(0.45), "C": PAPER}
DOT, DIAMOND, ARROW, BAR, ARTICLE_BAR = 6.5, 6.5, 9.0, 6.0, 11.0
OUTLINE = 1.1
# Between a mark and its text, and between texts, in points.
NEAR = 2.0
# A line is kept clear of texts at this many places.
LINE_STEPS = 12
# Of a time known to the year, a bar of the article is at least this long.
LONG_SPAN = 0.5


@dataclass(frozen=True)
class Box:
    """An extent on the sheet in points."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 0 and high > 0

    def holds(self, other: Box) -> bool:
        inside = self.left <= other.left and other.right <= self.right
        return inside and self.top <= other.top and other.bottom <= self.bottom


@dataclass(frozen=True)
class Frame:
    """Where a panel's figures stand: `x` in years, `y` from the bottom to the top, `slot` the place of
    figures without a date (its middle, in points), `area` all that texts may use.
    """

    x: Scale
    y: Scale
    slot: float
    area: Box

    def middle(self, point: Point) -> float:
        """The sheet position of a figure's time."""
        return self.x.at(point.time) if point.dated else self.slot

    def years(self, points: float) -> float:
        """A width in points as years."""
        return points * (self.x.high - self.x.low) / (self.x.right - self.x.left)


def draw_panel(sheet: Sheet, frame: Frame, points: Sequence[Point]) -> None:
    """Draw the figures of one panel with their texts; a text that has no room is left out, the article's
    never is.
    """
    plot = plot_box(sheet, frame.x, frame.y)
    for before, point in pairwise(points):
        if point.joined:
            times, values = [before.time, point.time], [before.low, point.low]
            plot.add(Line2D(times, values, color=MARK, linewidth=1.0, zorder=1))
    for point in points:
        if point.is_article:
            _draw_article(plot, frame, point)
        else:
            _draw_reference(plot, frame, point)
    _write_texts(sheet, frame, points)


def _draw_reference(plot: Plot, frame: Frame, point: Point) -> None:
    face = FACES[point.grade]
    if point.exact:
        plot.sign(point.time, point.low, shape="o", size=DOT, face=face, edge=MARK, edge_width=OUTLINE)
    else:
        _draw_bar(plot, frame, point, time=point.time, width=BAR, face=face, edge=MARK)


def _draw_article(plot: Plot, frame: Frame, point: Point) -> None:
    if not point.dated:
        _draw_level(plot, frame, point)
    if point.dated and point.span >= LONG_SPAN and point.exact:
        times = [point.time - point.span / 2, point.time + point.span / 2]
        line = Line2D(times, [point.low] * 2, color=ACCENT, linewidth=4, solid_capstyle="butt", zorder=1.5)
        line.set_clip_on(False)
        plot.add(line)
        return
    time = point.time if point.dated else frame.x.low + frame.years(frame.slot - frame.x.left)
    if point.exact:
        plot.sign(time, point.low, shape="D", size=DIAMOND, face=ACCENT, edge=ACCENT, edge_width=OUTLINE)
    else:
        _draw_bar(plot, frame, point, time=time, width=ARTICLE_BAR, face=ACCENT, edge=ACCENT)


def _draw_level(plot: Plot, frame: Frame, point: Point) -> None:
    """The level of a figure across the years, because its year is not known; its mark stands beside them."""
    years = frame.x.low, frame.x.high
    if point.exact:
        plot.add(Line2D(years, [point.low] * 2, linestyle=":", color=ACCENT, linewidth=0.9, zorder=0))
    else:
        ends = point.low, min(point.high, max(frame.y.low, frame.y.high))
        corners = map(np.array, (years, *ends))
        plot.add(FillBetweenPolyCollection("x", *corners, facecolor=ACCENT_PALE, linewidth=0, zorder=0))


def _draw_bar(
    plot: Plot, frame: Frame, point: Point, *, time: float, width: float, face: str, edge: str
) -> None:
    """A bar from the lower to the upper end around `time`, `width` points wide; an open end is an arrow head
    at the panel's edge.
    """
    high = point.high if math.isfinite(point.high) else frame.y.high
    years = frame.years(width)
    extent = (time - years / 2, point.low), years, high - point.low
    plot.add(Rectangle(*extent, facecolor=face, edgecolor=edge, linewidth=OUTLINE, clip_on=False, zorder=2))
    if math.isinf(point.high):
        plot.sign(time, high, shape="^", size=ARROW, face=face, edge=edge, edge_width=OUTLINE)


def _write_texts(sheet: Sheet, frame: Frame, points: Sequence[Point]) -> None:
    """Write each figure beside its mark where there is room: the article's first, then the last and the
    first.
    """
    breaks = [frame.x.at(time) for time, _ in break_times(points)]
    taken = [
        *(_mark_box(frame, point) for point in points),
        *_line_boxes(frame, points),
        *(Box(x - 1, frame.area.top, x + 1, frame.area.bottom) for x in breaks),
    ]
    references = [point for point in points if not point.is_article]
    must = [*(point for point in points if point.is_article), *references[-1:], *references[:1]]
    for point in dict.fromkeys([*must, *references]):
        place = _free_place(frame, point, taken)
        if place or point.is_article:
            box = place or _places(frame, point)[0]
            taken.append(box)
            color = ACCENT if point.is_article else INK
            middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            write(
                sheet, *middle, [point.text], size=SMALL, bold=point.is_article, color=color, align="center"
            )


def _mark_box(frame: Frame, point: Point) -> Box:
    x, half = frame.middle(point), (ARTICLE_BAR if point.is_article else DOT) / 2
    if point.dated and point.is_article:
        half = max(half, frame.x.at(point.time + point.span / 2) - x)
    reach = DOT / 2 if point.exact else OUTLINE
    ends = frame.y.at(point.low), frame.y.at(point.high)
    head = ARROW / 2 if math.isinf(point.high) else 0.0
    return Box(x - half, min(ends) - reach - head, x + half, max(ends) + reach)


def _line_boxes(frame: Frame, points: Sequence[Point]) -> list[Box]:
    """Small boxes along the lines, which texts keep clear of."""
    boxes = []
    for before, point in pairwise(points):
        for step in range(LINE_STEPS * point.joined):
            share = step / LINE_STEPS
            x = frame.x.at(before.time + (point.time - before.time) * share)
            y = frame.y.at(before.low + (point.low - before.low) * share)
            boxes.append(Box(x - 1, y - 1, x + 1, y + 1))
    return boxes


def _free_place(frame: Frame, point: Point, taken: Sequence[Box]) -> Box | None:
    places = (place for place in _places(frame, point) if frame.area.holds(place))
    return next((place for place in places if not any(place.meets(box) for box in taken)), None)


def _places(frame: Frame, point: Point) -> list[Box]:
    """Where the text of a figure may stand: above its mark, below it, beside it, or above and to one side."""
    mark = _mark_box(frame, point)
    width, height = text_width(point.text, SMALL, point.is_article), line_height(SMALL)
    x, y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    above = Box(x - width / 2, mark.top - NEAR - height, x + width / 2, mark.top - NEAR)
    below = Box(x - width / 2, mark.bottom + NEAR, x + width / 2, mark.bottom + NEAR + height)
    right = Box(mark.right + NEAR, y - height / 2, mark.right + NEAR + width, y + height / 2)
    left = Box(mark.left - NEAR - width, y - height / 2, mark.left - NEAR, y + height / 2)
    to_right = Box(mark.left, above.top, mark.left + width, above.bottom)
    to_left = Box(mark.right - width, above.top, mark.right, above.bottom)
    return [above, below, right, left, to_right, to_left]


def draw_break(sheet: Sheet, frame: Frame, time: float, top: float) -> None:
    """A dashed line from `top` down to the axis: what stands at its sides is not comparable."""
    x = frame.x.at(time)
    # Above the panel's level band, which would hide it.
    line = Line2D((x, x), (top, frame.y.left), color=MUTED, linewidth=0.8, linestyle=DASHES, zorder=1)
    line.set_transform(sheet.points)
    sheet.add_artist(line)
