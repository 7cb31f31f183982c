"""Both forms of a drawing are what matplotlib itself writes, and what the fonts lack is never drawn."""

import io
import re

import matplotlib
import pytest
from chart_samples import DRAWN, LANGS, figure
from fontTools.ttLib import TTFont
from matplotlib.ticker import FuncFormatter

from gba_analysis import fonts
from gba_analysis.charts.look.drawing import NO_METADATA, drawing
from gba_analysis.charts.look.glyphs import has_glyph
from gba_analysis.charts.look.outlines import to_svg
from gba_analysis.charts.look.page_svg import page_svg
from gba_analysis.charts.look.sheet import Sheet, write
from gba_analysis.charts.look.style import NARROW, WIDE, chart_style, font

pytestmark = pytest.mark.filterwarnings("error", "default::pytest.PytestUnraisableExceptionWarning")
# Ligatures, kerning, digits among Latin and among Chinese letters, dashes in a row, what XML escapes, and
# blanks.
AWKWARD = (
    "office fjord flat",
    "AVATo, 12–19 %",
    "横琴30余家（2019年）",
    "a -- b --- c",
    "<&> \"'",
    " x\u00a0y ",
    "0",
    "——",
)
FORMS = (to_svg, lambda figure: page_svg(figure, "en"))


def matplotlibs_own(chart, fonttype):
    buffer = io.StringIO()
    with chart_style(), matplotlib.rc_context({"svg.fonttype": fonttype}):
        chart.savefig(buffer, format="svg", metadata=dict(NO_METADATA))
    return buffer.getvalue()


def awkward_texts():
    sheet = Sheet()
    for number, text in enumerate(AWKWARD):
        look = {"bold": number % 2 == 0, "color": ("#000000", "#12607f")[number % 2]}
        for align in ("left", "center", "right"):
            write(sheet, 100 + number / 7, 20 + number * 11 / 3, [text], align=align, **look)
    return sheet


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", DRAWN)
def test_both_forms_are_those_of_matplotlib(name, lang, width):
    chart = figure(name, lang, width)
    assert to_svg(chart) == re.search("<svg.*", matplotlibs_own(chart, "path"), re.DOTALL)[0]
    assert drawing(chart).svg == matplotlibs_own(chart, "none")


def test_awkward_texts_are_those_of_matplotlib():
    sheet = awkward_texts()
    assert to_svg(sheet) == re.search("<svg.*", matplotlibs_own(sheet, "path"), re.DOTALL)[0]
    assert drawing(sheet).svg == matplotlibs_own(sheet, "none")


def test_a_drawing_is_not_drawn_again():
    chart = figure("counts", "en", WIDE)
    drawn = drawing(chart)
    assert drawing(drawn) is drawn
    assert to_svg(drawn) == to_svg(chart) and page_svg(drawn, "en") == page_svg(chart, "en")


def test_a_figure_keeps_its_resolution():
    sheet = Sheet()
    drawing(sheet)
    assert sheet.get_dpi() == 100


def test_the_glyphs_are_those_of_both_fonts():
    tables = [TTFont(path).getBestCmap() for path in fonts.files()]
    held = [char for char in map(chr, range(32, 0x10000)) if has_glyph(char)]
    assert held == [
        char for char in map(chr, range(32, 0x10000)) if all(ord(char) in table for table in tables)
    ]
    assert len(held) > 8000


@pytest.mark.parametrize("form", FORMS)
def test_a_tick_label_that_the_font_lacks_is_refused(form):
    sheet = Sheet()
    ax = sheet.add_axes((0.1, 0.1, 0.8, 0.8))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, place: "🚀"))
    for label in ax.get_xticklabels():
        label.set_fontproperties(font())
    with pytest.raises(ValueError, match="found the characters '🚀'"):
        form(sheet)


@pytest.mark.parametrize("form", FORMS)
def test_all_characters_that_the_font_lacks_are_named(form):
    sheet = Sheet()
    write(sheet, 5, 20, ["ก 1", "ข 2"], bold=True)
    with pytest.raises(ValueError, match="found the characters 'กข'"):
        form(sheet)


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("x", {"rotation": 30}),
        ("x", {"alpha": 0.5}),
        ("x", {"color": (0, 0, 0, 0.5)}),
        ("$x$", {"parse_math": True}),
        ("x", {"fontfamily": "DejaVu Sans", "fontproperties": None}),
    ],
)
def test_a_text_whose_outlines_would_be_wrong_is_refused(text, look):
    sheet = Sheet()
    sheet.text(0.1, 0.5, text, **({"fontproperties": font()} | look))
    message = f"found the texts {[text]}, expected upright, opaque texts in the shipped font"
    with pytest.raises(ValueError, match=re.escape(message)):
        to_svg(sheet)


def test_a_text_that_is_plain_is_not_refused():
    sheet = Sheet()
    sheet.text(0.1, 0.5, "x", fontproperties=font())
    assert "<use" in to_svg(sheet)
