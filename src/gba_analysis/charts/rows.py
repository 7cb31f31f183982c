"""Labelled rows under each other: labels in a column at the left, bold headings where the group changes.

What is drawn in a row does not belong here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from gba_analysis.charts.page import line_height, write
from gba_analysis.charts.style import LEFT, right_edge
from gba_analysis.charts.wrap import widest, wrap

# Labels take at most this part of the page; longer ones wrap.
LABEL_SHARE = 0.4
# Between the label column and the plot, and around the lines of a row, in points.
COLUMN_GAP = 12.0
ROW_GAP = 9.0
HEADING_GAP = 7.0


@dataclass(frozen=True)
class Row:
    """One row: the lines of its label, and its extent in points from the top."""

    lines: tuple[str, ...]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Heading:
    """A group's name and the middle of its lines, in points from the top."""

    lines: tuple[str, ...]
    middle: float


@dataclass(frozen=True)
class Rows:
    """All rows of a chart; left: where the plot begins; bottom: where the rows end (points)."""

    rows: tuple[Row, ...]
    headings: tuple[Heading, ...]
    left: float
    bottom: float


def label_lines(labels: Sequence[str], share: float = LABEL_SHARE) -> list[tuple[str, ...]]:
    """Each label in lines no wider than `share` of the page."""
    return [wrap(label, right_edge() * share) for label in labels]


def plot_left(labels: Sequence[tuple[str, ...]]) -> float:
    """Where the plot begins: the label column with its gap, in points."""
    return LEFT + max(widest(lines) for lines in labels) + COLUMN_GAP


def lay_rows(
    labels: Sequence[tuple[str, ...]], groups: Sequence[str], heights: Sequence[float], top: float = 0.0
) -> Rows:
    """Set rows under each other from `top`.

    groups: the group's name of each row, "" for none; a heading stands where the name changes.
    heights: what the plot needs in each row, in points; a long label may need more.
    """
    rows, headings, y, before = [], [], top, ""
    for lines, group, height in zip(labels, groups, heights, strict=True):
        if group and group != before:
            heading = wrap(group, right_edge() - LEFT, bold=True)
            y += HEADING_GAP if rows else 0
            headings.append(Heading(heading, y + line_height() * len(heading) / 2))
            y += line_height() * len(heading)
        bottom = y + max(height, line_height() * len(lines)) + ROW_GAP
        rows.append(Row(lines, y, bottom))
        y, before = bottom, group
    return Rows(tuple(rows), tuple(headings), plot_left(labels), y)


def write_rows(fig: Figure, rows: Rows) -> None:
    """Write the labels and headings of `rows`."""
    for heading in rows.headings:
        write(fig, LEFT, heading.middle, heading.lines, bold=True)
    for row in rows.rows:
        write(fig, LEFT, row.middle, row.lines)
