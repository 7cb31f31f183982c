"""Which files belong to the project's sources, their checksums, and whether one is a text. Nothing is
written.
"""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

# Left behind by Python, and by Quarto where a page was rendered in place.
BY_PRODUCTS = ("__pycache__", "_output")


def source_files(folder: Path) -> list[Path]:
    """All files below `folder` in a fixed order, without hidden ones and by-products."""
    return [
        path for path in sorted(folder.rglob("*")) if path.is_file() and _is_source(path.relative_to(folder))
    ]


def _is_source(path: Path) -> bool:
    return not any(part.startswith(".") or part in BY_PRODUCTS for part in path.parts)


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return digest(path.read_bytes())


def digest(content: bytes) -> str:
    """The SHA-256 of `content`, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def text_fault(content: bytes) -> tuple[str, str, str] | None:
    """What keeps `content` from being a text, as place, found and expected of a problem; None if nothing
    does.
    """
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return f"byte {error.start + 1}", "bytes that are not UTF-8", "a UTF-8 text"
    if content.startswith(codecs.BOM_UTF8):
        return "byte 1", "a byte-order mark", "a UTF-8 text without one"
    return None
