"""The count chart: for each row one bar, stacked from the counts of its categories, each count printed.

Counts are of one thing and may be added up: a row's total stands at the end of its bar. A category's name
stands at its greatest part, before the count; only if names have no room there, a key above the bars says
what the colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from gba_analysis.charts.look.palette import ink_on, outline_of, shades
from gba_analysis.charts.look.plot import Plot
from gba_analysis.charts.look.sheet import (
    KeyItem,
    Look,
    Sheet,
    close_sheet,
    draw_key,
    draw_line,
    line_height,
    write,
)
from gba_analysis.charts.look.style import LEFT, MUTED, SMALL, chart_style, right_edge
from gba_analysis.charts.look.wrap import text_width, wrap
from gba_analysis.charts.parts.long_table import LongTable, read_counts
from gba_analysis.charts.parts.rows import ROW_GAP, label_lines, lay_rows, plot_left, write_rows
from gba_analysis.charts.parts.scale import TEXT_GAP, AxisNeed, Scale, fit_scale, plot_area
from gba_analysis.charts.parts.sentences import clauses, listed, story
from gba_analysis.charts.parts.spaced_texts import spread
from gba_analysis.languages import check_lang
from gba_analysis.words import say

BAR = 16.0
# Room a count needs inside its part of the bar, and between two counts above it, in points.
COUNT_PADDING = 3.0
# Between a name above the bar and its neighbour.
NAME_PADDING = 10.0
# The line from a text above the bar to its part.
STALK = 3.0
KEY_GAP = 5.0
# More shades cannot be told apart.
MOST_CATEGORIES = 8


@dataclass(frozen=True)
class Part:
    """One category's part of a bar: from the sum `low` to `high`, in the colour `face`; name: written before
    the count.
    """

    low: int
    high: int
    face: str
    name: str = ""

    @property
    def texts(self) -> tuple[str, str, str]:
        """What can stand inside, the fullest first: name and count, the count alone, nothing."""
        count = str(self.high - self.low)
        return f"{self.name} {count}".lstrip(), count, ""

    def middle(self, scale: Scale) -> float:
        return (scale.at(self.low) + scale.at(self.high)) / 2

    def inside(self, scale: Scale) -> str:
        """The fullest text that has room in the part."""
        room = scale.at(self.high) - scale.at(self.low) - COUNT_PADDING
        return next(text for text in self.texts if not text or text_width(text, SMALL) <= room)

    def above(self, scale: Scale) -> str:
        """What does not stand inside."""
        full, count, _ = self.texts
        return {full: "", count: self.name}.get(self.inside(scale), full)

    def width_above(self, scale: Scale) -> float:
        return text_width(self.above(scale), SMALL) + (NAME_PADDING if self.name else COUNT_PADDING)


@chart_style()
def count_chart(table: pd.DataFrame, lang: str) -> Figure:
    """One stacked bar for each `row`, its parts the counts of each `column`, both in the table's order.

    table: row, column, count (whole numbers; a missing pair counts 0), in long form, each pair once.
    A text too long for its part stands above it. Raises ValueError for a missing column, no rows, NaN, a
    count that is negative or not whole, a pair given twice, more than MOST_CATEGORIES, or counts that are all
    0."""
    check_lang(lang)
    counts = _read(table)
    labels = label_lines(counts.rows)
    scale = _scale(plot_left(labels), [counts.row_total(row) for row in counts.rows])
    plain = [_parts(counts, row) for row in counts.rows]
    named = _named(counts, plain)
    bars = named if _fit(named, scale) else plain
    sheet = Sheet()
    top = draw_key(sheet, _key(counts), LEFT, 0) + KEY_GAP if bars is plain else 0.0
    absent = _absent(counts, lang) if bars is named else ""
    rows = lay_rows(labels, heights=[_height(parts, scale) for parts in bars], top=top)
    write_rows(sheet, rows)
    plot = plot_area(sheet, scale)
    for row, parts in zip(rows.rows, bars, strict=True):
        _draw_bar(sheet, plot, scale, y=row.middle, parts=parts)
    draw_line(sheet, (scale.left, scale.left), (top, rows.bottom), color=MUTED)
    close_sheet(sheet, _write_below(sheet, absent, rows.bottom) if absent else rows.bottom)
    return sheet


def _read(table: pd.DataFrame) -> LongTable:
    counts = read_counts(table)
    if len(counts.columns) > MOST_CATEGORIES:
        found = f"found {len(counts.columns)} different categories"
        raise ValueError(f"column 'column': {found}, expected at most {MOST_CATEGORIES}")
    if not counts.total:
        raise ValueError("column 'count': found only 0, expected at least one count above 0")
    return counts


def _key(counts: LongTable) -> list[KeyItem]:
    faces = shades(len(counts.columns))
    return [
        KeyItem(column, look=Look(face, outline_of(face)))
        for column, face in zip(counts.columns, faces, strict=True)
    ]


def _scale(left: float, totals: Sequence[int]) -> Scale:
    widths = [TEXT_GAP + text_width(str(total), bold=True) for total in totals]
    return fit_scale(
        [AxisNeed(low=0, high=total, text_width=width) for total, width in zip(totals, widths, strict=True)],
        left,
    )


def _parts(counts: LongTable, row: str) -> list[Part]:
    values = [counts.at(row, column).count for column in counts.columns]
    ends = list(accumulate(values, initial=0))
    parts = zip(ends, ends[1:], shades(len(values)), strict=False)
    return [Part(low, high, face) for low, high, face in parts if low < high]


def _named(counts: LongTable, bars: Sequence[Sequence[Part]]) -> list[list[Part]]:
    """`bars` with each category's name at its greatest part, the first of equal ones."""
    names = dict(zip(shades(len(counts.columns)), counts.columns, strict=True))
    greatest: dict[str, Part] = {}
    for part in (part for parts in bars for part in parts):
        before = greatest.setdefault(part.face, part)
        greatest[part.face] = part if part.high - part.low > before.high - before.low else before
    return [
        [replace(part, name=names[part.face]) if greatest[part.face] is part else part for part in parts]
        for parts in bars
    ]


