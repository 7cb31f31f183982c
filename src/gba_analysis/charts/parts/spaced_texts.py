"""Texts on one line that want to stand over their marks, moved apart as little as needed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from gba_analysis.charts.look.style import right_edge


def spread(
    wanted: Sequence[float], widths: Sequence[float], left: float, right: float | None = None
) -> list[float]:
    """The middles of texts of `widths` as near to the `wanted` ones (ascending) as they can be side by side.

    All in points; the texts stay between `left` and `right` (None: the sheet's edge) if there is room for
    them. Method: least squares under an order, by pooling adjacent violators (Ayer and others 1955)."""
    if not wanted:
        return []
    # With the distances that texts side by side have taken away, "side by side" becomes "ascending".
    distances = list(accumulate(((a + b) / 2 for a, b in pairwise(widths)), initial=0.0))
    end = right_edge() if right is None else right
    low, high = left + widths[0] / 2, end - widths[-1] / 2 - distances[-1]
    ascending = _pooled([middle - distance for middle, distance in zip(wanted, distances, strict=True)])
    return [
        max(min(middle, high), low) + distance for middle, distance in zip(ascending, distances, strict=True)
    ]


def _pooled(values: Sequence[float]) -> list[float]:
    """The ascending values nearest to `values`: runs that fall are replaced by their mean."""
    pools: list[tuple[float, int]] = []
    for value in values:
        total, number = value, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / number:
            total, number = total + pools[-1][0], number + pools[-1][1]
            pools.pop()
        pools.append((total, number))
    return [total / number for total, number in pools for _ in range(number)]
