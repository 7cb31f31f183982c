"""Finds the shortcodes in a run of inlines. Resolves none: that is shortcodes.lua's work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gba_analysis.render.syntax import Node

OPEN, CLOSE = "{{<", ">}}"
# Stands for an inline that is not text, such as a link.
OBJECT = "\ufffc"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of text, or a shortcode.

    words: of a shortcode, its name first; None for text. closed: false for a shortcode without an end.
    """

    line: int
    text: str
    words: tuple[str, ...] | None = None
    closed: bool = True


def split(inlines: Iterable[Node]) -> list[Piece]:
    """The texts and shortcodes of one run of inlines, in order; inlines within inlines are not entered."""
    pieces: list[Piece] = []
    inside: list[str] | None = None
    started = 0
    for node in inlines:
        text = _text(node)
        while text:
            before, mark, text = text.partition(OPEN if inside is None else CLOSE)
            if inside is None:
                pieces.append(Piece(line=node.line, text=before))
                started, inside = node.line, [] if mark else None
            else:
                inside.append(before)
                if mark:
                    pieces.append(_shortcode(started, inside))
                    inside = None
    if inside is not None:
        pieces.append(Piece(line=started, text=OPEN + "".join(inside), words=(), closed=False))
    return [piece for piece in pieces if piece.text]


def embeds(pieces: Iterable[Piece]) -> list[Piece]:
    """The shortcodes among them that embed a notebook's output."""
    return [piece for piece in pieces if piece.words and piece.words[0] == "embed"]


def _text(node: Node) -> str:
    if node.type == "Str":
        return node.text
    return " " if node.type in ("Space", "SoftBreak") else OBJECT


def _shortcode(line: int, inside: list[str]) -> Piece:
    words = "".join(inside).split()
    return Piece(line=line, text=f"{OPEN} {' '.join(words)} {CLOSE}", words=tuple(words))
