"""The engine's files for the pages: Lua filters, templates, style sheets, scripts and fonts.

A run folder is staged from these and from the project's report/, which holds the pages and their settings.
Together they are a Quarto project, and its settings name these files by their paths in it. A file of report/
must not have the name of one of these: it would override it without anybody being told.

What belongs to an article does not belong here, nor what the embedded engine alone needs (`render`).

    kit.files()["styles/briefing.css"]   # where that style sheet lies in the installed package
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from gba_analysis.files import source_files

FOLDER = Path(__file__).parent
# Under this name a manifest and a message list the files, wherever the package is installed.
NAME = "gba_analysis/kit"
FONTS = "fonts"
PARTS = ("filters", FONTS, "scripts", "styles", "templates")


def files() -> dict[str, Path]:
    """Every file of the kit by its path in a run folder, in a fixed order."""
    paths = (path for part in PARTS for path in source_files(FOLDER / part))
    return {path.relative_to(FOLDER).as_posix(): path for path in paths}


def fonts() -> list[Path]:
    """The font files, in a fixed order; empty if the package lacks them."""
    return sorted((FOLDER / FONTS).glob("*.ttf"))


def overriding(report: Path) -> list[Path]:
    """The files of the folder `report` that cannot lie in a run folder beside the kit: they have the name of
    one of its files or folders, or take one of its files for a folder.

    Capital and small letters are the same here, as they are on some systems.
    """
    names = [PurePosixPath(name.casefold()) for name in files()]
    taken = {*names, *(folder for name in names for folder in name.parents if folder.name)}
    return [path for path in source_files(report) if _is_taken(path.relative_to(report), {*names}, taken)]


def _is_taken(path: Path, names: set[PurePosixPath], taken: set[PurePosixPath]) -> bool:
    """taken: `names`, which are those of files, and the folders that hold them."""
    folded = PurePosixPath(path.as_posix().casefold())
    return folded in taken or not names.isdisjoint(folded.parents)
