"""A chart without rows is a line that says so."""

import pytest
from chart_looks import assert_readable, words
from chart_tables import plain_intervals

from gba_analysis.charts.empty import chart_or_nothing
from gba_analysis.charts.intervals import describe_intervals, interval_chart
from gba_analysis.charts.style import to_svg


@pytest.mark.parametrize(("lang", "text"), [("en", "Nothing to show: no source"), ("zh", "无可显示")])
def test_no_rows_are_said_in_words(lang, text):
    figure, alt = chart_or_nothing(interval_chart, describe_intervals, plain_intervals().head(0), lang, "Firms")
    assert text in words(figure) and alt == words(figure)
    assert_readable(figure)
    assert to_svg(figure)


def test_rows_are_drawn_as_ever():
    figure, alt = chart_or_nothing(interval_chart, describe_intervals, plain_intervals(), "en", "Firms")
    assert to_svg(figure) == to_svg(interval_chart(plain_intervals(), "en", "Firms"))
    assert alt == describe_intervals(plain_intervals(), "en", "Firms")
