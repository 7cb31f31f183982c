"""What a reader would see of a Figure: its texts with their boxes, its marks with their values."""

from __future__ import annotations

import io
from itertools import combinations

from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text

# Points by which boxes may touch: rounding, not something to see.
TOLERANCE = 0.05


def texts(figure):
    return [text for text in figure.findobj(Text) if text.get_text()]


def words(figure):
    """All texts of the figure, in the order they were written, lines joined by a space."""
    return " ".join(text.get_text() for text in texts(figure))


def boxes(figure):
    """The box of each text in points, as the SVG has it."""
    figure.set_dpi(72)
    width, height = figure.get_size_inches() * 72
    renderer = RendererSVG(width, height, io.StringIO())
    return [(text.get_text(), text.get_window_extent(renderer)) for text in texts(figure)]


def assert_readable(figure):
    """Every text inside the page, no text on another, no text on a bar that is not its own."""
    found = boxes(figure)
    width, height = figure.get_size_inches() * 72
    for text, box in found:
        inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
        assert inside, f"{text!r} is cut off: {box.extents} in {width} x {height}"
    for (first, a), (second, b) in combinations(found, 2):
        assert not overlap(a, b), f"{first!r} stands on {second!r}"


def assert_clear_of_marks(figure):
    """No text on a mark; for charts that write beside their marks."""
    marks = [patch.get_window_extent() for ax in figure.plots for patch in ax.patches]
    for text, box in boxes(figure):
        assert not any(overlap(box, mark) for mark in marks), f"{text!r} stands on a mark"


def overlap(a, b):
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.y1, b.y1) - max(a.y0, b.y0)
    return wide > TOLERANCE and high > TOLERANCE


def bars(figure):
    """(low, high) of every bar, in data coordinates, from the top down."""
    patches = [patch for patch in figure.plots[0].patches if isinstance(patch, Rectangle)]
    ordered = sorted(patches, key=lambda patch: (patch.get_y(), patch.get_x()))
    return [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in ordered]


def arrows(figure):
    """(low, high) of every arrow, in data coordinates, and whether its head is at the high end."""
    outlines = [patch.get_xy()[:-1] for patch in figure.plots[0].patches if isinstance(patch, Polygon)]
    return [_arrow(outline) for outline in outlines]


def _arrow(outline):
    xs = list(outline[:, 0])
    tip = next(x for x in xs if xs.count(x) == 1)
    return min(xs), max(xs), tip == max(xs)


def dots(figure):
    """The value of every dot."""
    return [float(line.get_xdata()[0]) for line in figure.plots[0].lines]