def _fit(bars: Sequence[Sequence[Part]], scale: Scale) -> bool:
    """Whether the texts above each bar have room side by side."""
    room = right_edge() - scale.left
    return all(sum(part.width_above(scale) for part in parts if part.above(scale)) <= room for parts in bars)


def _height(parts: Sequence[Part], scale: Scale) -> float:
    """What a bar needs with the texts above it; as much below, to keep it in the row's middle."""
    if not any(part.above(scale) for part in parts):
        return BAR
    return BAR + 2 * (STALK + line_height(SMALL)) - ROW_GAP


def _draw_bar(sheet: Sheet, plot: Plot, scale: Scale, *, y: float, parts: Sequence[Part]) -> None:
    total = parts[-1].high if parts else 0
    write(sheet, scale.at(total) + TEXT_GAP, y, [str(total)], bold=True)
    for part in parts:
        extent = (part.low, y - BAR / 2), part.high - part.low, BAR
        plot.add(Rectangle(*extent, facecolor=part.face, edgecolor=outline_of(part.face), linewidth=0.8))
        if text := part.inside(scale):
            write(sheet, part.middle(scale), y, [text], size=SMALL, color=ink_on(part.face), align="center")
    _write_above(sheet, scale, y - BAR / 2, [part for part in parts if part.above(scale)])


def _write_above(sheet: Sheet, scale: Scale, y: float, parts: Sequence[Part]) -> None:
    positions = spread(
        [part.middle(scale) for part in parts], [part.width_above(scale) for part in parts], scale.left
    )
    for part, x in zip(parts, positions, strict=True):
        draw_line(sheet, (part.middle(scale), x), (y, y - STALK), color=MUTED)
        write(sheet, x, y - STALK - line_height(SMALL) / 2, [part.above(scale)], size=SMALL, align="center")


def _absent(counts: LongTable, lang: str) -> str:
    """The categories that no bar shows, in words; empty if there is none."""
    names = [
        column for column in counts.columns if not any(counts.at(row, column).count for row in counts.rows)
    ]
    return say("remark.absent", lang, names=listed(names, lang)) if names else ""


def _write_below(sheet: Sheet, text: str, top: float) -> float:
    """Write `text` under the bars; returns the height reached in points."""
    lines = wrap(text, right_edge() - LEFT, SMALL)
    bottom = top + KEY_GAP + line_height(SMALL) * len(lines)
    write(sheet, LEFT, (top + KEY_GAP + bottom) / 2, lines, size=SMALL, color=MUTED)
    return bottom


def describe_counts(table: pd.DataFrame, lang: str) -> str:
    """The alt text of `count_chart`: what it is, then each row's total and counts. Raises ValueError as the
    chart.
    """
    check_lang(lang)
    counts = _read(table)
    first = say(
        "alt.counts",
        lang,
        rows=say("alt_number.row", lang, number=len(counts.rows)),
        categories=say("alt_number.category", lang, number=len(counts.columns)),
        total=counts.total,
    )
    return story([first, *(_sentence(counts, row, lang) for row in counts.rows)], lang)


def _sentence(counts: LongTable, row: str, lang: str) -> str:
    parts = [say("alt.cell", lang, column=name, text=filled.text) for name, filled in counts.filled(row)]
    total = counts.row_total(row)
    if not parts:
        return say("alt.named", lang, name=row, text=total)
    return say("alt.row_of_counts", lang, row=row, total=total, parts=clauses(parts, lang))
