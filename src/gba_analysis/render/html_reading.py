"""A finished web page as its elements and its texts, each with its place. Judges nothing.

What a browser may read in another way is named (`odd`), so that whoever judges can refuse it.
"""

from __future__ import annotations

from collections import Counter
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
# Elements whose content is held: these, a chart, and whatever has a key of the ledger.
HELD = ("title", "table", "svg")
CHART, KEY = "chart", "data-key"
DOCTYPE = "doctype html"


@dataclass
class Element:
    """One element. place: the nearest id before it, such as `#sec-brief`. outputs, contents: whether it
    stands in a notebook's output, in the list of contents. text: of a script, a style sheet or an element
    that is held (`HELD`), None if it is not closed. inside: how many elements of each tag a held one holds.
    """

    tag: str
    attributes: Mapping[str, str]
    place: str
    outputs: bool
    contents: bool
    text: str | None = None
    inside: Mapping[str, int] = field(default_factory=dict)

    @property
    def classes(self) -> list[str]:
        """The element's classes, in their order."""
        return self.attributes.get("class", "").split()


@dataclass
class _Held:
    """An element whose content is read. first: the place of what follows it among the page's elements. depth:
    how many elements of its tag are open.
    """

    element: Element
    first: int
    depth: int = 1
    texts: list[str] = field(default_factory=list)


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
        self.held: list[_Held] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        attributes: dict[str, str] = {}
        for name, value in attrs:
            # Of two attributes with one name the first counts.
            attributes.setdefault(name, value or "")
        self.place = f"#{attributes['id']}" if attributes.get("id") else self.place
        _, outputs, contents = self.nested[-1] if self.nested else ("", False, False)
        element = Element(tag, attributes, self.place, outputs, contents)
        self.page.elements.append(element)
        if self.held and self.held[-1].element.tag == tag:
            self.held[-1].depth += 1
        if tag in HELD or KEY in attributes or (tag == "div" and CHART in element.classes):
            self.held.append(_Held(element, len(self.page.elements)))
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
        self._end_held(tag)
        if tag in NESTED:
            self.nested.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VERBATIM and self.verbatim:
            element, texts = self.verbatim
            element.text, self.verbatim = "".join(texts), None
        self._end_held(tag)
        if tag in NESTED and self.nested and self.nested[-1][0] == tag:
            self.nested.pop()
        if tag not in INLINE:
            self.end_text()

    def handle_data(self, data: str) -> None:
        if self.verbatim:
            self.verbatim[1].append(data)
            return
        self.run.append(data)
        for held in self.held:
            held.texts.append(data)

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

    def _end_held(self, tag: str) -> None:
        if not self.held or self.held[-1].element.tag != tag:
            return
        self.held[-1].depth -= 1
        if not self.held[-1].depth:
            held = self.held.pop()
            held.element.text = "".join(held.texts)
            held.element.inside = Counter(element.tag for element in self.page.elements[held.first :])

    def _add_odd(self, markup: str) -> None:
        self.page.odd.append((self.place, markup))
