"""How tests compare intervals."""

from gba_analysis.figures.interval import Interval


def is_subset(inner: Interval, outer: Interval) -> bool:
    """Whether every number of `inner` is in `outer`."""
    low = outer.low < inner.low or (outer.low == inner.low and outer.low_open <= inner.low_open)
    high = inner.high < outer.high or (outer.high == inner.high and outer.high_open <= inner.high_open)
    return low and high
