"""The page a chart is drawn on: texts, lines and keys at points from its top left corner.

A page grows downwards: a chart draws from the top and says at the end how high it has become.
Values and their scale do not belong here (`scale`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, ScaledTranslation, Transform

from gba_analysis.charts.look.plot import Plot
from gba_analysis.charts.look.style import (
    INK,
    LEADING,
    MARK,
    PALE,
    PAPER,
    RULE,
    SMALL,
    TEXT,
    font,
    page_width,
    right_edge,
)
from gba_analysis.charts.look.wrap import widest, wrap

POINTS = 72
# Height of the middle of capitals and of Chinese characters above the baseline, in font sizes.
MIDDLE = 0.37
# How much of a text stands before the place it is aligned to.
BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}
# The swatch of a key, the dot of charts and keys, and the distances around its text.
SWATCH = (14.0, 8.0)
DOT = 8.0
SWATCH_GAP = 5.0
KEY_GAP = 16.0
KEY_STEP = 14.0
STROKES = {"line": "-", "dashes": (0, (2.5, 2.5))}


class Page(Figure):
    """An empty page of the fixed width; its height is set by `close_page` or `fix_page`.

    points: from points from the top left corner to pixels; one for all that is drawn, so that it is worked
    out once."""

    def __init__(self) -> None:
        super().__init__(figsize=(page_width() / POINTS, 1), facecolor=PAPER)
        corner = ScaledTranslation(0, 1, self.transFigure)
        self.points: Transform = Affine2D().scale(1 / POINTS, -1 / POINTS) + self.dpi_scale_trans + corner

    @property
    def plots(self) -> list[Plot]:
        """The parts of the page where marks stand at their values, in the order in which they were added."""
        return [artist for artist in self.artists if isinstance(artist, Plot)]


class Words(Text):
    """A level line of text on its base line, drawn without the layout that a text of several lines would
    need.
    """

    def draw(self, renderer: RendererBase) -> None:
        text, font, align = self.get_text(), self.get_fontproperties(), self.get_horizontalalignment()
        if not text:
            return
        width = 0.0 if align == "left" else renderer.get_text_width_height_descent(text, font, False)[0]
        x, y = self.get_transform().transform(self.get_position())
        renderer.open_group("text", self.get_gid())
        gc = renderer.new_gc()
        gc.set_foreground(self.get_color())
        y = renderer.get_canvas_width_height()[1] - y if renderer.flipy() else y
        renderer.draw_text(gc, x - width * BEFORE[align], y, text, font, self.get_rotation(), mtext=self)
        gc.restore()
        renderer.close_group("text")


def close_page(page: Page, height: float) -> None:
    """Give the page its height in points; from then on y in its plots is points from the top."""
    fix_page(page, height)
    for plot in page.plots:
        plot.set_ylim(height, 0)


def fix_page(page: Page, height: float) -> None:
    """Give the page its height in points before plots are placed on it, each over a part of the page
    (`plot_box`).
    """
    page.set_size_inches(page_width() / POINTS, height / POINTS)


def line_height(size: float = TEXT) -> float:
    """The height of one line of text in points."""
    return size * LEADING


def write(
    page: Page,
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
        page.add_artist(
            Words(
                x,
                first + step * number,
                line,
                transform=page.points,
                fontproperties=font(size, bold),
                color=color,
                horizontalalignment=align,
            )
        )


def draw_line(
    page: Page, x: Sequence[float], y: Sequence[float], color: str = RULE, width: float = 0.6
) -> None:
    """A thin line through page positions in points, behind everything else."""
    page.add_artist(Line2D(x, y, transform=page.points, color=color, linewidth=width, zorder=0))


@dataclass(frozen=True)
class KeyItem:
    """One sign of a key with its meaning in words; shape: box, dot, right, left or up (an arrow), line or
    dashes.
    """

    text: str
    shape: str = "box"
    face: str = MARK
    edge: str = MARK
    hatch: str = ""


CONDITIONAL = {"face": PALE, "edge": MARK, "hatch": "/////"}


def draw_key(page: Page, items: Iterable[KeyItem], left: float, top: float) -> float:
    """Draw `items` side by side, in as many lines as they need; returns the height reached in points."""
    x, y = left, top
    for item in items:
        lines = wrap(item.text, right_edge() - left - SWATCH[0] - SWATCH_GAP, SMALL)
        width = SWATCH[0] + SWATCH_GAP + widest(lines, SMALL)
        if x > left and x + width > right_edge():
            x, y = left, y + KEY_STEP
        bottom = y + line_height(SMALL) * (len(lines) - 1)
        _draw_swatch(page, item, x, y + KEY_STEP / 2)
        write(page, x + SWATCH[0] + SWATCH_GAP, (y + bottom + KEY_STEP) / 2, lines, size=SMALL)
        x, y = x + width + KEY_GAP, bottom
    return y + KEY_STEP


def _draw_swatch(page: Page, item: KeyItem, x: float, y: float) -> None:
    width, height = SWATCH
    if item.shape in STROKES:
        style = {"color": item.edge, "linewidth": 1.2, "linestyle": STROKES[item.shape]}
        page.add_artist(Line2D((x, x + width), (y, y), transform=page.points, **style))
        return
    if item.shape == "box":
        patch: Patch = Rectangle((x, y - height / 2), width, height)
    elif item.shape == "dot":
        patch = Circle((x + width / 2, y), DOT / 2)
    elif item.shape == "up":
        patch = Polygon(
            [
                (x + width / 2, y - height / 2),
                (x + width * 0.8, y + height / 2),
                (x + width * 0.2, y + height / 2),
            ]
        )
    else:
        patch = Polygon(arrow_outline(x, x + width, y, height * 0.7, item.shape), closed=True)
    patch.set(
        facecolor=item.face,
        edgecolor=item.edge,
        linewidth=0.8,
        hatch=item.hatch or None,
        transform=page.points,
    )
    page.add_artist(patch)


def arrow_outline(
    left: float, right: float, y: float, height: float, shape: str
) -> list[tuple[float, float]]:
    """The corners of a bar with an arrow head at its right or left end, all in points."""
    tip, tail = (right, left) if shape == "right" else (left, right)
    neck = tip + height * (-1 if shape == "right" else 1) * 0.8
    bar, head = height / 2, height * 0.8
    upper = [(tail, y - bar), (neck, y - bar), (neck, y - head)]
    lower = [(neck, y + head), (neck, y + bar), (tail, y + bar)]
    return [*upper, (tip, y), *lower]
