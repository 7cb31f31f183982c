"""Exact intervals of numbers, with open and closed ends, and their arithmetic.

    >>> from fractions import Fraction
    >>> firms, share = Interval(Fraction(141), Fraction(149)), Interval.point(Fraction(4, 5))
    >>> survivors = firms * share
    >>> float(survivors.low), float(survivors.high)
    (112.8, 119.2)
    >>> always_below(survivors, firms)
    True

An interval is the set of values that a figure may have. Sums, products and quotients are exact: each is
the smallest interval that holds every result of the two operands' values. How a figure becomes an interval,
and how an interval is written, do not belong here.

Method: R. E. Moore, R. B. Kearfott, M. J. Cloud, Introduction to Interval Analysis (SIAM, 2009), chapter 2,
with an open or closed flag carried for each end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from gba_analysis.errors import GbaError, Problem

Number = int | Fraction


class IntervalDivisionError(GbaError, ZeroDivisionError):
    """A divisor may be zero, or come as close to zero as one likes."""


class _End(NamedTuple):
    value: Fraction | float
    open: bool


@dataclass(frozen=True)
class Interval:
    """The numbers between `low` and `high`.

    low, high: exact numbers (int or Fraction, kept as Fraction), or -math.inf and math.inf, in the figure's
    unit. low_open, high_open: whether the end itself is left out; an infinite end is always open. Raises
    ValueError if there is no number in the interval, TypeError for a finite float, which is not exact."""

    low: Fraction | float
    high: Fraction | float
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        low, high = _exact(self.low), _exact(self.high)
        low_open, high_open = self.low_open or _infinite(low), self.high_open or _infinite(high)
        if low > high or (low == high and (low_open or high_open)):
            raise ValueError(
                f"found an interval without a number, from {low} to {high}, expected low below high"
            )
        for name, value in (("low", low), ("high", high), ("low_open", low_open), ("high_open", high_open)):
            object.__setattr__(self, name, value)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Values are kept by intervals, and fractions are slow to hash.
        return hash((self.low, self.high, self.low_open, self.high_open))

    @classmethod
    def point(cls, value: Number) -> Interval:
        """The interval that holds `value` alone."""
        return cls(value, value)

    @property
    def is_point(self) -> bool:
        """Whether the interval is one number."""
        return self.low == self.high

    @property
    def bounded(self) -> bool:
        """Whether both ends are finite."""
        return not (_infinite(self.low) or _infinite(self.high))

    def __contains__(self, value: Number) -> bool:
        above = self.low < value or (value == self.low and not self.low_open)
        below = value < self.high or (value == self.high and not self.high_open)
        return above and below

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    def __add__(self, other: Interval | Number) -> Interval:
        other = _as_interval(other)
        return Interval(
            _sum(self.low, other.low),
            _sum(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __sub__(self, other: Interval | Number) -> Interval:
        return self + -_as_interval(other)

    def __mul__(self, other: Interval | Number) -> Interval:
        products = [_product(mine, theirs) for mine in self._ends for theirs in _as_interval(other)._ends]
        # Of two equal products a closed one counts: that value is reached.
        low = min(products, key=lambda end: (end.value, end.open))
        high = max(products, key=lambda end: (end.value, not end.open))
        return Interval(low.value, high.value, low.open, high.open)

    def __truediv__(self, other: Interval | Number) -> Interval:
        """The quotients; raises IntervalDivisionError if `other` holds zero or has an end at zero."""
        return self * _as_interval(other)._reciprocal()

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: Number) -> Interval:
        return -self + other

    def __rtruediv__(self, other: Number) -> Interval:
        return self._reciprocal() * other

    def __str__(self) -> str:
        left, right = "(" if self.low_open else "[", ")" if self.high_open else "]"
        return f"{left}{self.low}, {self.high}{right}"

    @property
    def _ends(self) -> tuple[_End, _End]:
        return _End(self.low, self.low_open), _End(self.high, self.high_open)

    def _reciprocal(self) -> Interval:
        if self.low <= 0 <= self.high:
            expected = "a divisor without zero inside or at an end"
            raise IntervalDivisionError(
                Problem("interval arithmetic", "division", f"the divisor {self}", expected)
            )
        return Interval(_inverse(self.high), _inverse(self.low), self.high_open, self.low_open)


def _exact(value: Number | float) -> Fraction | float:
    if type(value) is Fraction:
        return value
    if isinstance(value, float):
        if not math.isinf(value):
            raise TypeError(
                f"found the float {value}, expected an exact number: an int, a Fraction or an infinity"
            )
        return value
    return Fraction(value)


def _infinite(end: Fraction | float) -> bool:
    # An end is a Fraction or an infinite float; math.isinf fails on a Fraction too large for a float.
    return isinstance(end, float)


def _as_interval(value: Interval | Number) -> Interval:
    return value if isinstance(value, Interval) else Interval.point(value)


def _sum(one: Fraction | float, other: Fraction | float) -> Fraction | float:
    """The sum of two low or two high ends; a Fraction is not added to an infinity, as it may not fit a
    float.
    """
    if _infinite(one):
        return one
    return other if _infinite(other) else one + other


def _product(one: _End, other: _End) -> _End:
    """The product of two ends.

    A zero that is reached gives a zero that is reached, whatever the other end; zero times infinity is the
    limit zero."""
    if one.value == 0 or other.value == 0:
        reached = any(end.value == 0 and not end.open for end in (one, other))
        return _End(Fraction(0), not reached)
    if _infinite(one.value) or _infinite(other.value):
        return _End(math.inf if (one.value > 0) == (other.value > 0) else -math.inf, True)
    return _End(one.value * other.value, one.open or other.open)


def _inverse(end: Fraction | float) -> Fraction:
    return Fraction(0) if isinstance(end, float) else 1 / end


def finite(end: Fraction | float) -> Fraction | None:
    """The end of an interval as a number; None if it is infinite."""
    return None if isinstance(end, float) else end


def always_below(one: Interval, other: Interval) -> bool:
    """Whether every number of `one` is less than every number of `other`."""
    return one.high < other.low or (one.high == other.low and (one.high_open or other.low_open))


def never_above(one: Interval, other: Interval) -> bool:
    """Whether no number of `one` is greater than a number of `other`."""
    return one.high <= other.low
