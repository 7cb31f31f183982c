"""Whether a committed notebook's outputs are still those of its sources: what it was made from is noted in
its metadata.

Made from: its own code, the parameters' defaults, the tables and words in data/ that it reads, the fonts, and
the modules of this package that it imports, with those that they import and the words beside them. A change
of any of them makes it stale; running it again (`gba refresh`) makes it fresh."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

import gba_analysis
from gba_analysis import parameters
from gba_analysis.errors import DataError
from gba_analysis.figures.reads import fonts_read, tables_read
from gba_analysis.files import sha256
from gba_analysis.project import Project

# In the notebook's metadata.
NAME = "gba_made_from"
PACKAGE = Path(gba_analysis.__file__).parent
WORDS = {
    "source": "its code",
    "parameters": "its parameters' defaults",
    "data": "the tables and words in data/ that it reads",
    "fonts": "the fonts",
    "package": "the modules of the package that it uses",
}
# Where a statement holds others.
NESTED = ("body", "orelse", "finalbody", "handlers", "cases")


def made_from(project: Project, *, name: str, notebook: NotebookNode) -> dict[str, str]:
    """The SHA-256 of each thing (the keys of WORDS) from which the outputs of the notebook called `name` are
    made.
    """
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return {
        "source": _digest(code),
        "parameters": _digest(parameters.defaults(name)),
        "data": _digest(_tables(project, name)),
        "fonts": _digest(fonts_read()),
        "package": _digest(modules_used(code)),
    }


def noted(notebook: NotebookNode, sources: dict[str, str]) -> NotebookNode:
    """`notebook` with `sources` (from `made_from`) in its metadata."""
    notebook.metadata[NAME] = sources
    return notebook


def stale(project: Project, *, name: str, notebook: NotebookNode) -> list[str]:
    """What has changed since the committed notebook was run, in words; empty if nothing has."""
    before, now = notebook.metadata.get(NAME, {}), made_from(project, name=name, notebook=notebook)
    return [words for part, words in WORDS.items() if before.get(part) != now[part]]


def _tables(project: Project, name: str) -> dict[str, Any] | None:
    try:
        return tables_read(project, name)
    except DataError:
        # Reported as what it is; such data made no outputs.
        return None


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def modules_used(code: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of each module of the package that these pieces of code import, directly or not, and of the
    words beside it, by name.
    """
    found: dict[str, str] = {}
    waiting = [*_cell_imports(tuple(code))]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found[module] = sha256(_file(module))
            found |= _catalogues(module)
            waiting += _module_imports(module, found[module])
    return dict(sorted(found.items()))


def _catalogues(module: str) -> dict[str, str]:
    """The SHA-256 of the words that lie beside a module, by name: what a notebook says changes with them."""
    path = _file(module)
    beside = sorted(path.parent.glob("*.yml")) if path.name == "__init__.py" else []
    return {f"{module}/{file.name}": sha256(file) for file in beside}


@lru_cache(maxsize=512)
def _module_imports(module: str, sum_: str) -> tuple[str, ...]:
    """What `module` imports. sum_: the SHA-256 of its file, so that a changed one is read anew."""
    return tuple(_imports(_file(module).read_text(encoding="utf-8")))


@lru_cache(maxsize=64)
def _cell_imports(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for code in cells for name in _cell_import(code))


def _cell_import(code: str) -> list[str]:
    try:
        return list(_imports(code))
    except SyntaxError:
        # A magic command, or a cell that fails anyway: it is compared as text.
        return []


def _imports(code: str) -> Iterator[str]:
    """The modules of the package that `code` imports, anywhere in it, and the packages that hold them."""
    for node in _statements(ast.parse(code).body):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        ours = (name for name in names if name.partition(".")[0] == PACKAGE.name and _file(name).is_file())
        yield from (part for name in ours for part in _with_parents(name))


def _statements(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """All statements of `body`, those within others too; what they compute, most of the tree, holds no
    import.
    """
    for node in body:
        yield node
        for part in NESTED:
            yield from _statements(getattr(node, part, ()))


def _with_parents(module: str) -> list[str]:
    """`module` and the packages that hold it, which are imported with it."""
    parts = module.split(".")
    return [".".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _file(module: str) -> Path:
    """Where a module of the package lies; a path without a file for a name that is no module."""
    path = PACKAGE.parent.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
