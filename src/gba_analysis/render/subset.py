"""The engine-neutral subset: the constructs a page may hold, so that both engines render it alike.

What stands in the text is checked in `texts`; what keys and labels refer to, in `sources`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gba_analysis.render.breach import NEUTRAL, Breach, quoted
from gba_analysis.render.shortcodes import embeds, split
from gba_analysis.render.syntax import Node

FLOATS = ("fig", "tbl")
REFERENCES = (*FLOATS, "sec")
# Classes with a style in briefing.css and in typst-template.typ.
DIV_CLASSES = ("note", "findings", "lead", "data")
# A span around digits that belong to a name, not to the data.
LITERAL = "literal"
# Where a link may lead: to the web, to an id of the page, to a file in its folder.
ADDRESS = re.compile(r"https?://\S+|#\S+|\w[\w.-]*(?:/\w[\w.-]*)*(?:#\S*)?", re.I)
HEADING_CLASSES = ("unnumbered",)

ALLOWED = frozenset(
    [
        "Header",
        "Para",
        "Plain",
        "BulletList",
        "OrderedList",
        "BlockQuote",
        "Table",
        "Div",
        "Str",
        "Space",
        "SoftBreak",
        "Strong",
        "Link",
        "Note",
        "Span",
        "Cite",
        "Code",
    ]
)
NAMES = {
    "CodeBlock": "a code block or code cell",
    "RawBlock": "raw {} or a comment",
    "RawInline": "raw {}",
    "Math": "maths",
    "Image": "an image",
    "DefinitionList": "a definition list",
    "LineBlock": "a line block",
    "HorizontalRule": "a horizontal rule",
    "Emph": "emphasis (the shipped font has no italic)",
    "LineBreak": "a forced line break",
}
FORMATS = {"html": "HTML", "tex": "TeX"}


def check_construct(node: Node) -> Iterator[Breach]:
    """What makes one node, without those below it, break the subset."""
    if node.type not in ALLOWED:
        yield Breach(node.line, _name(node), NEUTRAL)
    yield from (Breach(node.line, f"the attribute {key}", "no attribute") for key, _ in node.attributes)
    match node.type:
        case "Div":
            yield from _check_float(node) if node.identifier else _check_class(node, "a block", DIV_CLASSES)
        case "Span":
            yield from _check_class(node, "a span", (LITERAL,))
        case "Header":
            yield from _check_header(node)
        case "Table":
            yield from _check_table(node)
        case "Link":
            yield from _check_link(node)
        case "Cite":
            yield from _check_cite(node)


def prefix(identifier: str) -> str:
    """The kind of thing an id names, such as fig or sec."""
    return identifier.partition("-")[0]


def is_float(node: Node) -> bool:
    """Whether a node is a figure or table with a caption."""
    return node.type == "Div" and prefix(node.identifier) in FLOATS


def holds_outputs(node: Node) -> bool:
    """Whether outputs of notebooks may stand in a node: a float, or the block of a chart's data."""
    return is_float(node) or (node.type == "Div" and "data" in node.classes)


def _name(node: Node) -> str:
    raw = str(node.content[0]) if node.type.startswith("Raw") else ""
    return NAMES.get(node.type, node.type.lower()).format(FORMATS.get(raw, raw))


def _check_class(node: Node, noun: str, allowed: tuple[str, ...]) -> Iterator[Breach]:
    classes = " ".join(node.classes)
    if classes not in allowed:
        yield Breach(node.line, f"{noun} of class {classes or '(none)'}", "one of " + ", ".join(allowed))


def _check_float(node: Node) -> Iterator[Breach]:
    if not is_float(node):
        yield Breach(
            node.line, f"a block with the id {node.identifier}", "an id that begins with fig- or tbl-"
        )
        return
    if node.classes:
        yield Breach(node.line, f"a float of class {' '.join(node.classes)}", "no class")
    if len(node.children) < 2 or node.children[-1].type != "Para" or embeds(split(node.children[-1].inlines)):
        yield Breach(
            node.line, f"{node.identifier} without a caption", "a last paragraph that is its caption"
        )
    yield from _check_chart_name(node)
    if any(child.type == "Div" for child in node.children):
        yield Breach(node.line, f"a block inside {node.identifier}", "an embedded output and a caption")


def _check_chart_name(node: Node) -> Iterator[Breach]:
    # The web page takes a chart's markup from a file named after the cell.
    pieces = (
        [piece for child in node.children for piece in embeds(split(child.inlines))]
        if prefix(node.identifier) == "fig"
        else []
    )
    for piece in pieces:
        *_, address = piece.words or ("",)
        label = address.partition("#")[2]
        if node.identifier != f"fig-{label}":
            yield Breach(
                piece.line, f"the output {label} in {node.identifier}", f"a figure with the id fig-{label}"
            )


def _check_header(node: Node) -> Iterator[Breach]:
    if prefix(node.identifier) != "sec":
        yield Breach(
            node.line, f"a heading with the id {node.identifier or '(none)'}", "an id that begins with sec-"
        )
    if node.classes:
        yield from _check_class(node, "a heading", HEADING_CLASSES)


def _check_table(node: Node) -> Iterator[Breach]:
    short_caption, caption = node.content[1]
    if short_caption or caption:
        yield Breach(
            node.line, "a table with a caption of its own", "a float that holds the table and its caption"
        )


def _check_link(node: Node) -> Iterator[Breach]:
    address = node.content[2][0]
    if "{{" in address or "%7B%7B" in address:
        yield Breach(node.line, "a shortcode in a link's address", "a plain address")
    elif not ADDRESS.fullmatch(address):
        expected = (
            "an address that begins with https:// or http://, a place on the page, or a file of its folder"
        )
        yield Breach(node.line, f"a link to {quoted(address)}", expected)


def _check_cite(node: Node) -> Iterator[Breach]:
    for citation in node.content[0]:
        name, words = citation["citationId"], citation["citationPrefix"] + citation["citationSuffix"]
        if words or citation["citationMode"]["t"] == "SuppressAuthor" or prefix(name) not in REFERENCES:
            yield Breach(
                node.line, f"the citation {name}", "a reference to fig-, tbl- or sec-, without words"
            )
