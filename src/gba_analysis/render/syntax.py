"""A Markdown text as a tree of nodes with line numbers. Reads as Quarto reads; judges nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gba_analysis.render.pandoc import read_pandoc
from gba_analysis.render.shortcode_escapes import free_sign, hide_angles, show_angles
from gba_analysis.render.source_positions import Numbers, Positions

# As Quarto reads, but quotes and raw HTML stay what they are in the file, and no heading gets an id by
# itself.
READER = "markdown-smart-auto_identifiers-native_divs-native_spans-implicit_figures"
POSITION_READER = "commonmark_x+sourcepos-smart-emoji-alerts-yaml_metadata_block"

INLINES = frozenset(
    [
        "Str",
        "Emph",
        "Underline",
        "Strong",
        "Strikeout",
        "Superscript",
        "Subscript",
        "SmallCaps",
        "Quoted",
        "Cite",
        "Code",
        "Space",
        "SoftBreak",
        "LineBreak",
        "Math",
        "RawInline",
        "Link",
        "Image",
        "Note",
        "Span",
    ]
)
BLOCKS = frozenset(
    [
        "Plain",
        "Para",
        "LineBlock",
        "CodeBlock",
        "RawBlock",
        "BlockQuote",
        "OrderedList",
        "BulletList",
        "DefinitionList",
        "Header",
        "HorizontalRule",
        "Table",
        "Figure",
        "Div",
    ]
)
NODES = INLINES | BLOCKS
# The place of [identifier, classes, attributes] in a node's content.
ATTRIBUTES = {
    "Header": 1,
    **dict.fromkeys(["Code", "CodeBlock", "Link", "Image", "Span", "Div", "Table", "Figure"], 0),
}
# The place of the verbatim text in a node's content.
VERBATIM = {"Code": 1, "CodeBlock": 1, "RawInline": 1, "RawBlock": 1, "Math": 1}


@dataclass(frozen=True)
class Node:
    """One block or inline of a page.

    type: Pandoc's name. line: in the file, counted from 1. text: of a leaf, else empty.
    content: Pandoc's own, for what the other fields leave out. children: in reading order.
    """

    type: str
    line: int
    offset: int
    text: str
    identifier: str
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str], ...]
    content: Any
    children: tuple[Node, ...]

    @property
    def inlines(self) -> tuple[Node, ...]:
        """The children, if they are inlines."""
        return self.children if self.children and self.children[0].type in INLINES else ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Reading:
    """A page as it was read, and what Pandoc warned of: (line, message)."""

    blocks: tuple[Node, ...]
    warnings: tuple[tuple[int, str], ...]

    def walk(self) -> Iterator[Node]:
        """All nodes, in reading order."""
        for block in self.blocks:
            yield from block.walk()


def parse(text: str, first_line: int = 1, has_lines: bool = True, *, source: str = "pandoc") -> Reading:
    """Read a page without its front matter.

    first_line: the number, in its file, of the text's first line. has_lines: whether a node's line is where
    it stands, which takes twice the time; without, it is the node's number in the page. source: the file
    named in an error. Raises EngineError if Pandoc fails or comes to no end.
    """
    # Empty lines keep the numbers those of the file.
    padded = "\n" * (first_line - 1) + text
    positions = Positions(_read(padded, POSITION_READER, source)[0]) if has_lines else Numbers()
    document, warnings = _read(padded, READER, source)
    blocks = tuple(_nodes(document["blocks"], positions, ()))
    return Reading(blocks, tuple((_line_in(message), message) for message in warnings))


def _read(text: str, reader: str, source: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    sign = free_sign(text)
    output, warnings = read_pandoc(
        [f"--from={reader}", "--to=json", "--data-dir=."], hide_angles(text, sign), source
    )
    return json.loads(show_angles(output, sign)), tuple(show_angles(warning, sign) for warning in warnings)


def _line_in(message: str) -> int:
    """The first line number that a warning such as `Div at line 9 column 1 unclosed` names; 1 if none."""
    number = message.partition(" line ")[2].split(" ")[0]
    return int(number) if number.isdigit() else 1


def _nodes(content: Any, positions: Positions | Numbers, around: tuple[str, ...]) -> Iterator[Node]:
    if isinstance(content, list):
        for item in content:
            yield from _nodes(item, positions, around)
    elif isinstance(content, dict) and content.get("t") in NODES:
        yield _node(content["t"], content.get("c"), positions, around)


def _node(kind: str, content: Any, positions: Positions | Numbers, around: tuple[str, ...]) -> Node:
    text = content if isinstance(content, str) else content[VERBATIM[kind]] if kind in VERBATIM else ""
    start = positions.advance(text) if text else positions.offset
    inner = _inner(kind, content)
    children = tuple(_nodes(inner, positions, (*around, kind)))
    offset = children[0].offset if children else start
    identifier, classes, pairs = content[ATTRIBUTES[kind]] if kind in ATTRIBUTES else ("", [], [])
    line = positions.line(offset, kind, around.count(kind))
    attributes = tuple((key, value) for key, value in pairs)
    return Node(kind, line, offset, text, identifier, tuple(classes), attributes, content, children)


def _inner(kind: str, content: Any) -> Any:
    match kind:
        case "Cite":
            # A citation's prefix and suffix stand again in its fallback text.
            return content[1]
        case "Table":
            # The caption is the last in the file, though Pandoc puts it first.
            return [content[2:], content[1]]
        case _:
            return content
