"""The heads of narrow columns: level and wrapped if they fit above their columns, else as stairs.

Stairs keep long English names level: each has a line of its own, ends beside its column's middle, and a thin
line leads down to it. The last column's name is the highest, so that no line crosses a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from gba_analysis.charts.look.sheet import Sheet, draw_line, line_height, write
from gba_analysis.charts.look.style import LEFT, SMALL
from gba_analysis.charts.look.wrap import longest_piece, wrap

MOST_LINES = 4
PADDING = 4.0
# From the name to the line that leads to its column, and from the heads to the cells, in points.
ELBOW = 9.0
GAP = 4.0


def least_left(names: Sequence[str], width: float) -> float:
    """Where columns of at least `width` points must begin, so that stairs need not cut a word."""
    words = [longest_piece(name, SMALL) - width * (number + 0.5) for number, name in enumerate(names)]
    return LEFT + ELBOW + max(words)


def draw_heads(sheet: Sheet, names: Sequence[str], left: float, width: float) -> float:
    """Write `names` above columns of `width` points that begin at `left`; returns the height reached."""
    room = width - PADDING
    level = [wrap(name, room, SMALL) for name in names]
    if all(longest_piece(name, SMALL) <= room for name in names) and max(map(len, level)) <= MOST_LINES:
        return _draw_level(sheet, level, left, width)
    return _draw_stairs(sheet, names, left, width)


def _draw_level(sheet: Sheet, heads: Sequence[tuple[str, ...]], left: float, width: float) -> float:
    bottom = line_height(SMALL) * max(map(len, heads))
    for number, lines in enumerate(heads):
        middle = bottom - line_height(SMALL) * len(lines) / 2
        write(sheet, left + width * (number + 0.5), middle, lines, size=SMALL, align="center")
    return bottom + GAP


def _draw_stairs(sheet: Sheet, names: Sequence[str], left: float, width: float) -> float:
    y, lines_down = 0.0, []
    for number, name in reversed(list(enumerate(names))):
        x = left + width * (number + 0.5)
        lines = wrap(name, x - ELBOW - LEFT, SMALL)
        height = line_height(SMALL) * len(lines)
        middle = y + height / 2
        write(sheet, x - ELBOW, middle, lines, size=SMALL, align="right")
        lines_down.append((x, middle))
        y += height
    for x, middle in lines_down:
        draw_line(sheet, (x - ELBOW + 3, x, x), (middle, middle, y + GAP), width=0.8)
    return y + GAP
