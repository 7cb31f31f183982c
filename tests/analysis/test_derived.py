"""Every derived indicator against bounds worked out by hand, and what must not be derived."""

import math
from dataclasses import replace
from fractions import Fraction as F
from itertools import combinations

import pandas as pd
import pytest
from interval_order import is_subset

from gba_analysis.analysis.cells import in_words
from gba_analysis.analysis.derived import (
    derived_rows,
    evaluate,
    indicator_rows,
    interval_of,
    reading_rows,
    value_table,
)
from gba_analysis.errors import DataError
from gba_analysis.figures.expression import parse_expression, relations_between
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import READINGS, ReadingRule

INF = math.inf
POINT = Interval.point


def opened(low, high):
    """Both ends left out."""
    return Interval(low, high, low_open=True, high_open=True)


def left_open(low, high):
    return Interval(low, high, low_open=True)


# The printed figures, read by hand with near_shortfall = over_excess = 1/10; 10,000 cores, 7.1 yuan for a
# dollar. Each line: conventional, strict, tight.
BY_HAND = {
    # 33 of 238, both exact.
    "platforms.hengqin_macao_share": [POINT(F(33, 238) * 100)] * 3,
    "platforms.hengqin_other": [POINT(238 - 33)] * 3,
    "platforms.hengqin_unicorn_share": [POINT(F(16, 238) * 100)] * 3,
    # 49 of 超100个: 101 to 199; strict 101 and more, so the share comes near 0; tight up to 110.
    "platforms.nansha_registered_share": [
        Interval(F(4900, 199), F(4900, 101)),
        left_open(0, F(4900, 101)),
        Interval(F(4900, 110), F(4900, 101)),
    ],
    # 3 of 10余个: 11 to 19, also strictly; tight ends at 11.
    "platforms.hetao_labs_share": [
        Interval(F(300, 19), F(300, 11)),
        Interval(F(300, 19), F(300, 11)),
        POINT(F(300, 11)),
    ],
    "research.hkm_led_share": [POINT(F(400, 35))] * 3,
    "research.mainland_led": [POINT(35 - 4)] * 3,
    "research.mainland_led_share": [POINT(F(3100, 35))] * 3,
    # 近400人: 360 to 399 (9/10 of 400), strictly 0 to 399; 超2000名: 2001 to 2999, strictly without end,
    # tight to 2200.
    "research.hkm_staff_share": [
        Interval(F(36000, 2999), F(39900, 2001)),
        Interval(0, F(39900, 2001)),
        Interval(F(36000, 2200), F(39900, 2001)),
    ],
    # 超3.1亿: above 310 and below 320 million, a measure, so both ends are open; 500余个: 501 to 599, tight
    # to 550. Tight, a tenth more than 310 would be 341 million: the next step, 320, comes first.
    "research.hours_per_team": [
        opened(F(310_000_000, 599), F(320_000_000, 501)),
        opened(F(310_000_000, 599), INF),
        opened(F(310_000_000, 550), F(320_000_000, 501)),
    ],
    # 10,000 cores give 87.6 million core-hours in a year of 8760 hours.
    "research.machine_years": [
        opened(F(310_000_000, 87_600_000), F(320_000_000, 87_600_000)),
        opened(F(310_000_000, 87_600_000), INF),
        opened(F(310_000_000, 87_600_000), F(320_000_000, 87_600_000)),
    ],
    # 38 million yuan at 71/10.
    "research.ad_funding_usd": [POINT(F(38_000_000 * 10, 71))] * 3,
    # 超140家: 141 to 149 (tight: a tenth more is 154, beyond the step 150); 达80%: 79.5 up to, not including,
    # 80.5. 141 * 0.795 = 112.095, 149 * 0.805 = 119.945: whole firms from 113 to 119.
    "industry.li_survivors": [Interval(113, 119), Interval(113, INF), Interval(113, 119)],
    "industry.li_unicorn_share": [
        Interval(F(600, 149), F(600, 141)),
        left_open(0, F(600, 141)),
        Interval(F(600, 149), F(600, 141)),
    ],
    # Six times 超10亿美元: above 1, below 2 billion; tight up to 1.1 billion, that end included.
    "industry.li_unicorn_value": [
        opened(6_000_000_000, 12_000_000_000),
        opened(6_000_000_000, INF),
        left_open(6_000_000_000, 6_600_000_000),
    ],
    # 6 * 7.1 = 42.6, 12 * 7.1 = 85.2, 6.6 * 7.1 = 46.86 billion yuan.
    "industry.li_unicorn_value_cny": [
        opened(42_600_000_000, 85_200_000_000),
        opened(42_600_000_000, INF),
        left_open(42_600_000_000, 46_860_000_000),
    ],
    "industry.li_valuation_cny": [
        opened(7_100_000_000, 14_200_000_000),
        opened(7_100_000_000, INF),
        left_open(7_100_000_000, 7_810_000_000),
    ],
    # Some time in 2021 to some time in 2025: more than 3, less than 5 years, in 4 - 1 = 3 steps.
    "openness.forum_cadence": [opened(1, F(5, 3))] * 3,
    # 400余位: 401 to 499, also strictly; tight to 440. Four editions.
    "openness.forum_scientists_per_edition": [
        Interval(F(401, 4), F(499, 4)),
        Interval(F(401, 4), F(499, 4)),
        Interval(F(401, 4), 110),
    ],
}
ORDER = ("conventional", "strict", "tight")


