"""The charts of references and their alt texts: marks at their values, lines only where rows are joined."""

import pandas as pd
import pytest
from chart_looks import assert_readable, texts, words
from chart_tables import ranks, series
from matplotlib.patches import Rectangle

from gba_analysis.charts.kinds.series import describe_ranks, describe_series, rank_chart, series_chart
from gba_analysis.charts.look.outlines import to_svg
from gba_analysis.charts.look.style import ACCENT
from gba_analysis.charts.parts.panels import FACES

pytestmark = pytest.mark.filterwarnings("error", "default::pytest.PytestUnraisableExceptionWarning")


def lines(ax, style):
    """(x, y) of every line or mark of this matplotlib style."""
    found = [
        line for line in ax.lines if (line.get_marker() if style in "oD^" else line.get_linestyle()) == style
    ]
    return [
        (list(line.get_xdata()), list(line.get_ydata()))
        for line in found
        if style in "oD^" or len(line.get_xdata()) > 1
    ]


def bars(ax):
    """(low, high) of every bar."""
    return [
        (patch.get_y(), patch.get_y() + patch.get_height())
        for patch in ax.patches
        if isinstance(patch, Rectangle)
    ]


def test_marks_stand_at_their_values_and_times():
    labs, bounds, editions = series_chart(series(), "en").plots
    month = 1 / 24
    assert lines(labs, "o") == [
        ([2019 + month], [10]),
        ([2020 + month], [20]),
        ([2021 + month], [30]),
        ([2022 + month], [25]),
    ]
    assert [y for _, y in lines(labs, "D")] == [[35]]
    top = bounds.get_ylim()[1]
    assert bars(bounds) == [(60, 70), (80, top), (101, 199)]
    assert lines(bounds, "^") == [([2024.5], [top])]
    assert lines(editions, "-") == [([2021, 2022], [1, 1])]


def test_a_line_joins_what_may_be_joined_and_nothing_else():
    labs = series_chart(series(), "en").plots[0]
    joined = [y for _, y in lines(labs, "-")]
    assert joined == [[10, 20], [20, 30]]
    none = series_chart(series().assign(joined=False), "en").plots[0]
    assert lines(none, "-") == []


def test_grades_are_seen_in_the_fill_and_the_article_in_its_colour():
    labs = series_chart(series(), "en").plots[0]
    faces = [line.get_markerfacecolor() for line in labs.lines if line.get_marker() == "o"]
    assert faces == [FACES["A"], FACES["B"], FACES["C"], FACES["B"]]
    assert len(set(FACES.values())) == 3
    [diamond] = [line for line in labs.lines if line.get_marker() == "D"]
    assert diamond.get_color() == ACCENT


def test_all_panels_show_the_same_years_and_begin_at_zero():
    axes = series_chart(series(), "en").plots
    assert {ax.get_xlim() for ax in axes} == {(2019, 2025)}
    assert {ax.get_ylim()[0] for ax in axes} == {0}


def test_the_first_rank_is_at_the_top():
    [ax] = rank_chart(ranks(), "en").plots
    assert ax.get_ylim() == (100, 1)
    assert bars(ax) == [(1, 100)]
    assert [y for _, y in lines(ax, "-")] == [[2, 2], [2, 1]]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_everything_written_can_be_read(lang):
    for figure in (series_chart(series(lang), lang), rank_chart(ranks(lang), lang)):
        assert_readable(figure)
        assert to_svg(figure)


def test_what_changed_and_the_keys_are_written():
    text = words(rank_chart(ranks(), "en"))
    assert text.count("Guangzhou merged in") == 2
    assert "dashed: not comparable across" in text and "no date" in text
    text = words(series_chart(series("zh"), "zh"))
    assert "A级" in text and "文中数字" in text and "箭头：未给出上限" in text
    plain = words(series_chart(series().iloc[[0]], "en"))
    assert "arrow" not in plain and "article" not in plain and "no date" not in plain


def test_a_text_without_room_is_left_out_but_never_the_article():
    crowd = series().iloc[[0] * 30].assign(joined=False, text=[f"text {number}" for number in range(30)])
    article = series().iloc[[4]].assign(text="the article")
    figure = series_chart(pd.concat([crowd, article], ignore_index=True), "en")
    assert_readable(figure)
    written = [text.get_text() for text in texts(figure)]
    assert "the article" in written
    assert 0 < sum(text.startswith("text ") for text in written) < 30


def test_the_alt_text_says_what_the_table_says():
    assert describe_series(series().iloc[[0, 3, 4]], "en") == (
        "Figures of other sources in time, and those of the article, in 1 panel."
        " Laboratories: 2019-01 10 (grade A);"
        " 2022-01 25 (grade B; not comparable with the one before); the article 35 (no date)."
    )
    assert describe_series(series().iloc[[8, 9]], "zh") == (
        "其他来源各时点的数字与文中数字，共1幅小图。Editions：2021-12 1（B级）；文中 1（2021）。"
    )
    assert "2019 3 (grade B; not comparable with the one before: Guangzhou merged in)" in describe_ranks(
        ranks(), "en"
    )
