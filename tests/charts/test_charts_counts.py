"""The stacked bars of counts and their alt text."""

from itertools import pairwise

import pandas as pd
import pytest
from chart_looks import assert_readable, bars, boxes, words
from chart_tables import counts
from hypothesis import given, settings
from hypothesis import strategies as st

from gba_analysis.charts.kinds.counts import count_chart, describe_counts
from gba_analysis.charts.look.outlines import to_svg
from gba_analysis.charts.parts.spaced_texts import spread

pytestmark = pytest.mark.filterwarnings("error", "default::pytest.PytestUnraisableExceptionWarning")


def small():
    rows = [
        ["Opening", "exact", 2],
        ["Opening", "vague", 1],
        ["Research", "vague", 4],
        ["Caption", "exact", 0],
    ]
    return pd.DataFrame(rows, columns=["row", "column", "count"])


def test_parts_follow_each_other_in_the_categories_order():
    assert bars(count_chart(small(), "en")) == [(0, 2), (2, 3), (0, 4)]


def test_counts_and_totals_are_written_and_each_category_at_its_greatest_part():
    assert words(count_chart(small(), "en")) == "Opening Research Caption 3 exact 2 1 4 vague 4 0"


def test_of_equal_parts_the_first_has_the_name():
    table = small().replace({"count": {4: 1}})
    assert words(count_chart(table, "en")) == "Opening Research Caption 3 exact 2 vague 1 1 1 0"


def test_a_name_without_room_stands_above_its_count():
    table = pd.concat([small(), pd.DataFrame([["Research", "near", 40]], columns=["row", "column", "count"])])
    found = dict(boxes(count_chart(table, "en")))
    name, count, bar = found["exact"], found["2"], found["Opening"]
    assert name.y0 > count.y1 and abs((name.x0 + name.x1) - (count.x0 + count.x1)) / 2 < name.width
    assert count.y0 < bar.y1 and "near 40" in found


def test_names_without_room_are_in_a_key():
    table = small().replace({"column": {"vague": "a name that is as wide as the page " * 4}})
    figure = count_chart(table, "en")
    assert words(figure).startswith("exact a name") and "exact 2" not in words(figure)
    assert_readable(figure)


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "0 in every row: none, neither"), ("zh", "各行均为0：none、neither")]
)
def test_categories_without_a_count_are_named_below(lang, said):
    more = pd.DataFrame(
        [["Opening", "none", 0], ["Caption", "neither", 0]], columns=["row", "column", "count"]
    )
    figure = count_chart(pd.concat([small(), more]), lang)
    assert words(figure).endswith(said) and "every row" not in words(count_chart(small(), "en"))
    assert_readable(figure)


@pytest.mark.parametrize("factor", [1, 20])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_long_labels_and_narrow_parts_are_readable(lang, factor):
    figure = count_chart(counts(lang, factor), lang)
    assert_readable(figure)
    assert to_svg(figure)


def test_a_count_without_room_stands_above_its_bar():
    figure = count_chart(counts("en", 20), "en")
    found = dict(boxes(figure))
    assert found["320"].y0 < found["324"].y1, "the count in the bar is level with the total"
    assert found["2"].y0 > found["324"].y1


def test_parts_of_a_bar_differ_in_colour():
    patches = count_chart(counts(), "en").plots[0].patches
    assert len({patch.get_facecolor() for patch in patches}) == 3


def test_the_alt_text_says_what_the_table_says():
    assert describe_counts(small(), "en") == (
        "Stacked bar chart, 3 rows by 2 categories, 7 in all."
        " Opening: 3 (exact 2; vague 1). Research: 4 (vague 4). Caption: 0."
    )
    assert describe_counts(small().head(1), "en").startswith(
        "Stacked bar chart, 1 row by 1 category, 2 in all."
    )
    assert describe_counts(small(), "zh").startswith(
        "堆叠条形图，共3行、2类，合计7。Opening：3（exact 2；vague 1）。"
    )


def test_what_cannot_be_stacked_is_refused():
    with pytest.raises(ValueError, match="column 'count': found only 0"):
        count_chart(small().tail(1), "en")
    many = pd.DataFrame({"row": "a", "column": [f"c{number}" for number in range(9)], "count": 1})
    with pytest.raises(ValueError, match="found 9 different categories, expected at most 8"):
        count_chart(many, "en")


def test_spread_moves_texts_no_more_than_needed():
    assert spread([10, 50, 90], [8, 8, 8], 0, 100) == [10, 50, 90]
    assert spread([50, 50], [10, 10], 0, 100) == [45, 55]
    assert spread([1, 2], [10, 10], 0, 100) == [5, 15]
    assert spread([], [], 0, 100) == []


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(1, 20)), min_size=1, max_size=15))
def test_spread_texts_stand_side_by_side_inside_the_limits(marks):
    wanted, widths = zip(*sorted(marks), strict=True)
    placed = spread(wanted, widths, 0, 400)
    extents = [(x - width / 2, x + width / 2) for x, width in zip(placed, widths, strict=True)]
    edges = [0, *(edge for extent in extents for edge in extent), 400]
    assert all(a <= b + 1e-9 for a, b in pairwise(edges))


COUNTS = st.lists(st.lists(st.integers(0, 500), min_size=3, max_size=3), min_size=1, max_size=5).filter(
    lambda rows: any(map(any, rows))
)


@settings(max_examples=30, deadline=None)
@given(rows=COUNTS)
def test_any_counts_are_readable(rows):
    wide = pd.DataFrame(rows, columns=["exact", "over", "vague"]).rename_axis("row").reset_index()
    assert_readable(count_chart(wide.melt("row", var_name="column", value_name="count"), "en"))
