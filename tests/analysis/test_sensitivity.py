"""How one derived indicator moves with each parameter, and the ranks that intervals leave open."""

import math
from fractions import Fraction as F

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gba_analysis.analysis.ordering import rank_intervals
from gba_analysis.analysis.sensitivity import moving, sensitivity, tornado
from gba_analysis.figures.interval import Interval

INF = math.inf
POINT = Interval.point


def settings(table):
    return [(row.parameter, row.setting, row.interval) for row in table.itertuples()]


def test_a_tornado_worked_out_by_hand(facts, rule, values):
    table = tornado(facts, rule, values, "research.hkm_staff_share")
    high = F(39900, 2001)
    assert settings(table) == [
        ("", "chosen", Interval(F(36000, 2999), high)),
        # From 0, and from 360 of 2200: the reading swings the lower end by 16.4, the shortfall by 6.5.
        ("reading", "other", Interval(0, high)),
        ("reading", "other", Interval(F(36000, 2200), high)),
        ("near_shortfall", "minimum", Interval(F(39600, 2999), high)),
        ("near_shortfall", "maximum", Interval(F(20000, 2999), high)),
    ]
    assert list(table["swing"].unique()) == [0, F(36000, 2200), F(39600 - 20000, 2999)]


def test_an_end_that_opens_swings_most(facts, rule, values):
    table = tornado(facts, rule, values, "industry.li_unicorn_value_cny")
    assert list(table["parameter"].unique()) == ["", "reading", "usd_cny"]
    assert table["swing"].iloc[1] == INF
    # 6 to 12 billion dollars at 5 and at 10 yuan.
    assert [row[2] for row in settings(table)[3:]] == [
        Interval(30 * 10**9, 60 * 10**9, True, True),
        Interval(60 * 10**9, 120 * 10**9, True, True),
    ]


def test_ends_that_stay_open_do_not_swing(facts, rules, values):
    table = tornado(facts, rules["strict"], values, "research.machine_years")
    cores = table[table["parameter"] == "cores"]
    assert list(cores["high"]) == [INF, INF] and all(swing < INF for swing in cores["swing"])


def test_only_what_moves_is_moving(facts, rule, rules, values):
    moved = moving(sensitivity(facts, rule, values))
    assert "research.hkm_led_share" not in moved and "openness.forum_cadence" not in moved
    assert "research.ad_funding_usd" in moved and len(moved) == 12
    assert settings(tornado(facts, rule, values, "research.hkm_led_share")) == [
        ("", "chosen", POINT(F(400, 35)))
    ]
    assert "over_excess" in set(sensitivity(facts, rules["tight"], values)["parameter"])
    assert "over_excess" not in set(sensitivity(facts, rule, values)["parameter"])


def test_one_indicator_and_all_are_the_same(facts, rule, values):
    everything = sensitivity(facts, rule, values)
    for key in ("research.hkm_staff_share", "platforms.hengqin_other"):
        alone = tornado(facts, rule, values, key)
        pd.testing.assert_frame_equal(alone, everything[everything["key"] == key].reset_index(drop=True))


def test_the_reading_is_that_of_the_rule(facts, rules, values):
    table = tornado(facts, rules["tight"], {**values, "reading": "strict"}, "research.hkm_staff_share")
    assert list(table[table["parameter"] == "reading"]["value"]) == ["strict", "conventional"]
    assert table["interval"].iloc[0] == Interval(F(36000, 2200), F(39900, 2001))


def ranks(**intervals):
    return {label: (row["best"], row["worst"]) for label, row in rank_intervals(intervals).iterrows()}


@pytest.mark.parametrize(
    ("intervals", "expected"),
    [
        ({"a": POINT(3), "b": POINT(5), "c": POINT(4)}, {"a": (3, 3), "b": (1, 1), "c": (2, 2)}),
        ({"a": Interval(1, 3), "b": Interval(2, 4), "c": POINT(9)}, {"a": (2, 3), "b": (2, 3), "c": (1, 1)}),
        ({"a": POINT(5), "b": POINT(5), "c": POINT(1)}, {"a": (1, 1), "b": (1, 1), "c": (3, 3)}),
        # Ends that touch: a can equal b, so it may share its rank, unless the end is left out.
        ({"a": Interval(1, 5), "b": Interval(5, 9)}, {"a": (1, 2), "b": (1, 1)}),
        ({"a": Interval(1, 5, high_open=True), "b": Interval(5, 9)}, {"a": (2, 2), "b": (1, 1)}),
        ({"a": Interval(1, INF), "b": POINT(10**9)}, {"a": (1, 2), "b": (1, 2)}),
        ({"a": Interval(1, INF), "b": Interval(5, INF)}, {"a": (1, 2), "b": (1, 2)}),
        ({"only": POINT(0)}, {"only": (1, 1)}),
    ],
)
def test_ranks_worked_out_by_hand(intervals, expected):
    assert ranks(**intervals) == expected


WHOLE = st.integers(0, 5)
CLOSED = st.tuples(WHOLE, WHOLE).map(lambda ends: Interval(min(ends), max(ends)))


@given(st.lists(CLOSED, min_size=1, max_size=4))
def test_ranks_are_those_of_some_values_and_of_no_others(intervals):
    named = {str(number): interval for number, interval in enumerate(intervals)}
    found = ranks(**named)
    for label, interval in named.items():
        others = [other for name, other in named.items() if name != label]
        best = 1 + sum(other.low > interval.high for other in others)
        worst = 1 + sum(other.high > interval.low for other in others)
        assert found[label] == (best, worst)


def test_cross_border_counts_can_be_ranked_only_with_an_upper_end(facts, rules):
    ids = ["hk_unicorns", "hkmt_hightech", "hk_listed"]
    found = {name: ranks(**{id_: facts.read(id_, rule) for id_ in ids}) for name, rule in rules.items()}
    # 15, 2788, and more than 250 without an upper end.
    assert found["strict"] == {"hk_unicorns": (3, 3), "hkmt_hightech": (1, 2), "hk_listed": (1, 2)}
    assert found["conventional"] == {"hk_unicorns": (3, 3), "hkmt_hightech": (1, 1), "hk_listed": (2, 2)}


def test_nothing_to_rank_is_refused():
    with pytest.raises(ValueError, match="no intervals"):
        rank_intervals({})
