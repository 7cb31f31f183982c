"""The text of a tagged PDF by its structure tree: what a screen reader reads, in its order.

Reads with pypdf what Typst writes: text shown in marked content, by fonts with a ToUnicode map. Page headers
and footers are artifacts, and so is a table head that is repeated on a further page: they belong to no
element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pypdf import PdfReader
from pypdf.generic import ContentStream

HEADING = re.compile(r"/H[1-6]")
# Kinds that begin a block of text of their own; all else stands inside a line.
BLOCKS = {
    "/Title",
    "/P",
    "/H1",
    "/H2",
    "/H3",
    "/H4",
    "/H5",
    "/H6",
    "/Div",
    "/Caption",
    "/L",
    "/LI",
    "/LBody",
    "/Table",
    "/THead",
    "/TBody",
    "/TR",
    "/TH",
    "/TD",
}
# Shown text, with its strings as the operand or in a list of strings and shifts.
SHOWING = {b"Tj", b"TJ"}


@dataclass(repr=False)
class Element:
    """One structure element: its kind, such as `/P`, its attributes, its texts and elements in order.

    annotations: links it stands for. page: the first one, counted from 0, on which something of it is drawn.
    """

    kind: str
    attributes: dict
    parts: list[str | Element] = field(default_factory=list)
    annotations: list[dict] = field(default_factory=list)
    page: int | None = None

    def below(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.below()

    def all(self, *kinds: str) -> list[Element]:
        """The elements of these kinds, this one included, in reading order."""
        return [element for element in self.below() if element.kind in kinds]

    def headings(self) -> list[Element]:
        """Headings of every level, in reading order."""
        return [element for element in self.below() if HEADING.fullmatch(element.kind)]

    def blocks(self, leave_out: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        """(kind, text) of each block of text below, in reading order; a block that holds others is parted by
        them.
        """
        found = [(self.kind, "")]
        for part in self.parts:
            if isinstance(part, str):
                found[-1] = (found[-1][0], found[-1][1] + part)
            elif part.kind in leave_out:
                continue
            elif part.kind in BLOCKS:
                found += [*part.blocks(leave_out), (self.kind, "")]
            else:
                (_, first), *rest = part.blocks(leave_out)
                found[-1] = (found[-1][0], found[-1][1] + first)
                found += rest
        return found

    def text(self, leave_out: tuple[str, ...] = ()) -> str:
        """The text of the element, without that of the kinds to leave out."""
        parts = [
            part if isinstance(part, str) else part.text(leave_out)
            for part in self.parts
            if isinstance(part, str) or part.kind not in leave_out
        ]
        return "".join(parts)


@dataclass(repr=False)
class Content:
    """What a page draws: the text of each number of marked content, in order; the texts that are artifacts;
    operators.

    languages: of marked content that names its own.
    """

    texts: dict[int, str] = field(default_factory=dict)
    languages: dict[int, str] = field(default_factory=dict)
    artifacts: list[str] = field(default_factory=list)
    operators: set[bytes] = field(default_factory=set)


@dataclass(frozen=True, repr=False)
class TaggedPdf:
    """root: the structure tree. contents: what each page draws.

    owners: for each page the path of elements, from the root, that holds each number of marked content.
    spoken: (language, text) of each piece of text, in reading order.
    """

    root: Element
    contents: list[Content]
    owners: list[dict[int, list[Element]]]
    spoken: list[tuple[str, str]]


def read_tags(pdf: PdfReader) -> TaggedPdf:
    """The structure tree of `pdf` with its texts."""
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(pdf.pages)}
    contents = [read_content(page, pdf) for page in pdf.pages]
    owners: list[dict[int, list[Element]]] = [{} for _ in contents]
    catalog = pdf.trailer["/Root"]
    tree = catalog["/StructTreeRoot"]
    spoken = []

    def add(element: Element, path: list[Element], number: int, page: int) -> None:
        text = contents[page].texts.get(number, "")
        element.parts.append(text)
        named = (holder.attributes["/Lang"] for holder in reversed(path) if "/Lang" in holder.attributes)
        spoken.append((contents[page].languages.get(number) or next(named, catalog["/Lang"]), text))
        owners[page][number] = path
        for holder in path:
            holder.page = page if holder.page is None else holder.page

    def walk(node, element: Element, path: list[Element], page: int | None) -> None:
        page = pages[node.raw_get("/Pg").idnum] if "/Pg" in node else page
        children = node.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            child = child.get_object()
            if isinstance(child, int):
                add(element, path, child, page)
            elif child.get("/Type") == "/MCR":
                add(
                    element,
                    path,
                    child["/MCID"],
                    pages[child.raw_get("/Pg").idnum] if "/Pg" in child else page,
                )
            elif child.get("/Type") == "/OBJR":
                element.annotations.append(child["/Obj"])
            elif "/S" in child:
                below = Element(child["/S"], child)
                element.parts.append(below)
                walk(child, below, [*path, below], page)

    root = Element("/StructTreeRoot", tree)
    walk(tree, root, [root], None)
    return TaggedPdf(root, contents, owners, spoken)


def read_content(page, pdf: PdfReader) -> Content:
    """What a page draws. Text inside a replacement (ActualText) counts as what replaces it."""
    fonts = {
        name: characters(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()
    }
    content, font = Content(), {}
    # Each open sequence as (number or None, whether its text is replaced).
    opened: list[tuple[int | None, bool]] = []

    def show(text: str) -> None:
        number = next((number for number, _ in reversed(opened) if number is not None), None)
        if number is None:
            content.artifacts[-1] += text
        else:
            content.texts[number] += text

    for operands, operator in ContentStream(page.get_contents(), pdf).operations:
        content.operators.add(operator)
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
            if operands[0] == "/Artifact":
                content.artifacts.append("")
            if "/MCID" in properties:
                content.texts[properties["/MCID"]] = ""
                if "/Lang" in properties:
                    content.languages[properties["/MCID"]] = properties["/Lang"]
            if "/ActualText" in properties:
                show(properties["/ActualText"])
            opened.append((properties.get("/MCID"), "/ActualText" in properties))
        elif operator == b"EMC":
            opened.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator in SHOWING and not any(replaced for _, replaced in opened):
            show("".join(font[code] for code in shown_codes(operands[0])))
    return content


def shown_codes(operand) -> Iterator[int]:
    """The two-byte codes of the strings in the operand of Tj or TJ."""
    for part in operand if isinstance(operand, list) else [operand]:
        if hasattr(part, "original_bytes"):
            data = part.original_bytes
            yield from (int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2))


def characters(font) -> dict[int, str]:
    """The text of each code of a font, from its ToUnicode map."""
    lines = font["/ToUnicode"].get_data().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", lines, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", lines, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int(text, 16)
            found |= {
                code: chr(start + code - int(first, 16)) for code in range(int(first, 16), int(last, 16) + 1)
            }
    return found
