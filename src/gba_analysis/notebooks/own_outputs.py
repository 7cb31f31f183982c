"""Whether each cell of a stored notebook has the outputs that its code makes.

Another driver of notebooks may store outputs in the wrong cell, or drop them: then the values that the cell
publishes are missing, and every page that names one would be accused. What is in an output is not looked at.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nbformat import NotebookNode

from gba_analysis.ledger import DATA, VALUES

SVG = "image/svg+xml"
# By method of a notebook's report: the type of the output that it leaves.
LEAVES = {"publish": VALUES, "chart": SVG, "data": DATA, "table": DATA}
# What gives a notebook its report.
BEGIN = "begin"


def cells_without(notebook: NotebookNode) -> Iterator[tuple[int, str]]:
    """The code cells, counted from 1, that lack what their code leaves, each with the method that leaves it.

    Only calls that run whenever their cell does count: those in a function or below a condition may not run.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    trees = [_tree(cell.source) for cell in cells]
    reports = {name for tree in trees for name in _reports(tree)}
    for number, (cell, tree) in enumerate(zip(cells, trees, strict=True), 1):
        there = {kind for output in cell.outputs for kind in output.get("data", {})}
        for method in dict.fromkeys(_methods(tree, reports)):
            if LEAVES[method] not in there:
                yield number, method


def _tree(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        # A magic command: what it leaves is not known.
        return ast.Module([], [])


def _reports(tree: ast.Module) -> Iterator[str]:
    """The names that a report is given."""
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id=called))) if (
                called == BEGIN
            ):
                yield name


def _methods(tree: ast.Module, reports: set[str]) -> Iterator[str]:
    """The methods of LEAVES that the statements of a cell call, in order."""
    for statement in tree.body:
        match statement:
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method))):
                if name in reports and method in LEAVES:
                    yield method
