"""What a finished web page must show: a title, its own language, and every chart, table and traced number
that its sources ask for, as they ask for it. What its markup may do is judged in `finished_html`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from gba_analysis.errors import Problem
from gba_analysis.languages import language_tag
from gba_analysis.pages.wanted import Wanted
from gba_analysis.render.breach import quoted
from gba_analysis.render.html_reading import CHART, KEY, Element, HtmlPage

NUMBER, TRACE, IMAGE = "num", "data-trace", "img"
# Attributes that say what an image shows.
ALTERNATIVES = ("aria-label", "alt")
# Elements whose language is the page's own.
WHOLE = ("html", "body", "main")
LANGUAGES = ("lang", "xml:lang")
# Elements of a drawing that are seen by themselves.
DRAWN = ("path", "text", "rect", "circle", "ellipse", "line", "polygon", "polyline", "image")
AS_ASKED = "as the page's source asks for"


def content_problems(file: str, page: HtmlPage, *, asked: Wanted, lang: str) -> Iterator[Problem]:
    """Everything that the web page `page` in `lang`, called `file`, lacks of what it must show."""
    yield from _head_problems(file, page, lang)
    yield from _chart_problems(file, page, asked)
    yield from _table_problems(file, page, asked)
    yield from _number_problems(file, page, asked)


def _head_problems(file: str, page: HtmlPage, lang: str) -> Iterator[Problem]:
    head = takewhile(lambda element: element.tag != "body", page.elements)
    if not any(element.tag == "title" and (element.text or "").strip() for element in head):
        yield Problem(file, "", "no title", "a title with a text in the page's head")
    tags = [element.attributes.get("lang", "") for element in page.all("html")] or [""]
    tags += [
        element.attributes[name]
        for element in page.all(*WHOLE)
        for name in LANGUAGES
        if name in element.attributes
    ]
    for tag in dict.fromkeys(tags):
        if tag != language_tag(lang):
            yield Problem(file, "", f"the language {quoted(tag)}", quoted(language_tag(lang)))


def _chart_problems(file: str, page: HtmlPage, asked: Wanted) -> Iterator[Problem]:
    charts = [element for element in page.elements if CHART in element.classes or element.tag == IMAGE]
    if len(charts) != len(asked.charts):
        yield Problem(file, "", f"{len(charts)} charts", f"{len(asked.charts)}, {AS_ASKED}")
        return
    for chart, alternative in zip(charts, asked.charts, strict=True):
        texts = {chart.attributes[name] for name in ALTERNATIVES if name in chart.attributes} or {""}
        for text in texts:
            if _spaced(text) != _spaced(alternative):
                found = f"a chart with the alternative text {quoted(text)}"
                yield Problem(file, chart.place, found, quoted(alternative))
        if not (chart.attributes.get("src") if chart.tag == IMAGE else chart.inside.get("svg")):
            yield Problem(file, chart.place, "a chart without a drawing", "a chart that shows something")
    for drawing in page.all("svg"):
        if not any(tag in drawing.inside for tag in DRAWN):
            yield Problem(file, drawing.place, "an empty drawing", "a chart that shows something")


def _table_problems(file: str, page: HtmlPage, asked: Wanted) -> Iterator[Problem]:
    tables = list(page.all("table"))
    outputs = sum(table.outputs for table in tables)
    if outputs != asked.tables or len(tables) < asked.tables + asked.typed:
        found = f"{outputs} tables of notebooks and {len(tables) - outputs} others"
        yield Problem(file, "", found, f"{asked.tables} and {asked.typed}, {AS_ASKED}")
        return
    empty = [table for table in tables if not table.inside.get("td") or not (table.text or "").strip()]
    for table in empty:
        yield Problem(file, table.place, "an empty table", "a table with rows")
    rows = sum(table.inside.get("tr", 0) - table.inside.get("thead", 0) for table in tables)
    if rows < asked.rows and not empty:
        yield Problem(file, "", f"{rows} rows in all tables", f"{asked.rows} or more, {AS_ASKED}")


def _number_problems(file: str, page: HtmlPage, asked: Wanted) -> Iterator[Problem]:
    numbers = [
        element for element in page.elements if KEY in element.attributes and NUMBER in element.classes
    ]
    # A heading's number stands in the list of contents too.
    found = Counter(element.attributes[KEY] for element in numbers if not element.contents)
    wanted = Counter(number.key for number in asked.numbers)
    for key in sorted(found.keys() | wanted.keys()):
        if found[key] != wanted[key]:
            yield Problem(file, "", f"the number {key} {found[key]} times", f"{wanted[key]} times")
    published = {number.key: number for number in asked.numbers}
    for element in numbers:
        if number := published.get(element.attributes[KEY]):
            yield from _differences(file, element, text=number.text, trace=number.trace)


def _differences(file: str, element: Element, *, text: str, trace: str) -> Iterator[Problem]:
    key, found = element.attributes[KEY], element.attributes.get(TRACE, "")
    if _spaced(element.text or "") != _spaced(text):
        yield Problem(file, element.place, f"the number {key} as {quoted(element.text or '')}", quoted(text))
    if _spaced(found) != _spaced(trace):
        yield Problem(file, element.place, f"the trace of {key} as {quoted(found)}", quoted(trace))


def _spaced(text: str) -> str:
    """The text with single spaces: whoever writes a page may end a line at one."""
    return " ".join(text.split())
