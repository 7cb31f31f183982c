"""Where the project's parts are. No reading, no writing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from gba_analysis.errors import Problem, ProjectError

# Names the project's root for processes that start elsewhere, such as a notebook's kernel.
ENVIRONMENT = "GBA_PROJECT"
PARTS = ("data", "notebooks", "report")


@dataclass(frozen=True)
class Project:
    """The project's folder; every part is a path below `root`."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def report(self) -> Path:
        return self.root / "report"

    @property
    def build(self) -> Path:
        return self.root / "build"


def is_project(folder: Path) -> bool:
    """Whether `folder` holds all parts of the project."""
    return all((folder / part).is_dir() for part in PARTS)


def find_project(start: Path | None = None) -> Project:
    """The project that holds `start` (default: GBA_PROJECT, else the current folder).

    Raises ProjectError if neither `start` nor a folder above it holds data/, notebooks/ and report/.
    """
    begin = Path(start or os.environ.get(ENVIRONMENT) or Path.cwd()).resolve()
    for folder in (begin, *begin.parents):
        if is_project(folder):
            return Project(folder)
    raise ProjectError(
        Problem(
            str(begin),
            "",
            "no project in this folder or above it",
            "a folder with " + ", ".join(f"{part}/" for part in PARTS),
            "change into the clone, or name it with --project DIR",
        )
    )
