"""The last step of a web page: its security policy names the very scripts and style sheets in it, and nothing
else.

The template's own policy already forbids every request; it must allow any inline script and style, because
these are known only after rendering. Nothing but that policy is changed here."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html import unescape

from gba_analysis.errors import EngineError, Problem

OPEN = "'unsafe-inline'"
NONE = "'none'"
POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(")')
# The directive for each kind of element.
ELEMENTS = {
    kind: re.compile(rf"<{tag}\b([^>]*)>(.*?)</{tag}\s*>", re.DOTALL | re.IGNORECASE)
    for kind, tag in (("script-src", "script"), ("style-src", "style"))
}
ADDRESS = re.compile(r"\bsrc\s*=", re.IGNORECASE)


def seal(html: str) -> str:
    """`html` with its policy narrowed to the hashes of its scripts and styles; a page without a policy stays
    as it is.

    Raises EngineError if a script is not in the page itself but at an address, `data:` included.
    Method: Content Security Policy Level 3, hash sources (SHA-256 of an element's text, in UTF-8).
    """
    sources = {kind: _sources(pattern.findall(html)) for kind, pattern in ELEMENTS.items()}

    def narrowed(found: re.Match[str]) -> str:
        # Pandoc writes the quotes of an attribute as character references.
        directives = unescape(found[2]).split("; ")
        return found[1] + "; ".join(_narrowed(directive, sources) for directive in directives) + found[3]

    return POLICY.sub(narrowed, html, count=1)


def _narrowed(directive: str, sources: dict[str, str]) -> str:
    kind = directive.partition(" ")[0]
    return directive.replace(OPEN, sources.get(kind, NONE))


def _sources(elements: Iterable[tuple[str, str]]) -> str:
    texts = []
    for attributes, text in elements:
        if ADDRESS.search(attributes):
            raise EngineError(
                Problem("web page", "", f"a script with{attributes[:60]}", "a script that stands in the page")
            )
        texts.append(text)
    return " ".join(dict.fromkeys(_hash(text) for text in texts)) or NONE


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
