"""The shipped fonts: where they are, which characters they hold, and small web fonts made from them.

Charts, PDF and HTML use these two files and nothing of the system. How the files are made is in
`tools/build_fonts.py`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from gba_analysis.errors import EngineError, Problem
from gba_analysis.project import Project

FAMILY = "GBA Sans SC"
NAMES = ("GBASansSC-Regular", "GBASansSC-Bold")
# Line breaks and tabs are layout, not glyphs.
LAYOUT = frozenset("\n\r\t")


def files(project: Project) -> tuple[Path, ...]:
    """The TTF files, regular first. Raises EngineError if one is missing."""
    paths = tuple(project.fonts / f"{name}.ttf" for name in NAMES)
    missing = [path for path in paths if not path.is_file()]
    if missing:
        hint = "restore it from the repository"
        raise EngineError([Problem(str(path), "", "no file", "a shipped font", hint) for path in missing])
    return paths


@lru_cache(maxsize=4)
def _characters(paths: tuple[Path, ...]) -> frozenset[str]:
    """The characters that every one of these fonts holds."""
    from fontTools.ttLib import TTFont

    held = []
    for path in paths:
        with TTFont(path, lazy=True) as font:
            held.append(frozenset(map(chr, font.getBestCmap())))
    return frozenset.intersection(*held)


def missing_glyphs(text: str, project: Project) -> str:
    """The characters of `text`, each once and in order of code point, that a shipped font lacks."""
    return "".join(sorted(set(text) - LAYOUT - _characters(files(project))))


def write_woff2(text: str, folder: Path, project: Project) -> tuple[Path, ...]:
    """Write WOFF2 fonts that hold only the characters of `text` into `folder`; returns their paths.

    The same characters give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    characters = "".join(sorted(set(text) - LAYOUT))
    return tuple(_write_subset(path, characters, folder / f"{path.stem}.woff2") for path in files(project))


def _write_subset(source: Path, characters: str, target: Path) -> Path:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.flavor = "woff2"
    options.layout_features = ["*"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)
    return target
