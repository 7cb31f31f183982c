"""The interval chart and its alt text."""

import math

import pandas as pd
import pytest
from chart_looks import arrows, assert_clear_of_marks, assert_readable, bars, dots, words
from chart_tables import LONG_EN, intervals, plain_intervals
from hypothesis import given, settings
from hypothesis import strategies as st

from gba_analysis.charts.kinds.intervals import describe_intervals, interval_chart
from gba_analysis.charts.look.outlines import to_svg

pytestmark = pytest.mark.filterwarnings("error", "default::pytest.PytestUnraisableExceptionWarning")


def test_bars_end_at_the_values_of_the_table():
    figure = interval_chart(plain_intervals(), "en", "Firms")
    assert bars(figure) == [(0, 10), (4, 8)]
    assert dots(figure) == [5]


def test_open_ends_are_arrows_to_the_edge_of_the_axis():
    figure = interval_chart(intervals(), "en", "Firms")
    low, high = figure.plots[0].get_xlim()
    assert arrows(figure) == [(101, high, True), (low, 90, False)]


def test_a_bar_does_not_end_where_the_arrows_end():
    rows = [["over", 101.0, math.inf, "more than 100"], ["under", 0.0, 399.0, "< 400"]]
    figure = interval_chart(pd.DataFrame(rows, columns=["label", "low", "high", "text"]), "en", "Firms")
    assert figure.plots[0].get_xlim()[1] > 399 * 1.05


def test_tick_texts_stand_apart():
    table = pd.DataFrame(
        {"label": [LONG_EN], "low": [2.4e8], "high": [math.inf], "text": ["more than 240 million"]}
    )
    assert_readable(interval_chart(table, "en", "Core hours"))


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_long_labels_are_readable(lang, log):
    figure = interval_chart(intervals(lang), lang, "Firms " * 40, log=log)
    assert_readable(figure)
    assert_clear_of_marks(figure)
    assert figure.get_size_inches()[0] == pytest.approx(6.7)
    assert to_svg(figure)


def test_texts_groups_and_axis_are_written_and_what_a_look_means_beside_its_bar():
    text = words(interval_chart(intervals(), "en", "Number of firms"))
    for part in ("238", "141–149", "< 90", "A", "Number of firms", "112–120, conditional"):
        assert part in text
    assert "(in planning)), conditional, no upper limit stated" in text
    assert "< 90, no lower limit stated" in text
    assert text.count("conditional") == 2 and text.count("limit stated") == 2
    assert text.count("(in planning)") == 3  # a label, a text and one heading for four rows


def test_remarks_are_chinese_and_only_of_what_is_shown():
    table = intervals("zh")
    shown = {rows: words(interval_chart(table.head(rows), "zh", "家")).replace(" ", "") for rows in (2, 3, 4)}
    assert "112–120，须附条件" in shown[3] and "须附条件，未给出上限" in shown[4]
    assert "未给出" not in shown[3] and "须附条件" not in shown[2]


def test_a_conditional_row_looks_different():
    conditional = interval_chart(intervals().iloc[[2]], "en", "Firms").plots[0].patches[0]
    sound = interval_chart(intervals().iloc[[1]], "en", "Firms").plots[0].patches[0]
    assert conditional.get_hatch() and not sound.get_hatch()
    assert conditional.get_facecolor() != sound.get_facecolor()


def test_a_logarithmic_axis_places_values_by_their_logarithm():
    table = pd.DataFrame({"label": ["a", "b"], "low": [1000.0, 10], "high": [2000.0, 10], "text": ["x", "y"]})
    ax = interval_chart(table, "en", "Hours", log=True).plots[0]
    thousand, hundred, ten = (ax.get_transform().transform((value, 0))[0] for value in (1000, 100, 10))
    assert thousand - hundred == pytest.approx(hundred - ten)


def test_zero_on_a_logarithmic_axis_is_an_arrow_to_its_edge():
    table = pd.DataFrame({"label": ["a", "b"], "low": [0.0, 6], "high": [399.0, 6], "text": ["< 400", "6"]})
    figure = interval_chart(table, "en", "Persons", log=True)
    assert arrows(figure) == [(figure.plots[0].get_xlim()[0], 399, False)]
    assert "reaches down to 0" in words(figure)


@pytest.mark.parametrize(
    ("lang", "high", "tick"),
    [
        ("en", 3.2e8, "200 million"),
        ("zh", 3.2e8, "2亿"),
        ("en", 5200, "4,000"),
        ("zh", 5200, "4000"),
        ("zh", 6e4, "2万"),
    ],
)
def test_ticks_are_written_in_the_languages_own_steps(lang, high, tick):
    table = pd.DataFrame({"label": ["a"], "low": [high], "high": [high], "text": ["x"]})
    assert tick in words(interval_chart(table, lang, "y"))


def test_the_alt_text_says_what_the_table_says():
    assert describe_intervals(plain_intervals(), "en", "Firms") == (
        "Interval chart of 3 values; axis: Firms. a: < 10. b: 4–8. c: 5."
    )
    assert describe_intervals(plain_intervals().head(1), "en") == "Interval chart of 1 value. a: < 10."
    assert (
        describe_intervals(plain_intervals().head(1), "zh", "数量（家）")
        == "区间图，共1项数值；数轴：数量（家）。a：< 10。"
    )


def test_the_alt_text_names_groups_and_conditions():
    table = pd.DataFrame(
        {
            "label": ["a", "b", "c"],
            "low": [1, 2, 3],
            "high": [1, 2, 3],
            "text": ["1", "2", "3"],
            "group": ["", "Labs", "Labs"],
            "soundness": ["", "sound", "conditional"],
        }
    )
    assert describe_intervals(table, "en").endswith("a: 1. Labs: b, 2; c, 3 (under a stated condition).")
    assert describe_intervals(table, "zh").endswith("a：1。Labs：b，2；c，3（须附条件）。")


@pytest.mark.parametrize(("low", "high", "column"), [(-1, 5, "low"), (-2, 0, "high"), (0, 0, "high")])
def test_a_logarithmic_axis_refuses_what_it_cannot_show(low, high, column):
    table = pd.DataFrame({"label": ["a"], "low": [low], "high": [high], "text": ["x"]})
    with pytest.raises(ValueError, match=f"column '{column}', row 1: .* positive number"):
        interval_chart(table, "en", "Firms", log=True)


ENDS = st.floats(min_value=0, max_value=1e9, allow_nan=False)
TEXTS = st.text(alphabet="ab WQ–（、。湾区科技1，", min_size=1, max_size=40).filter(lambda text: text.strip())
ROWS = st.lists(st.tuples(TEXTS, ENDS, ENDS, TEXTS, st.booleans()), min_size=1, max_size=5)


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, lang=st.sampled_from(["en", "zh"]))
def test_any_table_is_readable(rows, lang):
    table = pd.DataFrame(
        [(label, min(a, b), math.inf if is_open else max(a, b), text) for label, a, b, text, is_open in rows],
        columns=["label", "low", "high", "text"],
    )
    figure = interval_chart(table, lang, "Firms")
    assert_readable(figure)
    assert_clear_of_marks(figure)
