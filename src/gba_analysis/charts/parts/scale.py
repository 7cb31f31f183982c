"""The value axis: limits that leave room for the texts beside the bars, and ticks with their texts.

Which marks stand on the axis does not belong here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.ticker import MaxNLocator

from gba_analysis.charts.look.plot import Plot
from gba_analysis.charts.look.sheet import POINTS, Sheet, draw_line, line_height, write
from gba_analysis.charts.look.style import LEFT, MUTED, SMALL, right_edge, sheet_width
from gba_analysis.charts.look.wrap import text_width, wrap
from gba_analysis.figures.text import SCALES, UNGROUPED_BELOW

# Between a mark and its text, and the least length of an arrow, in points.
TEXT_GAP = 7.0
ARROW_LENGTH = 30.0
TICK_LENGTH = 3.0
# Between the last row and the axis.
AXIS_GAP = 3.0
# Least distance between two tick texts.
TICK_GAP = 14.0
MOST_TICKS = 7
# Least room around the name of a year.
YEAR_PADDING = 6.0


@dataclass(frozen=True)
class AxisNeed:
    """What one row needs of the axis: its ends (infinite = open), and the points its text takes to their
    right.
    """

    low: float
    high: float
    text_width: float


@dataclass(frozen=True)
class Scale:
    """An axis from the value `low` at the position `left` to `high` at `right` (points)."""

    low: float
    high: float
    left: float
    right: float
    log: bool = False

    def at(self, value: float) -> float:
        """The sheet position of `value`; beyond the axis, the nearer edge."""
        if self.log and value <= 0:
            return self.left
        share = (_length(value, self.log) - _length(self.low, self.log)) / self._length
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def value(self, position: float) -> float:
        """The value at a sheet position in points."""
        share = (position - self.left) / (self.right - self.left)
        length = _length(self.low, self.log) + share * self._length
        return 10**length if self.log else length

    @property
    def _length(self) -> float:
        return _length(self.high, self.log) - _length(self.low, self.log)


def plot_area(sheet: Sheet, scale: Scale) -> Plot:
    """A plot of `scale` over the sheet's whole height: x is a value, y is points from the top."""
    left, width = scale.left / sheet_width(), (scale.right - scale.left) / sheet_width()
    return Plot(sheet, (left, 0, width, 1), x=(scale.low, scale.high), y=(0, 1), log=scale.log)


def plot_box(sheet: Sheet, x: Scale, y: Scale) -> Plot:
    """A plot of two values on a sheet of fixed height: `y` is a scale from the box's bottom to its top, in
    points.
    """
    height = sheet.get_size_inches()[1] * POINTS
    extent = (
        x.left / sheet_width(),
        1 - y.left / height,
        (x.right - x.left) / sheet_width(),
        (y.left - y.right) / height,
    )
    return Plot(sheet, extent, x=(x.low, x.high), y=(y.low, y.high), log=False)


def _length(value: float, log: bool) -> float:
    return math.log10(value) if log else value


def fit_scale(needs: Sequence[AxisNeed], left: float, *, log: bool = False) -> Scale:
    """The scale from `left` on which every bar and the text to its right fit on the sheet.

    An open row runs to the axis's right edge, and its text stands beyond it. A linear axis begins at zero.
    """
    open_texts = [need.text_width for need in needs if need.high == math.inf]
    right = right_edge() - max(open_texts, default=0.0)
    # Beside an arrow, every end stays clear of the edge, or it would seem to be where the arrow ends.
    edge = right - ARROW_LENGTH if open_texts else right
    begin = _begin(needs, log)
    length = (
        max(_reach(need, begin, log) * (right - left) / (_limit(need, edge) - left) for need in needs) or 1.0
    )
    low, high = (10**begin, 10 ** (begin + length)) if log else (begin, begin + length)
    return Scale(low, high, left, right, log)


def _limit(need: AxisNeed, edge: float) -> float:
    """How far to the right, in points, the last end of `need` may stand."""
    return edge if need.high == math.inf else min(edge, right_edge() - need.text_width)


def _begin(needs: Sequence[AxisNeed], log: bool) -> float:
    ends = [
        end for need in needs for end in (need.low, need.high) if math.isfinite(end) and (end > 0 or not log)
    ]
    if not log:
        return min(0.0, *ends)
    # A tenth of a decade stays free, so that the smallest mark does not touch the edge.
    return math.floor(math.log10(min(ends)) - 0.1)


