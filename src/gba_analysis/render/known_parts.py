"""What a web page may hold of the engine's own: scripts and style sheets by checksum, known before the page
is rendered, and the files of its folder. Judges no page.

A style sheet names its fonts by their paths, and in a page by their bytes; and Pandoc drops its comments and
spaces. So its checksum is that of its text without either, with each address replaced by the checksum of what
is there."""

from __future__ import annotations

import base64
import binascii
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote_to_bytes

from gba_analysis.files import digest, source_files
from gba_analysis.render.notebook_cells import read_all_cells

# The frame of the web page, and the security policy in it.
TEMPLATE = "templates/briefing.html"
POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(")')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]*)[\"']?\s*\)")
DATA = "data:"
BASE64 = ";base64"


@dataclass(frozen=True)
class KnownParts:
    """scripts, styles: checksums as `script_sum` and `style_sum` make them. files: the staged files, by size
    in bytes. charts: the bytes of the charts that notebooks hold as images. policy: the security policy of
    the template, before it is sealed; empty if it has none.
    """

    scripts: frozenset[str]
    styles: frozenset[str]
    files: Mapping[int, Sequence[Path]]
    charts: frozenset[bytes]
    policy: str = ""

    def holds(self, content: bytes) -> bool:
        """Whether `content` is that of a staged file or of a chart."""
        return content in self.charts or any(
            path.read_bytes() == content for path in self.files.get(len(content), ())
        )


def read_known_parts(folder: Path) -> KnownParts:
    """What the page of the staged `folder`, with its web fonts, may hold."""
    files = defaultdict(list)
    for path in source_files(folder):
        files[path.stat().st_size].append(path)
    paths = [path for same_size in files.values() for path in same_size]
    scripts = (path.read_text(encoding="utf-8") for path in paths if path.suffix == ".js")
    charts = (cell.text.encode() for cell in read_all_cells(folder).values() if cell.kind == "svg")
    return KnownParts(
        frozenset(map(script_sum, scripts)),
        frozenset(map(_staged_style_sum, (path for path in paths if path.suffix == ".css"))),
        files,
        frozenset(charts),
        _policy(folder / TEMPLATE),
    )


def script_sum(text: str) -> str:
    """The checksum of a script, without the space around it."""
    return digest(text.strip().encode())


def style_sum(text: str) -> str:
    """The checksum of a style sheet as it stands in a page."""
    return _style_sum(text, data_of)


def data_of(address: str) -> bytes | None:
    """The bytes in a `data:` address; None if it is no such address, or none that can be read."""
    head, comma, payload = address.strip().partition(",")
    if not head.lower().startswith(DATA) or not comma:
        return None
    content = unquote_to_bytes(payload)
    try:
        return base64.b64decode(content, validate=True) if head.lower().endswith(BASE64) else content
    except binascii.Error:
        return None


def _policy(template: Path) -> str:
    found = POLICY.search(template.read_text(encoding="utf-8")) if template.is_file() else None
    return unescape(found[2]) if found else ""


def _staged_style_sum(path: Path) -> str:
    def content_of(address: str) -> bytes | None:
        file = path.parent / address
        return file.read_bytes() if file.is_file() else None

    return _style_sum(path.read_text(encoding="utf-8"), content_of)


def _style_sum(text: str, content_of: Callable[[str], bytes | None]) -> str:
    def summed(found: re.Match[str]) -> str:
        content = content_of(found[1])
        # What is not there stays an address, which no page may hold.
        return found[0] if content is None else f"url({digest(content)})"

    return digest("".join(ADDRESS.sub(summed, COMMENT.sub("", text)).split()).encode())
