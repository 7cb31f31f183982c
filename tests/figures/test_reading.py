"""Each rule gives the bounds computed by hand, the rules nest, and what cannot be read is refused in
words.
"""

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from interval_order import is_subset

from gba_analysis import parameters
from gba_analysis.errors import DataError, ParameterError
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import QUALIFIERS, READINGS, ReadingRule, read, step
from gba_analysis.figures.units import KINDS, WHOLE_KINDS

TENTH = Fraction(1, 10)
INFINITE = math.inf
unhurried = settings(deadline=None)


def rules(near_shortfall=TENTH, over_excess=TENTH) -> list[ReadingRule]:
    """The three rules, from the loosest to the tightest."""
    return [
        ReadingRule(name=name, near_shortfall=Fraction(near_shortfall), over_excess=Fraction(over_excess))
        for name in READINGS
    ]


@pytest.mark.parametrize(
    ("value", "qualifier", "kind", "strict", "conventional", "tight"),
    [
        # 超2000名, 超3.1亿核时, 超140家, 超10亿美元
        (2000, "over", "count", (2001, INFINITE), (2001, 2999), (2001, 2200)),
        (
            310_000_000,
            "over",
            "measure",
            (310_000_000, INFINITE, True, True),
            (310_000_000, 320_000_000, True, True),
            (310_000_000, 320_000_000, True, True),
        ),
        (140, "over", "count", (141, INFINITE), (141, 149), (141, 149)),
        (
            10**9,
            "over",
            "measure",
            (10**9, INFINITE, True),
            (10**9, 2 * 10**9, True, True),
            (10**9, 11 * 10**8, True),
        ),
        # 两万余例, 十余家, a measure of 30 and more
        (20_000, "over_round", "count", (20_001, 29_999), (20_001, 29_999), (20_001, 22_000)),
        (10, "over_round", "count", (11, 19), (11, 19), (11, 11)),
        (30, "over_round", "measure", (30, 40, True, True), (30, 40, True, True), (30, 33, True)),
        # 近400人, 近百名, a measure just below 5
        (400, "about_under", "count", (0, 399), (360, 399), (360, 399)),
        (100, "about_under", "count", (0, 99), (90, 99), (90, 99)),
        (5, "about_under", "measure", (0, 5, False, True), *[(Fraction(9, 2), 5, False, True)] * 2),
        # Small whole numbers: the nearest one beyond the printed one.
        (3, "over", "count", (4, INFINITE), (4, 4), (4, 4)),
        (3, "over_round", "count", (4, 4), (4, 4), (4, 4)),
        (3, "about_under", "count", (0, 2), (2, 2), (2, 2)),
        (1, "about_under", "count", (0, 0), (0, 0), (0, 0)),
        # 超80.5%
        (
            Fraction("80.5"),
            "over",
            "percent",
            (Fraction("80.5"), INFINITE, True),
            *[(Fraction("80.5"), Fraction("80.6"), True, True)] * 2,
        ),
        # 至少9家, 至少200家, 至少3.1亿核时
        (9, "at_least", "count", (9, INFINITE), (9, 9), (9, 9)),
        (200, "at_least", "count", (200, INFINITE), (200, 299), (200, 220)),
        (
            310_000_000,
            "at_least",
            "measure",
            (310_000_000, INFINITE),
            *[(310_000_000, 320_000_000, False, True)] * 2,
        ),
        # 约7.7万家, 约10%, 约3.6%, 约1个
        (77_000, "about", "count", *[(76_500, 77_499)] * 3),
        (10, "about", "percent", *[(5, 15, False, True)] * 3),
        (Fraction("3.6"), "about", "percent", *[(Fraction("3.55"), Fraction("3.65"), False, True)] * 3),
        (1, "about", "count", *[(1, 1)] * 3),
    ],
)
def test_bounds_by_rule(value, qualifier, kind, strict, conventional, tight):
    found = [read(Fraction(value), qualifier, kind, 0, rule) for rule in rules()]
    assert found == [Interval(*ends) for ends in (strict, conventional, tight)]


