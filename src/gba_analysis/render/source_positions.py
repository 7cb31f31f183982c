"""Where a piece of a Markdown text stands in its file.

Pandoc's `markdown` reader, whose reading counts, keeps no positions; its `commonmark_x` reader does. So the
text is read by both, and a piece found by the first is looked up in the words of the second. Judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# How far ahead a piece is looked for, per character of the piece: the two readings drift apart a little
# where they differ, and a short piece far away is likely another one.
REACH = 20
POSITION = "data-pos"
# The line of a node, after the types of the nodes around it.
Path = tuple[tuple[str, int], ...]


class Positions:
    """A cursor over the text: each look-up continues after the one before."""

    def __init__(self, document: dict[str, Any]):
        """document: Pandoc's JSON of the text, read with `sourcepos`."""
        characters = [(char, path) for text, path in _texts(document["blocks"], ()) for char in text]
        self._text = "".join(char for char, _ in characters)
        self._paths = [path for _, path in characters] or [(("", 1),)]
        self._cursor = 0

    def advance(self, text: str) -> int:
        """The offset of the next `text` (white space is ignored); the cursor moves behind it."""
        wanted = "".join(text.split())
        found = self._text.find(wanted, self._cursor, self._cursor + REACH * (1 + len(wanted)))
        if not wanted or found < 0:
            return self._cursor
        self._cursor = found + len(wanted)
        return found

    @property
    def offset(self) -> int:
        """Where the cursor is."""
        return self._cursor

    def line(self, offset: int, kind: str = "", depth: int = 0) -> int:
        """The line at `offset`, or the first line of the node of type `kind` around it.

        depth: how many nodes of that type are around that node.
        """
        path = self._paths[min(offset, len(self._paths) - 1)] or (("", 1),)
        same = [line for name, line in path if name == kind]
        return same[depth] if depth < len(same) else path[-1][1]


class Numbers:
    """Stands in for positions that nobody asks for: numbers the look-ups, so that no two have the same
    line.
    """

    def __init__(self) -> None:
        self.offset = 0

    def advance(self, text: str) -> int:
        """The number of this look-up."""
        self.offset += 1
        return self.offset

    def line(self, offset: int, kind: str = "", depth: int = 0) -> int:
        """Another number for each call."""
        return self.advance("")


def _texts(content: Any, path: Path) -> Iterator[tuple[str, Path]]:
    if isinstance(content, list):
        for item in content:
            yield from _texts(item, path)
    elif isinstance(content, dict) and "t" in content:
        yield from _node_texts(content, path)


def _node_texts(node: dict[str, Any], path: Path) -> Iterator[tuple[str, Path]]:
    content: Any = node.get("c")
    inner = _extended(node["t"], _attributes(content), path)
    if isinstance(content, str):
        yield "".join(content.split()), inner
    elif node["t"] in ("Code", "CodeBlock", "RawInline", "RawBlock", "Math"):
        yield "".join(content[1].split()), inner
    else:
        yield from _texts(content, inner)


def _extended(kind: str, attributes: dict[str, str], path: Path) -> Path:
    line = _first_line(attributes.get(POSITION, ""))
    # A wrapper only carries the position of the node inside it.
    return (*path, ("" if "wrapper" in attributes else kind, line)) if line else path


def _first_line(position: str) -> int:
    """The first line in a position such as `3:1-9:1`, or in several (a node's and its wrapper's); 0 if
    empty.
    """
    starts = (part.rpartition("@")[2].partition(":")[0] for part in position.split(";") if part)
    return min(map(int, starts), default=0)


def _attributes(content: Any) -> dict[str, str]:
    """The key-value attributes of a node that has them: [identifier, classes, pairs] stands first or
    second.
    """
    for part in content[:2] if isinstance(content, list) else ():
        if (
            isinstance(part, list)
            and len(part) == 3
            and isinstance(part[0], str)
            and isinstance(part[2], list)
        ):
            return dict(part[2])
    return {}
