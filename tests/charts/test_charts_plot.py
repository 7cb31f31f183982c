"""The plots and lines of text of a page are drawn as matplotlib draws its axes and texts, without what no
chart shows.
"""

import io

import numpy as np
import pytest
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle

from gba_analysis.charts.look.drawing import drawing
from gba_analysis.charts.look.outlines import to_svg
from gba_analysis.charts.look.plot import Plot
from gba_analysis.charts.look.sheet import MIDDLE, KeyItem, Sheet, close_sheet, draw_key, draw_line, write
from gba_analysis.charts.look.style import TEXT, chart_style, font

EXTENT = (0.13, 0.0, 0.61, 1.0)
X = [(False, (0.0, 37.0)), (True, (0.07, 3700.0)), (False, (0.0, 1e-309)), (False, (5.0, 5.0))]


def marks():
    """Cut off at the edge or not, of several layers, the last one behind the others."""
    yield Rectangle((3, 11), 50, 7, facecolor="#12607f", hatch="///")
    yield Rectangle((3, 31), 50, 7, clip_on=False, zorder=2)
    yield Polygon([(1, 40), (9, 45), (3, 50)], closed=True)
    yield Line2D([5, 45], [17, 23], linestyle=":", linewidth=0.9, zorder=0)
    yield FillBetweenPolyCollection(
        "x", *map(np.array, ((2, 30), 5, 9)), facecolor="#f7e4db", linewidth=0, zorder=-2
    )


@pytest.mark.filterwarnings("ignore:Attempting to set identical low and high xlims")
@pytest.mark.parametrize(("log", "x"), X)
@chart_style()
def test_a_plot_draws_what_axes_without_ticks_draw(log, x):
    ours, theirs = Sheet(), Sheet()
    plot, axes = Plot(ours, EXTENT, x=x, y=(0, 1), log=log), theirs.add_axes(EXTENT)
    axes.set_xscale("log" if log else "linear")
    axes.set_xlim(x)
    axes.set_axis_off()
    for mark in marks():
        plot.add(mark)
    for mark in marks():
        axes.add_artist(mark)
    plot.sign(12, 44, shape="D", size=6.5, face="#b5451b", edge="#12607f", edge_width=1.1)
    axes.plot(
        [12],
        [44],
        "D",
        markersize=6.5,
        color="#b5451b",
        markeredgecolor="#12607f",
        markeredgewidth=1.1,
        clip_on=False,
    )
    for sheet in (ours, theirs):
        draw_line(sheet, (0, 400), (30, 30))
        draw_key(sheet, [KeyItem("a bar")], 100, 30)
        write(sheet, 150, 30, ["over the marks"])
        close_sheet(sheet, 61)
    axes.set_ylim(61, 0)
    assert drawing(ours).svg == drawing(theirs).svg
    assert [type(mark) for mark in plot.patches] == [Rectangle, Rectangle, Polygon]
    assert (plot.get_xlim(), plot.get_ylim()) == (axes.get_xlim(), axes.get_ylim())


@pytest.mark.parametrize("align", ["left", "center", "right"])
@chart_style()
def test_words_are_drawn_as_matplotlibs_texts(align):
    ours, theirs = Sheet(), Sheet()
    for number, text in enumerate(["AVATo office, 12–19 %", "横琴30余家", "x", ""]):
        x, y, bold = 101 + number / 7, 13 + number * 17 / 3, number % 2 == 0
        write(ours, x, y, [text], align=align, bold=bold, color="#12607f")
        look = {"fontproperties": font(TEXT, bold), "color": "#12607f", "ha": align, "va": "baseline"}
        theirs.text(x, y + MIDDLE * TEXT, text, transform=theirs.points, **look)
    assert drawing(ours).svg == drawing(theirs).svg
    assert to_svg(ours) == to_svg(theirs)


@pytest.mark.parametrize("format", ["png", "pdf"])
@chart_style()
def test_words_are_placed_by_other_renderers_too(format):
    """One has its origin at the top, the other at the bottom."""
    ours, theirs = Sheet(), Sheet()
    write(ours, 200, 30, ["centred"], align="center")
    theirs.text(
        200,
        30 + MIDDLE * TEXT,
        "centred",
        transform=theirs.points,
        fontproperties=font(),
        color="#1c1c1c",
        ha="center",
    )
    close_sheet(ours, 61)
    close_sheet(theirs, 61)
    assert saved(ours, format) == saved(theirs, format) != saved(Sheet(), format)


def saved(sheet, format):
    buffer = io.BytesIO()
    sheet.savefig(buffer, format=format, metadata={"CreationDate": None} if format == "pdf" else None)
    return buffer.getvalue()
