"""The sheet a chart is drawn on: texts, lines and keys at points from its top left corner.

A sheet grows downwards: a chart draws from the top and says at the end how high it has become.
Values and their scale do not belong here (`scale`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

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
    right_edge,
    sheet_width,
)
from gba_analysis.charts.look.wrap import widest, wrap

POINTS = 72
# Height of the middle of capitals and of Chinese characters above the baseline, in font sizes.
MIDDLE = 0.37
Align = Literal["left", "center", "right"]
# How much of a text stands before the place it is aligned to.
BEFORE: dict[str, float] = {"left": 0.0, "center": 0.5, "right": 1.0}
# The swatch of a key, the dot of charts and keys, and the distances around its text.
SWATCH = (14.0, 8.0)
DOT = 8.0
SWATCH_GAP = 5.0
KEY_GAP = 16.0
KEY_STEP = 14.0
DASHES = (0, (2.5, 2.5))


@dataclass(frozen=True)
class Look:
    """The colours of an area and its outline, and its hatch in matplotlib's signs."""

    face: str = MARK
    edge: str = MARK
    hatch: str = ""


SOLID = Look()
# Of a figure that holds under a stated condition.
CONDITIONAL = Look(face=PALE, hatch="/////")


class Sheet(Figure):
    """An empty sheet of the fixed width; its height is set by `close_sheet` or `fix_sheet`.

    points: from points from the top left corner to pixels; one for all that is drawn, so that it is worked
    out once."""

    def __init__(self) -> None:
        super().__init__(figsize=(sheet_width() / POINTS, 1), facecolor=PAPER)
        corner = ScaledTranslation(0, 1, self.transFigure)  # type: ignore[arg-type]
        self.points: Transform = Affine2D().scale(1 / POINTS, -1 / POINTS) + self.dpi_scale_trans + corner

    @property
    def plots(self) -> list[Plot]:
        """The parts of the sheet where marks stand at their values, in the order in which they were added."""
        return [artist for artist in self.artists if isinstance(artist, Plot)]


class TextLine(Text):
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


def close_sheet(sheet: Sheet, height: float) -> None:
    """Give the sheet its height in points; from then on y in its plots is points from the top."""
    fix_sheet(sheet, height)
    for plot in sheet.plots:
        plot.set_ylim(height, 0)


def fix_sheet(sheet: Sheet, height: float) -> None:
    """Give the sheet its height in points before plots are placed on it, each over a part of the sheet
    (`plot_box`).
    """
    sheet.set_size_inches(sheet_width() / POINTS, height / POINTS)


def line_height(size: float = TEXT) -> float:
    """The height of one line of text in points."""
    return size * LEADING


def write(
    sheet: Sheet,
    x: float,
    y: float,
    lines: Sequence[str],
    *,
    size: float = TEXT,
    bold: bool = False,
    color: str = INK,
    align: Align = "left",
) -> None:
    """Write `lines` around the height `y`, each aligned to `x` (points from the top left corner)."""
    step = line_height(size)
    first = y - step * (len(lines) - 1) / 2 + MIDDLE * size
    for number, line in enumerate(lines):
        sheet.add_artist(
            TextLine(
                x,
                first + step * number,
                line,
                transform=sheet.points,
                fontproperties=font(size, bold),
                color=color,
                horizontalalignment=align,
            )
        )


def draw_line(
    sheet: Sheet, x: Sequence[float], y: Sequence[float], *, color: str = RULE, width: float = 0.6
) -> None:
    """A thin line through positions on the sheet, in points, behind everything else."""
    sheet.add_artist(Line2D(x, y, transform=sheet.points, color=color, linewidth=width, zorder=0))


@dataclass(frozen=True)
class KeyItem:
    """One sign of a key with its meaning in words; shape: box, dot, right, left or up (an arrow), line or
    dashes.
    """

    text: str
    shape: str = "box"
    look: Look = SOLID


def draw_key(sheet: Sheet, items: Iterable[KeyItem], left: float, top: float) -> float:
    """Draw `items` side by side, in as many lines as they need; returns the height reached in points."""
    x, y = left, top
    for item in items:
        lines = wrap(item.text, right_edge() - left - SWATCH[0] - SWATCH_GAP, SMALL)
        width = SWATCH[0] + SWATCH_GAP + widest(lines, SMALL)
        if x > left and x + width > right_edge():
            x, y = left, y + KEY_STEP
        bottom = y + line_height(SMALL) * (len(lines) - 1)
        _draw_swatch(sheet, item, x, y + KEY_STEP / 2)
        write(sheet, x + SWATCH[0] + SWATCH_GAP, (y + bottom + KEY_STEP) / 2, lines, size=SMALL)
        x, y = x + width + KEY_GAP, bottom
    return y + KEY_STEP


def _draw_swatch(sheet: Sheet, item: KeyItem, x: float, y: float) -> None:
    if item.shape in ("line", "dashes"):
        line = Line2D((x, x + SWATCH[0]), (y, y), color=item.look.edge, linewidth=1.2)
        line.set_linestyle("-" if item.shape == "line" else DASHES)
        line.set_transform(sheet.points)
        sheet.add_artist(line)
        return
    patch = _swatch(item.shape, x, y)
    patch.set(
        facecolor=item.look.face,
        edgecolor=item.look.edge,
        linewidth=0.8,
        hatch=item.look.hatch or None,
        transform=sheet.points,
    )
    sheet.add_artist(patch)


def _swatch(shape: str, x: float, y: float) -> Patch:
    width, height = SWATCH
    if shape == "box":
        return Rectangle((x, y - height / 2), width, height)
    if shape == "dot":
        return Circle((x + width / 2, y), DOT / 2)
    if shape == "up":
        top, bottom = y - height / 2, y + height / 2
        return Polygon([(x + width / 2, top), (x + width * 0.8, bottom), (x + width * 0.2, bottom)])
    return Polygon(arrow_outline(x, x + width, y=y, height=height * 0.7, shape=shape), closed=True)


def arrow_outline(
    left: float, right: float, *, y: float, height: float, shape: str
) -> list[tuple[float, float]]:
    """The corners of a bar with an arrow head at its right or left end, all in points."""
    tip, tail = (right, left) if shape == "right" else (left, right)
    neck = tip + height * (-1 if shape == "right" else 1) * 0.8
    bar, head = height / 2, height * 0.8
    upper = [(tail, y - bar), (neck, y - bar), (neck, y - head)]
    lower = [(neck, y + head), (neck, y + bar), (tail, y + bar)]
    return [*upper, (tip, y), *lower]