@pytest.mark.parametrize(
    ("value", "qualifier", "kind", "decimals", "ends"),
    [
        (238, "exact", "count", 0, (238, 238)),
        (2788, "reach", "count", 0, (2788, 2788)),
        (0, "exact", "count", 0, (0, 0)),
        (38_000_000, "exact", "measure", 0, (38_000_000, 38_000_000)),
        (4, "exact", "ordinal", 0, (4, 4)),
        ("82.4", "reach", "percent", 1, (Fraction("82.35"), Fraction("82.45"), False, True)),
        (80, "reach", "percent", 0, (Fraction("79.5"), Fraction("80.5"), False, True)),
        (15, "exact", "percent", 0, (Fraction("14.5"), Fraction("15.5"), False, True)),
        (100, "rank", "rank", 0, (1, 100)),
        (1, "rank", "rank", 0, (1, 1)),
        (2021, "exact", "calendar_year", 0, (2021, 2022, False, True)),
    ],
)
def test_figures_that_every_rule_reads_alike(value, qualifier, kind, decimals, ends):
    assert {read(Fraction(value), qualifier, kind, decimals, rule) for rule in rules()} == {Interval(*ends)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_vague_figure_has_no_interval(kind):
    assert [read(None, "vague", kind, 0, rule) for rule in rules()] == [None, None, None]


def test_parameters_move_the_bounds_they_name():
    strict, conventional, tight = rules(near_shortfall=Fraction(1, 4), over_excess=Fraction(1, 20))
    assert read(Fraction(400), "about_under", "count", 0, conventional) == Interval(300, 399)
    assert read(Fraction(400), "about_under", "count", 0, tight) == Interval(380, 399)
    assert read(Fraction(400), "about_under", "count", 0, strict) == Interval(0, 399)
    assert read(Fraction(2000), "over", "count", 0, tight) == Interval(2001, 2100)
    assert read(Fraction(2000), "over", "count", 0, rules(over_excess=1)[2]) == Interval(2001, 2999)
    # At exactly one step the next step stays outside, as in the conventional reading.
    assert read(Fraction(2), "over", "measure", 0, rules(over_excess=Fraction(1, 2))[2]) == Interval(
        2, 3, True, True
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2000", 1000),
        ("310000000", 10**7),
        ("140", 10),
        ("238", 1),
        ("82.4", "0.1"),
        ("0.05", "0.01"),
        ("10", 10),
    ],
)
def test_step_is_the_last_stated_digit(value, expected):
    assert step(Fraction(value)) == Fraction(expected)


whole = st.integers(1, 10**10).map(Fraction) | st.builds(
    lambda digits, zeros: Fraction(digits * 10**zeros), st.integers(1, 999), st.integers(0, 9)
)
decimal = st.builds(
    lambda digits, places: Fraction(digits, 10**places), st.integers(1, 10**6), st.integers(0, 4)
)
shares = st.fractions(Fraction(1, 100), 1, max_denominator=1000)


@unhurried
@given(
    st.sampled_from(QUALIFIERS),
    st.sampled_from(KINDS),
    whole,
    decimal,
    st.integers(0, 4),
    shares.filter(lambda share: share <= Fraction(1, 2)),
    shares,
)
def test_tight_lies_in_conventional_and_that_in_strict(
    qualifier, kind, number, fraction, decimals, shortfall, excess
):
    assume(qualifier != "vague")
    assume(qualifier != "rank" or kind == "rank")
    assume(kind != "calendar_year" or qualifier in ("exact", "reach"))
    value = fraction if kind in ("measure", "percent") else number
    strict, conventional, tight = (
        read(value, qualifier, kind, decimals, rule) for rule in rules(shortfall, excess)
    )
    assert is_subset(tight, conventional)
    assert is_subset(conventional, strict)
    assert all(interval.low >= 0 for interval in (strict, conventional, tight) if kind != "percent")


@unhurried
@given(
    st.sampled_from(["about", "at_least"]),
    st.sampled_from(("measure", "percent", *WHOLE_KINDS)),
    whole,
    shares,
)
def test_bounds_that_hold_the_printed_number(qualifier, kind, value, excess):
    for rule in rules(Fraction(1, 2), excess):
        assert value in read(value, qualifier, kind, 0, rule)


