"""The cards of key figures and their alt text: what a reader sees on each, on a wide page and on a
phone's.
"""

import math

import pytest
from chart_looks import assert_clear_of_marks, assert_readable, boxes, overlap, texts, words
from chart_tables import CARD_COLUMNS, LONG_EN, LONG_ZH, cards, frame
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.patches import Polygon, Rectangle

from gba_analysis.charts.kinds.cards import SHAPES, card_chart
from gba_analysis.charts.look.outlines import to_svg
from gba_analysis.charts.look.palette import contrast
from gba_analysis.charts.look.style import NARROW, WIDE, drawn_on
from gba_analysis.charts.parts.card_table import describe_cards
from gba_analysis.words import say

pytestmark = pytest.mark.filterwarnings("error", "default::pytest.PytestUnraisableExceptionWarning")
PAGES = (WIDE, NARROW)


def card(label="Firms", low=5, high=5, text="5", **cells):
    row = dict(
        zip(
            CARD_COLUMNS,
            [label, "", "", False, low, high, text, "", "firms", "count", "sound", "", ""],
            strict=True,
        )
    )
    return [{**row, **cells}[name] for name in CARD_COLUMNS]


def drawn(rows, lang="en", width=WIDE):
    with drawn_on(width):
        return card_chart(frame(CARD_COLUMNS, rows), lang)


def borders(figure):
    """The box of each card on the page, in points."""
    figure.set_dpi(72)
    return [
        patch.get_window_extent()
        for patch in figure.artists
        if isinstance(patch, Rectangle) and patch.get_zorder() < 0
    ]


def assert_on_cards(figure, key):
    """Every text but those of the key stands on one card alone."""
    found = borders(figure)
    for text, box in boxes(figure):
        inside = [
            card
            for card in found
            if card.x0 <= box.x0 and box.x1 <= card.x1 and card.y0 <= box.y0 and box.y1 <= card.y1
        ]
        assert inside or text in key, f"{text!r} is not on a card"


def key_texts(lang):
    return [say(f"chart_key.{name}", lang) for name in (*SHAPES, "conditional")]


