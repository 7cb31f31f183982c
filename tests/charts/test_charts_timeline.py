"""The time line and its alt text."""

import math

import pandas as pd
import pytest
from chart_looks import arrows, assert_clear_of_marks, assert_readable, bars, dots, words
from chart_tables import events

from gba_analysis.charts.kinds.timeline import describe_timeline, timeline_chart
from gba_analysis.charts.look.outlines import to_svg
from gba_analysis.charts.parts.dates import date_text

pytestmark = pytest.mark.filterwarnings("error", "default::pytest.PytestUnraisableExceptionWarning")


def test_marks_stand_at_their_dates_in_the_order_of_time():
    figure = timeline_chart(events(), "en")
    assert bars(figure) == [(2019, 2020), (2021, 2022), (2023, 2025), (2025, 2026)]
    assert dots(figure) == [pytest.approx(2021 + 10 / 12)]


def test_what_goes_on_is_an_arrow_to_the_edge():
    figure = timeline_chart(events(), "en")
    last = figure.plots[0].get_xlim()[1]
    assert arrows(figure) == [(2020, last, True), (2024.5, last, True)]


@pytest.mark.parametrize("end", [None, "", math.inf, 2020, pd.NA])
def test_the_end_of_what_goes_on_may_be_anything(end):
    table = events().iloc[[5]].astype(object).assign(end=[end])
    assert arrows(timeline_chart(table, "en")) == [(2024.5, 2025.1, True)]


def test_an_arrow_that_begins_in_the_last_year_still_has_room():
    table = events().iloc[[1]].assign(start=2025)
    assert timeline_chart(table, "en").plots[0].get_xlim()[1] > 2026


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_long_labels_are_readable(lang):
    figure = timeline_chart(events(lang), lang)
    assert_readable(figure)
    assert_clear_of_marks(figure)
    assert to_svg(figure)


def test_many_years_leave_room_for_their_names():
    table = events().assign(start=lambda df: df["start"] - 1).tail(1)
    long = pd.concat([table, table.assign(start=1949.0, end=1950.0, kind="year", ongoing=False)])
    figure = timeline_chart(long, "en")
    assert_readable(figure)
    assert "1949" in words(figure)


def test_dates_and_years_are_written_and_what_goes_on_says_so():
    text = words(timeline_chart(events(), "en"))
    for part in ("since 2019", "November 2021", "2023–2024", "since July 2024"):
        assert part in text
    assert "since 2019, still going on" in text and "2021, still" not in text
    assert text.count("still going on") == events()["ongoing"].sum() == 2
    assert "，仍在进行" in words(timeline_chart(events(), "zh"))
    assert "仍在进行" not in words(timeline_chart(events()[~events()["ongoing"]], "zh"))


def test_a_year_known_only_by_name_differs_from_a_whole_year():
    year = timeline_chart(events().iloc[[0]], "en").plots[0].patches[0]
    span = timeline_chart(events().iloc[[0]].assign(kind="span"), "en").plots[0].patches[0]
    assert year.get_facecolor() != span.get_facecolor()


@pytest.mark.parametrize(
    ("start", "end", "month", "ongoing", "en", "zh"),
    [
        (2021, 2022, False, False, "2021", "2021年"),
        (2024, 2026, False, False, "2024–2025", "2024–2025年"),
        (2024.5, 2025.5, False, False, "2024–2025", "2024–2025年"),
        (2019, 2020, False, True, "since 2019", "2019年起"),
        (2021, 2021, True, False, "January 2021", "2021年1月"),
        (2021 + 11 / 12, 2021 + 11 / 12, True, False, "December 2021", "2021年12月"),
        (2024.5, 2024.5, True, True, "since July 2024", "2024年7月起"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(start, end, month, ongoing, en, zh):
    assert date_text(start, end, "en", month_known=month, ongoing=ongoing) == en
    assert date_text(start, end, "zh", month_known=month, ongoing=ongoing) == zh


def test_every_month_is_named_rightly():
    times = [2021 + month / 12 for month in range(12)]
    written = [date_text(time, time, "zh", month_known=True, ongoing=False) for time in times]
    assert written == [f"2021年{month}月" for month in range(1, 13)]


def test_the_alt_text_says_what_the_table_says():
    table = events().iloc[[0, 2]]
    assert describe_timeline(table, "en") == (
        "Time line of 2 events, 2021 to 2025."
        " First forum: 2021 (known to the year only). Fourth forum: 2025 (known to the year only)."
    )
    assert describe_timeline(table.head(1), "en").startswith("Time line of 1 event, 2025 to 2025.")
    going_on = events().iloc[[5]]
    assert describe_timeline(going_on, "en").endswith("Alliance: since July 2024, still going on.")
    assert (
        describe_timeline(going_on, "zh")
        == "时间线，2024年至2024年，共1项事件。Alliance：2024年7月起，仍在进行。"
    )