def _reach(need: AxisNeed, begin: float, log: bool) -> float:
    """The distance of the last end of `need` from the axis's beginning; on a logarithmic axis in decades."""
    end = need.low if need.high == math.inf else need.high
    return max(_length(end, log) - begin, 0.0) if end > 0 or not log else 0.0


def ticks(scale: Scale, lang: str) -> list[tuple[float, str]]:
    """Round values on the axis with their texts, as many as stand side by side without touching."""
    options = (
        _decades(scale) if scale.log else [_round_values(scale, most) for most in range(MOST_TICKS, 0, -1)]
    )
    named = [_on_page(scale, [(value, tick_text(value, lang)) for value in values]) for values in options]
    return next((option for option in named if _are_apart(scale, option)), named[-1][:1])


def _round_values(scale: Scale, most: int) -> list[float]:
    locator = MaxNLocator(nbins=most, steps=[1, 2, 5, 10])
    return [
        float(value)
        for value in locator.tick_values(scale.low, scale.high)
        if scale.low <= value <= scale.high
    ]


def _decades(scale: Scale) -> list[list[float]]:
    first, last = math.floor(math.log10(scale.low) + 1e-9), math.floor(math.log10(scale.high) + 1e-9)
    fine = [digit * 10.0**power for power in range(first, last + 1) for digit in (1, 2, 5)]
    options = [
        fine,
        *([10.0**power for power in range(first, last + 1, step)] for step in range(1, last - first + 2)),
    ]
    return [[value for value in option if value <= scale.high] for option in options]


def _on_page(scale: Scale, named: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    def fits(value: float, text: str) -> bool:
        half = text_width(text, SMALL) / 2
        return scale.at(value) - half >= LEFT and scale.at(value) + half <= right_edge()

    return [(value, text) for value, text in named if fits(value, text)]


def _are_apart(scale: Scale, named: Sequence[tuple[float, str]]) -> bool:
    extents = [(scale.at(value), text_width(text, SMALL) / 2) for value, text in named]
    return all(b - a >= half_a + half_b + TICK_GAP for (a, half_a), (b, half_b) in pairwise(extents))


def tick_text(value: float, lang: str) -> str:
    """A round number as the texts of the figures have it: 5,000 or 5000; 200 million or 2亿."""
    steps = ((10**power, unit) for power, unit in SCALES[lang].items())
    step, unit = next(((step, unit) for step, unit in steps if abs(value) >= step), (1, ""))
    number = value / step
    grouped = f"{number:,.10g}" if abs(number) >= UNGROUPED_BELOW[lang] else f"{number:.10g}"
    return grouped.replace("-", "−") + unit


def draw_axis(
    sheet: Sheet, scale: Scale, *, named: Sequence[tuple[float, str]], title: str, top: float
) -> float:
    """Draw the axis with its ticks and, under them, what it measures; returns the height reached in
    points.
    """
    bottom = draw_ticks(sheet, scale, at=[value for value, _ in named], named=named, top=top)
    lines = wrap(title, right_edge() - scale.left, SMALL)
    height = line_height(SMALL) * len(lines)
    write(sheet, scale.left, bottom + height / 2, lines, size=SMALL, color=MUTED)
    return bottom + height


def draw_ticks(
    sheet: Sheet, scale: Scale, *, at: Sequence[float], named: Sequence[tuple[float, str]], top: float
) -> float:
    """Draw the axis's line with ticks `at` some values, and the `named` values under it; returns the height
    reached in points.
    """
    draw_line(sheet, (scale.left, scale.right), (top, top), color=MUTED)
    for value in at:
        draw_line(sheet, (scale.at(value),) * 2, (top, top + TICK_LENGTH), color=MUTED)
    names = top + TICK_LENGTH + 1
    for value, text in named:
        write(
            sheet,
            scale.at(value),
            names + line_height(SMALL) / 2,
            [text],
            size=SMALL,
            color=MUTED,
            align="center",
        )
    return names + line_height(SMALL) + 1


def draw_years(sheet: Sheet, scale: Scale, top: float) -> float:
    """Ticks where years begin, their names between the ticks; returns the height reached in points."""
    years = range(int(scale.low), math.floor(scale.high))
    room = scale.at(scale.low + 1) - scale.left
    step = math.ceil((text_width("2000", SMALL) + YEAR_PADDING) / room)
    named = [(year + 0.5, str(year)) for year in years if (year - years[0]) % step == 0]
    return draw_ticks(sheet, scale, at=[*years, years[-1] + 1], named=named, top=top)
