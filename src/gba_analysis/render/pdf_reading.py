"""The text of a finished PDF, its kinds of elements and where its links lead. Judges nothing.

Reads what Typst writes: text shown by fonts with a ToUnicode map, tagged. pypdf finds the objects; its own
extraction of text takes seconds for a page of charts, so the shown strings are picked out here.
Source of the syntax: ISO 32000-1, 7.3.4 (strings), 9.4.3 (showing text), 9.10.3 (ToUnicode)."""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

# A string in parentheses, which may stand inside it in pairs; deeper ones no engine of ours writes.
DEPTH = 3
PLAIN = rb"(?:\\.|[^\\()])*"
LITERAL = rb"\(" + PLAIN + rb"\)"
for _ in range(DEPTH):
    LITERAL = rb"\(" + PLAIN + rb"(?:" + LITERAL + PLAIN + rb")*\)"
SHOWN = re.compile(rb"\bBT\b((?:" + LITERAL + rb"|[^()])*?)\bET\b", re.DOTALL)
PIECE = re.compile(
    rb"/(?P<font>\S+)\s+[-\d.]+\s+Tf|(?P<actual>/ActualText\s*)?(?:(?P<literal>"
    + LITERAL
    + rb")|<(?P<digits>[0-9A-Fa-f\s]*)>)",
    re.DOTALL,
)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
ESCAPED = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
MAPPED = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
CODE_BYTES = 2
# Enough for the fonts of one file, which every page names.
REMEMBERED = 8
UTF16_MARK = b"\xfe\xff"
# What stands in a table is not looked through: no element that is counted stands there, and most elements do.
CLOSED = "/Table"


class UnreadablePdf(Exception):
    """The file is no PDF, or is damaged."""


@dataclass(frozen=True)
class PdfPage:
    """texts: what each page shows, a line for each run of glyphs, in the order drawn. kinds: how many
    structure elements there are of each kind, such as `/Figure`. words: alternative texts and the like.
    links: (page, action) of each link that leads out of the file or does something; an action is an address
    or a kind.
    """

    texts: list[str]
    kinds: Mapping[str, int]
    words: list[str]
    links: list[tuple[int, str]]


def read_pdf(content: bytes) -> PdfPage:
    """The PDF `content`. Raises UnreadablePdf."""
    try:
        reader = PdfReader(BytesIO(content), strict=True)
        elements = [
            element for kid in _kids(reader.root_object["/StructTreeRoot"]) for element in _below(kid)
        ]
        return PdfPage(
            texts=[_page_text(page) for page in reader.pages],
            kinds=Counter(str(element["/S"]) for element in elements),
            words=[
                str(element[name])
                for element in elements
                for name in ("/Alt", "/ActualText")
                if name in element
            ],
            links=list(_links(reader)),
        )
    except (
        PyPdfError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
        struct.error,
    ) as error:
        raise UnreadablePdf(f"{type(error).__name__}: {error}") from error


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    each = kids if isinstance(kids, list) else [kids]
    return [kid for kid in (one.get_object() for one in each) if isinstance(kid, dict) and "/S" in kid]


def _below(element: Any) -> Iterator[Any]:
    yield element
    if element["/S"] != CLOSED:
        for kid in _kids(element):
            yield from _below(kid)


def _links(reader: PdfReader) -> Iterator[tuple[int, str]]:
    if "/OpenAction" in reader.root_object:
        yield 1, "/OpenAction"
    for number, page in enumerate(reader.pages, start=1):
        for annotation in page.get("/Annots", []):
            action = annotation.get_object().get("/A")
            if action is not None:
                kind = str(action["/S"])
                yield number, str(action["/URI"]) if kind == "/URI" else kind


def _page_text(page: Any) -> str:
    contents = page.get_contents()
    fonts = {
        name[1:]: _characters(font["/ToUnicode"].get_data())
        for name, font in page["/Resources"].get("/Font", {}).items()
    }
    data = contents.get_data() if contents is not None else b""
    return "\n".join(_run_text(run[1], fonts) for run in SHOWN.finditer(data))


def _run_text(run: bytes, fonts: Mapping[str, Mapping[int, str]]) -> str:
    characters: Mapping[int, str] = {}
    text = []
    for piece in PIECE.finditer(run):
        if piece["font"]:
            characters = fonts[piece["font"].decode()]
            continue
        shown = _string(piece["literal"], piece["digits"])
        text.append(_actual_text(shown) if piece["actual"] else _glyph_text(shown, characters))
    return "".join(text)


def _string(literal: bytes | None, digits: bytes) -> bytes:
    if literal is None:
        return bytes.fromhex(digits.decode())
    return ESCAPE.sub(lambda escape: _unescaped(escape[1]), literal[1:-1])


def _actual_text(text: bytes) -> str:
    mark, coding = (UTF16_MARK, "utf-16-be") if text.startswith(UTF16_MARK) else (b"", "latin-1")
    return text.removeprefix(mark).decode(coding)


def _glyph_text(shown: bytes, characters: Mapping[int, str]) -> str:
    codes = struct.unpack(f">{len(shown) // CODE_BYTES}H", shown)
    # What a glyph without a character means is said by an /ActualText: PDF/UA wants it, and Typst checks it.
    return "".join(characters.get(code, "") for code in codes)


@cache
def _unescaped(escape: bytes) -> bytes:
    return bytes([int(escape, 8) & 0xFF]) if escape[:1].isdigit() else ESCAPED.get(escape, escape)


@lru_cache(maxsize=REMEMBERED)
def _characters(to_unicode: bytes) -> Mapping[int, str]:
    """The text of each code of a font, from its ToUnicode map."""
    characters: dict[int, str] = {}
    for kind, body in MAPPED.findall(to_unicode):
        if kind == b"bfchar":
            characters |= {int(code, 16): _utf16(text) for code, text in PAIR.findall(body)}
        else:
            for first, last, text in RANGE.findall(body):
                start, begin = int(first, 16), _utf16(text)
                codes = range(start, int(last, 16) + 1)
                characters |= {code: begin[:-1] + chr(ord(begin[-1]) + code - start) for code in codes}
    return characters


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