def intervals(computed):
    return {key: item.interval for key, item in computed.items()}


@pytest.mark.parametrize("reading", READINGS)
def test_bounds_by_hand(facts, rules, values, reading):
    found = intervals(evaluate(facts, rules[reading], values))
    assert found == {key: bounds[ORDER.index(reading)] for key, bounds in BY_HAND.items()}


def test_a_closer_reading_lies_in_a_wider_one(facts, rules, values):
    strict, conventional, tight = (intervals(evaluate(facts, rules[name], values)) for name in READINGS)
    for key in strict:
        assert is_subset(tight[key], conventional[key]) and is_subset(conventional[key], strict[key]), key


@pytest.mark.parametrize(
    ("near", "low"),
    # 4/5 and 1/2 of 400.
    [(0.2, F(32000, 2999)), (0.5, F(20000, 2999))],
)
def test_tolerances_move_the_bound(facts, values, near, low):
    rule = ReadingRule.from_parameters({**values, "near_shortfall": near})
    assert evaluate(facts, rule, values)["research.hkm_staff_share"].interval.low == low


def test_parameters_are_exact_decimals(facts, rule, values):
    computed = evaluate(facts, rule, {**values, "cores": 1000, "usd_cny": 6.9})
    # 320 million core-hours / 8.76 million a year; 10^9 * 6.9.
    assert computed["research.machine_years"].interval.high == F(32000, 876)
    assert computed["industry.li_valuation_cny"].interval.low == 6_900_000_000


def test_parameters_are_no_inputs(facts, rule, values):
    assert evaluate(facts, rule, values)["research.machine_years"].inputs == ("supercomputing_core_hours",)


def test_a_theme_needs_only_its_own_parameters(facts, rule):
    assert {key.partition(".")[0] for key in evaluate(facts, rule, {}, "platforms")} == {"platforms"}


def test_chosen_keys_are_rows_of_the_whole_table(facts, rule, values):
    everything, keys = evaluate(facts, rule, values), ["research.machine_years", "platforms.hengqin_other"]
    assert evaluate(facts, rule, values, keys=keys) == {key: everything[key] for key in keys}
    assert evaluate(facts, rule, values, keys=[]) == evaluate(facts, rule, {}, "evidence") == {}
    assert list(evaluate(facts, rule, values, "platforms", keys)) == ["platforms.hengqin_other"]


