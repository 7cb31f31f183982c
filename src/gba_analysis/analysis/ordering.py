"""The order of values that are known as intervals: what is certainly less, and which ranks each can have.

    >>> from fractions import Fraction
    >>> one, two = (Interval(Fraction(low), Fraction(high)) for low, high in ((1, 3), (2, 5)))
    >>> [(rank.best, rank.worst) for rank in rank_intervals({"a": one, "b": two})]
    [(1, 2), (1, 2)]

Whether a ranking of given figures means anything, because they measure the same thing, is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gba_analysis.figures.interval import Interval, always_below, never_above


@dataclass(frozen=True)
class Ranked:
    """A value under its key, and its ranks: best is the first that it can have, worst the last."""

    key: str
    interval: Interval
    best: int
    worst: int


def rank_intervals(intervals: Mapping[str, Interval]) -> tuple[Ranked, ...]:
    """The ranks that each of `intervals` can have, the greatest value first; in the order given.

    intervals: by key, in one unit. best: one more than the others that are greater for all values; worst: one
    more than those that are greater for some. Equal values share the better rank (1, 2, 2, 4). Where best and
    worst differ, no single rank may be stated. Raises ValueError if there is nothing to rank."""
    if not intervals:
        raise ValueError("found no intervals, expected at least one to rank")
    return tuple(_ranked(key, intervals) for key in intervals)


def _ranked(key: str, intervals: Mapping[str, Interval]) -> Ranked:
    own = intervals[key]
    others = [other for name, other in intervals.items() if name != key]
    best = 1 + sum(always_below(own, other) for other in others)
    worst = 1 + sum(not never_above(other, own) for other in others)
    return Ranked(key=key, interval=own, best=best, worst=worst)
