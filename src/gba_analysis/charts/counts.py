"""The count chart: for each row one bar, stacked from the counts of its categories, each count printed.

Counts are of one thing and may be added up: a row's total stands at the end of its bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from gba_analysis.charts import checks
from gba_analysis.charts.long_table import LongTable, read_counts
from gba_analysis.charts.page import KeyItem, close_page, draw_key, draw_line, line_height, new_page, write
from gba_analysis.charts.palette import ink_on, outline_of, shades
from gba_analysis.charts.rows import ROW_GAP, label_lines, lay_rows, plot_left, write_rows
from gba_analysis.charts.scale import TEXT_GAP, Scale, Span, fit_scale, plot_area
from gba_analysis.charts.spread import spread
from gba_analysis.charts.style import LEFT, MUTED, SMALL, chart_style
from gba_analysis.charts.wording import clauses, counted, story
from gba_analysis.charts.wrap import text_width

BAR = 16.0
# Room a count needs inside its part of the bar, and between two counts above it, in points.
COUNT_PADDING = 3.0
# The line from a count above the bar to its part.
STALK = 3.0
KEY_GAP = 5.0
# More shades cannot be told apart.
MOST_CATEGORIES = 8

WORDS = {
    "en": {
        "chart": "Stacked bar chart, {rows} by {columns}, {total} in all",
        "row": ("row", "rows"),
        "column": ("category", "categories"),
        "sentence": "{row}: {total} ({parts})",
        "empty": "{row}: 0",
        "part": "{column} {count}",
    },
    "zh": {
        "chart": "堆叠条形图，共{rows}、{columns}，合计{total}",
        "row": ("行", "行"),
        "column": ("类", "类"),
        "sentence": "{row}：{total}（{parts}）",
        "empty": "{row}：0",
        "part": "{column} {count}",
    },
}


@dataclass(frozen=True)
class Part:
    """One category's part of a bar: from the sum `low` to `high`, in the colour `face`."""

    low: int
    high: int
    face: str

    @property
    def text(self) -> str:
        return str(self.high - self.low)

    @property
    def text_width(self) -> float:
        return text_width(self.text, SMALL) + COUNT_PADDING

    def middle(self, scale: Scale) -> float:
        return (scale.at(self.low) + scale.at(self.high)) / 2

    def holds_text(self, scale: Scale) -> bool:
        """Whether the count can stand inside the part."""
        return self.text_width <= scale.at(self.high) - scale.at(self.low)


@chart_style()
def count_chart(table: pd.DataFrame, lang: str) -> Figure:
    """One stacked bar for each `row`, its parts the counts of each `column`, both in the table's order.

    table: row, column, count (whole numbers; a missing pair counts 0), in long form, each pair once.
    A count too long for its part stands above it. Raises ValueError for a missing column, no rows, NaN, a count
    that is negative or not whole, a pair given twice, more than MOST_CATEGORIES, or counts that are all 0.
    """
    checks.check_lang(lang)
    counts = _read(table)
    labels = label_lines(counts.rows)
    scale = _scale(plot_left(labels), [counts.row_total(row) for row in counts.rows])
    bars = [_parts(counts, row) for row in counts.rows]
    fig = new_page()
    top = draw_key(fig, _key(counts), LEFT, 0) + KEY_GAP
    rows = lay_rows(labels, [""] * len(labels), [_height(parts, scale) for parts in bars], top)
    write_rows(fig, rows)
    ax = plot_area(fig, scale)
    for row, parts in zip(rows.rows, bars, strict=True):
        _draw_bar(fig, ax, scale, row.middle, parts)
    draw_line(fig, (scale.left, scale.left), (top, rows.bottom), MUTED)
    close_page(fig, rows.bottom)
    return fig


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
    return [KeyItem(column, face=face, edge=outline_of(face)) for column, face in zip(counts.columns, faces, strict=True)]


def _scale(left: float, totals: Sequence[int]) -> Scale:
    widths = [TEXT_GAP + text_width(str(total), bold=True) for total in totals]
    return fit_scale([Span(0, total, width) for total, width in zip(totals, widths, strict=True)], left)


def _parts(counts: LongTable, row: str) -> list[Part]:
    values = [counts.cell(row, column).count for column in counts.columns]
    ends = list(accumulate(values, initial=0))
    parts = zip(ends, ends[1:], shades(len(values)), strict=False)
    return [Part(low, high, face) for low, high, face in parts if low < high]


def _height(parts: Sequence[Part], scale: Scale) -> float:
    """What a bar needs with the counts above it; as much below, to keep it in the row's middle."""
    if all(part.holds_text(scale) for part in parts):
        return BAR
    return BAR + 2 * (STALK + line_height(SMALL)) - ROW_GAP


def _draw_bar(fig: Figure, ax: Axes, scale: Scale, y: float, parts: Sequence[Part]) -> None:
    total = parts[-1].high if parts else 0
    write(fig, scale.at(total) + TEXT_GAP, y, [str(total)], bold=True)
    for part in parts:
        extent = (part.low, y - BAR / 2), part.high - part.low, BAR
        ax.add_patch(Rectangle(*extent, facecolor=part.face, edgecolor=outline_of(part.face), linewidth=0.8))
        if part.holds_text(scale):
            write(fig, part.middle(scale), y, [part.text], size=SMALL, color=ink_on(part.face), align="center")
    _write_above(fig, scale, y - BAR / 2, [part for part in parts if not part.holds_text(scale)])


def _write_above(fig: Figure, scale: Scale, y: float, parts: Sequence[Part]) -> None:
    positions = spread([part.middle(scale) for part in parts], [part.text_width for part in parts], scale.left)
    for part, x in zip(parts, positions, strict=True):
        draw_line(fig, (part.middle(scale), x), (y, y - STALK), MUTED)
        write(fig, x, y - STALK - line_height(SMALL) / 2, [part.text], size=SMALL, align="center")


def describe_counts(table: pd.DataFrame, lang: str) -> str:
    """The alt text of `count_chart`: what it is, then each row's total and counts. Raises ValueError as the chart."""
    words = WORDS[checks.check_lang(lang)]
    counts = _read(table)
    first = words["chart"].format(
        rows=counted(len(counts.rows), *words["row"]),
        columns=counted(len(counts.columns), *words["column"]),
        total=counts.total,
    )
    return story([first, *(_sentence(counts, row, words, lang) for row in counts.rows)], lang)


def _sentence(counts: LongTable, row: str, words: dict, lang: str) -> str:
    parts = [words["part"].format(column=column, count=cell.count) for column, cell in counts.filled(row)]
    pattern = words["sentence" if parts else "empty"]
    return pattern.format(row=row, total=counts.row_total(row), parts=clauses(parts, lang))