def test_what_is_computed_says_how(facts, rule, values):
    found = evaluate(facts, rule, values, "research")["research.hkm_staff_share"]
    assert (found.key, found.unit, found.soundness) == ("research.hkm_staff_share", "percent", "conditional")
    assert found.inputs == ("jointlabs_hkm_staff", "jointlabs_staff")
    assert found.expression == facts.derived.at[found.key, "expression"]


@pytest.mark.parametrize("name", READINGS)
def test_a_value_alone_is_the_one_of_the_table(facts, rules, values, name):
    table = evaluate(facts, rules[name], values)
    assert {key: interval_of(facts, rules[name], values, key) for key in table} == intervals(table)


def test_a_value_that_cannot_be_computed_names_its_key(facts, rule):
    with pytest.raises(DataError, match=r"key research\.machine_years: found the unknown name 'cores'"):
        interval_of(facts, rule, {}, "research.machine_years")


def with_expression(facts, add_row, expression, key="platforms.made_up", unit="percent"):
    return add_row(facts, "derived", key, "platforms.hengqin_other", expression=expression, unit=unit)


def test_all_broken_expressions_are_reported_at_once(facts, rule, add_row):
    broken = with_expression(facts, add_row, "hengqin_hightech / hengqin_hightec")
    broken = with_expression(broken, add_row, "hengqin_hightech ** 2", key="platforms.second")
    broken = with_expression(
        broken, add_row, "hengqin_hightech / (hengqin_unicorns - 16)", key="platforms.third"
    )
    broken = with_expression(broken, add_row, "vague_hetao_branches + 1", key="platforms.fourth")
    with pytest.raises(DataError) as caught:
        evaluate(broken, rule, {}, "platforms")
    message = str(caught.value)
    places = ("platforms.made_up", "platforms.second", "platforms.third", "platforms.fourth")
    assert all(f"data/derived.csv, key {place}" in message for place in places)
    assert (
        "the unknown name 'hengqin_hightec'" in message
        and "'vague_hetao_branches', which has no value" in message
    )


def test_a_missing_parameter_is_named(facts, rule):
    with pytest.raises(
        DataError, match=r"key research.machine_years: found the unknown name 'cores'.*here: usd_cny"
    ):
        evaluate(facts, rule, {"usd_cny": 7.1}, "research")


def test_counts_are_narrowed_to_whole_numbers(facts, rules, add_row):
    # 35 / 2 is no whole number; 33 + 1/2 * (101 to 199) is 83.5 to 132.5, so 84 to 132.
    changed = with_expression(facts, add_row, "hengqin_macao_funded + nansha_projects / 2", unit="firms")
    changed = with_expression(changed, add_row, "jointlabs / 2", key="platforms.half", unit="laboratories")
    table = intervals(evaluate(changed, rules["conventional"], {}, "platforms"))
    assert table["platforms.made_up"] == Interval(84, 132)
    assert table["platforms.half"] == POINT(F(35, 2))
    # 101 / 2 is reached in the strict reading, infinity stays.
    strict = intervals(evaluate(changed, rules["strict"], {}, "platforms"))
    assert strict["platforms.made_up"] == Interval(84, INF)


def test_an_open_whole_end_is_left_out(facts, rule, add_row):
    # 超3.1亿 (open at 310 and 320 million) divided by 10 million: between 31 and 32, without both.
    changed = with_expression(facts, add_row, "supercomputing_core_hours / 5000000", unit="firms")
    # Above 62, below 64: 63 alone.
    assert evaluate(changed, rule, {}, "platforms")["platforms.made_up"].interval == POINT(63)


