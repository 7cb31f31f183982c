"""Ranks of figures that are known as intervals: the best and the worst place each can have.

Whether a ranking of these figures means anything, because they measure the same thing, is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from gba_analysis.figures.interval import Interval

COLUMNS = ("interval", "best", "worst")


def rank_intervals(intervals: Mapping[str, Interval]) -> pd.DataFrame:
    """The ranks that each of `intervals` can have, the greatest value first: indexed by label, with COLUMNS.

    intervals: by label, in one unit. best: one more than the others that are greater for all values; worst: one more
    than those that are greater for some. Equal values share the better rank (1, 2, 2, 4). Where best and worst differ,
    the intervals overlap and no single rank may be stated. Raises ValueError if there is nothing to rank.
    """
    if not intervals:
        raise ValueError("found no intervals, expected at least one to rank")
    rows = {
        label: {
            "interval": interval,
            "best": 1 + sum(_always_below(interval, other) for other in intervals.values()),
            "worst": 1 + sum(interval.low < other.high for other in _others(intervals, label)),
        }
        for label, interval in intervals.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS).rename_axis("label")


def _others(intervals: Mapping[str, Interval], label: str) -> list[Interval]:
    return [interval for name, interval in intervals.items() if name != label]


def _always_below(one: Interval, other: Interval) -> bool:
    return one.high < other.low or (one.high == other.low and (one.high_open or other.low_open))
