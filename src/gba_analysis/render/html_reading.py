"""A finished web page as its elements and its texts, each with its place. Judges nothing.

What a browser may read in another way is named (`odd`), so that whoever judges can refuse it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Elements inside a line: they do not end a text. All others do.
INLINE = frozenset(["a", "b", "code", "em", "i", "q", "span", "strong", "sub", "sup", "time", "u"])
# Elements whose text is not for a reader.
VERBATIM = ("script", "style")
# Where a table or a number is an output of a notebook, and where it is a copy of a heading.
OUTPUT, CONTENTS = "cell-output", "TOC"
# Elements that are counted to know what an element stands in.
NESTED = ("div", "nav")
DOCTYPE = "doctype html"


@dataclass
class Element:
    """One element. place: the nearest id before it, such as `#sec-brief`. text: of a script or style sheet,
    None if it is not closed. outputs, contents: whether it stands in a notebook's output, in the list of
    contents.
    """

    tag: str
    attributes: Mapping[str, str]
    place: str
    outputs: bool
    contents: bool
    text: str | None = None

    @property
    def classes(self) -> list[str]:
        """The element's classes, in their order."""
        return self.attributes.get("class", "").split()


@dataclass(frozen=True)
class HtmlPage:
    """texts: (place, text) of each run of text between block elements. odd: (place, markup) of what browsers
    and this reader may take differently.
    """

    elements: list[Element] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    odd: list[tuple[str, str]] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements of these kinds, in their order."""
        return (element for element in self.elements if element.tag in tags)


def read_html(html: str) -> HtmlPage:
    """The page `html`, which may be anything."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_text()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = HtmlPage()
        self.place = ""
        self.nested: list[tuple[str, bool, bool]] = []
        self.verbatim: tuple[Element, list[str]] | None = None
        self.run: list[str] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        attributes: dict[str, str] = {}
        for name, value in attrs:
            # Of two attributes with one name the first counts.
            attributes.setdefault(name, value or "")
        self.place = f"#{attributes['id']}" if attributes.get("id") else self.place
        _, outputs, contents = self.nested[-1] if self.nested else ("", False, False)
        element = Element(tag, attributes, self.place, outputs, contents)
        self.page.elements.append(element)
        if tag in NESTED:
            outputs |= OUTPUT in element.classes
            self.nested.append((tag, outputs, contents or attributes.get("id") == CONTENTS))
        if tag in VERBATIM:
            self.verbatim = element, []
        if tag not in INLINE:
            self.end_text()

    def handle_startendtag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in VERBATIM:
            # A browser takes the slash for nothing: what follows is the script.
            self._add_odd(self.get_starttag_text() or tag)
            self.verbatim = None
        if tag in NESTED:
            self.nested.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VERBATIM and self.verbatim:
            element, texts = self.verbatim
            element.text, self.verbatim = "".join(texts), None
        if tag in NESTED and self.nested and self.nested[-1][0] == tag:
            self.nested.pop()
        if tag not in INLINE:
            self.end_text()

    def handle_data(self, data: str) -> None:
        (self.verbatim[1] if self.verbatim else self.run).append(data)

    def handle_comment(self, data: str) -> None:
        if "<" in data or ">" in data:
            self._add_odd(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != DOCTYPE:
            self._add_odd(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self._add_odd(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self._add_odd(f"<![{data}]>")

    def end_text(self) -> None:
        text = "".join(self.run).strip()
        if text:
            self.page.texts.append((self.place, text))
        self.run.clear()

    def _add_odd(self, markup: str) -> None:
        self.page.odd.append((self.place, markup))
