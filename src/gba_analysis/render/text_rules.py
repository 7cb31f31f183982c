"""The rules on a page's texts: no number typed in digits or words, no shortcode but two, no reference that
Pandoc would misread.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from unicodedata import east_asian_width

from gba_analysis.render.breach import NEUTRAL, Breach, quoted
from gba_analysis.render.numerals import number_words
from gba_analysis.render.shortcodes import CLOSE, OPEN, Piece, embeds, split
from gba_analysis.render.subset import LITERAL, REFERENCES, holds_outputs
from gba_analysis.render.syntax import Node

# Each with its number of words, its name included.
SHORTCODES = {"var": 2, "embed": 2}
# What programs print for a reference that they do not find.
UNRESOLVED = "??"
# Unicode's East Asian widths of Chinese characters and punctuation.
WIDE = ("W", "F")


def check_texts(node: Node, literal: bool = False, in_float: bool = False) -> Iterator[Breach]:
    """What breaks a rule in the texts of a node and of those below it.

    literal: numbers may be typed here. in_float: outputs may be embedded here.
    """
    if node.type == "Code":
        yield from _check_code(node)
    # What a reference prints comes from the numbering.
    if node.type in ("Code", "Cite"):
        return
    literal, in_float = literal or LITERAL in node.classes, in_float or holds_outputs(node)
    if node.children:
        yield from _check_run(node, literal, in_float)
    for child in node.children:
        yield from check_texts(child, literal, in_float)


def _check_run(node: Node, literal: bool, in_float: bool) -> Iterator[Breach]:
    inlines = node.inlines
    pieces = split(inlines)
    for piece in pieces:
        if piece.words is None:
            yield from _check_text(piece, literal)
        else:
            yield from _check_shortcode(piece)
    for piece in embeds(pieces):
        if not in_float or node.type != "Para" or len(pieces) > 1:
            found = f"{piece.text} outside a float or inside a line"
            yield Breach(piece.line, found, "a paragraph of its own in a float")
    yield from _check_references(inlines)


def _check_text(piece: Piece, literal: bool) -> Iterator[Breach]:
    digits = "".join(char for char in piece.text if char.isdigit())
    if digits and not literal:
        found = f"the typed digits {digits} in {quoted(piece.text)}"
        hint = f"a numeral that is part of a name is written [{digits}]{{.{LITERAL}}}"
        yield Breach(piece.line, found, f"a number from the ledger, {OPEN} var key {CLOSE}", hint)
    words = [] if literal else number_words(piece.text)
    if words:
        found = f"the number {', '.join(words)} in words, in {quoted(piece.text)}"
        hint = f"a word that is part of a name or phrase is written [{words[0]}]{{.{LITERAL}}}"
        yield Breach(piece.line, found, f"a number from the ledger, {OPEN} var key {CLOSE}", hint)
    if any(f"@{kind}-" in piece.text for kind in REFERENCES):
        yield Breach(piece.line, f"{quoted(piece.text)}, which is no reference", "[@…] in square brackets")
    if UNRESOLVED in piece.text:
        yield Breach(piece.line, f"{UNRESOLVED} in {quoted(piece.text)}", "the number or value that is meant")
    if "[^" in piece.text or "][" in piece.text:
        found = f"{quoted(piece.text)}, a footnote or link that leads nowhere"
        yield Breach(piece.line, found, "its definition on a line of its own")


def _check_code(node: Node) -> Iterator[Breach]:
    # Pandoc reads a code cell, ```{python}, as inline code that begins with a brace; Quarto would run it.
    if node.text.startswith("{"):
        yield Breach(node.line, f"a code cell: {quoted(node.text)}", NEUTRAL)
    elif OPEN in node.text:
        yield Breach(node.line, f"a shortcode in code: {quoted(node.text)}", "a shortcode in plain text")
    else:
        yield from _check_text(Piece(line=node.line, text=node.text), literal=False)


def _check_shortcode(piece: Piece) -> Iterator[Breach]:
    words = piece.words or ("",)
    if not piece.closed:
        yield Breach(
            piece.line, f"a shortcode that does not end: {quoted(piece.text)}", f"{CLOSE} in the same text"
        )
    elif words[0] not in SHORTCODES:
        yield Breach(piece.line, f"the shortcode {piece.text}", "one of " + ", ".join(SHORTCODES))
    elif len(words) != SHORTCODES[words[0]]:
        yield Breach(piece.line, f"the shortcode {piece.text}", f"{OPEN} {words[0]} and one word {CLOSE}")


def _check_references(inlines: tuple[Node, ...]) -> Iterator[Breach]:
    """A bare reference next to Chinese: Pandoc takes its neighbour for a part of the id, or sees no
    reference.
    """
    touched = {id(node) for before, node in pairwise(inlines) if _is_wide(before.text[-1:])}
    touched |= {id(node) for node, after in pairwise(inlines) if _is_wide(after.text[:1])}
    for node in inlines:
        if node.type != "Cite" or node.content[0][0]["citationMode"]["t"] != "AuthorInText":
            continue
        name = node.content[0][0]["citationId"]
        if id(node) in touched or not name.isascii():
            yield Breach(
                node.line, f"a bare reference @{name} next to Chinese text", "[@…] in square brackets"
            )


def _is_wide(char: str) -> bool:
    return char != "" and east_asian_width(char) in WIDE
