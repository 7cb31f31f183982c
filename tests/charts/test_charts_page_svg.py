"""Charts as the web page shows them: drawn for both widths, with texts, seen on light paper and on dark."""

import re
from xml.etree import ElementTree as ET

import pytest
from chart_colours import backgrounds, seen_in, shapes
from chart_looks import assert_clear_of_marks, assert_readable, texts
from chart_samples import DRAWN, LANGS, figure
from matplotlib.lines import Line2D

from gba_analysis.charts.kinds import tornado
from gba_analysis.charts.look.outlines import to_svg
from gba_analysis.charts.look.page_svg import page_svg
from gba_analysis.charts.look.palette import EMPTY, SEEN, contrast
from gba_analysis.charts.look.sheet import Sheet, write
from gba_analysis.charts.look.style import ACCENT_PALE, NARROW, RULE, WIDE

# WCAG 2.2, 1.4.3.
READ = 4.5
# What repeats a mark that is seen: the lines that lead to it, its level behind the years, a cell without a
# count.
REPEATING = {RULE, ACCENT_PALE, EMPTY, tornado.BAND}
WIDTHS = {"wide": WIDE, "narrow": NARROW}
# Beside and above their bars there is no text of another kind; counts and cells hold theirs.
CLEAR = ("intervals", "logarithmic", "timeline", "tornado")


@pytest.fixture(
    params=[(name, lang, width) for name in DRAWN for lang in LANGS for width in WIDTHS],
    ids="-".join,
    scope="module",
)
def drawn(request):
    name, lang, width = request.param
    return name, lang, figure(name, lang, WIDTHS[width])


def test_every_chart_is_readable_on_both_pages(drawn):
    name, _, chart = drawn
    assert_readable(chart)
    if name in CLEAR:
        assert_clear_of_marks(chart)


def test_the_texts_are_those_of_the_figure(drawn):
    _, lang, chart = drawn
    found = [element.text for element in ET.fromstring(page_svg(chart, lang)).iter("text")]
    assert sorted(found) == sorted(text.get_text() for text in texts(chart))
    assert found


def test_nothing_that_the_security_policy_refuses(drawn):
    _, lang, chart = drawn
    root = ET.fromstring(page_svg(chart, lang))
    assert {element.tag for element in root.iter()} <= {
        "svg",
        "defs",
        "pattern",
        "path",
        "text",
        "use",
        "rect",
    }
    names = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in names if name in ("style", "class") or name.startswith(("on", "{", "xlink"))]


def test_every_reference_is_held_by_the_drawing_itself(drawn):
    _, lang, chart = drawn
    root = ET.fromstring(page_svg(chart, lang))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    values = " ".join(
        value for element in root.iter() for name, value in element.attrib.items() if name != "id"
    )
    assert set(re.findall(r"#(c[0-9a-f]{10}-\d+)", values)) == set(ids)
    assert len(ids) == len(set(ids))


def test_different_drawings_share_no_id():
    ids = [
        set(re.findall(r' id="([^"]+)"', page_svg(figure(name, "en", WIDE), "en")))
        for name in ("series", "ranks")
    ]
    assert all(ids)
    assert not ids[0] & ids[1]


def test_the_same_figure_gives_the_same_bytes_again(drawn):
    name, lang, chart = drawn
    width = next(
        width for width in WIDTHS.values() if chart.get_size_inches()[0] == pytest.approx(width / 72)
    )
    outlines = to_svg(chart)
    assert page_svg(chart, lang) == page_svg(figure(name, lang, width), lang)
    # Making one form leaves the other as it is.
    assert to_svg(chart) == outlines


def test_bold_texts_stay_bold_and_others_do_not():
    sheet = Sheet()
    write(sheet, 5, 20, ["bold"], bold=True)
    write(sheet, 5, 40, ["plain"])
    weights = {
        element.text: element.get("font-weight")
        for element in ET.fromstring(page_svg(sheet, "en")).iter("text")
    }
    assert weights == {"bold": "700", "plain": None}


@pytest.mark.parametrize(
    ("lang", "text", "marked"),
    [
        ("en", "over 超", "zh-Hans"),
        ("en", "over", None),
        ("zh", "Tokyo", "en"),
        ("zh", "WIPO 榜单", None),
        ("zh", "GDP", None),
    ],
)
def test_a_text_of_the_other_language_is_marked(lang, text, marked):
    sheet = Sheet()
    write(sheet, 5, 20, [text])
    assert ET.fromstring(page_svg(sheet, lang)).find("text").get("lang") == marked


def test_a_character_that_the_font_lacks_is_refused():
    sheet = Sheet()
    write(sheet, 5, 20, ["\u0e01"])
    with pytest.raises(ValueError, match="found the characters"):
        page_svg(sheet, "en")


def test_a_part_that_would_be_lost_is_refused():
    sheet = Sheet()
    sheet.figimage([[0.0, 1.0]])
    with pytest.raises(ValueError, match="found a part of the kind image"):
        page_svg(sheet, "en")


def test_a_group_that_moves_its_shapes_is_refused():
    sheet = Sheet()
    sheet.text(0.1, 0.5, "$x^2$", parse_math=True)
    with pytest.raises(ValueError, match="found a group with transform"):
        page_svg(sheet, "en")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_and_marks_are_seen(drawn, scheme):
    _, lang, chart = drawn
    assert faint(chart, lang, scheme) == []


def test_a_faint_text_and_a_faint_mark_are_found():
    sheet = Sheet()
    write(sheet, 5, 20, ["pale"], color="#909090")
    sheet.add_artist(Line2D((0.1, 0.5), (0.5, 0.5), color="#b0b0b0"))
    assert [kind for kind, *_ in faint(sheet, "en", "light")] == ["path", "text"]


def test_a_mark_that_is_white_alone_is_found():
    sheet = Sheet()
    sheet.add_artist(Line2D((0.1, 0.5), (0.5, 0.5), color="#ffffff"))
    assert [kind for kind, *_ in faint(sheet, "en", "light")] == ["path"]


def test_a_text_is_judged_by_what_is_under_it():
    """White on white paper is not seen, on a dark bar it is."""
    chart = figure("counts", "en", WIDE)
    assert "#ffffff" in {text.get("fill") for text, _ in backgrounds(page_svg(chart, "en"))}
    sheet = Sheet()
    write(sheet, 5, 20, ["white"], color="#ffffff")
    assert [kind for kind, *_ in faint(sheet, "en", "light")] == ["text"]


def faint(chart, lang, scheme):
    """(kind, colours, contrast) of each mark below 3 and each text below 4.5."""
    svg, colour = page_svg(chart, lang), seen_in(scheme)
    paper = colour(None, "paper")
    found = []
    for shape in shapes(svg):
        colours = [
            colour(shape, name) for name in ("fill", "stroke") if shape.get(name, "none").startswith("#")
        ]
        printed = {shape.get("fill"), shape.get("stroke")} - {None, "none", "#ffffff"}
        best = max((contrast(value, paper) for value in colours), default=SEEN)
        if best < SEEN and not (printed and printed <= REPEATING):
            found.append((shape.tag, colours, round(best, 2)))
    for text, below in backgrounds(svg):
        under = paper if below is None else colour(below, "fill")
        ratio = contrast(colour(text, "fill"), under)
        if ratio < READ:
            found.append(("text", [colour(text, "fill"), under], round(ratio, 2)))
    return found
