"""The one look of all charts, and a Figure as SVG whose bytes depend on nothing but the Figure.

Sizes are in points (1/72 in). Texts use the shipped font files by their path, so that no font of the
system can take their place. Layout does not belong here (`page`, `rows`), nor do data.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

import matplotlib.style
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from gba_analysis import fonts
from gba_analysis.project import find_project

# 6.7 in: the text width of an A4 page, and within a web column of 46 rem.
WIDE = 482.4
# 3.75 in: the text width of a phone of 390 pixels; on one of 320 pixels its texts are still over 7 points.
NARROW = 240.0
# Nothing stands nearer to the page's edges than this: a browser rounds them to its pixels.
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
# The article's own figures beside those of other sources; darker than PALE and told from MARK with any colour vision.
ACCENT = "#b5451b"
ACCENT_PALE = "#f7e4db"

SETTINGS = {
    "svg.fonttype": "path",
    "svg.hashsalt": "gba-analysis",
    "hatch.linewidth": 0.6,
    "text.usetex": False,
    "text.parse_math": False,
}
# All that matplotlib would write about the program and the day.
NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))

# matplotlib's settings belong to the process: one chart at a time.
_LOCK = threading.RLock()
_WIDTH = ContextVar("page width", default=WIDE)


@contextmanager
def drawn_on(width: float) -> Iterator[None]:
    """Within it, charts are laid out on a page of `width` points: WIDE (unless told otherwise) or NARROW."""
    token = _WIDTH.set(width)
    try:
        yield
    finally:
        _WIDTH.reset(token)


def page_width() -> float:
    """The width of the page a chart is laid out on, in points."""
    return _WIDTH.get()


def right_edge() -> float:
    """Where the page ends for what is drawn on it, in points from its left edge."""
    return page_width() - MARGIN


def is_narrow() -> bool:
    """Whether the page is a phone's: labels stand above their bars, panels under each other."""
    return page_width() < WIDE


@contextmanager
def chart_style() -> Iterator[None]:
    """Within it, matplotlib has its own defaults and SETTINGS, whatever the user's matplotlibrc says."""
    with _LOCK, matplotlib.style.context(["default", SETTINGS]):
        yield


def font(size: float = TEXT, bold: bool = False) -> FontProperties:
    """The shipped font at `size` points. Raises EngineError if its file is missing."""
    return FontProperties(fname=font_file(bold), size=size, weight="bold" if bold else "normal")


@lru_cache(maxsize=2)
def font_file(bold: bool) -> str:
    """The path of the shipped font. Raises EngineError if the file is missing."""
    return str(fonts.files(find_project())[int(bold)])


def to_svg(figure: Figure) -> str:
    """`figure` as SVG: text as paths, no date, no program, no path of the machine; ends with a line feed.

    The same figure gives the same bytes in every process. A Figure is not known to pyplot, so there is nothing
    to close. Raises ValueError if the shipped font lacks a character of the figure.
    """
    check_glyphs(figure)
    buffer = io.StringIO()
    with chart_style():
        figure.savefig(buffer, format="svg", metadata=dict(NO_METADATA))
    text = buffer.getvalue()
    # The XML declaration and the DOCTYPE with its address are of no use inside a page.
    return text[text.index("<svg") :]


def check_glyphs(figure: Figure) -> None:
    """Raises ValueError if the shipped font lacks a character of the figure."""
    texts = "".join(text.get_text() for text in figure.findobj(Text))
    missing = fonts.missing_glyphs(texts, find_project())
    if missing:
        raise ValueError(f"figure: found the characters {missing!r}, expected characters of the font {fonts.FAMILY}")
