"""The order of values that are known as intervals: what is certainly less, and which ranks each can have.

Whether a ranking of given figures means anything, because they measure the same thing, is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from gba_analysis.figures.interval import Interval, always_below, never_above

RANK_COLUMNS = ("interval", "best", "worst")


def rank_intervals(intervals: Mapping[str, Interval]) -> pd.DataFrame:
    """The ranks that each of `intervals` can have, the greatest value first: indexed by label, with
    RANK_COLUMNS.

    intervals: by label, in one unit. best: one more than the others that are greater for all values; worst:
    one more than those that are greater for some. Equal values share the better rank (1, 2, 2, 4). Where best
    and worst differ, no single rank may be stated. Raises ValueError if there is nothing to rank."""
    if not intervals:
        raise ValueError("found no intervals, expected at least one to rank")
    rows = {label: _ranked(label, interval, intervals) for label, interval in intervals.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=RANK_COLUMNS).rename_axis("label")


def _ranked(label: str, interval: Interval, intervals: Mapping[str, Interval]) -> dict[str, object]:
    others = [other for name, other in intervals.items() if name != label]
    best = 1 + sum(always_below(interval, other) for other in others)
    worst = 1 + sum(not never_above(other, interval) for other in others)
    return {"interval": interval, "best": best, "worst": worst}
