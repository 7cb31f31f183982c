"""A Figure drawn once, so that both forms of a chart can be made of it: with texts for the page, with
outlines for the PDF.

matplotlib draws its shapes and places its texts. What the forms do with them is said in `page_svg` and
`outlines`."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from gba_analysis import fonts
from gba_analysis.charts.look.glyphs import DPI, SIZE, WEIGHTS, extent_of, font_file, has_glyph
from gba_analysis.charts.look.matplotlib_private import RendererSVG
from gba_analysis.charts.look.style import chart_style

# All that matplotlib would write about the program and the day.
NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


@dataclass(frozen=True)
class Text:
    """A line of text as drawn: where its base line begins, in points from the top left corner, and its look.

    size: in points. color: as #rrggbb. plain: whether it stands upright, opaque, in the shipped font and is
    no formula."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    color: str
    plain: bool


@dataclass(frozen=True)
class Drawing:
    """svg: what matplotlib writes, a text as an element of its own; texts: those of its elements, in the same
    order.
    """

    svg: str
    texts: tuple[Text, ...]


def drawing(figure: Figure | Drawing) -> Drawing:
    """`figure` drawn: no date, no program, no path of the machine. A drawing is its own.

    The same figure gives the same bytes in every process. Raises ValueError if the shipped font lacks a
    character."""
    if isinstance(figure, Drawing):
        return figure
    buffer, dpi = io.StringIO(), figure.get_dpi()
    with chart_style():
        figure.set_dpi(DPI)
        try:
            renderer = _Renderer(*figure.bbox.size, buffer, metadata=dict(NO_METADATA))
            figure.draw(renderer)
        finally:
            figure.set_dpi(dpi)
        renderer.finalize()
    _check_glyphs(renderer.texts)
    return Drawing(buffer.getvalue(), tuple(renderer.texts))


def _check_glyphs(texts: list[Text]) -> None:
    characters = {char for text in texts for char in text.text}
    missing = "".join(sorted(char for char in characters if not has_glyph(char)))
    if missing:
        raise ValueError(
            f"figure: found the characters {missing!r}, expected characters of the font {fonts.FAMILY}"
        )


class _Renderer(RendererSVG):
    """matplotlib's own, which remembers the texts and measures them once for all drawings."""

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.dpi = DPI
        self.texts: list[Text] = []

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        opaque = gc.get_rgb()[3] == 1 and gc.get_alpha() in (None, 1)
        plain = opaque and not angle and not ismath and _is_shipped(prop)
        self.texts.append(
            Text(s, x, y, prop.get_size_in_points(), _is_bold(prop), to_hex(gc.get_rgb()), plain)
        )
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        if ismath or not _is_shipped(prop):
            return super().get_text_width_height_descent(s, prop, ismath)
        scale = prop.get_size_in_points() / SIZE
        # Other characters are refused when everything is drawn, so that all of them can be named.
        width, height, descent = extent_of("".join(filter(has_glyph, s)), _is_bold(prop))
        return width * scale, height * scale, descent * scale


def _is_shipped(prop: FontProperties) -> bool:
    return prop.get_file() in [font_file(bold) for bold in WEIGHTS]


def _is_bold(prop: FontProperties) -> bool:
    return prop.get_file() == font_file(True)
