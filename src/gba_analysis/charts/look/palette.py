"""Colours for several categories and for counts, chosen so that grey print keeps their order.

The one colour of single marks stands in `style`.
"""

from __future__ import annotations

from matplotlib.colors import to_hex, to_rgb

from gba_analysis.charts.look.style import MARK, MUTED, PALE, PAPER

# Dark to light, blue to sand, in falling steps of lightness: told apart in grey and with any colour vision.
SEQUENCE = ("#0d2a52", "#1d5c96", "#2f8f9d", "#6cb38b", "#b9d07f", "#f0e1a0")
# Dark ink that is not quite black would fall below 4.5 on middle tints.
BLACK = "#000000"
# A cell without a count: seen, but not taken for a low count.
EMPTY = "#f4f4f4"
# The least contrast of a mark with what is around it (WCAG 2.2, 1.4.11).
SEEN = 3.0


def shades(number: int) -> list[str]:
    """`number` colours from dark to light, evenly spread over SEQUENCE."""
    last = len(SEQUENCE) - 1
    positions = [step * last / max(number - 1, 1) for step in range(number)]
    return [_mixed(SEQUENCE[int(x)], SEQUENCE[min(int(x) + 1, last)], x % 1) for x in positions]


def tint(share: float) -> str:
    """The colour of a count: pale for 0, full for 1."""
    return _mixed(PALE, MARK, share)


def ink_on(face: str) -> str:
    """The text colour that is best read on `face`: black or white, never below a contrast of 4.5."""
    return max((BLACK, PAPER), key=lambda ink: contrast(ink, face))


def outline_of(face: str) -> str:
    """The outline that makes a mark of the colour `face` seen on paper: grey if it is pale, else the paper's
    own.
    """
    return MUTED if contrast(face, PAPER) < SEEN else PAPER


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    """The relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in to_rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(first: str, second: str, share: float) -> str:
    red, green, blue = (a + (b - a) * share for a, b in zip(to_rgb(first), to_rgb(second), strict=True))
    return to_hex((red, green, blue))