@unhurried
@given(st.sampled_from(["over", "over_round", "about_under"]), st.sampled_from(WHOLE_KINDS), whole, shares)
def test_bounds_leave_the_printed_number_out_and_are_whole(qualifier, kind, value, excess):
    for rule in rules(Fraction(1, 2), excess):
        interval = read(value, qualifier, kind, 0, rule)
        assert value not in interval
        assert interval.low.denominator == 1 and not interval.low_open
        assert interval.high == INFINITE or (interval.high.denominator == 1 and not interval.high_open)
        nearest = value - 1 if qualifier == "about_under" else value + 1
        assert nearest in interval


@pytest.mark.parametrize(
    ("value", "qualifier", "kind", "message"),
    [
        (
            1,
            "approx",
            "count",
            "found approx, expected one of exact, over, about_under, over_round, reach, rank, "
            "about, at_least, vague",
        ),
        (
            1,
            "exact",
            "length",
            "found length, expected one of count, measure, percent, rank, ordinal, calendar_year",
        ),
        (1, "vague", "count", "found 1, expected no value, as the figure is vague"),
        (None, "exact", "count", "found none, expected a number, as the qualifier is exact"),
        (0, "over", "count", "found 0, expected a number above zero, for 'over'"),
        (0, "rank", "rank", "found 0, expected a number above zero, for 'rank'"),
        (-1, "exact", "measure", "found -1, expected zero or more"),
        (Fraction(1, 3), "over", "measure", "found 1/3, expected a decimal number"),
        (Fraction(5, 2), "exact", "count", "found 5/2, expected a whole number, as the unit's kind is count"),
        (Fraction(5, 2), "exact", "calendar_year", "found 5/2, expected a whole number"),
        (
            Fraction("0.5"),
            "rank",
            "measure",
            "kind of unit: found measure, expected rank, as the qualifier is rank",
        ),
        (2021, "over", "calendar_year", "found over, expected exact or reach, as it is a calendar year"),
    ],
)
def test_what_cannot_be_read_is_refused(value, qualifier, kind, message):
    for rule in rules():
        with pytest.raises(DataError) as caught:
            read(value if value is None else Fraction(value), qualifier, kind, 0, rule)
        assert message in str(caught.value)


def test_all_problems_of_a_figure_are_reported_together():
    with pytest.raises(DataError) as caught:
        read(Fraction(1), "approx", "length", 0, rules()[0])
    assert len(caught.value.problems) == 2
    with pytest.raises(DataError) as caught:
        read(Fraction(-5, 2), "over", "calendar_year", 0, rules()[0])
    assert len(caught.value.problems) == 3


def test_rule_from_parameters_is_exact():
    rule = ReadingRule.from_parameters(
        {"reading": "tight", "near_shortfall": 0.1, "over_excess": 1, "lang": "en"}
    )
    assert rule == ReadingRule(name="tight", near_shortfall=TENTH, over_excess=Fraction(1))


def test_every_reading_of_the_contract_is_known():
    (contract,) = (item for item in parameters.CONTRACT if item.name == "reading")
    assert contract.choices == READINGS
    assert ReadingRule.from_parameters(parameters.defaults()).name == "conventional"


@pytest.mark.parametrize(
    ("name", "near_shortfall", "over_excess", "message"),
    [
        (
            "loose",
            TENTH,
            TENTH,
            "parameter reading: found loose, expected one of strict, conventional, tight",
        ),
        (
            "strict",
            Fraction(0),
            TENTH,
            "parameter near_shortfall: found 0, expected a fraction above 0, at most 1",
        ),
        ("strict", Fraction(11, 10), TENTH, "parameter near_shortfall: found 11/10"),
        ("strict", TENTH, Fraction(0), "parameter over_excess: found 0, expected a fraction above 0"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(name, near_shortfall, over_excess, message):
    with pytest.raises(ParameterError) as caught:
        ReadingRule(name=name, near_shortfall=near_shortfall, over_excess=over_excess)
    assert message in str(caught.value)
