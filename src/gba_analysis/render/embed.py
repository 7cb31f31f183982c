"""Puts the style sheets, fonts, scripts and images that a web page names into the page itself.

Pandoc does that by itself (`--embed-resources`), but takes the whole page apart for it, which takes longer
than to write the page. So it gets only the elements that name a file; the others come out here as it would
write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from gba_analysis.render.pandoc import run_pandoc
from gba_analysis.render.shortcode_escapes import free_sign

# Of a page as Pandoc writes it: elements that name a file, what is no text, the other tags, the texts between
# them.
PIECE = re.compile(
    r'(?P<named><script\b[^>]*\ssrc="[^>]*></script>|<link\b[^>]*\srel="stylesheet"[^>]*>|<[a-z]+\b[^>]*\ssrc="[^>]*>)'
    r"|(?P<verbatim><(?P<kind>script|style)\b.*?</(?P=kind)>|<!.*?>)"
    r"|(?P<tag><[^>]*>)"
    r"|(?P<text>[^<]+)",
    re.DOTALL,
)
VALUE = re.compile(r'="([^"]*)"')
# What a tag holds if Pandoc writes it in another way.
REWRITTEN = ("'", "&", '=""')


def embed_resources(html: str, *, folder: Path, arguments: Sequence[str], source: str) -> str:
    """The page `html`, whose files lie in `folder`, as Pandoc writes it with `--embed-resources`.

    arguments: what tells Pandoc where else to look. source: the file named in an error.
    Raises EngineError if a file is missing.
    """
    named = list(dict.fromkeys(found["named"] for found in PIECE.finditer(html) if found["named"]))
    embedded = dict(zip(named, _embedded(named, folder, arguments, source), strict=True))
    return PIECE.sub(lambda found: _rewritten(found, embedded), html)


def _embedded(elements: Sequence[str], folder: Path, arguments: Sequence[str], source: str) -> list[str]:
    """Each of the elements with its file inside, from a page that holds nothing else."""
    if not elements:
        return []
    between = free_sign(*elements)
    with TemporaryDirectory() as scratch:
        template = Path(scratch, "elements.html")
        template.write_text(between.join(elements).replace("$", "$$"), encoding="utf-8")
        line = [
            "--to=html5",
            "--embed-resources",
            f"--template={template}",
            "--metadata=pagetitle:-",
            "--data-dir=.",
        ]
        page = run_pandoc([*line, *arguments], "", folder=folder, source=source)
    return [element.strip("\n") for element in page.split(between)]


def _rewritten(found: re.Match[str], embedded: Mapping[str, str]) -> str:
    match found.lastgroup:
        case "named":
            return embedded[found[0]]
        case "tag" if any(sign in found[0] for sign in REWRITTEN):
            return VALUE.sub(lambda value: f'="{_escaped(value[1])}"' if value[1] else "", found[0])
        case "text":
            return _escaped(found[0])
    return found[0]


def _escaped(text: str) -> str:
    """The same text with every character escaped that Pandoc escapes, in its way."""
    return escape(unescape(text)).replace("&#x27;", "&#39;")
