"""A chart without rows is a line that says so."""

import pytest
from chart_looks import assert_readable, words

from gba_analysis.charts.kinds.empty import empty_chart, empty_text
from gba_analysis.charts.look.outlines import to_svg


@pytest.mark.parametrize(("lang", "text"), [("en", "Nothing to show: no source"), ("zh", "无可显示")])
def test_no_rows_are_said_in_words(lang, text):
    figure = empty_chart(lang)
    assert text in words(figure) and empty_text(lang) == words(figure)
    assert_readable(figure)
    assert to_svg(figure)
