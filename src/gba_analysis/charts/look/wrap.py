"""Texts in lines: their width in points, and where they may break (Chinese by characters, English by words).

Positions on the sheet do not belong here.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gba_analysis.charts.look.glyphs import advance
from gba_analysis.charts.look.style import TEXT

# A line does not begin with CLOSING and does not end with OPENING.
CLOSING = frozenset("，。、；：！？）》」』】〕”’…—·％%,.;:!?)]}")
OPENING = frozenset("（《「『【〔“‘([{")
# A Latin word may break after these, if a letter follows: "Hong Kong–Macao", but not "12–19".
JOINTS = frozenset("-–—/")


def text_width(text: str, size: float = TEXT, bold: bool = False) -> float:
    """The width of one line in points: the sum of its characters' advances, without kerning."""
    # fsum: from Python 3.12 on, sum() rounds floats in another way, and the charts' bytes would follow it.
    return math.fsum(advance(char, bold) for char in text) * size


def widest(lines: tuple[str, ...], size: float = TEXT, bold: bool = False) -> float:
    """The width of the widest line in points."""
    return max(text_width(line, size, bold) for line in lines)


def wrap(text: str, width: float, size: float = TEXT, bold: bool = False) -> tuple[str, ...]:
    """`text` (not empty) in as few lines of at most `width` points as it needs, as even as they can be.

    Of all ways with the fewest lines, the one whose free ends have the least sum of squares. A word wider
    than `width` is cut between characters."""
    parts = [part for piece in pieces(text) for part in _cut(piece, width, size, bold)]
    widths = [text_width(part, size, bold) for part in parts]
    spaces = [text_width(part[len(part.rstrip()) :], size, bold) for part in parts]
    starts = _line_starts(widths, spaces, width)
    return tuple("".join(parts[start:end]).rstrip() for start, end in pairwise([*starts, len(parts)]))


def _line_starts(widths: Sequence[float], spaces: Sequence[float], limit: float) -> list[int]:
    """Where each line begins; `spaces` is the part of each width that falls away at a line's end."""
    # For the first n parts: the fewest lines, their least cost, and where the last of them begins.
    best = [(0, 0.0, 0)]
    for end in range(1, len(widths) + 1):
        best.append(min(_ways_to_end(best, widths, spaces, end, limit)))
    starts = [best[-1][2]]
    while starts[0]:
        starts.insert(0, best[starts[0]][2])
    return starts


def _ways_to_end(
    best: Sequence[tuple[int, float, int]],
    widths: Sequence[float],
    spaces: Sequence[float],
    end: int,
    limit: float,
) -> Iterator[tuple[int, float, int]]:
    """Every last line that ends before part `end`, from the shortest to the longest that fits."""
    length = -spaces[end - 1]
    for start in range(end - 1, -1, -1):
        length += widths[start]
        if length > limit and start < end - 1:
            return
        lines, cost, _ = best[start]
        yield lines + 1, cost + (limit - length) ** 2, start


def longest_piece(text: str, size: float = TEXT, bold: bool = False) -> float:
    """The width in points below which `wrap` would have to cut a word of `text`."""
    return max(text_width(piece.rstrip(), size, bold) for piece in pieces(text))


def pieces(text: str) -> list[str]:
    """`text` cut wherever a line may end; spaces stay at the end of their piece."""
    found = [text[:1]]
    for before, after in pairwise(text):
        if _may_break(before, after):
            found.append(after)
        else:
            found[-1] += after
    return found


def _may_break(before: str, after: str) -> bool:
    if "\N{NO-BREAK SPACE}" in (before, after) or after.isspace() or after in CLOSING or before in OPENING:
        return False
    if before in JOINTS:
        return after.isalpha()
    return before.isspace() or _is_wide(before) or _is_wide(after)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _cut(piece: str, width: float, size: float, bold: bool) -> list[str]:
    """`piece` itself if it fits a line, else its characters, the last one with the spaces after it."""
    word = piece.rstrip()
    return [piece] if text_width(word, size, bold) <= width else [*word[:-1], piece[len(word) - 1 :]]
