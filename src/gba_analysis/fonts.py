"""The shipped fonts, which lie in the kit: which characters they hold, and small web fonts made from them.

Charts, PDF and HTML use these two files and nothing of the system. How the files are made is in
`tools/build_fonts.py`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

from gba_analysis import kit
from gba_analysis.errors import EngineError, Problem

FAMILY = "GBA Sans SC"
NAMES = ("GBASansSC-Regular", "GBASansSC-Bold")
# Where briefing.css looks for web fonts, in a run's folder.
WEB_FONTS = Path("styles", "fonts")
# Line breaks and tabs are layout, not glyphs.
LAYOUT = frozenset("\n\r\t")
# Of Brotli's 0 to 11. The highest takes fifteen times as long for 3 % less.
QUALITY = 9
# Of the tables that WOFF2 can pack before it compresses them, none: fontTools packs outlines one by one, for
# a tenth of the time of a whole build, and a page would be 4 to 7 % smaller.
UNPACKED = ()
HINT = "install the package again, or restore the file from the repository"
_LOCK = threading.Lock()


def files() -> tuple[Path, ...]:
    """The TTF files, regular first. Raises EngineError if one is missing."""
    paths = tuple(kit.FOLDER / kit.FONTS / f"{name}.ttf" for name in NAMES)
    missing = [path for path in paths if not path.is_file()]
    if missing:
        raise EngineError([Problem(str(path), "", "no file", "a shipped font", HINT) for path in missing])
    return paths


@lru_cache(maxsize=4)
def _characters(paths: tuple[Path, ...]) -> frozenset[str]:
    """The characters that every one of these fonts holds. Raises EngineError if one is damaged."""
    import uharfbuzz

    faces = (uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)) for path in paths)
    held = {path: frozenset(map(chr, face.unicodes)) for path, face in zip(paths, faces, strict=True)}
    # It reads any file, but finds nothing in one that is no font.
    if damaged := [path for path in paths if not held[path]]:
        raise EngineError(
            Problem(str(path), "", "a file that is no font", "a shipped font", HINT) for path in damaged
        )
    return frozenset.intersection(*held.values())


def missing_glyphs(text: str) -> str:
    """The characters of `text`, each once and in order of code point, that a shipped font lacks.

    Raises EngineError if a font is missing or damaged."""
    return "".join(sorted(set(text) - LAYOUT - _characters(files())))


def web_fonts(text: str) -> dict[str, bytes]:
    """WOFF2 fonts that hold only the characters of `text`, by file name. The same characters give the same
    bytes.
    """
    characters = frozenset(text) - LAYOUT
    # Most of the time goes into compressing, which threads do at the same time.
    with _quick_compression(), ThreadPoolExecutor(len(NAMES)) as pool:
        fonts = pool.map(lambda path: _subset(path, characters), files())
        return {f"{name}.woff2": font for name, font in zip(NAMES, fonts, strict=True)}


@contextmanager
def _quick_compression() -> Iterator[None]:
    """Within it, fontTools compresses with QUALITY; it asks for the highest, and cannot be told otherwise.

    The module it compresses with is the whole process's, so one at a time, and it is put back."""
    import brotli
    from fontTools.ttLib import woff2

    with _LOCK:
        own = woff2.brotli
        quick = {"compress": partial(brotli.compress, quality=QUALITY)}
        woff2.brotli = SimpleNamespace(**vars(brotli) | quick)
        try:
            yield
        finally:
            woff2.brotli = own


def _subset(source: Path, characters: frozenset[str]) -> bytes:
    import uharfbuzz
    from fontTools.ttLib import TTFont, woff2

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    # All features of the layout: the style sheet asks for one that would else be dropped.
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.invert()
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(source))
    font = TTFont(BytesIO(uharfbuzz.subset(face, wanted).blob.data), recalcTimestamp=False)
    font.flavor = "woff2"
    font.flavorData = woff2.WOFF2FlavorData(transformedTables=UNPACKED)
    result = BytesIO()
    font.save(result)
    return result.getvalue()
