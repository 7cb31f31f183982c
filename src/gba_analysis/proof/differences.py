"""Where two files of one name begin to differ, said as a reader of such files would: the cell and output of a
notebook, the element of a chart, the text of a page.

Which files belong together, and what a difference means, is not decided here.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

# What reading a file can end in that somebody has changed.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError)
SVG = "image/svg+xml"
# What a chart looks like may differ between platforms; what it says is also in words.
DRAWN = (SVG, "application/vnd.gba.chart+json")
MOST_LINES, LONGEST = 10, 200
BLOCKS = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "figcaption",
        "div",
        "section",
        "summary",
        "title",
        "text",
    ]
)
UNSEEN = ("style", "script")


def difference(before: Path, after: Path) -> str:
    """The first difference in a few lines; empty if the files are the same bytes."""
    if before.read_bytes() == after.read_bytes():
        return ""
    try:
        found = READERS.get(before.suffix, _text_difference)(before, after)
    except (*UNREADABLE, ET.ParseError) as error:
        found = f"{type(error).__name__} while reading it: {error}"
    return found or _byte_difference(before, after)


def same_content(before: Path, after: Path) -> bool:
    """Whether two files say the same, whatever their bytes: the texts and numbers of pages, the outputs of
    notebooks.

    The drawing of a chart does not count, as its numbers are in its words. Other files must be the same
    bytes."""
    if before.read_bytes() == after.read_bytes():
        return True
    try:
        return before.suffix in CONTENT and CONTENT[before.suffix](before) == CONTENT[before.suffix](after)
    except UNREADABLE:
        return False


def _notebook_difference(before: Path, after: Path) -> str:
    cells = zip_longest(_cells(before), _cells(after))
    for number, (one, other) in enumerate(cells, start=1):
        if one == other:
            continue
        if one is None or other is None:
            return f"cell {number}: in one of them only"
        return f"cell {number}{_label(one)}, " + _cell_difference(one, other)
    return "the notebook's metadata"


def _cells(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def _label(cell: dict[str, Any]) -> str:
    found = re.match(r"#\| label: *(\S+)", _joined(cell["source"]))
    return f" ({found[1]})" if found else ""


def _cell_difference(one: dict[str, Any], other: dict[str, Any]) -> str:
    if one["source"] != other["source"]:
        return "its text:\n" + _lines(_joined(one["source"]), _joined(other["source"]))
    for number, (first, second) in enumerate(
        zip_longest(one.get("outputs", []), other.get("outputs", [])), start=1
    ):
        if first == second:
            continue
        if first is None or second is None:
            return f"output {number}: in one of them only"
        return f"output {number}, " + _output_difference(first, second)
    return "its metadata:\n" + _lines(
        *(json.dumps(cell["metadata"], indent=1, sort_keys=True) for cell in (one, other))
    )


def _output_difference(one: dict[str, Any], other: dict[str, Any]) -> str:
    first, second = _parts(one), _parts(other)
    for mime in sorted(first.keys() | second.keys()):
        texts = [_joined(parts[mime]) if mime in parts else "" for parts in (first, second)]
        if texts[0] != texts[1]:
            detail = _chart_difference(*texts) if mime == SVG and all(texts) else _lines(*texts)
            return f"{mime}:\n{detail}"
    return "what comes with it:\n" + _lines(
        *(json.dumps(output, indent=1, sort_keys=True) for output in (one, other))
    )


def _parts(output: dict[str, Any]) -> dict[str, Any]:
    return {"text": output["text"]} if "text" in output else output.get("data", {})


def _chart_difference(one: str, other: str) -> str:
    """The first element of two SVG drawings that is not the same."""
    pairs = zip_longest(ET.fromstring(one).iter(), ET.fromstring(other).iter())
    for number, (first, second) in enumerate(pairs, start=1):
        if first is None or second is None:
            return f"element {number}: in one of them only"
        if (first.tag, first.attrib, first.text) != (second.tag, second.attrib, second.text):
            return f"element {number}:\n" + _lines(_element(first), _element(second))
    return _lines(one, other)


def _element(element: ET.Element) -> str:
    name = element.tag.rpartition("}")[2]
    return "\n".join(
        [name, *(f"{key}={value}" for key, value in sorted(element.attrib.items())), element.text or ""]
    )


class _Text(HTMLParser):
    """The text of a page, a line for each block."""

    def __init__(self, html: str):
        super().__init__()
        self.lines, self._unseen = [""], 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        if tag in BLOCKS:
            self.lines.append("")
        if label := dict(attrs).get("aria-label"):
            self.lines += [label, ""]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN
        if tag in BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.lines[-1] += data


def _page_text(path: Path) -> str:
    lines = (" ".join(line.split()) for line in _Text(path.read_text(encoding="utf-8")).lines)
    return "\n".join(line for line in lines if line)


def _page_difference(before: Path, after: Path) -> str:
    texts = _page_text(before), _page_text(after)
    if texts[0] != texts[1]:
        return "its text:\n" + _lines(*texts)
    tags = (path.read_text(encoding="utf-8").replace("><", ">\n<") for path in (before, after))
    return "the same text, other markup:\n" + _lines(*tags)


def _pdf_pages(path: Path) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return [page.extract_text() for page in PdfReader(path).pages]
    except PyPdfError as error:
        raise ValueError(str(error)) from error


def _pdf_difference(before: Path, after: Path) -> str:
    for number, (one, other) in enumerate(zip_longest(_pdf_pages(before), _pdf_pages(after)), start=1):
        if one is None or other is None:
            return f"page {number}: in one of them only"
        if one != other:
            return f"page {number}:\n" + _lines(one, other)
    return f"the same text on every page; {_byte_difference(before, after)}"


def _text_difference(before: Path, after: Path) -> str:
    try:
        return _lines(before.read_text(encoding="utf-8"), after.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return _byte_difference(before, after)


def _byte_difference(before: Path, after: Path) -> str:
    one, other = before.read_bytes(), after.read_bytes()
    place = next(
        (number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return f"{len(one):,} and {len(other):,} bytes, the first difference at byte {place:,}"


def _lines(one: str, other: str) -> str:
    """The first lines that differ, with - for the first text and + for the other."""
    changes = (line for line in _changes(one, other))
    shown = [line for line, _ in zip(changes, range(MOST_LINES), strict=False)]
    return "\n".join(line if len(line) <= LONGEST else line[:LONGEST] + "…" for line in shown)


def _changes(one: str, other: str) -> Iterator[str]:
    lines = difflib.unified_diff(one.splitlines(), other.splitlines(), lineterm="", n=0)
    return (line for line in lines if not line.startswith(("---", "+++", "@@")))


def _joined(text: Any) -> str:
    if isinstance(text, (dict, list)) and not all(isinstance(part, str) for part in text):
        return json.dumps(text, indent=1, ensure_ascii=False, sort_keys=True)
    return (
        text
        if isinstance(text, str)
        else json.dumps(text, indent=1, sort_keys=True)
        if isinstance(text, dict)
        else "".join(text)
    )


def _outputs(path: Path) -> list[Any]:
    """What a notebook says: its sources and outputs without drawings."""
    kept = []
    for cell in _cells(path):
        parts = [_parts(output) for output in cell.get("outputs", [])]
        kept.append(
            [
                cell["source"],
                [{mime: text for mime, text in part.items() if mime not in DRAWN} for part in parts],
            ]
        )
    return kept


def _squeezed(path: Path) -> str:
    return re.sub(r"\s", "", "".join(_pdf_pages(path)))


READERS = {".ipynb": _notebook_difference, ".html": _page_difference, ".pdf": _pdf_difference}
CONTENT = {".ipynb": _outputs, ".html": _page_text, ".pdf": _squeezed}
