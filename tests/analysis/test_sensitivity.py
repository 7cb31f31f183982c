"""How one derived indicator moves with each parameter, and the ranks that intervals leave open."""

import math
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gba_analysis.analysis.ordering import rank_intervals
from gba_analysis.analysis.sensitivity import tornado
from gba_analysis.figures.interval import Interval

INF = math.inf
POINT = Interval.point


def settings(movements):
    return [(each.setting.parameter, each.setting.kind, each.interval) for each in movements]


def of_parameter(movements, parameter):
    return [each for each in movements if each.setting.parameter == parameter]


def moving(facts, rule, values, key):
    """The parameters that move the derived indicator `key`, the one that moves it most first."""
    names = (each.setting.parameter for each in tornado(facts, rule, values, key))
    return [name for name in dict.fromkeys(names) if name]


def test_a_tornado_worked_out_by_hand(facts, rule, values):
    movements = tornado(facts, rule, values, "research.hkm_staff_share")
    high = F(39900, 2001)
    assert settings(movements) == [
        ("", "chosen", Interval(F(36000, 2999), high)),
        # From 0, and from 360 of 2200: the reading swings the lower end by 16.4, the shortfall by 6.5.
        ("reading", "other", Interval(0, high)),
        ("reading", "other", Interval(F(36000, 2200), high)),
        ("near_shortfall", "minimum", Interval(F(39600, 2999), high)),
        ("near_shortfall", "maximum", Interval(F(20000, 2999), high)),
    ]
    reading, shortfall = F(36000, 2200), F(39600 - 20000, 2999)
    assert [each.swing for each in movements] == [0, reading, reading, shortfall, shortfall]
    assert [each.setting.value for each in movements] == [None, "strict", "tight", F(1, 100), F(1, 2)]
    assert {each.key for each in movements} == {"research.hkm_staff_share"}


def test_an_end_that_opens_swings_most(facts, rule, values):
    movements = tornado(facts, rule, values, "industry.li_unicorn_value_cny")
    assert moving(facts, rule, values, "industry.li_unicorn_value_cny") == ["reading", "usd_cny"]
    assert movements[1].swing == INF
    # 6 to 12 billion dollars at 5 and at 10 yuan.
    assert [each.interval for each in movements[3:]] == [
        Interval(30 * 10**9, 60 * 10**9, True, True),
        Interval(60 * 10**9, 120 * 10**9, True, True),
    ]


def test_ends_that_stay_open_do_not_swing(facts, rules, values):
    cores = of_parameter(tornado(facts, rules["strict"], values, "research.machine_years"), "cores")
    assert [each.interval.high for each in cores] == [INF, INF] and all(each.swing < INF for each in cores)


def test_only_parameters_that_move_an_end_are_there(facts, rule, rules, values):
    keys = list(facts.derived.index)
    moved = [key for key in keys if moving(facts, rule, values, key)]
    assert "research.hkm_led_share" not in moved and "openness.forum_cadence" not in moved
    assert "research.ad_funding_usd" in moved and len(moved) == 12
    assert settings(tornado(facts, rule, values, "research.hkm_led_share")) == [
        ("", "chosen", POINT(F(400, 35)))
    ]
    assert any("over_excess" in moving(facts, rules["tight"], values, key) for key in keys)
    assert not any("over_excess" in moving(facts, rule, values, key) for key in keys)


def test_the_reading_is_that_of_the_rule(facts, rules, values):
    movements = tornado(facts, rules["tight"], {**values, "reading": "strict"}, "research.hkm_staff_share")
    reading = of_parameter(movements, "reading")
    assert [each.setting.value for each in reading] == ["strict", "conventional"]
    assert movements[0].interval == Interval(F(36000, 2200), F(39900, 2001))


def ranks(**intervals):
    return {ranked.key: (ranked.best, ranked.worst) for ranked in rank_intervals(intervals)}


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
