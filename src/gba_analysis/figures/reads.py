"""Which tables of data/ each notebook reads: declared here, and held against what it reads and opens.

A notebook need not run again while its tables are as they were, so a read that is not declared must be an
error: otherwise an old output could pass for a new one. Imports nothing heavy."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from gba_analysis import kit
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.datapackage import DATAPACKAGE, SUMS, read_datapackage
from gba_analysis.files import sha256
from gba_analysis.project import Project
from gba_analysis.words import catalogues

_FIGURES = ("indicators", "units", "derived")
_SOURCES = ("crosschecks", "crosscheck_references", "references")
# The tables of `Facts` by notebook.
READS: Mapping[str, tuple[str, ...]] = {
    "01_evidence": (*_FIGURES, "charts"),
    "02_platforms": (*_FIGURES, "charts", "entities"),
    "03_research": (*_FIGURES, "charts"),
    "04_industry": (*_FIGURES, "charts"),
    "05_openness": (*_FIGURES, "charts", "entities", "events", "fields", "links"),
    "06_references": (
        *("indicators", "units", "charts", "entities", "claims", "key_figures", "codings"),
        *_SOURCES,
    ),
    "07_robustness": (*_FIGURES, "charts", "entities", "references", "findings"),
    "08_key_figures": (*_FIGURES, *_SOURCES, "key_figures"),
}


class UndeclaredReadError(DataError):
    """A notebook reads what it has not declared."""


class Undeclared:
    """Stands for a table that a notebook has not declared. Raises UndeclaredReadError when it is used."""

    def __init__(self, notebook: str, table: str):
        self.__dict__.update(notebook=notebook, table=table)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            # Python asks for these when it copies or prints an object.
            raise AttributeError(name)
        self._refuse()

    def __getitem__(self, key: object) -> Any:
        self._refuse()

    def __len__(self) -> int:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise _undeclared(self.notebook, f"the table {self.table}")


def tables_read(project: Project, notebook: str) -> dict[str, Any]:
    """What the notebook reads of data/: the SHA-256 of each declared table and its description, by name, what
    the package says of itself, and the SHA-256 of each catalogue of words, by file name.

    Raises DataError if the data package cannot be read.
    """
    package = read_datapackage(project)
    resources = {resource["name"]: resource for resource in package["resources"]}
    found: dict[str, Any] = {
        DATAPACKAGE: {key: value for key, value in package.items() if key != "resources"}
    }
    for name in READS[notebook]:
        described = {key: value for key, value in resources.get(name, {}).items() if key not in SUMS}
        path = _file(project, described, name)
        found[name] = [sha256(path) if path.is_file() else "", described]
    for path in catalogues(project.data):
        found[path.name] = sha256(path) if path.is_file() else ""
    return found


def fonts_read() -> dict[str, str]:
    """The SHA-256 of each font, which charts are drawn with, by file name."""
    found = ((path, path.stat()) for path in kit.fonts())
    return {path.name: _font_sum(path, state.st_mtime_ns, state.st_size) for path, state in found}


@lru_cache(maxsize=16)
def _font_sum(path: Path, changed: int, size: int) -> str:
    """Fonts are large and asked about for every notebook: read again only if time or size has changed."""
    return sha256(path)


def _file(project: Project, resource: Mapping[str, Any], name: str) -> Path:
    return project.data / resource.get("path", f"{name}.csv")


def guard(project: Project, notebook: str) -> None:
    """From now on this process may read only the declared tables and the words in data/, of the kit only the
    fonts, and nothing of report/ and notebooks/.

    Any other read raises UndeclaredReadError. It cannot be undone: for a kernel, which runs one notebook.
    """
    resources = {resource["name"]: resource for resource in read_datapackage(project)["resources"]}
    declared = [_file(project, resources.get(name, {}), name) for name in READS[notebook]]
    common = (project.data / DATAPACKAGE, *catalogues(project.data), *kit.fonts())
    allowed = {os.path.realpath(path) for path in (*declared, *common)}
    ours = (kit.FOLDER / part for part in kit.PARTS)
    folders = (project.data, project.report, project.notebooks, *ours)
    guarded = tuple(os.path.realpath(folder) + os.sep for folder in folders)

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if event != "open" or not isinstance(arguments[0], (str, bytes)) or arguments[2] & os.O_WRONLY:
            return
        path = os.path.realpath(os.fsdecode(arguments[0]))
        if path.startswith(guarded) and path not in allowed:
            raise _undeclared(notebook, os.path.relpath(path, project.root))

    sys.addaudithook(look)


def _undeclared(notebook: str, what: str) -> UndeclaredReadError:
    expected = f"only {', '.join(READS[notebook])} of data/, as declared"
    hint = f"declare the table in {Path(__file__).name}, or do not read it"
    return UndeclaredReadError(Problem(f"{notebook}.ipynb", "", f"a read of {what}", expected, hint))
