"""The glyphs of the shipped fonts: which characters have one, how far each moves the pen, its outline, and
lines of them.

What is read from the fonts is kept: a line stands in several drawings of a chart, a glyph in most lines.
Where lines break does not belong here (`wrap`), nor do the fonts of the pages (`fonts`).
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from matplotlib import path
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.textpath import text_to_path

from gba_analysis import fonts

# Font sizes at which advances are read; FreeType counts them in 1/65536 of a pixel.
EM, FIXED = 1000, 65536
# The font size of lines and outlines in points, as matplotlib has it, and the unit that FreeType counts them
# in.
SIZE, UNITS = 100, 64
DPI = 72
WEIGHTS = (False, True)
# Said with every line: else the locale's language would choose among a font's forms of a digit.
LANGUAGE = "en"
# FreeType's answer for a character without a glyph.
NONE = 0
# How SVG says a part of an outline, and how many points the part has.
COMMANDS = {
    path.Path.MOVETO: ("M", 1),
    path.Path.LINETO: ("L", 1),
    path.Path.CURVE3: ("Q", 2),
    path.Path.CLOSEPOLY: ("z", 0),
}
# A font answers about the glyph or the line that was set last: it is opened and asked by one thread at a
# time.
_LOCK = threading.Lock()


@cache
def font_file(bold: bool) -> str:
    """The path of the shipped font. Raises EngineError if the file is missing."""
    return str(fonts.files()[int(bold)])


@dataclass(frozen=True)
class _Font:
    """A shipped font at one size, and the outlines of the glyphs that were set so far, by name."""

    face: FT2Font
    outlines: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@cache
def _font(bold: bool, size: int) -> _Font:
    """Opened once, as it is only asked for under the lock."""
    # From memory: of a font that is given by its path, each glyph is read from the disk anew.
    face = FT2Font(io.BytesIO(Path(font_file(bold)).read_bytes()))
    face.set_size(size, DPI)
    return _Font(face)


@cache
def advance(char: str, bold: bool) -> float:
    """How far `char` moves the pen, in font sizes; a character the font lacks is refused later, when it is
    drawn.
    """
    with _LOCK:
        face = _font(bold, EM).face
        glyph = face.load_glyph(face.get_char_index(ord(char)), flags=LoadFlags.NO_HINTING)
    return glyph.linearHoriAdvance / (FIXED * EM)


@cache
def has_glyph(char: str) -> bool:
    """Whether the shipped font has a glyph for `char`, plain and bold. Line breaks and tabs need none."""
    with _LOCK:
        glyphs = [_font(bold, EM).face.get_char_index(ord(char)) for bold in WEIGHTS]
    return char in fonts.LAYOUT or NONE not in glyphs


@cache
def extent_of(text: str, bold: bool) -> tuple[float, float, float]:
    """The width, the height and the depth below its base line of a line of text at SIZE points, in points."""
    with _LOCK:
        face = _font(bold, SIZE).face
        face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING, language=LANGUAGE)
        width, height = face.get_width_height()
        descent = face.get_descent()
    return width / UNITS, height / UNITS, descent / UNITS


@cache
def glyphs_of(text: str, bold: bool) -> tuple[tuple[str, float, float], ...]:
    """The glyphs of a line of text with kerning and ligatures: each one's name and place at SIZE points, in
    points.
    """
    with _LOCK:
        font = _font(bold, SIZE)
        glyphs, *_ = text_to_path.get_glyphs_with_font(font.face, text, font.outlines, language=LANGUAGE)
    return tuple((name, x, y) for name, x, y, _ in glyphs)


@cache
def outline_of(name: str, bold: bool) -> str:
    """The outline of a glyph of `glyphs_of` as SVG says it, in 1/64 points at SIZE points, upwards; empty for
    a space.
    """
    with _LOCK:
        vertices, codes = _font(bold, SIZE).outlines[name]
    points = [f"{x:.0f} {y:.0f}" for x, y in (vertices * UNITS).tolist()]
    return "".join(_parts(points, codes.tolist()))


def _parts(points: Sequence[str], codes: Sequence[int]) -> Iterator[str]:
    at = 0
    while at < len(points):
        command, length = COMMANDS[codes[at]]
        yield " ".join([command, *points[at : at + length]]) + (" \n" if length else "\n")
        at += max(length, 1)
