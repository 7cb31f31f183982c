"""Characters that no text for a reader may hold: those that cannot be seen, and those that the shipped fonts
lack.

    unfit("12\\u200b%")         # "\\u200b"
    code_points("\\u200b😀")     # "U+200B ZERO WIDTH SPACE, U+1F600 GRINNING FACE"

An invisible character makes two texts differ that look alike, or turns the order of the letters round. A page
with a character that no font holds shows a box. Where such texts stand is the business of who asks.
"""

from __future__ import annotations

import unicodedata

from gba_analysis.fonts import LAYOUT, missing_glyphs

# Unicode's categories of controls, formats, private use, halves of pairs, what is not assigned, and
# separators of lines and paragraphs.
INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
# What a program writes for bytes that it could not read.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
EXPECTED = "characters that can be seen and that the shipped fonts hold"


def unfit(text: str) -> str:
    """The characters of `text` that it may not hold, each once and in order of code point. Line breaks and
    tabs may stay. Raises EngineError if a font is missing or damaged.
    """
    return "".join(sorted({*filter(_is_invisible, text), *missing_glyphs(text)}))


def is_blank(text: str) -> bool:
    """Whether nothing of `text` can be seen."""
    return all(char.isspace() or _is_invisible(char) for char in text)


def code_points(characters: str) -> str:
    """How a message names characters, which a terminal might not show: code point and name of each."""
    return ", ".join(f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip() for char in characters)


def _is_invisible(char: str) -> bool:
    return char == REPLACEMENT or (char not in LAYOUT and unicodedata.category(char) in INVISIBLE)
