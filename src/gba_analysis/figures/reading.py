"""The reading rules: what numbers a printed figure may stand for.

    >>> tenth = Fraction(1, 10)
    >>> rule = ReadingRule(name="conventional", near_shortfall=tenth, over_excess=tenth)
    >>> staff = read(Fraction(2000), "over", "count", 0, rule)
    >>> int(staff.low), int(staff.high)
    (2001, 2999)

A rule turns a value and its qualifier into an interval. How the value is taken from the printed words, and
how an interval is written, do not belong here.

Words used below: N is the printed value; its step is the largest power of ten that divides N (2000 has the
step 1000, 140 the step 10), the unit of the last digit the writer cared to state.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from gba_analysis.errors import DataError, ParameterError, Problem
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.units import KINDS, WHOLE_KINDS

READINGS = ("strict", "conventional", "tight")


@dataclass(frozen=True, kw_only=True)
class ReadingRule:
    """How bounds are read.

    name: one of READINGS.
    near_shortfall: how far a figure with 近 may fall short, as a fraction of N, above 0 and at most 1.
    over_excess: how far one with 超 or 余 may exceed N in the tight reading, as a fraction of N, above 0.
    Raises ParameterError otherwise."""

    name: str
    near_shortfall: Fraction
    over_excess: Fraction

    def __post_init__(self) -> None:
        problems = []
        if self.name not in READINGS:
            problems.append(_parameter("reading", self.name, "one of " + ", ".join(READINGS)))
        if not 0 < self.near_shortfall <= 1:
            problems.append(
                _parameter("near_shortfall", self.near_shortfall, "a fraction above 0, at most 1")
            )
        if not self.over_excess > 0:
            problems.append(_parameter("over_excess", self.over_excess, "a fraction above 0"))
        if problems:
            raise ParameterError(problems)

    @classmethod
    def from_parameters(cls, values: Mapping[str, Any]) -> ReadingRule:
        """The rule that the parameters `reading`, `near_shortfall` and `over_excess` ask for."""
        # By way of the text, because 0.1 means one tenth and not the float next to it.
        shortfall, excess = (Fraction(str(values[name])) for name in ("near_shortfall", "over_excess"))
        return cls(name=values["reading"], near_shortfall=shortfall, over_excess=excess)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Values are kept by rule, and fractions are slow to hash.
        return hash((self.name, self.near_shortfall, self.over_excess))


@cache
def read(
    value: Fraction | None, qualifier: str, kind: str, decimals: int, rule: ReadingRule
) -> Interval | None:
    """The interval of a printed figure, in its base unit; None if the figure is vague.

    value: the printed number in the base unit, None if vague. qualifier: one of QUALIFIERS. kind: the kind of
    its unit, one of KINDS. decimals: how many decimals the printed number has; they matter for percentages
    only. For every value the tight reading lies in the conventional one, and that in the strict one. Raises
    DataError for a qualifier, kind or value that cannot be read."""
    _check(value, qualifier, kind)
    if value is None or qualifier == "vague":
        return None
    value = Fraction(value)
    if kind == "calendar_year":
        # A date known to the year only: any moment of that year.
        return Interval(value, value + 1, high_open=True)
    if kind == "percent" and qualifier in ("exact", "reach"):
        half = Fraction(1, 2 * 10**decimals)
        return Interval(value - half, value + half, high_open=True)
    interval = _READERS[qualifier](value, rule)
    return _whole(interval, value) if kind in WHOLE_KINDS else interval


def step(value: Fraction) -> Fraction:
    """The largest power of ten, also below one, that divides `value`, a decimal number above zero."""
    power = Fraction(1)
    while (value / power).denominator > 1:
        power /= 10
    while (value / (power * 10)).denominator == 1:
        power *= 10
    return power


def _exactly(value: Fraction, rule: ReadingRule) -> Interval:
    return Interval.point(value)


def _over(value: Fraction, rule: ReadingRule) -> Interval:
    """超N: strictly only "more than N"; a writer who could have said the next step would have."""
    if rule.name == "strict":
        return Interval(value, math.inf, low_open=True)
    return _over_round(value, rule)


def _over_round(value: Fraction, rule: ReadingRule) -> Interval:
    """N余: more than N, below the next step by the meaning of the word itself."""
    next_step = value + step(value)
    limit = value * (1 + rule.over_excess)
    if rule.name == "tight" and limit < next_step:
        return Interval(value, limit, low_open=True)
    return Interval(value, next_step, low_open=True, high_open=True)


def _about_under(value: Fraction, rule: ReadingRule) -> Interval:
    """近N: below N; the words alone do not say how far below."""
    shortfall = {
        "strict": Fraction(1),
        "conventional": rule.near_shortfall,
        "tight": min(rule.near_shortfall, rule.over_excess),
    }[rule.name]
    return Interval(value * (1 - shortfall), value, high_open=True)


def _about(value: Fraction, rule: ReadingRule) -> Interval:
    """约N: what rounds to N at its last stated digit, under every rule."""
    half = step(value) / 2
    return Interval(value - half, value + half, high_open=True)


def _at_least(value: Fraction, rule: ReadingRule) -> Interval:
    """至少N: as 超N, with N itself."""
    above = _over(value, rule)
    return Interval(value, above.high, high_open=above.high_open)


def _rank(value: Fraction, rule: ReadingRule) -> Interval:
    return Interval(1, value)


_READERS: Mapping[str, Callable[[Fraction, ReadingRule], Interval]] = {
    "exact": _exactly,
    "over": _over,
    "about_under": _about_under,
    "over_round": _over_round,
    "reach": _exactly,
    "rank": _rank,
    "about": _about,
    "at_least": _at_least,
}
# A vague figure has no number to read.
QUALIFIERS = (*_READERS, "vague")


def _whole(interval: Interval, value: Fraction) -> Interval:
    """The whole numbers of `interval`, with closed ends; if it has none, the whole number beyond `value`.

    "超3" in the tight reading may end before 4: then 4 is the nearest number that "more than 3" allows.
    """
    low = math.ceil(interval.low)
    high = math.floor(interval.high) if interval.bounded else interval.high
    low += interval.low_open and low == interval.low
    high -= interval.high_open and high == interval.high
    if low > high:
        return Interval.point(value + 1 if interval.low == value else value - 1)
    return Interval(low, high)


def _check(value: Fraction | None, qualifier: str, kind: str) -> None:
    """Raise DataError with everything that keeps the figure from being read."""
    problems = []
    if qualifier not in QUALIFIERS:
        problems.append(_figure("qualifier", qualifier, "one of " + ", ".join(QUALIFIERS)))
    if kind not in KINDS:
        problems.append(_figure("kind of unit", kind, "one of " + ", ".join(KINDS)))
    elif qualifier == "vague" and value is not None:
        problems.append(_figure("value", value, "no value, as the figure is vague"))
    elif qualifier != "vague" and value is None:
        problems.append(_figure("value", "none", f"a number, as the qualifier is {qualifier}"))
    if not problems and value is not None:
        problems = _value_problems(Fraction(value), qualifier, kind)
    if problems:
        raise DataError(problems)


def _value_problems(value: Fraction, qualifier: str, kind: str) -> list[Problem]:
    stated = qualifier in ("exact", "reach")
    whole = kind in (*WHOLE_KINDS, "calendar_year")
    # Each rule: whether it holds, then the place, what was found, and what was expected.
    rules = (
        (value >= 0 or not stated, "value", value, "zero or more"),
        (value > 0 or stated, "value", value, f"a number above zero, for '{qualifier}'"),
        (10 ** value.denominator.bit_length() % value.denominator == 0, "value", value, "a decimal number"),
        (
            value.denominator == 1 or not whole,
            "value",
            value,
            f"a whole number, as the unit's kind is {kind}",
        ),
        (kind == "rank" or qualifier != "rank", "kind of unit", kind, "rank, as the qualifier is rank"),
        (
            stated or kind != "calendar_year",
            "qualifier",
            qualifier,
            "exact or reach, as it is a calendar year",
        ),
    )
    return [_figure(place, found, expected) for holds, place, found, expected in rules if not holds]


def _figure(place: str, found: object, expected: str) -> Problem:
    return Problem("printed figure", place, str(found), expected)


def _parameter(name: str, found: object, expected: str) -> Problem:
    return Problem("parameters", f"parameter {name}", str(found), expected)
