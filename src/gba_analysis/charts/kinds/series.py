"""The charts of references: small multiples of figures in time, and ranks by year with the breaks of their
series.

A panel's figures share a unit, which its title names; nothing is compared across panels but time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from gba_analysis.charts.look.sheet import KeyItem, Page, draw_key, draw_line, fix_page, line_height, write
from gba_analysis.charts.look.style import (
    ACCENT,
    LEFT,
    MARK,
    MUTED,
    PAPER,
    SMALL,
    chart_style,
    is_narrow,
    right_edge,
)
from gba_analysis.charts.look.wrap import text_width, wrap
from gba_analysis.charts.parts import checks
from gba_analysis.charts.parts.panels import (
    FACES,
    GRADES,
    Box,
    Frame,
    Point,
    break_times,
    by_panel,
    draw_break,
    draw_panel,
    read_points,
    top_value,
)
from gba_analysis.charts.parts.scale import Scale, draw_years
from gba_analysis.charts.parts.spaced_texts import spread
from gba_analysis.charts.parts.wording import clauses, counted, story

# Panels beside each other; on a narrow page there is room for one.
COLUMNS = 2
COLUMN_GAP, ROW_GAP = 26.0, 12.0
PLOT_HEIGHT, RANK_HEIGHT = 84.0, 96.0
TITLE_GAP, SLOT_GAP, KEY_GAP = 2.0, 6.0, 8.0
# Above the greatest figure of a panel, for its text.
HEADROOM = line_height(SMALL) + 9.0
# The years under a plot.
AXIS_HEIGHT = 3.0 + line_height(SMALL) + 2.0
# From what changed at a break to the break, and around its words.
NOTE_STALK, NOTE_PADDING = 8.0, 12.0
# A month given as a fraction of a year is not exact in binary.
ROUNDING = 1e-6
# Below the last rank, so that its mark does not stand on the axis.
FOOTROOM = 14.0
# A tick names the place of figures without a date.
LEAST_SLOT = 44.0

WORDS = {
    "en": {
        "undated": "no date",
        "article_key": "figure of the article (a bar: its interval)",
        "bar": "bar: a bound, read as an interval",
        "open": "arrow: no upper limit stated",
        "line": "line: comparable exact figures, three or more",
        "break": "dashed: not comparable across",
        "grades": {"A": "grade A", "B": "grade B", "C": "grade C"},
        "series": "Figures of other sources in time, and those of the article, in {panels}",
        "panel": ("panel", "panels"),
        "ranks": "Ranks by year, {panels}, best place at the top",
        "sentence": "{panel}: {parts}",
        "point": "{date} {text} (grade {grade})",
        "broken": "{date} {text} (grade {grade}; not comparable with the one before{changed})",
        "changed": ": {changed}",
        "article_point": "the article {text} ({date})",
    },
    "zh": {
        "undated": "无日期",
        "article_key": "文中数字（条形为其区间）",
        "bar": "条形：界限，按区间读",
        "open": "箭头：未给出上限",
        "line": "连线：可比的确数，至少三个",
        "break": "虚线：两侧不可比",
        "grades": {"A": "A级", "B": "B级", "C": "C级"},
        "series": "其他来源各时点的数字与文中数字，共{panels}",
        "panel": ("幅小图", "幅小图"),
        "ranks": "历年名次，共{panels}，名次靠前者在上",
        "sentence": "{panel}：{parts}",
        "point": "{date} {text}（{grade}级）",
        "broken": "{date} {text}（{grade}级，与前一项不可比{changed}）",
        "changed": "：{changed}",
        "article_point": "文中 {text}（{date}）",
    },
}


@chart_style()
def series_chart(table: pd.DataFrame, lang: str) -> Figure:
    """A panel for each `panel` of the table, two beside each other (one if narrow), all over the same years.

    table: panel, time (years; NaN: no date), span (years), date, low, high (a number of the panel's unit; inf
    = open), text (written beside the mark), grade (A, B, C; empty for the article), source, is_article,
    break_before, joined (a line leads here from the row before). Each panel begins at zero. Raises ValueError
    for a missing column, no rows, a line across a break or from a bound, or a time that is missing for
    another source."""
    words = WORDS[checks.check_lang(lang)]
    points = read_points(table)
    panels = by_panel(points)
    columns = 1 if is_narrow() else COLUMNS
    width = (right_edge() - LEFT - COLUMN_GAP * (columns - 1)) / columns
    years, slot = _years(points), _slot_width(points, words)
    titles = {name: wrap(name, width, bold=True) for name in panels}
    key = _key(points, words)
    page = Page()
    # The page's height must be known before axes are placed on it.
    tops, bottom = _tops(list(titles.values()), columns)
    fix_page(page, draw_key(page, key, LEFT, bottom + KEY_GAP))
    for number, (name, rows) in enumerate(panels.items()):
        left, top = LEFT + number % columns * (width + COLUMN_GAP), tops[number // columns]
        lines = titles[name]
        write(page, left, top - line_height() * len(lines) / 2 - TITLE_GAP, lines, bold=True)
        x = Scale(*years, left, left + width - slot)
        y = Scale(0, top_value(rows), top + PLOT_HEIGHT, top + HEADROOM)
        area = Box(left, top, left + width, y.left)
        _draw(page, Frame(x, y, left + width - slot / 2 + SLOT_GAP / 2, area), rows, words)
    return page


def _tops(titles: Sequence[Sequence[str]], columns: int) -> tuple[list[float], float]:
    """The top of the plots in each row of panels, and where the last row ends, in points."""
    tops, y = [], 0.0
    for start in range(0, len(titles), columns):
        y += line_height() * max(map(len, titles[start : start + columns])) + TITLE_GAP
        tops.append(y)
        y += PLOT_HEIGHT + AXIS_HEIGHT + ROW_GAP
    return tops, y - ROW_GAP


def _draw(page: Page, frame: Frame, points: Sequence[Point], words: dict) -> None:
    """One panel: its breaks, figures and years."""
    for time, _ in break_times(points):
        draw_break(page, frame, time, frame.area.top)
    draw_panel(page, frame, points)
    bottom = draw_years(page, frame.x, frame.area.bottom)
    if any(not point.dated for point in points):
        name = bottom - 1 - line_height(SMALL) / 2
        write(page, frame.slot, name, [words["undated"]], size=SMALL, color=MUTED, align="center")


def _years(points: Sequence[Point]) -> tuple[int, int]:
    """The first year and the end of the last, of all dated figures."""
    dated = [point for point in points if point.dated]
    first = min((math.floor(point.time - point.span / 2 + ROUNDING) for point in dated), default=0)
    last = max((math.ceil(point.time + point.span / 2 - ROUNDING) for point in dated), default=1)
    return first, last


def _slot_width(points: Sequence[Point], words: dict) -> float:
    """What figures without a date need to the right of the years; nothing if all have one."""
    texts = [text_width(point.text, SMALL, True) for point in points if not point.dated]
    if not texts:
        return 0.0
    return max(*texts, text_width(words["undated"], SMALL), LEAST_SLOT) + SLOT_GAP


@chart_style()
def rank_chart(table: pd.DataFrame, lang: str) -> Figure:
    """A panel over the page's width for each `panel` of the table: ranks by year, the first place at the top.

    table: as for `series_chart`; optional: changed (what broke the series before the row, in a few words,
    written above the break). Raises ValueError as `series_chart` does."""
    words = WORDS[checks.check_lang(lang)]
    points = read_points(table)
    slot = _slot_width(points, words)
    page, y = Page(), 0.0
    plans = []
    for name, rows in by_panel(points).items():
        lines = wrap(name, right_edge() - LEFT, bold=True)
        top = y + line_height() * len(lines) + TITLE_GAP
        plans.append((lines, top, rows))
        y = top + RANK_HEIGHT + AXIS_HEIGHT + ROW_GAP
    fix_page(page, draw_key(page, _key(points, words), LEFT, y - ROW_GAP + KEY_GAP))
    x = Scale(*_years(points), LEFT, right_edge() - slot)
    for lines, top, rows in plans:
        write(page, LEFT, top - line_height() * len(lines) / 2 - TITLE_GAP, lines, bold=True)
        notes = line_height(SMALL) + NOTE_STALK if any(point.changed for point in rows) else 0.0
        bottom = top + RANK_HEIGHT
        scale = Scale(max(top_value(rows), 2), 1, bottom - FOOTROOM, top + notes + HEADROOM)
        frame = Frame(
            x, scale, right_edge() - slot / 2 + SLOT_GAP / 2, Box(LEFT, top + notes, right_edge(), bottom)
        )
        _write_changes(page, frame, rows, top)
        _draw(page, frame, rows, words)
    return page


def _write_changes(page: Page, frame: Frame, points: Sequence[Point], top: float) -> None:
    """What changed at each break, side by side above the breaks, with a line down to its own."""
    breaks = [(time, point.changed) for time, point in break_times(points) if point.changed]
    widths = [text_width(text, SMALL) + NOTE_PADDING for _, text in breaks]
    middles = spread([frame.x.at(time) for time, _ in breaks], widths, LEFT, right_edge())
    for (time, text), middle in zip(breaks, middles, strict=True):
        write(page, middle, top + line_height(SMALL) / 2, [text], size=SMALL, color=MUTED, align="center")
        draw_line(page, (middle, frame.x.at(time)), (top + line_height(SMALL), frame.area.top), MUTED)


def _key(points: Sequence[Point], words: dict) -> list[KeyItem]:
    used = {point.grade for point in points}
    items = [KeyItem(words["grades"][grade], "dot", FACES[grade], MARK) for grade in GRADES if grade in used]
    if any(point.is_article for point in points):
        items.append(KeyItem(words["article_key"], face=ACCENT, edge=ACCENT))
    if any(not point.exact and not point.is_article for point in points):
        items.append(KeyItem(words["bar"], face=PAPER, edge=MARK))
    if any(math.isinf(point.high) for point in points):
        items.append(KeyItem(words["open"], "up", PAPER, MARK))
    if any(point.joined for point in points):
        items.append(KeyItem(words["line"], "line"))
    if any(point.broken for point in points):
        items.append(KeyItem(words["break"], "dashes", MUTED, MUTED))
    return items


def describe_series(table: pd.DataFrame, lang: str) -> str:
    """The alt text of `series_chart`: its panels, then each panel's figures. Raises ValueError as the chart
    does.
    """
    return _description(table, lang, "series")


def describe_ranks(table: pd.DataFrame, lang: str) -> str:
    """The alt text of `rank_chart`: its panels, then each panel's ranks and breaks. Raises ValueError as the
    chart.
    """
    return _description(table, lang, "ranks")


def _description(table: pd.DataFrame, lang: str, head: str) -> str:
    words = WORDS[checks.check_lang(lang)]
    panels = by_panel(read_points(table))
    first = words[head].format(panels=counted(len(panels), *words["panel"]))
    sentences = [
        words["sentence"].format(panel=name, parts=clauses([_phrase(point, words) for point in rows], lang))
        for name, rows in panels.items()
    ]
    return story([first, *sentences], lang)


def _phrase(point: Point, words: dict) -> str:
    if point.is_article:
        return words["article_point"].format(text=point.text, date=point.date or words["undated"])
    changed = words["changed"].format(changed=point.changed) if point.changed else ""
    pattern = words["broken" if point.broken else "point"]
    return pattern.format(date=point.date, text=point.text, grade=point.grade, changed=changed)
