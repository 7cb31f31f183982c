"""The tornado chart and its alt text."""

import math
from pathlib import Path

import pandas as pd
import pytest
from chart_looks import arrows, assert_clear_of_marks, assert_readable, bars, dots, words
from chart_tables import frame, tornado
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import Rectangle

from gba_analysis.charts.kinds.tornado import BAND, describe_tornado, tornado_chart
from gba_analysis.charts.look.outlines import to_svg
from gba_analysis.charts.look.style import LEFT, right_edge

pytestmark = pytest.mark.filterwarnings("error", "default::pytest.PytestUnraisableExceptionWarning")
HERE = Path(__file__).parent
COLUMNS = ["group", "label", "low", "high", "text"]


def staff():
    return frame(
        COLUMNS,
        [
            ["", "Chosen values", 12.0, 19.9, "12.0–19.9 %"],
            ["Reading", "Strict", 0.0, 19.9, "≤ 19.9 %"],
            ["Reading", "Tight", 16.4, 19.9, "16.4–19.9 %"],
            ["Shortfall", "0.01", 13.2, 19.9, "13.2–19.9 %"],
            ["Shortfall", "0.5", 6.7, 19.9, "6.7–19.9 %"],
        ],
    )


def band(figure):
    """(left, right, top, bottom) of the band in points."""
    (found,) = [item for item in figure.findobj(Rectangle) if item.get_zorder() == -1]
    return found.get_x(), found.get_x() + found.get_width(), found.get_y(), found.get_y() + found.get_height()


def at(figure, value):
    """The page position in points of a value."""
    return figure.plots[0].get_transform().transform((value, 0))[0] / figure.get_dpi() * 72


def test_bars_end_at_the_values_of_the_table():
    figure = tornado_chart(staff(), "en", "percent")
    assert bars(figure) == [(12.0, 19.9), (0.0, 19.9), (16.4, 19.9), (13.2, 19.9), (6.7, 19.9)]


def test_the_band_is_the_chosen_interval_behind_all_bars():
    figure = tornado_chart(staff(), "en", "percent")
    left, right, top, bottom = band(figure)
    assert left == pytest.approx(at(figure, 12.0)) and right == pytest.approx(at(figure, 19.9))
    heights = [patch.get_y() for patch in figure.plots[0].patches]
    assert top < heights[1] and bottom > heights[-1]


def test_the_band_of_an_open_interval_runs_to_the_axis_edge():
    table = staff()
    table.loc[0, "high"] = math.inf
    figure = tornado_chart(table, "en", "percent")
    assert band(figure)[1] == pytest.approx(at(figure, figure.plots[0].get_xlim()[1]))
    assert arrows(figure) == [(12.0, figure.plots[0].get_xlim()[1], True)]


def test_the_band_of_a_single_value_can_be_seen():
    figure = tornado_chart(tornado(), "en", "years")
    left, right, _, _ = band(figure)
    assert right - left == pytest.approx(2) and (left + right) / 2 == pytest.approx(at(figure, 6))
    assert dots(figure) == [6]


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_long_names_are_readable(lang, log):
    figure = tornado_chart(tornado(lang), lang, "Years " * 40, log=log)
    assert_readable(figure)
    assert_clear_of_marks(figure)
    assert figure.get_size_inches()[0] == pytest.approx(6.7)
    left, right, _, _ = band(figure)
    assert left >= LEFT and right <= right_edge()
    assert to_svg(figure)


def test_texts_groups_axis_and_the_band_are_written():
    text = words(tornado_chart(staff(), "en", "share in percent"))
    for part in (
        "Chosen values",
        "Reading",
        "Strict",
        "0.01",
        "≤ 19.9 %",
        "share in percent",
        "12.0–19.9 %, shaded below",
    ):
        assert part in text
    assert text.count("Reading") == text.count("Shortfall") == 1, "one heading for each assumption"
    assert text.count("shaded") == 1 and "limit" not in text and "condition" not in text
    assert "shaded" not in words(tornado_chart(staff().head(1), "en", "percent")), (
        "there is no band to speak of"
    )


def test_what_a_look_means_is_said_beside_the_bar_that_has_it():
    text = words(tornado_chart(tornado("zh"), "zh", "年")).replace(" ", "")
    assert all(part in text for part in ("，即下方底色", "，未给出上限", "，未给出下限"))
    assert text.count("须附条件") == 1, "all bars are conditional: the chosen one says it for all"
    table = staff().assign(low=[12.0, 0.0, 16.4, 13.2, 6.7])
    assert "reaches down to 0" in words(tornado_chart(table, "en", "percent", log=True))


def test_conditional_bars_look_different():
    sound, conditional = (
        tornado_chart(staff().assign(soundness=name), "en", "percent").plots[0].patches[0]
        for name in ("sound", "conditional")
    )
    assert conditional.get_hatch() and not sound.get_hatch()
    assert {patch.get_facecolor() for patch in (sound, conditional)}.isdisjoint({BAND})


def test_the_alt_text_says_what_the_table_says():
    assert describe_tornado(staff(), "en", "percent") == (
        "Tornado chart, 2 assumptions; axis: percent. Chosen values: 12.0–19.9 %. "
        "Reading: Strict, ≤ 19.9 %; Tight, 16.4–19.9 %. Shortfall: 0.01, 13.2–19.9 %; 0.5, 6.7–19.9 %."
    )
    assert describe_tornado(staff().head(2), "zh") == (
        "龙卷风图，共1项假定。Chosen values：12.0–19.9 %。Reading：Strict，≤ 19.9 %。"
    )


def test_the_alt_text_names_the_condition_once():
    table = staff().assign(soundness="conditional")
    assert describe_tornado(table, "en").count("under a stated condition") == 1
    assert describe_tornado(table, "zh").count("须附条件") == 1


def test_a_figure_that_no_assumption_moves_stands_alone():
    figure = tornado_chart(staff().head(1), "en", "percent")
    assert bars(figure) == [(12.0, 19.9)]
    assert_readable(figure)
    assert describe_tornado(staff().head(1), "en") == (
        "Tornado chart, no assumption moves the value. Chosen values: 12.0–19.9 %."
    )


def test_a_logarithmic_axis_refuses_what_it_cannot_show():
    with pytest.raises(ValueError, match=r"column 'low', row 3: .* positive number"):
        tornado_chart(staff().assign(low=[1, 1, -1, 1, 1]), "en", "percent", log=True)


ENDS = st.floats(min_value=0, max_value=1e9, allow_nan=False)
TEXTS = st.text(alphabet="ab WQ–（、。湾区科技1，", min_size=1, max_size=40).filter(lambda text: text.strip())
ROWS = st.lists(st.tuples(TEXTS, TEXTS, ENDS, ENDS, TEXTS, st.booleans()), min_size=1, max_size=5)


@settings(max_examples=30, deadline=None)
@given(rows=ROWS, lang=st.sampled_from(["en", "zh"]))
def test_any_table_is_readable(rows, lang):
    table = pd.DataFrame(
        [
            (group if number else "", label, min(a, b), math.inf if is_open else max(a, b), text)
            for number, (group, label, a, b, text, is_open) in enumerate(rows)
        ],
        columns=COLUMNS,
    )
    figure = tornado_chart(table, lang, "Firms")
    assert_readable(figure)
    assert_clear_of_marks(figure)
