"""What the charts use of matplotlib that it does not promise to keep: each with its reason, and all of it
here.

A release of matplotlib may change any of it without a notice. The releases that were tried are named in the
test of this module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# Why RendererSVG: `savefig` draws for one form of SVG at a time. With the renderer itself a chart is drawn
# once, its texts are remembered, and both forms are made of that. Its constructor, `finalize` and the SVG
# that it writes are not documented.
from matplotlib.backends.backend_svg import RendererSVG

# Why FT2Font: `matplotlib.textpath` gives a text as one path. Advances of single characters, and the size of
# a line without a figure, only the font itself knows. It is a C extension, "not meant for direct use".
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.textpath import text_to_path
from matplotlib.ticker import Locator

__all__ = ["LANGUAGE", "FT2Font", "LoadFlags", "Outlines", "RendererSVG", "laid_out", "told_apart"]

# Without one the font's layout follows the process's locale: under zh_CN other glyphs would be taken.
LANGUAGE = "en"

# The outlines of glyphs by name: corners, and what each corner is.
Outlines = dict[str, tuple[Any, Any]]


def laid_out(face: FT2Font, text: str, outlines: Outlines) -> Iterator[tuple[str, float, float]]:
    """The glyphs of a line with kerning and ligatures, each with its place in points; `outlines` gains those
    that it lacks.

    Why: it is what matplotlib's own SVG does, and the PDF's charts are to be the same bytes as that. The
    public `text_to_path.get_text_path` gives no names, without which an outline cannot be used twice."""
    glyphs, *_ = text_to_path.get_glyphs_with_font(face, text, outlines, language=LANGUAGE)
    yield from ((name, x, y) for name, x, y, _ in glyphs)


def told_apart(low: float, high: float) -> tuple[float, float]:
    """`low` and `high` in order, moved apart if they are equal, or too near for a computer to tell.

    Why: a plot has to move its ends as matplotlib's axes do, or charts would differ from theirs. The method
    is documented for locators of one's own, but not how far it moves the ends."""
    return Locator().nonsingular(*sorted((low, high)))
