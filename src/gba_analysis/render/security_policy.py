"""The last step of a web page: its security policy names the engine's own scripts and style sheets as they
stand in it, and nothing else.

The template's own policy already forbids every request; it must allow any inline script and style, because
how a style sheet stands in a page is known only after rendering. Nothing but that policy is changed here, and
no script or style sheet is named that is not the engine's own."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from html import unescape
from itertools import takewhile

from gba_analysis.errors import EngineError, Problem
from gba_analysis.render.breach import quoted
from gba_analysis.render.html_reading import Element, HtmlPage, read_html
from gba_analysis.render.known_parts import POLICY, KnownParts, script_sum, style_sum

OPEN = "'unsafe-inline'"
NONE = "'none'"
# The directive for each kind of element.
DIRECTIVES = {"script": "script-src", "style": "style-src"}
HEADER = "content-security-policy"
# What may stand before a policy: it does not hold for what comes before it.
BEFORE = ("html", "head", "meta")
# Types of a script that browsers run, the empty one included, and types that they only keep.
RUN = ("", "module", "text/javascript", "application/javascript")
KEPT = ("application/json", "application/ld+json")


def is_data_block(element: Element) -> bool:
    """Whether a script is data, which no browser runs and no policy names."""
    return element.tag == "script" and _type(element) in KEPT and "src" not in element.attributes


def is_known(element: Element, known: KnownParts) -> bool:
    """Whether a script or style sheet is one of the engine's own and stands in the page itself."""
    if element.text is None or "src" in element.attributes:
        return False
    if element.tag == "style":
        return style_sum(element.text) in known.styles
    return _type(element) in RUN and script_sum(element.text) in known.scripts


def seal(html: str, known: KnownParts) -> str:
    """`html` with its policy narrowed to the hashes of its scripts and styles; a page without a policy stays
    as it is.

    Raises EngineError with every script and style sheet that is not one of the known.
    Method: Content Security Policy Level 3, hash sources (SHA-256 of an element's text, in UTF-8).
    """
    elements = _code(read_html(html))
    if unknown := [element for element in elements if not is_known(element, known)]:
        raise EngineError(_problem(element) for element in unknown)

    def narrowed(found: re.Match[str]) -> str:
        # Pandoc writes the quotes of an attribute as character references.
        return found[1] + _sealed(unescape(found[2]), elements) + found[3]

    return POLICY.sub(narrowed, html, count=1)


def policy_problems(file: str, page: HtmlPage, known: KnownParts, *, is_sealed: bool) -> list[Problem]:
    """What is wrong with the policy of the web page `page`, called `file`: it must be the template's own, and
    stand in the page's head before all that it is for.

    is_sealed: whether `seal` has narrowed it. What it names is judged elsewhere (`is_known`).
    """
    expected = _sealed(known.policy, _code(page)) if is_sealed and known.policy else known.policy
    metas = [meta for meta in page.all("meta") if meta.attributes.get("http-equiv", "").lower() == HEADER]
    found = [meta.attributes.get("content", "") for meta in metas]
    if found != [expected][: len(known.policy)]:
        shown = ", ".join(map(quoted, found)) or "none"
        return [Problem(file, "", f"the security policy {shown}", quoted(expected) if expected else "none")]
    before = takewhile(lambda element: element.tag in BEFORE, page.elements)
    if metas and all(element is not metas[0] for element in before):
        return [Problem(file, metas[0].place, "a security policy too late", "before all that it is for")]
    return []


def _code(page: HtmlPage) -> list[Element]:
    return [element for element in page.all(*DIRECTIVES) if not is_data_block(element)]


def _sealed(policy: str, elements: Iterable[Element]) -> str:
    texts = [(element.tag, element.text or "") for element in elements]
    sources = {
        directive: _sources(text for kind, text in texts if kind == tag)
        for tag, directive in DIRECTIVES.items()
    }
    return "; ".join(_narrowed(directive, sources) for directive in policy.split("; "))


def _type(element: Element) -> str:
    return element.attributes.get("type", "").strip().lower()


def _problem(element: Element) -> Problem:
    found = f"the {element.tag} {quoted(element.attributes.get('src') or element.text or '')}"
    return Problem("web page", element.place, found, "only the engine's own, in the page itself")


def _narrowed(directive: str, sources: Mapping[str, str]) -> str:
    kind = directive.partition(" ")[0]
    return directive.replace(OPEN, sources.get(kind, NONE))


def _sources(texts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(map(_hash, texts))) or NONE


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
