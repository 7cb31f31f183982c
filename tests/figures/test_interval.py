"""Interval arithmetic holds every result, no more than it must, and refuses what has no answer."""

import copy
import math
import operator
import pickle
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from interval_order import is_subset

from gba_analysis.errors import GbaError
from gba_analysis.figures.interval import Interval, IntervalDivisionError

# A busy machine makes one example slow, which is no failure of ours.
unhurried = settings(deadline=None)
LARGEST = 20
numbers = st.fractions(-LARGEST, LARGEST, max_denominator=7)
INFINITE = math.inf


@st.composite
def intervals(draw) -> Interval:
    low, high = sorted((draw(numbers), draw(numbers)))
    if low == high:
        low_end, high_end, flags = low, high, (False, False)
    else:
        low_end = draw(st.sampled_from((low, low, low, -INFINITE)))
        high_end = draw(st.sampled_from((high, high, high, INFINITE)))
        flags = draw(st.booleans()), draw(st.booleans())
    return Interval(low_end, high_end, *flags)


def members(interval: Interval) -> list[Fraction]:
    """Numbers of the interval at, near and between its ends, and zero if it is one."""
    low, high = interval.low, interval.high
    if low == -INFINITE:
        low = (Fraction(0) if high == INFINITE else high) - 1000
    if high == INFINITE:
        high = low + 2000
    candidates = [
        low + (high - low) * share for share in (0, NEAR, Fraction(1, 3), Fraction(1, 2), 1 - NEAR, 1)
    ]
    return [number for number in (*candidates, Fraction(0)) if number in interval]


NEAR = Fraction(1, 1000)
OPERATIONS = [operator.add, operator.sub, operator.mul, operator.truediv]


@pytest.mark.parametrize("operation", OPERATIONS)
@unhurried
@given(left=intervals(), right=intervals())
def test_every_result_lies_in_the_resulting_interval(operation, left, right):
    assume(operation is not operator.truediv or not right.low <= 0 <= right.high)
    result = operation(left, right)
    for x in members(left):
        for y in members(right):
            assert operation(x, y) in result


@pytest.mark.parametrize("operation", OPERATIONS)
@unhurried
@given(left=intervals(), right=intervals())
def test_a_closed_end_is_reached(operation, left, right):
    assume(operation is not operator.truediv or not right.low <= 0 <= right.high)
    result = operation(left, right)
    reached = {operation(x, y) for x in members(left) for y in members(right)}
    assert result.low_open or result.low in reached
    assert result.high_open or result.high in reached


@unhurried
@given(left=intervals(), right=intervals())
def test_an_open_end_is_approached(left, right):
    assume(left.bounded and right.bounded)
    result = left * right
    reached = [x * y for x in members(left) for y in members(right)]
    # The members nearest the ends are off by NEAR of a width, at most 2 * LARGEST, in each factor.
    distance = 2 * LARGEST * (2 * LARGEST) * NEAR
    assert min(reached) - result.low <= distance
    assert result.high - max(reached) <= distance


@unhurried
@given(left=intervals(), right=intervals())
def test_subset_agrees_with_membership(left, right):
    if is_subset(left, right):
        assert all(number in right for number in members(left))
    assert is_subset(left, left)
    if is_subset(left, right) and is_subset(right, left):
        assert left == right and hash(left) == hash(right)


@unhurried
@given(left=intervals(), right=intervals())
def test_division_by_an_interval_at_zero_is_refused_and_by_no_other(left, right):
    if right.low <= 0 <= right.high:
        with pytest.raises(IntervalDivisionError):
            left / right
    else:
        assert not math.isnan((left / right).low)


def test_ends_of_sums():
    over, odd = Interval(2000, 3000, True, True), Interval(30, 40)
    assert over + odd == Interval(2030, 3040, True, True)
    assert odd + odd == Interval(60, 80)
    assert over - odd == Interval(1960, 2970, True, True)
    assert odd - over == Interval(-2970, -1960, True, True)
    assert Interval(1, INFINITE) - Interval(1, INFINITE) == Interval(-INFINITE, INFINITE)
    assert Interval(1, 2, False, True) + Interval(1, INFINITE) == Interval(2, INFINITE)


def test_ends_of_products():
    assert Interval(2, 3, True, False) * Interval(4, 5, False, True) == Interval(8, 15, True, True)
    assert Interval(-2, 3) * Interval(-5, 4) == Interval(-15, 12)
    assert Interval(-2, -1, True, False) * Interval(-4, -3) == Interval(3, 8, False, True)
    assert Interval(-1, 1, True, True) * Interval(2, 3) == Interval(-3, 3, True, True)
    # -1 * 2 and 1 * -2 are equal products, and the closed one is reached.
    assert Interval(-1, 1, True, False) * Interval(-2, 2) == Interval(-2, 2)


