"""The page a chart is drawn on: texts, lines and keys at points from its top left corner.

A page grows downwards: a chart draws from the top and says at the end how high it has become.
Values and their scale do not belong here (`scale`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, Polygon, Rectangle
from matplotlib.transforms import Affine2D, ScaledTranslation, Transform

from gba_analysis.charts.style import INK, LEADING, MARK, PALE, PAPER, RULE, SMALL, TEXT, font, page_width, right_edge
from gba_analysis.charts.wrap import widest, wrap

POINTS = 72
# Height of the middle of capitals and of Chinese characters above the baseline, in font sizes.
MIDDLE = 0.37
# The swatch of a key, the dot of charts and keys, and the distances around its text.
SWATCH = (14.0, 8.0)
DOT = 8.0
SWATCH_GAP = 5.0
KEY_GAP = 16.0
KEY_STEP = 14.0
STROKES = {"line": "-", "dashes": (0, (2.5, 2.5))}


def new_page() -> Figure:
    """An empty page of the fixed width; its height is set by `close_page`."""
    return Figure(figsize=(page_width() / POINTS, 1), facecolor=PAPER)


def close_page(fig: Figure, height: float) -> None:
    """Give the page its height in points; from then on y in its axes is points from the top."""
    fig.set_size_inches(page_width() / POINTS, height / POINTS)
    for ax in fig.axes:
        ax.set_ylim(height, 0)


def fix_page(fig: Figure, height: float) -> None:
    """Give the page its height in points before axes are placed on it, each over a part of the page (`plot_box`)."""
    fig.set_size_inches(page_width() / POINTS, height / POINTS)


def on_page(fig: Figure) -> Transform:
    """Points from the top left corner, to the figure's pixels."""
    corner = ScaledTranslation(0, 1, fig.transFigure)
    return Affine2D().scale(1 / POINTS, -1 / POINTS) + fig.dpi_scale_trans + corner


def line_height(size: float = TEXT) -> float:
    """The height of one line of text in points."""
    return size * LEADING


def write(
    fig: Figure,
    x: float,
    y: float,
    lines: Sequence[str],
    *,
    size: float = TEXT,
    bold: bool = False,
    color: str = INK,
    align: str = "left",
) -> None:
    """Write `lines` around the height `y`, each aligned to `x` (points from the top left corner)."""
    step = line_height(size)
    first = y - step * (len(lines) - 1) / 2 + MIDDLE * size
    for number, line in enumerate(lines):
        fig.text(
            x,
            first + step * number,
            line,
            transform=on_page(fig),
            fontproperties=font(size, bold),
            color=color,
            ha=align,
            va="baseline",
        )


def draw_line(fig: Figure, x: Sequence[float], y: Sequence[float], color: str = RULE, width: float = 0.6) -> None:
    """A thin line through page positions in points, behind everything else."""
    fig.add_artist(Line2D(x, y, transform=on_page(fig), color=color, linewidth=width, zorder=0))


@dataclass(frozen=True)
class KeyItem:
    """One sign of a key with its meaning in words; shape: box, dot, right, left or up (an arrow), line or dashes."""

    text: str
    shape: str = "box"
    face: str = MARK
    edge: str = MARK
    hatch: str = ""


CONDITIONAL = {"face": PALE, "edge": MARK, "hatch": "/////"}


def draw_key(fig: Figure, items: Iterable[KeyItem], left: float, top: float) -> float:
    """Draw `items` side by side, in as many lines as they need; returns the height reached in points."""
    x, y = left, top
    for item in items:
        lines = wrap(item.text, right_edge() - left - SWATCH[0] - SWATCH_GAP, SMALL)
        width = SWATCH[0] + SWATCH_GAP + widest(lines, SMALL)
        if x > left and x + width > right_edge():
            x, y = left, y + KEY_STEP
        bottom = y + line_height(SMALL) * (len(lines) - 1)
        _draw_swatch(fig, item, x, y + KEY_STEP / 2)
        write(fig, x + SWATCH[0] + SWATCH_GAP, (y + bottom + KEY_STEP) / 2, lines, size=SMALL)
        x, y = x + width + KEY_GAP, bottom
    return y + KEY_STEP


def _draw_swatch(fig: Figure, item: KeyItem, x: float, y: float) -> None:
    width, height = SWATCH
    if item.shape in STROKES:
        style = {"color": item.edge, "linewidth": 1.2, "linestyle": STROKES[item.shape]}
        fig.add_artist(Line2D((x, x + width), (y, y), transform=on_page(fig), **style))
        return
    if item.shape == "box":
        patch: Patch = Rectangle((x, y - height / 2), width, height)
    elif item.shape == "dot":
        patch = Circle((x + width / 2, y), DOT / 2)
    elif item.shape == "up":
        patch = Polygon([(x + width / 2, y - height / 2), (x + width * 0.8, y + height / 2), (x + width * 0.2, y + height / 2)])
    else:
        patch = Polygon(arrow_outline(x, x + width, y, height * 0.7, item.shape), closed=True)
    patch.set(facecolor=item.face, edgecolor=item.edge, linewidth=0.8, hatch=item.hatch or None, transform=on_page(fig))
    fig.add_artist(patch)


def arrow_outline(left: float, right: float, y: float, height: float, shape: str) -> list[tuple[float, float]]:
    """The corners of a bar with an arrow head at its right or left end, all in points."""
    tip, tail = (right, left) if shape == "right" else (left, right)
    neck = tip + height * (-1 if shape == "right" else 1) * 0.8
    bar, head = height / 2, height * 0.8
    upper = [(tail, y - bar), (neck, y - bar), (neck, y - head)]
    lower = [(neck, y + head), (neck, y + bar), (tail, y + bar)]
    return [*upper, (tip, y), *lower]