@pytest.mark.parametrize("width", PAGES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_cards_are_readable(lang, width):
    with drawn_on(width):
        figure = card_chart(cards(lang), lang)
    assert_readable(figure)
    assert_clear_of_marks(figure)
    assert_on_cards(figure, key_texts(lang))
    assert figure.get_size_inches()[0] * 72 == pytest.approx(width)
    assert len(borders(figure)) == len(figure.plots) == 7
    svg = to_svg(figure)
    assert f'width="{width:g}pt"' in svg and "<text" not in svg


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_card_shows_every_cell_of_its_row(lang):
    figure = card_chart(cards(lang), lang)
    seen = words(figure).replace(" ", "")
    for row in cards(lang).to_dict("records"):
        printed = row["printed"].split("、" if lang == "zh" else ", ")
        shown = [*(row[name] for name in ("label", "detail", "text", "unit", "mark", "verdict")), *printed]
        assert all(part.replace(" ", "") in seen for part in shown), row["label"]


def test_texts_are_upright_large_enough_and_dark_enough():
    for text in texts(card_chart(cards(), "en")):
        assert text.get_fontsize() >= 8.5 and text.get_rotation() == 0 and text.get_fontstyle() == "normal"
        assert contrast(to_hex(text.get_color()), "#ffffff") >= 4.5


def test_marks_stand_out_from_the_card():
    figure = card_chart(cards(), "en")
    for ax in figure.plots:
        for patch in ax.patches:
            assert contrast(to_hex(patch.get_edgecolor()), "#ffffff") >= 3
        for line in ax.lines:
            assert contrast(to_hex(line.get_markeredgecolor()), "#ffffff") >= 3


def test_the_value_is_bold_and_the_largest_text():
    figure = drawn([card("Firms of the list", text="251–259", low=251, high=259, unit="firms")])
    largest = max(texts(figure), key=lambda text: text.get_fontsize())
    assert largest.get_text() == "251–259" and largest.get_fontsize() >= 13
    assert "Bold" in largest.get_fontproperties().get_file()


def test_all_values_have_one_size_at_which_the_longest_fits():
    figure = card_chart(cards(), "en")
    values = [text for text in texts(figure) if text.get_fontsize() > 10]
    assert [text.get_text() for text in values] == list(cards()["text"])
    assert len({text.get_fontsize() for text in values}) == 1


def test_a_dot_is_exact_a_bar_ends_at_the_bounds_an_arrow_has_no_end():
    figure = card_chart(cards(), "en")
    exact, listed, below, no_low, hours, share, _ = figure.plots
    assert [list(line.get_xdata()) for line in exact.lines] == [[238]]
    assert isinstance(listed.patches[0], Polygon) and listed.patches[0].get_xy()[:, 0].min() == 251
    assert listed.patches[0].get_xy()[:, 0].max() == listed.get_xlim()[1]
    assert isinstance(no_low.patches[0], Polygon) and no_low.patches[0].get_xy()[:, 0].max() == 90
    for ax, low, high in ((below, 0, 99), (hours, 517_500, 638_700), (share, 12.0, 19.9)):
        [bar] = ax.patches
        assert (bar.get_x(), bar.get_x() + bar.get_width()) == (low, pytest.approx(high))


def test_a_condition_is_told_by_hatching_and_by_words():
    rows = [card("Share", 12, 19, "12–19"), card("Share", 12, 19, "12–19", soundness="conditional")]
    sound, conditional = (ax.patches[0] for ax in drawn(rows).plots)
    assert conditional.get_hatch() and not sound.get_hatch()
    assert words(drawn(rows)).count("(conditional)") == 1 and "under a stated condition" in words(drawn(rows))
    assert "condition" not in words(drawn(rows[:1]))
    [dot] = drawn([card(soundness="conditional")]).plots[0].lines
    assert dot.get_markerfacecolor() != dot.get_markeredgecolor()


def test_a_verdict_has_its_mark_and_its_word():
    rows = [card(mark="▲", verdict="in tension"), card()]
    assert "▲ in tension" in words(drawn(rows)) and words(drawn(rows)).count("no cross-check") == 1
    assert "未作核对" in words(drawn([card()], "zh"))


def test_cards_of_one_unit_share_their_axis():
    rows = [card(low=33, high=33), card(low=238, high=238), card(low=4, high=4, unit_id="labs")]
    one, other, labs = (ax.get_xlim() for ax in drawn(rows).plots)
    assert one == other == (0, 250) and labs == (0, 4)


@pytest.mark.parametrize(
    ("cells", "ends"),
    [
        ({"low": 1, "high": 1, "kind": "rank"}, ["1", "10"]),
        ({"low": 12, "high": 19.9, "kind": "percent"}, ["0\u00a0%", "20\u00a0%"]),
        ({"low": 0, "high": 0}, ["0", "1"]),
        ({"low": 3.1e8, "high": 3.2e8}, ["0", "400 million"]),
        ({"low": 2001, "high": math.inf}, ["0", "3,000"]),
    ],
)
def test_both_ends_of_the_axis_are_written(cells, ends):
    written = [text.get_text() for text in texts(drawn([card(text="value", **cells)]))]
    assert [text for text in written if text in ends] == ends


def test_a_bar_does_not_end_where_an_arrow_ends():
    rows = [card(low=2001, high=math.inf), card(low=100, high=3000)]
    assert drawn(rows).plots[0].get_xlim()[1] > 3000 * 1.05


def test_three_cards_stand_in_a_row_fewer_if_their_texts_need_it_and_one_on_a_phone():
    def in_first_row(rows, width=WIDE):
        found = borders(drawn(rows, width=width))
        return sum(box.y1 == found[0].y1 for box in found)

    short = [card() for _ in range(4)]
    assert in_first_row(short) == 3 and in_first_row(short, NARROW) == 1
    assert in_first_row([*short, card("Pneumonoultramicroscopicsilicovolcano")]) == 2
    assert in_first_row([*short, card(text="1,234,567,890–1,234,567,899")]) == 2
    assert in_first_row([*short, card(label=LONG_ZH * 4)]) == 1


def test_cards_of_one_row_have_one_height_and_do_not_touch():
    found = borders(card_chart(cards(), "en"))
    for row in {box.y1 for box in found}:
        assert len({round(box.y0, 6) for box in found if box.y1 == row}) == 1
    assert not any(overlap(a, b) for n, a in enumerate(found) for b in found[:n])


def test_one_card_is_no_wider_than_in_a_row():
    one, three = drawn([card()]), drawn([card()] * 3)
    assert borders(one)[0].width == pytest.approx(borders(three)[0].width)
    assert_readable(one)


@pytest.mark.parametrize("first", range(5))
@pytest.mark.parametrize(("lang", "joint"), [("en", ", "), ("zh", "、")])
def test_a_list_of_figures_breaks_between_figures(lang, joint, first):
    figures = ["超3.1亿核时", "500余个", "两万余例", "2025年", "第四届"]
    rows = [card(printed=joint.join(figures[first:] + figures[:first]), computed=True)] * 3
    written = [text.get_text() for text in texts(drawn(rows, lang))]
    assert all(any(figure in line for line in written) for figure in figures)


def test_the_alt_text_says_each_card():
    assert describe_cards(cards().iloc[[0, 4, 5]], "en") == (
        "3 cards of key figures. Firms (in Hengqin): 238 firms; exact; printed as 238家; verdict: confirmed. "
        f"Hours (a team): 520,000–640,000 {LONG_EN}; a range; "
        "computed from 超3.1亿核时, 500余个, 近400人, 2025年, 第四届; no cross-check. "
        "Share (of staff): 12.0–19.9\u00a0%; a range; under a stated condition; computed from 4家; "
        "verdict: needs context."
    )
    assert describe_cards(cards().iloc[[1]], "zh") == (
        f"关键数字，共1张卡片。Listed（{LONG_EN}）：> 250firms；无上限；"
        "原文写作超250家；核对结论：in tension。"
    )
    assert (
        describe_cards(frame(CARD_COLUMNS, [card()]), "en")
        == "1 card of key figures. Firms: 5; exact; no cross-check."
    )


ENDS = st.floats(min_value=0, max_value=1e9, allow_nan=False, allow_subnormal=False)
TEXTS = st.text(alphabet="ab WQ–（、。湾区科技1，", min_size=1, max_size=40).filter(lambda text: text.strip())
ROWS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS, ENDS, ENDS, st.booleans()), min_size=1, max_size=5)


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, lang=st.sampled_from(["en", "zh"]), width=st.sampled_from(PAGES))
def test_any_table_is_readable(rows, lang, width):
    table = [
        card(
            label,
            min(a, b),
            math.inf if is_open else max(a, b),
            text,
            detail=more,
            printed=more,
            unit=more,
            verdict=text,
        )
        for label, text, more, a, b, is_open in rows
    ]
    figure = drawn(table, lang, width)
    assert_readable(figure)
    assert_clear_of_marks(figure)
    assert_on_cards(figure, key_texts(lang))