def test_a_zero_that_is_reached_closes_the_end():
    assert Interval(0, 1) * Interval(2, 3, True, True) == Interval(0, 3, False, True)
    assert Interval(0, 1, True, False) * Interval(2, 3) == Interval(0, 3, True, False)
    assert Interval(0, 399) * Interval(1, INFINITE, True) == Interval(0, INFINITE)
    assert Interval(0, 1, True) * Interval(1, INFINITE) == Interval(0, INFINITE, True)
    assert Interval.point(0) * Interval(-INFINITE, INFINITE) == Interval.point(0)


def test_ends_of_quotients():
    assert Interval(0, 400, False, True) / Interval(2000, INFINITE, True) == Interval(
        0, Fraction(1, 5), False, True
    )
    assert Interval(360, 399) / Interval(2001, 2999) == Interval(Fraction(360, 2999), Fraction(399, 2001))
    assert Interval(1, 2) / Interval(-4, -2, True, False) == Interval(-1, Fraction(-1, 4), False, True)
    assert Interval(1, INFINITE) / Interval(2, INFINITE) == Interval(0, INFINITE, True)


def test_plain_numbers_take_part_on_both_sides():
    interval = Interval(1, 2, True)
    assert interval + 1 == 1 + interval == Interval(2, 3, True)
    assert interval * Fraction(1, 2) == Fraction(1, 2) * interval == Interval(Fraction(1, 2), 1, True)
    assert 3 - interval == Interval(1, 2, False, True)
    assert interval - 3 == Interval(-2, -1, True)
    assert 2 / interval == Interval(1, 2, False, True)
    assert -interval == Interval(-2, -1, False, True)


def test_numbers_too_large_for_a_float_are_exact():
    huge = Fraction(10) ** 400
    assert Interval(huge, INFINITE) + huge == Interval(2 * huge, INFINITE)
    assert Interval(1 / huge, INFINITE) * huge == Interval(1, INFINITE)
    assert huge in Interval(0, INFINITE)


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((2, 1), "without a number, from 2 to 1"),
        ((1, 1, True, False), "without a number"),
        ((1, 1, False, True), "without a number"),
        ((INFINITE, INFINITE), "without a number"),
        ((INFINITE, -INFINITE), "without a number"),
    ],
)
def test_an_interval_without_a_number_is_refused(ends, words):
    with pytest.raises(ValueError, match=words):
        Interval(*ends)


@pytest.mark.parametrize("value", [0.1, math.nan])
def test_an_inexact_end_is_refused(value):
    with pytest.raises(TypeError, match="expected an exact number"):
        Interval(value, 1)
    with pytest.raises(TypeError, match="expected an exact number"):
        Interval(1, 2) * value


def test_infinite_ends_are_open():
    everything = Interval(-INFINITE, INFINITE)
    assert everything.low_open and everything.high_open
    assert INFINITE not in everything and 0 in everything
    assert not everything.bounded and Interval(0, 1).bounded


def test_ends_open_and_closed_in_membership():
    interval = Interval(1, 2, True, False)
    assert 1 not in interval and 2 in interval and Fraction(3, 2) in interval and 3 not in interval
    assert not interval.is_point and Interval.point(1).is_point
    assert is_subset(interval, Interval(1, 2)) and not is_subset(Interval(1, 2), interval)
    assert not is_subset(Interval(1, 2), Interval(1, 2, False, True))
    assert not is_subset(Interval(1, 3), Interval(1, 2)) and not is_subset(Interval(0, 2), Interval(1, 2))


def test_intervals_are_values():
    interval = Interval(1, Fraction(5, 2), True)
    assert str(interval) == "(1, 5/2]"
    assert interval == pickle.loads(pickle.dumps(interval)) == copy.copy(interval)
    assert len({interval, Interval(Fraction(1), Fraction(5, 2), True)}) == 1
    with pytest.raises(AttributeError):
        interval.low = 0


@pytest.mark.parametrize("divisor", [Interval(-1, 1), Interval(0, 1, True), Interval(-1, 0, False, True), 0])
def test_division_at_zero_names_the_divisor(divisor):
    with pytest.raises(IntervalDivisionError) as caught:
        Interval(1, 2) / divisor
    assert isinstance(caught.value, GbaError) and isinstance(caught.value, ZeroDivisionError)
    assert f"found the divisor {divisor if divisor else '[0, 0]'}, expected a divisor without zero" in str(
        caught.value
    )
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
