"""The one form in which a notebook is stored: the same cells and outputs are the same bytes.

Whatever depends on who ran it, when, where or with which helper packages is dropped or derived anew. Nothing
is executed here, and no file is read or written."""

from __future__ import annotations

import ast
import copy
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import nbformat
from nbformat import NotebookNode

from gba_analysis.notebooks.kernels import NAME

INJECTED = "injected-parameters"
PARAMETERS = "parameters"
# Times, paths, an editor's memory of folded cells: not part of a notebook's content.
PERSONAL = ("papermill", "execution", "ExecuteTime", "collapsed", "scrolled", "widgets", "toc")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": NAME}
ID_DIGITS = 12


def canonical(notebook: NotebookNode) -> NotebookNode:
    """`notebook` in its stored form; the argument is left as it is. Applying it again changes nothing."""
    return made_canonical(copy.deepcopy(notebook))


def made_canonical(notebook: NotebookNode) -> NotebookNode:
    """The same, in `notebook` itself: for one that nobody else holds, as a copy of all its outputs takes
    long.
    """
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = _notebook_metadata(notebook.metadata)
    notebook.cells = _with_ids(_numbered([_cell(cell) for cell in notebook.cells]))
    return notebook


def dumps(notebook: NotebookNode) -> str:
    """The text of a canonical notebook's file: sorted keys, one line per line, a newline at the end."""
    # Of nbformat's own writer the part that makes the text; that the notebook is one was checked when it was
    # read or run.
    return nbformat.v4.writes(notebook).rstrip("\n") + "\n"


def tags(cell: NotebookNode) -> Sequence[str]:
    """A cell's tags."""
    return cell.metadata.get("tags", [])


def without_injected(notebook: NotebookNode) -> NotebookNode:
    """`notebook` without the cell of parameter values that papermill puts in."""
    result = copy.deepcopy(notebook)
    result.cells = [cell for cell in result.cells if INJECTED not in tags(cell)]
    return result


def _impersonal(metadata: NotebookNode) -> NotebookNode:
    return NotebookNode({key: value for key, value in metadata.items() if key not in PERSONAL})


def _notebook_metadata(metadata: NotebookNode) -> NotebookNode:
    result = _impersonal(metadata)
    # A kernel of the same Python may have another name on the machine where the notebook was saved.
    result.kernelspec = NotebookNode(KERNEL)
    if "language_info" in result:
        result.language_info = NotebookNode(
            {key: value for key, value in result.language_info.items() if key != "version"}
        )
    return result


def _cell(cell: NotebookNode) -> NotebookNode:
    cell.metadata = _impersonal(cell.metadata)
    if INJECTED in tags(cell):
        cell.source = _parameter_source(cell.source)
    if cell.cell_type == "code":
        cell.outputs = _merged_streams(cell.outputs)
        cell.metadata = _with_alt(cell.metadata, cell.outputs)
    return cell


def _parameter_source(source: str) -> str:
    # Papermill formats this cell with `black` where that is installed; Python's own formatter is always
    # there.
    return "# Parameters\n" + ast.unparse(ast.parse(source))


def _merged_streams(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    # How printed text is cut into messages depends on timing.
    merged: list[NotebookNode] = []
    for output in outputs:
        before = merged[-1] if merged else {}
        if output.output_type == "stream" == before.get("output_type") and output.name == before["name"]:
            before["text"] += output.text
        else:
            merged.append(output)
    return merged


def _with_alt(metadata: NotebookNode, outputs: Iterable[NotebookNode]) -> NotebookNode:
    # Quarto reads the alternative text of an embedded figure from here and nowhere else.
    result = NotebookNode({key: value for key, value in metadata.items() if key != "fig-alt"})
    texts = [part["alt"] for output in outputs for part in _output_metadata(output) if "alt" in part]
    if texts:
        result["fig-alt"] = " ".join(texts)
    return result


def _output_metadata(output: NotebookNode) -> list[dict[str, Any]]:
    return [part for part in output.get("metadata", {}).values() if isinstance(part, dict)]


def _numbered(cells: list[NotebookNode]) -> list[NotebookNode]:
    count = 0
    for cell in cells:
        if cell.cell_type != "code" or cell.execution_count is None:
            continue
        count += 1
        cell.execution_count = count
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
    return cells


def _with_ids(cells: list[NotebookNode]) -> list[NotebookNode]:
    seen: Counter[str] = Counter()
    for cell in cells:
        name = _id(cell)
        seen[name] += 1
        cell.id = name if seen[name] == 1 else f"{name}-{seen[name]}"
    return cells


def _id(cell: NotebookNode) -> str:
    # Derived from what the cell says, so that a cell put in before it does not change it.
    content = f"{cell.cell_type}\n{cell.source}"
    return hashlib.sha256(content.encode()).hexdigest()[:ID_DIGITS]
