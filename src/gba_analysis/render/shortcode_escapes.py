"""Hides the `<` of shortcodes from Pandoc's Markdown reader and shows it again. Knows nothing else of
shortcodes.

The reader takes every `<` for the possible beginning of an HTML tag and each time looks through the rest of
the text for its end: of a page with hundreds of `{{< var key >}}` that was nine tenths of the time. Before a
space no `<` begins a tag, an address or a comment, so another sign that is as little a letter, digit or space
is read the same way."""

from __future__ import annotations

SHORTCODE = "{{< "
ANGLE = "<"
# Unicode's private-use characters, which mean nothing.
SIGNS = range(0xE000, 0xF900)


def free_sign(*texts: str) -> str:
    """A character that none of `texts` holds."""
    return next(sign for sign in map(chr, SIGNS) if not any(sign in text for text in texts))


def hide_angles(text: str, sign: str) -> str:
    """`text` with `sign` (from `free_sign`) for the `<` of each shortcode; as long as before."""
    return text.replace(SHORTCODE, SHORTCODE.replace(ANGLE, sign))


def show_angles(text: str, sign: str) -> str:
    """What was made from a text without its `<`, with them."""
    return text.replace(sign, ANGLE)
