"""The one look of all charts: sizes, colours, the font, and matplotlib's settings.

Sizes are in points (1/72 in). Texts use the shipped font files by their path, so that no font of the
system can take their place. Layout does not belong here (`sheet`, `rows`), nor do data.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

import matplotlib.style
from matplotlib.font_manager import FontProperties

from gba_analysis.charts.look.glyphs import font_file
from gba_analysis.charts.look.matplotlib_private import LANGUAGE

# 6.7 in: the text width of an A4 page, and within a web column of 46 rem.
WIDE = 482.4
# 3.75 in: the text width of a phone of 390 pixels; on one of 320 pixels its texts are still over 7 points.
NARROW = 240.0
# Nothing stands nearer to the sheet's edges than this: a browser rounds them to its pixels.
MARGIN = 1.0
LEFT = MARGIN
TEXT = 9.5
SMALL = 8.5
# Distance of two baselines, in font sizes; Chinese needs more than the usual 1.2.
LEADING = 1.3

INK = "#1c1c1c"
MUTED = "#595959"
RULE = "#cfcfcf"
MARK = "#12607f"
PALE = "#c9e1ea"
PAPER = "#ffffff"
# The article's own figures beside those of other sources; darker than PALE and told from MARK with any colour
# vision.
ACCENT = "#b5451b"
ACCENT_PALE = "#f7e4db"

SETTINGS = {
    "svg.fonttype": "none",
    "svg.hashsalt": "gba-analysis",
    "hatch.linewidth": 0.6,
    "text.usetex": False,
    "text.parse_math": False,
    "text.language": LANGUAGE,
}
# matplotlib's settings belong to the process: one chart at a time.
_LOCK = threading.Lock()
_STYLED = ContextVar("chart style", default=False)
_WIDTH = ContextVar("sheet width", default=WIDE)


@contextmanager
def drawn_on(width: float) -> Iterator[None]:
    """Within it, charts are laid out on a sheet of `width` points: WIDE (unless told otherwise) or NARROW."""
    token = _WIDTH.set(width)
    try:
        yield
    finally:
        _WIDTH.reset(token)


def sheet_width() -> float:
    """The width of the sheet a chart is laid out on, in points."""
    return _WIDTH.get()


def right_edge() -> float:
    """Where the sheet ends for what is drawn on it, in points from its left edge."""
    return sheet_width() - MARGIN


def is_narrow() -> bool:
    """Whether the sheet is a phone's: labels stand above their bars, panels under each other."""
    return sheet_width() < WIDE


@contextmanager
def chart_style() -> Iterator[None]:
    """Within it, matplotlib has its own defaults and SETTINGS, whatever the user's matplotlibrc says.

    Within another one it changes nothing: setting all of them takes longer than drawing many a mark.
    """
    if _STYLED.get():
        yield
        return
    with _LOCK, matplotlib.style.context(["default", SETTINGS]):
        token = _STYLED.set(True)
        try:
            yield
        finally:
            _STYLED.reset(token)


@cache
def font(size: float = TEXT, bold: bool = False) -> FontProperties:
    """The shipped font at `size` points. Raises EngineError if its file is missing."""
    return FontProperties(fname=font_file(bold), size=size, weight="bold" if bold else "normal")
