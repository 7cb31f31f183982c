"""The marks on a value axis: bars, dots and arrows, at the positions of their values.

Every mark lies in the axes' data coordinates in x, so that its ends are the values themselves.
"""

from __future__ import annotations

import math

from matplotlib.patches import Patch, Polygon, Rectangle

from gba_analysis.charts.look.plot import Plot
from gba_analysis.charts.look.sheet import CONDITIONAL, DOT, SOLID, Look, arrow_outline
from gba_analysis.charts.look.style import MARK, PALE
from gba_analysis.charts.parts.scale import Scale

BAR = 9.0
# The outline keeps a very short interval visible.
OUTLINE = 1.2


def draw_interval(
    plot: Plot, scale: Scale, *, low: float, high: float, y: float, conditional: bool = False
) -> None:
    """A bar from `low` to `high`, a dot if they are equal, an arrow to the axis's edge for an open end.

    On a logarithmic axis zero is beyond the left edge, hence also an arrow.
    """
    look = CONDITIONAL if conditional else SOLID
    if low == high:
        draw_dot(plot, low, y, pale=conditional)
    elif high == math.inf:
        draw_arrow(plot, scale, low=low, high=scale.high, y=y, shape="right", look=look)
    elif low == -math.inf or (scale.log and low <= 0):
        draw_arrow(plot, scale, low=scale.low, high=high, y=y, shape="left", look=look)
    else:
        draw_bar(plot, low=low, high=high, y=y, look=look)


def draw_dot(plot: Plot, value: float, y: float, *, pale: bool = False) -> None:
    """A dot at `value`."""
    face = PALE if pale else MARK
    plot.sign(value, y, shape="o", size=DOT, face=face, edge=MARK, edge_width=OUTLINE)


def draw_bar(plot: Plot, *, low: float, high: float, y: float, look: Look) -> None:
    """A bar from `low` to `high`."""
    _draw(plot, Rectangle((low, y - BAR / 2), high - low, BAR), look)


def draw_arrow(
    plot: Plot, scale: Scale, *, low: float, high: float, y: float, shape: str, look: Look
) -> None:
    """A bar from `low` to `high` with an arrow head at its right or left end (shape)."""
    outline = arrow_outline(scale.at(low), scale.at(high), y=y, height=BAR, shape=shape)
    # The ends are the values themselves; only the neck of the head is a position on the sheet.
    exact = {scale.at(low): low, scale.at(high): high}
    _draw(plot, Polygon([(exact.get(x, scale.value(x)), y) for x, y in outline], closed=True), look)


def _draw(plot: Plot, mark: Patch, look: Look) -> None:
    mark.set(facecolor=look.face, edgecolor=look.edge, hatch=look.hatch or None)
    mark.set(linewidth=OUTLINE, clip_on=False)
    plot.add(mark)