# Different sets: no share of one in another can be formed.
FORBIDDEN = [
    ("hengqin_hightech", "hkmt_hightech"),
    ("hengqin_macao_funded", "hkmt_hightech"),
    ("hk_unicorns", "hk_listed"),
    ("hk_unicorns", "hkmt_hightech"),
    ("hk_listed", "hkmt_hightech"),
    ("hengqin_unicorns", "hk_unicorns"),
    ("li_unicorns", "hk_unicorns"),
    ("hetao_park_tenants", "hetao_national_platforms"),
    ("hengqin_platforms", "hetao_national_platforms"),
    ("jointlabs_overseas_talent", "jointlabs_staff"),
    ("forum_universities", "synchrotron_universities"),
]


def pairs(facts):
    """Each pair of indicators that an expression combines, with its key."""
    for key, text in facts.derived["expression"].items():
        names = [name for name in parse_expression(text).names if name in facts.indicators.index]
        yield from ((key, pair) for pair in combinations(names, 2))


def forbidden_keys(facts):
    """The derived indicators that combine figures the text does not link."""
    rows = facts.indicators.to_dict("index")
    listed = [set(pair) for pair in FORBIDDEN]
    return {
        key for key, pair in pairs(facts) if set(pair) in listed or relations_between(*pair, rows) is None
    }


def test_no_derived_indicator_combines_different_sets(facts):
    assert forbidden_keys(facts) == set()


@pytest.mark.parametrize(
    "expression",
    [
        "hengqin_hightech / hkmt_hightech * 100",
        "hk_unicorns / hk_listed * 100",
        # A growth rate of two counts.
        "(hk_listed - hk_unicorns) / hk_unicorns",
        "jointlabs_overseas_talent / jointlabs_staff * 100",
    ],
)
def test_a_forbidden_ratio_would_be_found(facts, add_row, expression):
    assert forbidden_keys(with_expression(facts, add_row, expression)) == {"platforms.made_up"}


def test_forbidden_figures_exist(facts):
    assert {name for pair in FORBIDDEN for name in pair} <= set(facts.indicators.index)


def test_chart_rows_of_printed_figures(facts, rules):
    rows = in_words(
        indicator_rows(facts, rules["strict"], ["jointlabs_staff", "jointlabs_hkm_staff"], "People"),
        facts,
        "en",
    )
    assert list(rows["low"]) == [2001.0, 0.0] and list(rows["high"]) == [INF, 399.0]
    assert list(rows["text"]) == ["> 2,000", "< 400"]
    # 近400人 is only by nature a part of 超2000名.
    assert list(rows["soundness"]) == ["sound", "conditional"] and set(rows["group"]) == {"People"}


def test_chart_rows_of_derived_figures(facts, rule, values):
    key = "research.hkm_staff_share"
    rows = in_words(derived_rows(evaluate(facts, rule, values), [key]), facts, "zh")
    assert rows.loc[key, "text"] == "12.0%–19.9%" and rows.loc[key, "low"] == pytest.approx(12.004, abs=1e-3)


def test_reading_rows_are_the_three_readings(facts, rules, values):
    rows = in_words(reading_rows(facts, rules["tight"], values, "research.hours_per_team"), facts, "en")
    assert list(rows["label"]) == ["Strict", "Conventional", "Tight"]
    assert list(rows["high"]) == [
        INF,
        pytest.approx(638_722.55, abs=0.01),
        pytest.approx(638_722.55, abs=0.01),
    ]


def test_value_table_says_the_condition(facts, rule, values):
    keys = ["industry.li_survivors", "industry.li_unicorn_value"]
    table = in_words(value_table(evaluate(facts, rule, values), facts, keys), facts, "en")
    assert list(table["value"]) == ["113–119 enterprises", "6–12 billion US dollars"]
    assert list(table["condition"] == "–") == [False, True]


def test_facts_are_not_changed(facts, rule, values):
    before = replace(facts, derived=facts.derived.copy(), indicators=facts.indicators.copy())
    evaluate(facts, rule, values)
    pd.testing.assert_frame_equal(before.derived, facts.derived)
    pd.testing.assert_frame_equal(before.indicators, facts.indicators)
