"""Labelled rows under each other: labels in a column at the left or above their rows, bold headings where the
group changes.

What is drawn in a row does not belong here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gba_analysis.charts.look.sheet import DOT, Sheet, line_height, write
from gba_analysis.charts.look.style import LEFT, is_narrow, right_edge
from gba_analysis.charts.look.wrap import widest, wrap

# Labels take at most this part of the sheet; longer ones wrap.
LABEL_SHARE = 0.4
# What labels above their rows may take.
WHOLE = 0.99
# Between a label and the marks below it: the head of an arrow is higher than a line.
ABOVE_GAP = 2.0
# Between the label column and the plot, and around the lines of a row, in points.
COLUMN_GAP = 12.0
ROW_GAP = 9.0
HEADING_GAP = 7.0


@dataclass(frozen=True)
class Row:
    """One row, in points from the top: its extent, the lines of its label and their middle, the middle of its
    marks.
    """

    lines: tuple[str, ...]
    top: float
    bottom: float
    label_middle: float
    middle: float


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
    """Each label in lines no wider than `share` of the sheet."""
    return [wrap(label, right_edge() * share) for label in labels]


def plot_left(labels: Sequence[tuple[str, ...]]) -> float:
    """Where the plot begins: the label column with its gap, in points."""
    return LEFT + max(widest(lines) for lines in labels) + COLUMN_GAP


def labelled_rows(
    labels: Sequence[str], *, heights: Sequence[float], groups: Sequence[str] | None = None
) -> Rows:
    """`lay_rows` with the labels beside their rows, or above them on a narrow sheet, if one does not fit on a
    line.
    """
    beside = label_lines(labels)
    if is_narrow() and any(len(lines) > 1 for lines in beside):
        return lay_rows(label_lines(labels, WHOLE), groups=groups, heights=heights, above=True)
    return lay_rows(beside, groups=groups, heights=heights)


def lay_rows(
    labels: Sequence[tuple[str, ...]],
    *,
    heights: Sequence[float],
    groups: Sequence[str] | None = None,
    top: float = 0.0,
    above: bool = False,
) -> Rows:
    """Set rows under each other from `top`.

    heights: what the plot needs in each row, in points; a long label may need more.
    groups: the group's name of each row, "" for none; a heading stands where the name changes.
    above: labels stand above their rows, not at their left.
    """
    rows: list[Row] = []
    headings: list[Heading] = []
    y, before = top, ""
    for lines, group, height in zip(labels, groups or [""] * len(labels), heights, strict=True):
        if group and group != before:
            heading = wrap(group, right_edge() - LEFT, bold=True)
            y += HEADING_GAP if rows else 0
            headings.append(Heading(heading, y + line_height() * len(heading) / 2))
            y += line_height() * len(heading)
        rows.append(_row_above(lines, y, height) if above else _row_beside(lines, y, height))
        y, before = rows[-1].bottom, group
    return Rows(tuple(rows), tuple(headings), LEFT + DOT if above else plot_left(labels), y)


def _row_beside(lines: tuple[str, ...], top: float, height: float) -> Row:
    bottom = top + max(height, line_height() * len(lines)) + ROW_GAP
    return Row(lines, top, bottom, label_middle=(top + bottom) / 2, middle=(top + bottom) / 2)


def _row_above(lines: tuple[str, ...], top: float, height: float) -> Row:
    marks = top + line_height() * len(lines) + ABOVE_GAP
    label = (top + marks - ABOVE_GAP) / 2
    return Row(lines, top, marks + height + ROW_GAP, label_middle=label, middle=marks + height / 2)


def write_rows(sheet: Sheet, rows: Rows) -> None:
    """Write the labels and headings of `rows`."""
    for heading in rows.headings:
        write(sheet, LEFT, heading.middle, heading.lines, bold=True)
    for row in rows.rows:
        write(sheet, LEFT, row.label_middle, row.lines)
