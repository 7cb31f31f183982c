"""A notebook that ran once for several languages, taken apart into what a run in each of them gives.

How an output comes to hold them belongs in `gba_analysis.notebook`. Nothing is executed here, and no file is
read or written."""

from __future__ import annotations

import ast

from nbformat import NotebookNode

from gba_analysis.notebooks.canonical import INJECTED, PARAMETERS, tags
from gba_analysis.other_languages import LANGUAGES
from gba_analysis.request import LANG


def asks_for_language(notebook: NotebookNode) -> bool:
    """Whether a cell other than the parameters' may ask for the language: a run in one then says nothing of
    another.

    True as well for a cell that is no plain Python, such as one with a magic command."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and PARAMETERS not in tags(cell)]
    return any(_names_language(cell.source) for cell in code)


def _names_language(source: str) -> bool:
    try:
        nodes = [*ast.walk(ast.parse(source))]
    except SyntaxError:
        return True
    return any(
        LANG in (getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "value", ""))
        for node in nodes
    )


def holds(notebook: NotebookNode, lang: str) -> bool:
    """Whether each output holds what a run in `lang` shows: of one that does not, such as printed text, only
    such a run can tell.
    """
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return all(lang in output.get("data", {}).get(LANGUAGES, {}) for output in outputs)


def in_language(notebook: NotebookNode, lang: str) -> NotebookNode:
    """`notebook` as a run in `lang` gives it; the argument is left as it is, and shares its outputs' parts.

    lang: one that its outputs hold, or that in which it ran."""
    return NotebookNode(
        {
            **notebook,
            "metadata": NotebookNode(notebook.metadata),
            "cells": [_cell(cell, lang) for cell in notebook.cells],
        }
    )


def _cell(cell: NotebookNode, lang: str) -> NotebookNode:
    if cell.cell_type != "code":
        return NotebookNode(cell)
    source = _with_language(cell.source, lang) if INJECTED in tags(cell) else cell.source
    return NotebookNode(
        {**cell, "source": source, "outputs": [_output(output, lang) for output in cell.outputs]}
    )


def _with_language(source: str, lang: str) -> str:
    """The code of the cell that papermill puts in, with `lang` for the language."""
    tree = ast.parse(source)
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == LANG:
            statement.value = ast.Constant(lang)
    return ast.unparse(tree)


def _output(output: NotebookNode, lang: str) -> NotebookNode:
    if LANGUAGES not in output.get("data", {}):
        return output
    data = NotebookNode(output.data)
    other = data.pop(LANGUAGES).get(lang, {"data": {}, "metadata": output.metadata})
    return NotebookNode(
        {**output, "data": NotebookNode({**data, **other["data"]}), "metadata": other["metadata"]}
    )
