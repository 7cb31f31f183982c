"""The rules of a finished web page: no left-over source, only the engine's own scripts, and only files of its
folder. How markup is read is said in `render.html_reading`, what the page must show in `finished_content`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from gba_analysis.errors import Problem
from gba_analysis.pages.finished_content import content_problems
from gba_analysis.pages.leftovers import leftover_problems
from gba_analysis.pages.wanted import Wanted
from gba_analysis.render.breach import quoted
from gba_analysis.render.html_reading import Element, HtmlPage
from gba_analysis.render.known_parts import DATA, KnownParts, data_of
from gba_analysis.render.security_policy import is_data_block, is_known

# Attributes that a reader meets as text.
TEXTS = ("alt", "aria-label", "title", "content", "placeholder", "data-trace", "data-table-search")
# Attributes whose address is fetched, whatever element they stand on.
FETCHED = ("src", "srcset", "imagesrcset", "poster", "data", "background")
# Elements whose `href` leads a reader somewhere; on any other it is fetched.
LINKS = ("a", "area")
HREFS = ("href", "xlink:href")
WEB = ("http://", "https://")
# A file beside the page, such as that of the other language.
BESIDE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:#[A-Za-z0-9_.-]+)?")
SCRIPT_ADDRESS = re.compile(
    r"[\s\x00-\x20]*(?:j\s*a\s*v\s*a|v\s*b|l\s*i\s*v\s*e)\s*s\s*c\s*r\s*i\s*p\s*t\s*:", re.I
)
# Elements that run, change, fetch or send something, and those in which browsers read markup in another way.
RUNNING = ("animate", "animatemotion", "animatetransform", "applet", "base", "discard", "embed", "form")
FRAMES = ("frame", "frameset", "iframe", "mpath", "object", "portal", "set")
OTHERWISE_READ = (
    "listing",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "template",
    "textarea",
    "xmp",
)
REFUSED = frozenset([*RUNNING, *FRAMES, *OTHERWISE_READ])
# What Pandoc writes for the columns of a table; the page's policy makes it do nothing.
ALIGNED = re.compile(r"(?:text-align: (?:left|right|center)|width: [\d.]+%);?")
REFRESH = "refresh"
# Attributes that send something, or that fetch a list of files.
SENDING = ("action", "attributionsrc", "formaction", "manifest", "ping")
# What fetches a file from within the value of an attribute. A backslash may spell it in another way.
FETCHING = re.compile(r"\\|(?:url|image|image-set|src)\(\s*[\"']?(?!\s*[\"']?#)", re.I)
WORDY = frozenset([*TEXTS, *HREFS])


def html_problems(file: str, page: HtmlPage, *, asked: Wanted, known: KnownParts, lang: str) -> list[Problem]:
    """Everything but its policy that keeps the web page `page` in `lang`, called `file`, from being shown."""
    texts = [*page.texts, *_attribute_texts(page)]
    return [
        *leftover_problems(file, texts, source=asked.body),
        *content_problems(file, page, asked=asked, lang=lang),
        *(
            Problem(file, place, quoted(markup), "markup that every browser reads in one way")
            for place, markup in page.odd
        ),
        *(problem for element in page.elements for problem in _element_problems(file, element, known)),
    ]


def _attribute_texts(page: HtmlPage) -> Iterator[tuple[str, str]]:
    for element in page.elements:
        for name in TEXTS:
            if name in element.attributes:
                yield element.place, element.attributes[name]


def _element_problems(file: str, element: Element, known: KnownParts) -> Iterator[Problem]:
    place = element.place
    if element.tag in REFUSED:
        yield Problem(file, place, f"the element <{element.tag}>", "an element that only shows something")
    if element.attributes.get("http-equiv", "").lower() == REFRESH:
        yield Problem(file, place, "a page that leads elsewhere by itself", "a page that stays")
    if element.tag in ("script", "style"):
        yield from _code_problems(file, element, known)
    for name, value in element.attributes.items():
        if name.startswith("on"):
            yield Problem(file, place, f"the event handler {name}", "scripts of the engine only")
        elif name in SENDING:
            yield Problem(file, place, f"{name}={quoted(value)}", "a page that sends nothing")
        elif name == "aria-label" and not value.strip():
            yield Problem(file, place, f"<{element.tag}> with an empty aria-label", "what it is, in words")
        elif name == "style" and not ALIGNED.fullmatch(value):
            yield Problem(file, place, f"the style {quoted(value)}", "the engine's style sheet only")
        elif SCRIPT_ADDRESS.match(value):
            yield Problem(file, place, f"{name}={quoted(value)}", "an address that runs nothing")
        elif name in FETCHED or (name in HREFS and element.tag not in LINKS):
            yield from _resource_problems(file, element, name, value, known)
        elif name in HREFS:
            yield from _link_problems(file, element, value, known)
        elif name not in WORDY and FETCHING.search(value):
            yield Problem(file, place, f"{name}={quoted(value)}", "a part of the page itself, as url(#…)")


def _code_problems(file: str, element: Element, known: KnownParts) -> Iterator[Problem]:
    if is_data_block(element):
        try:
            json.loads(element.text or "", parse_constant=_refuse_constant)
        except ValueError as error:
            yield Problem(file, element.place, f"a data block that is no JSON: {error}", "JSON")
    elif not is_known(element, known):
        noun = "script" if element.tag == "script" else "style sheet"
        found = f"the {noun} {quoted(element.text or '')}"
        yield Problem(file, element.place, found, "only the engine's own, as staged")


def _refuse_constant(name: str) -> None:
    # Python reads it, no browser does.
    raise ValueError(f"the value {name}")


def _resource_problems(
    file: str, element: Element, name: str, value: str, known: KnownParts
) -> Iterator[Problem]:
    # A part of the page itself, such as a pattern that a bar is filled with.
    if value.startswith("#"):
        return
    content = data_of(value)
    if content is None or not known.holds(content):
        found = f"<{element.tag} {name}={quoted(value)}>"
        yield Problem(file, element.place, found, "the bytes of a file in the page's folder")


def _link_problems(file: str, element: Element, value: str, known: KnownParts) -> Iterator[Problem]:
    if value.startswith("#") or value.lower().startswith(WEB) or BESIDE.fullmatch(value):
        return
    content = data_of(value) if value.lower().startswith(DATA) else None
    if content is None or not known.holds(content):
        expected = (
            "a place on the page, a web address, a file beside the page or the bytes of one in its folder"
        )
        yield Problem(file, element.place, f"a link to {quoted(value)}", expected)
