"""The engine-neutral subset: what a page may hold, so that both engines render it alike.

Rules on one page by itself. What its keys and labels refer to is checked in `sources`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import east_asian_width

from gba_analysis.render.shortcodes import CLOSE, OPEN, Piece, split
from gba_analysis.render.syntax import Node

FLOATS = ("fig", "tbl")
REFERENCES = (*FLOATS, "sec")
# Classes with a style in briefing.css and in typst-template.typ.
DIV_CLASSES = ("note", "findings", "lead")
# A digit that belongs to a name, not to the data.
LITERAL = "literal"
# Characters of a page that a message quotes.
LONGEST = 40
# Unicode's East Asian widths of Chinese characters and punctuation.
WIDE = ("W", "F")
SHORTCODES = {"var": 2, "embed": 2}

ALLOWED = frozenset(
    "Header Para Plain BulletList OrderedList BlockQuote Table Div"
    " Str Space SoftBreak Strong Link Note Span Cite Code".split()
)
NAMES = {
    "CodeBlock": "a code block or code cell",
    "RawBlock": "raw {format} or a comment",
    "RawInline": "raw {format}",
    "Math": "maths",
    "Image": "an image",
    "DefinitionList": "a definition list",
    "LineBlock": "a line block",
    "HorizontalRule": "a horizontal rule",
    "Emph": "emphasis (the shipped font has no italic)",
    "LineBreak": "a forced line break",
}


@dataclass(frozen=True)
class Finding:
    """One break of a rule: line in the file, what stands there, what the rule wants, and a hint."""

    line: int
    found: str
    expected: str
    hint: str = ""


def check_blocks(blocks: Iterable[Node]) -> Iterator[Finding]:
    """Every construct of a page that is outside the subset."""
    for block in blocks:
        for node in block.walk():
            yield from _check_node(node)
        yield from _check_texts(block, literal=False)
        yield from _check_embeds(block, in_float=False)


def _check_node(node: Node) -> Iterator[Finding]:
    if node.type not in ALLOWED:
        yield Finding(node.line, _name(node), "a construct of the engine-neutral subset")
    check = {"Div": _check_div, "Span": _check_span, "Header": _check_header, "Table": _check_table, "Link": _check_link, "Cite": _check_cite}
    yield from check.get(node.type, lambda _: ())(node)


def _name(node: Node) -> str:
    raw_format = str(node.content[0]) if node.type.startswith("Raw") else ""
    return NAMES.get(node.type, node.type.lower()).format(format={"html": "HTML", "tex": "TeX"}.get(raw_format, raw_format))


def _check_div(node: Node) -> Iterator[Finding]:
    yield from _check_attributes(node)
    if node.identifier:
        yield from _check_float(node)
    elif len(node.classes) != 1 or node.classes[0] not in DIV_CLASSES:
        yield Finding(node.line, f"a block of class {' '.join(node.classes) or '(none)'}", "one of " + ", ".join(DIV_CLASSES))


def _check_float(node: Node) -> Iterator[Finding]:
    if prefix(node.identifier) not in FLOATS:
        yield Finding(node.line, f"a block with the id {node.identifier}", "an id that begins with fig- or tbl-")
        return
    if node.classes:
        yield Finding(node.line, f"a float of class {' '.join(node.classes)}", "no class")
    if len(node.children) < 2 or node.children[-1].type != "Para" or _embeds(node.children[-1]):
        yield Finding(node.line, f"{node.identifier} without a caption", "a last paragraph that is its caption")
    if any(child.type == "Div" for child in node.children):
        yield Finding(node.line, f"a block inside {node.identifier}", "an embedded output and a caption")


def _check_span(node: Node) -> Iterator[Finding]:
    yield from _check_attributes(node)
    if node.classes != (LITERAL,) or node.identifier:
        yield Finding(node.line, f"a span of class {' '.join(node.classes) or '(none)'}", "the class literal")


def _check_header(node: Node) -> Iterator[Finding]:
    yield from _check_attributes(node)
    if prefix(node.identifier) != "sec":
        yield Finding(node.line, f"a heading with the id {node.identifier or '(none)'}", "an id that begins with sec-")
    if any(name != "unnumbered" for name in node.classes):
        yield Finding(node.line, f"a heading of class {' '.join(node.classes)}", "no class, or unnumbered")


def _check_table(node: Node) -> Iterator[Finding]:
    yield from _check_attributes(node)
    caption = node.content[1]
    if caption[0] or caption[1]:
        yield Finding(node.line, "a table with a caption of its own", "a float that holds the table and its caption")


def _check_link(node: Node) -> Iterator[Finding]:
    yield from _check_attributes(node)
    target = node.content[2][0]
    if "{{" in target or "%7B%7B" in target:
        yield Finding(node.line, "a shortcode in a link's address", "a plain address")


def _check_attributes(node: Node) -> Iterator[Finding]:
    for key, _ in node.attributes:
        yield Finding(node.line, f"the attribute {key}", "no attribute")


def _check_cite(node: Node) -> Iterator[Finding]:
    for citation in node.content[0]:
        plain = not citation["citationPrefix"] and not citation["citationSuffix"] and citation["citationMode"]["t"] != "SuppressAuthor"
        if not plain or prefix(citation["citationId"]) not in REFERENCES:
            yield Finding(node.line, f"the citation {citation['citationId']}", "a reference to fig-, tbl- or sec- without words of its own")


def _check_texts(node: Node, literal: bool) -> Iterator[Finding]:
    literal = literal or LITERAL in node.classes
    if node.type == "Code":
        yield from _check_code(node)
        return
    # What a reference prints comes from the numbering.
    if node.type == "Cite":
        return
    for piece in split(node.inlines):
        yield from _check_shortcode(piece) if piece.words is not None else _check_text(piece, literal)
    yield from _check_neighbours(node.inlines)
    for child in node.children:
        yield from _check_texts(child, literal)


def _check_shortcode(piece: Piece) -> Iterator[Finding]:
    words = piece.words or ()
    if not piece.closed:
        yield Finding(piece.line, f"a shortcode that does not end: {_short(piece.text)}", f"{CLOSE} in the same run of text")
    elif not words or words[0] not in SHORTCODES:
        yield Finding(piece.line, f"the shortcode {piece.text}", "one of " + ", ".join(SHORTCODES))
    elif len(words) != SHORTCODES[words[0]]:
        yield Finding(piece.line, f"the shortcode {piece.text}", f"{OPEN} {words[0]} and one word {CLOSE}")


def _check_text(piece: Piece, literal: bool = False) -> Iterator[Finding]:
    digits = "".join(char for char in piece.text if char.isdigit())
    if digits and not literal:
        hint = f"a year or numeral that is part of a name is written [{digits}]{{.{LITERAL}}}"
        yield Finding(piece.line, f"the typed digits {digits} in '{_short(piece.text.strip())}'", "a number from the ledger, {{< var key >}}", hint)
    for prefix in REFERENCES:
        if f"@{prefix}-" in piece.text:
            yield Finding(piece.line, f"'{_short(piece.text.strip())}', which is no reference", f"[@{prefix}-…] in square brackets")
    if "[^" in piece.text or "][" in piece.text:
        yield Finding(piece.line, f"'{_short(piece.text.strip())}', a footnote or link that leads nowhere", "its definition on a line of its own")


def _check_code(node: Node) -> Iterator[Finding]:
    # Pandoc reads a code cell, ```{python}, as inline code that begins with a brace; Quarto would run it.
    if node.text.startswith("{"):
        yield Finding(node.line, f"a code cell: {_short(node.text)}", "a construct of the engine-neutral subset")
    else:
        yield from _check_text(Piece(node.line, node.text))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _check_neighbours(inlines: tuple[Node, ...]) -> Iterator[Finding]:
    """A bare reference next to Chinese text: Pandoc takes the neighbour for a part of the id, or sees no reference."""
    for before, node, after in zip((None, *inlines), inlines, (*inlines[1:], None)):
        if node.type == "Cite" and _is_bare(node) and (_touches(before, -1) or _touches(after, 0) or not _id(node).isascii()):
            yield Finding(node.line, f"a bare reference @{_id(node)} next to Chinese text", "[@…] in square brackets")


def _is_bare(node: Node) -> bool:
    return node.content[0][0]["citationMode"]["t"] == "AuthorInText"


def _id(node: Node) -> str:
    return node.content[0][0]["citationId"]


def _touches(neighbour: Node | None, end: int) -> bool:
    return neighbour is not None and bool(neighbour.text) and east_asian_width(neighbour.text[end]) in WIDE


def _check_embeds(node: Node, in_float: bool) -> Iterator[Finding]:
    in_float = in_float or (node.type == "Div" and prefix(node.identifier) in FLOATS)
    alone = node.type == "Para" and len(split(node.inlines)) == 1
    for piece in _embeds(node):
        if not (in_float and alone):
            yield Finding(piece.line, f"{piece.text} outside a float or inside a line", "a paragraph of its own in a float")
    for child in node.children:
        yield from _check_embeds(child, in_float)


def _embeds(node: Node) -> list[Piece]:
    return [piece for piece in split(node.inlines) if piece.words and piece.words[0] == "embed"]


def prefix(identifier: str) -> str:
    """The kind of thing an id names, such as fig or sec."""
    return identifier.partition("-")[0]
