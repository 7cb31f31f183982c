"""A Figure as SVG whose texts are outlines, for the PDF: its bytes depend on nothing but the Figure.

The SVG is matplotlib's own, as it writes it with `svg.fonttype: path`. The outlines are put into the drawing
with texts, which the page needs too, because matplotlib would draw everything and set every line again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from matplotlib.figure import Figure

from gba_analysis.charts.look.drawing import Drawing, Text, drawing
from gba_analysis.charts.look.glyphs import SIZE, UNITS, glyphs_of, outline_of

TEXT = re.compile(r"^( *)<text .*\n", re.MULTILINE)
BLACK = "#000000"
# XML has no two dashes in a comment.
DASHES = re.compile("-(?=-)")


def to_svg(figure: Figure | Drawing) -> str:
    """`figure` as SVG: text as paths, no date, no program, no path of the machine; ends with a line feed.

    The same figure gives the same bytes in every process. A Figure is not known to pyplot, so there is
    nothing to close. Raises ValueError if the shipped font lacks a character of the figure, and for a text
    that is not plain."""
    drawn = drawing(figure)
    turned = [text.text for text in drawn.texts if not text.plain]
    if turned:
        raise ValueError(
            f"figure: found the texts {turned}, expected upright, opaque texts in the shipped font"
        )
    outlines = _outlines(drawn.texts)
    text = TEXT.sub(lambda found: "".join(found[1] + line for line in next(outlines)), drawn.svg)
    # The XML declaration and the DOCTYPE with its address are of no use inside a page.
    return text[text.index("<svg") :]


def _outlines(texts: Sequence[Text]) -> Iterator[list[str]]:
    """The lines of SVG for each text; an outline is defined where it is first used."""
    defined: set[str] = set()
    for text in texts:
        glyphs = glyphs_of(text.text, text.bold)
        new = [name for name in dict.fromkeys(name for name, *_ in glyphs) if name not in defined]
        defined.update(new)
        yield [
            f"<!-- {DASHES.sub('- ', escape(text.text, quote=False))} -->\n",
            f'<g{_style(text)} transform="{_transform(text)}">\n',
            *_definitions(new, text.bold),
            *(f' <use xlink:href="#{name}"{_moved(x, y)}/>\n' for name, x, y in glyphs),
            "</g>\n",
        ]


def _style(text: Text) -> str:
    return "" if text.color == BLACK else f' style="fill: {text.color}"'


def _transform(text: Text) -> str:
    scale = text.size / SIZE
    return f"translate({_number(text.x)} {_number(text.y)}) scale({_number(scale)} {_number(-scale)})"


def _definitions(names: Sequence[str], bold: bool) -> Iterator[str]:
    if not names:
        return
    yield " <defs>\n"
    for name in names:
        outline = outline_of(name, bold)
        path = f' d="{outline}"' if outline else ""
        yield f'  <path id="{name}"{path} transform="scale({_number(1 / UNITS)})"/>\n'
    yield " </defs>\n"


def _moved(x: float, y: float) -> str:
    return f' transform="translate({_number(x)} {_number(y)})"' if x or y else ""


def _number(value: float) -> str:
    """As matplotlib writes a number: six decimals, without the zeros at its end."""
    return f"{value:f}".rstrip("0").rstrip(".")
