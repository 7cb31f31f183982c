"""The table of a chart of panels: figures of other sources in time, and the article's beside them.

How a panel is drawn is said in `panels`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from gba_analysis.charts.parts.table_rows import (
    CellError,
    as_bound,
    as_flag,
    as_number,
    as_number_or_none,
    as_text,
    as_text_or_none,
    cell,
    cell_error,
    one_of,
    read_rows,
)
from gba_analysis.figures.grade_rule import GRADES


@dataclass(frozen=True)
class Point:
    """One row: a figure from `low` to `high` (infinite = open) at `time`, in years; NaN: no date.

    span: how long the known time is. date: the time in figures. grade: "" for the article. break_before: it
    cannot be compared with the figure before it; changed: why. joined: a line leads here from there.
    """

    panel: str = cell(as_text)
    time: float = cell(as_number_or_none)
    span: float = cell(as_number)
    date: str = cell(as_text_or_none)
    low: float = cell(as_number)
    high: float = cell(as_bound)
    text: str = cell(as_text)
    grade: str = cell(one_of(*GRADES, ""))
    source: str = cell(as_text_or_none)
    is_article: bool = cell(as_flag)
    break_before: bool = cell(as_flag)
    joined: bool = cell(as_flag)
    changed: str = cell(as_text_or_none, missing="")

    def __post_init__(self) -> None:
        if self.low > self.high:
            found = f"{self.low:g} with high = {self.high:g}"
            raise CellError(found, "a number, low ≤ high", column="low")
        if self.is_article == bool(self.grade):
            expected = "a grade for a source, none for the article"
            raise CellError(repr(self.grade), expected, column="grade")
        if not self.is_article and not self.dated:
            raise CellError("no time", "a time for a figure of another source", column="time")

    @property
    def dated(self) -> bool:
        return not math.isnan(self.time)

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def can_follow(self, before: Point | None) -> bool:
        """Whether a line may lead here from `before`, the figure of the row above."""
        if before is None or before.panel != self.panel or self.break_before or self.is_article:
            return False
        return self.exact and before.exact


def read_points(table: pd.DataFrame) -> list[Point]:
    """The rows of `table` in order. Raises ValueError, see `Point` and `table_rows`."""
    points = read_rows(table, Point)
    for row, (point, before) in enumerate(zip(points, [None, *points[:-1]], strict=True), start=1):
        if point.joined and not point.can_follow(before):
            expected = "false, unless two exact figures of one unbroken series follow each other"
            raise cell_error("joined", row, "true", expected)
    return points


def by_panel(points: Iterable[Point]) -> dict[str, list[Point]]:
    """The points of each panel, in the table's order."""
    panels: dict[str, list[Point]] = {}
    for point in points:
        panels.setdefault(point.panel, []).append(point)
    return panels


def top_value(points: Sequence[Point]) -> float:
    """The greatest finite end; above an open end there is room for an arrow."""
    ends = [point.high if math.isfinite(point.high) else point.low * 1.5 for point in points]
    return max(ends)


def break_times(points: Sequence[Point]) -> list[tuple[float, Point]]:
    """The middle of the time between a figure and the one before it, where the series breaks."""
    pairs = [(before, point) for before, point in pairwise(points) if point.break_before]
    return [((before.time + point.time) / 2, point) for before, point in pairs]
