"""Ids in code that the data lack, as far as they can be seen without running it.

Three kinds can: a key of a theme, such as `research.hkm_staff_share`, and a unit, that a cell of a notebook
names; and an id that the stored values still rest on and the tables no longer have, in a cell or a module.
What else code asks for is known only when it runs: then `asked.Known` says who asks.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from nbformat import NotebookNode

import gba_analysis
from gba_analysis.analysis.published_keys import keys_of_data
from gba_analysis.asked import nearest
from gba_analysis.errors import Problem
from gba_analysis.figures.tables import Facts
from gba_analysis.files import source_files
from gba_analysis.ledger import Ledger
from gba_analysis.notebooks.committed import code_cells, file_name
from gba_analysis.project import Project

PACKAGE = Path(gba_analysis.__file__).parent
# Of a notebook's report and its facts: they are given a unit's id.
UNIT_METHODS = ("axis", "unit")
# The theme of keys of references.
REFERENCE = "ref"
# What stands behind the id in the keys of one figure, and of one reference.
ENDINGS = {"indicators": ("", "_printed", "_stated"), "references": ("", "_period")}


def unknown_ids(
    project: Project, facts: Facts, stored: Mapping[str, NotebookNode], ledger: Ledger
) -> Iterator[Problem]:
    """Each place in a notebook's cell or a module of this package that names an id that the data lack.

    stored: the committed notebooks. ledger: what they publish.
    """
    gone = _gone(facts, ledger)
    themes = _themes(facts)
    keys = {*keys_of_data(project), *ledger} - outlived_keys(facts, ledger)
    for name, notebook in stored.items():
        for place, cell in code_cells(notebook):
            where = file_name(project, name), f"{place}, line "
            # Once for a line that names it twice.
            for text, line in dict.fromkeys(texts(cell.source)):
                if text in gone:
                    yield _problem(*where, line, text, facts.rows(gone[text]))
                elif _theme(text) in themes and text not in keys:
                    yield _problem(*where, line, text, keys)
            for unit, line in _units(cell.source):
                if unit not in facts.rows("units"):
                    yield _problem(*where, line, unit, facts.rows("units"))
    yield from _in_modules(project, facts, gone)


def outlived_keys(facts: Facts, ledger: Ledger) -> set[str]:
    """The keys of the stored values whose figure or reference the data no longer have under that id."""
    names = {
        f"{id_}{ending}": (id_, table)
        for id_, table in _gone(facts, ledger).items()
        for ending in ENDINGS[table]
    }
    themes = {"references": {REFERENCE}, "indicators": _themes(facts)}
    found: set[str] = set()
    for key, entry in ledger.items():
        theme, _, name = key.partition(".")
        id_, table = names.get(name, ("", "indicators"))
        # A verdict may rest on it too, and have the same name after its claim.
        if id_ in entry.inputs and theme in themes[table]:
            found.add(key)
    return found


def _themes(facts: Facts) -> set[str]:
    return {row["theme"] for row in facts.rows("indicators").values()}


def _gone(facts: Facts, ledger: Ledger) -> dict[str, str]:
    """The ids on which stored values rest and that the data lack, each with the table that had it."""
    ids = {*facts.rows("indicators"), *facts.rows("references")}
    references = {key.partition(".")[2] for key in ledger if key.partition(".")[0] == REFERENCE}
    gone = {id_ for entry in ledger.values() for id_ in entry.inputs} - ids
    return {id_: "references" if id_ in references else "indicators" for id_ in gone}


def _in_modules(project: Project, facts: Facts, gone: Mapping[str, str]) -> Iterator[Problem]:
    root = project.root if PACKAGE.is_relative_to(project.root) else PACKAGE.parent
    for path in source_files(PACKAGE) if gone else ():
        source = path.read_text(encoding="utf-8") if path.suffix == ".py" else ""
        # To read all modules as code takes longer than the rest of the check.
        named = texts(source) if any(id_ in source for id_ in gone) else ()
        for text, line in dict.fromkeys(named):
            if text in gone:
                yield _problem(path.relative_to(root).as_posix(), "line ", line, text, facts.rows(gone[text]))


def _units(source: str) -> Iterator[tuple[str, int]]:
    """The units for whose axis or row a cell asks, each with its line."""
    for node in ast.walk(_tree(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=method), args=[ast.Constant(value=str(unit))]):
                if method in UNIT_METHODS:
                    yield unit, node.lineno


def texts(source: str) -> Iterator[tuple[str, int]]:
    """The texts in a piece of code, each with its line."""
    for node in ast.walk(_tree(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node.lineno


def _tree(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        # A magic command, or code that fails when it runs.
        return ast.Module([], [])


def _theme(text: str) -> str:
    """The theme in a key such as `research.jointlabs`; empty for any other text."""
    theme, dot, name = text.partition(".")
    return theme if dot and name.isidentifier() else ""


def _problem(file: str, place: str, line: int, text: str, known: Collection[str]) -> Problem:
    found, expected = f"'{text}', which the data lack", "an id or a key of data/"
    return Problem(file, f"{place}{line}", found, expected, nearest(text, known))
