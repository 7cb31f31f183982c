"""A part of the sheet where marks stand at their values.

It takes the place of matplotlib's Axes, whose ticks, spines and titles no chart shows (the sheet draws its
own), although making them takes longer than drawing a small chart. Which marks stand where is said by each
chart."""

from __future__ import annotations

from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.scale import LogTransform
from matplotlib.transforms import (
    Bbox,
    BboxTransformFrom,
    BboxTransformTo,
    IdentityTransform,
    TransformedBbox,
    blended_transform_factory,
)

from gba_analysis.charts.look.matplotlib_private import told_apart

# Above the lines of the sheet, which lead to the marks, and below its keys and texts.
LAYER = 0.5
# The name of the group in the SVG.
GROUP = "axes"


class Plot(Artist):
    """Marks in the coordinates of two values, over a part of a figure.

    left, bottom, width, height: fractions of the figure. x, y: the values at both ends, y from the bottom to
    the top. log: whether x is logarithmic. A mark is cut off at the edge unless it says that it is not."""

    def __init__(
        self,
        figure: Figure,
        extent: tuple[float, float, float, float],
        *,
        x: tuple[float, float],
        y: tuple[float, float],
        log: bool,
    ) -> None:
        super().__init__()
        self.set_zorder(LAYER)
        self._figure = figure
        self._marks: list[Artist] = []
        (left, right), (bottom, top) = x if log else _apart(x), _apart(y)
        self._view = Bbox.from_extents(left, bottom, right, top)
        scale = (
            blended_transform_factory(LogTransform(10), IdentityTransform()) if log else IdentityTransform()
        )
        place = BboxTransformTo(TransformedBbox(Bbox.from_bounds(*extent), figure.transFigure))
        self.set_transform(scale + (BboxTransformFrom(TransformedBbox(self._view, scale)) + place))
        self._edge = Rectangle((0, 0), 1, 1, transform=place)
        figure.add_artist(self)

    def get_xlim(self) -> tuple[float, float]:
        """The values at the left and the right edge."""
        left, right = self._view.intervalx
        return left, right

    def get_ylim(self) -> tuple[float, float]:
        """The values at the lower and the upper edge."""
        bottom, top = self._view.intervaly
        return bottom, top

    def set_ylim(self, bottom: float, top: float) -> None:
        """Set the values at the lower and the upper edge."""
        self._view.intervaly = _apart((bottom, top))

    def add(self, mark: Artist) -> None:
        """Draw `mark`, whose positions are values."""
        mark.set_figure(self._figure)
        mark.set_transform(self.get_transform())
        if mark.get_clip_path() is None:
            mark.set_clip_path(self._edge)
        self._marks.append(mark)

    def sign(
        self, x: float, y: float, *, shape: str, size: float, face: str, edge: str, edge_width: float
    ) -> None:
        """Draw one of matplotlib's markers at a value, never cut off. size, edge_width: in points."""
        sign = Line2D([x], [y], linestyle="", marker=shape, markersize=size, color=face)
        sign.set(markeredgecolor=edge, markeredgewidth=edge_width, clip_on=False)
        self.add(sign)

    @property
    def patches(self) -> list[Patch]:
        """The marks that are areas, in the order in which they were added."""
        return [mark for mark in self._marks if isinstance(mark, Patch)]

    @property
    def lines(self) -> list[Line2D]:
        """The marks that are lines or single signs, in the order in which they were added."""
        return [mark for mark in self._marks if isinstance(mark, Line2D)]

    def get_children(self) -> list[Artist]:
        return list(self._marks)

    def draw(self, renderer: RendererBase) -> None:
        renderer.open_group(GROUP, self.get_gid())
        for mark in sorted(self._marks, key=Artist.get_zorder):
            mark.draw(renderer)
        renderer.close_group(GROUP)


def _apart(ends: tuple[float, float]) -> tuple[float, float]:
    """`ends`, moved apart if they are equal, or too small for a computer to tell them apart, as on
    matplotlib's axes.
    """
    low, high = told_apart(*ends)
    return (low, high) if ends[0] <= ends[1] else (high, low)
