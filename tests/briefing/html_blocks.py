"""The text of the web page, block by block, as far as the PDF has it too."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# What ends a block of text when it begins or ends; all else stands inside a line.
BLOCKS = {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "li",
    "ul",
    "ol",
    "div",
    "figure",
    "figcaption",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "header",
    "main",
    "section",
    "nav",
}
# Elements that hold nothing to read, or that only the web page has: the data folded under a chart, the texts
# in a chart, which has a text of its own, and the links to the text and to the other language.
LEFT_OUT_TAGS = {"head", "details", "script", "style"}
LEFT_OUT_CLASSES = {"skip-link", "other-language", "chart"}
VOID = {"img", "br", "meta", "link", "col", "hr", "input"}


def squeezed(text: str) -> str:
    """`text` without white space and with one sign for both single quotes.

    Where a PDF breaks a line, or moves two scripts apart, no space need stand; and Typst turns a single quote
    by what stands before it, Pandoc's HTML as it was written."""
    return re.sub(r"\s", "", text).replace(
        "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
    )


class HtmlBlocks(HTMLParser):
    """blocks: (tag, squeezed text) in reading order, without the entries of the contents list, which are in
    `contents`.

    alts: alternative texts of the charts. sources: the source lines under charts. references: texts of the
    links to figures, tables and sections. tables: their number. title, language: those of the page. foreign:
    the texts in another language, joined."""

    def __init__(self, text: str):
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        self.contents: list[str] = []
        self.alts: list[str] = []
        self.sources: list[str] = []
        self.references: list[str] = []
        self.tables = 0
        self.title = ""
        self.language = ""
        self.foreign = ""
        self._open: list[tuple[str, dict[str, str]]] = []
        self._text = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self._flush()
        if tag == "html":
            self.language = values["lang"]
        if values.get("class") == "chart":
            self.alts.append(values["aria-label"])
        if tag not in VOID:
            self._open.append((tag, values))
        if tag == "table" and self._read():
            self.tables += 1
        if tag == "a" and values.get("class") == "quarto-xref" and self._read():
            self.references.append("")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self._flush()
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if any(tag == "title" for tag, _ in self._open):
            self.title += data
        if self._inside(lambda tag, values: values.get("class") == "quarto-xref") and self._read():
            self.references[-1] += squeezed(data)
        if self._read():
            self._text += data
            if (
                next(
                    (values["lang"] for _, values in reversed(self._open) if "lang" in values), self.language
                )
                != self.language
            ):
                self.foreign += squeezed(data)

    def _inside(self, test) -> bool:
        return any(test(tag, values) for tag, values in self._open)

    def _read(self) -> bool:
        return not self._inside(
            lambda tag, values: (
                tag in LEFT_OUT_TAGS or set(values.get("class", "").split()) & LEFT_OUT_CLASSES
            )
        )

    def _flush(self):
        text, self._text = squeezed(self._text), ""
        if not text:
            return
        if self._inside(lambda tag, values: tag == "nav") and self._inside(lambda tag, values: tag == "li"):
            self.contents.append(text)
            return
        if self._inside(lambda tag, values: values.get("class") == "source"):
            self.sources.append(text)
        self.blocks.append((next(tag for tag, _ in reversed(self._open) if tag in BLOCKS), text))
