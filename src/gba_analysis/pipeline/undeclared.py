"""Files of data/, notebooks/ and report/ that nothing declares: no command would read them, and nobody would
be told.

Only names are looked at. Columns that nothing declares are named with their table, in `figures.schema`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from gba_analysis import parameters
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.datapackage import DATAPACKAGE, read_datapackage
from gba_analysis.files import source_files
from gba_analysis.languages import LANGS
from gba_analysis.project import Project
from gba_analysis.words.catalogue import ARTICLE
from gba_analysis.yaml_reading import load_yaml

# What data/ holds beside its tables.
BESIDE_TABLES = ("README.md", DATAPACKAGE, *(ARTICLE.format(lang=lang) for lang in LANGS))
PAGES = tuple(f"briefing.{lang}.qmd" for lang in LANGS)
SETTINGS = ("_quarto.yml", *(f"_quarto-{lang}.yml" for lang in LANGS))
NOUNS = {".csv": "a table", ".ipynb": "a notebook", ".qmd": "a page"}


def undeclared_files(project: Project) -> list[Problem]:
    """Every file that nothing declares, with where to declare it."""
    return [*_data(project), *_notebooks(project), *_report(project)]


def _data(project: Project) -> list[Problem]:
    try:
        tables = {resource["path"] for resource in read_datapackage(project)["resources"]}
    except DataError:
        # What is wrong with it is reported with the data; what it declares is not known then.
        return []
    hint = f"declare it as a resource of data/{DATAPACKAGE}, with its columns, then run `gba update`"
    return _others(project, project.data, {*tables, *BESIDE_TABLES}, (f"a resource of {DATAPACKAGE}", hint))


def _notebooks(project: Project) -> list[Problem]:
    names = {f"{name}.ipynb" for name in parameters.NOTEBOOKS}
    words = "one of " + ", ".join(parameters.NOTEBOOKS), parameters.DECLARED_IN
    return _others(project, project.notebooks, names, words)


def _report(project: Project) -> list[Problem]:
    hint = f"name it in {SETTINGS[0]}, or its language in LANGS of src/gba_analysis/languages.py"
    expected = "only " + ", ".join((*PAGES, *SETTINGS)) + ", and what these settings name"
    named = {text for name in SETTINGS for text in _texts(_settings(project, name))}
    return _others(project, project.report, {*PAGES, *SETTINGS, *named}, (expected, hint))


def _settings(project: Project, name: str) -> Any:
    try:
        return load_yaml((project.report / name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        # Reported with the pages.
        return None


def _texts(settings: Any) -> Iterator[str]:
    """All texts in a mapping, at any depth."""
    if isinstance(settings, str):
        yield settings
    elif isinstance(settings, Mapping | list):
        for part in settings.values() if isinstance(settings, Mapping) else settings:
            yield from _texts(part)


def _others(
    project: Project, folder: Path, declared: Collection[str], words: tuple[str, str]
) -> list[Problem]:
    """The files below `folder` that are not `declared`. words: what is expected, and where to declare it."""
    names = [path.relative_to(folder).as_posix() for path in source_files(folder)]
    return [
        Problem(f"{folder.relative_to(project.root)}/{name}", "", _undeclared(name), *words)
        for name in names
        if name not in declared
    ]


def _undeclared(name: str) -> str:
    return f"{NOUNS.get(PurePosixPath(name).suffix, 'a file')} that nothing declares"
