"""The marks on a value axis: bars, dots and arrows, at the positions of their values.

Every mark lies in the axes' data coordinates in x, so that its ends are the values themselves.
"""

from __future__ import annotations

import math

from matplotlib.patches import Polygon, Rectangle

from gba_analysis.charts.look.plot import Plot
from gba_analysis.charts.look.sheet import CONDITIONAL, DOT, arrow_outline
from gba_analysis.charts.look.style import MARK, PALE
from gba_analysis.charts.parts.scale import Scale

BAR = 9.0
# The outline keeps a very short interval visible.
OUTLINE = 1.2
SOLID = {"face": MARK, "edge": MARK, "hatch": ""}


def draw_interval(
    plot: Plot, scale: Scale, low: float, high: float, y: float, conditional: bool = False
) -> None:
    """A bar from `low` to `high`, a dot if they are equal, an arrow to the axis's edge for an open end.

    On a logarithmic axis zero is beyond the left edge, hence also an arrow.
    """
    look = CONDITIONAL if conditional else SOLID
    if low == high:
        draw_dot(plot, low, y, pale=conditional)
    elif high == math.inf:
        draw_arrow(plot, scale, low, scale.high, y, "right", look)
    elif low == -math.inf or (scale.log and low <= 0):
        draw_arrow(plot, scale, scale.low, high, y, "left", look)
    else:
        draw_bar(plot, low, high, y, look)


def draw_dot(plot: Plot, value: float, y: float, pale: bool = False) -> None:
    """A dot at `value`."""
    face = PALE if pale else MARK
    plot.sign(value, y, "o", DOT, face, MARK, OUTLINE)


def draw_bar(plot: Plot, low: float, high: float, y: float, look: dict[str, str]) -> None:
    """A bar from `low` to `high`; look: face, edge and hatch."""
    plot.add(Rectangle((low, y - BAR / 2), high - low, BAR, **_style(look)))


def draw_arrow(
    plot: Plot, scale: Scale, low: float, high: float, y: float, shape: str, look: dict[str, str]
) -> None:
    """A bar from `low` to `high` with an arrow head at its right or left end."""
    outline = arrow_outline(scale.at(low), scale.at(high), y, BAR, shape)
    # The ends are the values themselves; only the neck of the head is a position on the page.
    exact = {scale.at(low): low, scale.at(high): high}
    corners = [(exact.get(x, scale.value(x)), y) for x, y in outline]
    plot.add(Polygon(corners, closed=True, **_style(look)))


def _style(look: dict[str, str]) -> dict[str, object]:
    colours = {"facecolor": look["face"], "edgecolor": look["edge"], "hatch": look["hatch"] or None}
    return colours | {"linewidth": OUTLINE, "clip_on": False}
