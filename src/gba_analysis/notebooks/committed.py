"""The committed notebooks: reading them, and everything wrong with them, reported at once.

Nothing runs here; `refresh` runs them again, `execute` runs them for a scenario.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from gba_analysis import parameters
from gba_analysis.errors import Problem, ProjectError
from gba_analysis.notebooks import freshness
from gba_analysis.notebooks.canonical import INJECTED, PARAMETERS, canonical, dumps, tags
from gba_analysis.notebooks.own_outputs import cells_without
from gba_analysis.project import Project
from gba_analysis.render.notebook_cells import OPTION, cell_label

REFRESH = "run `gba refresh`"
# Of cells with one fault.
SHOWN = 3
# A label that can be written in an address and be the name of a file.
NAMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
# Place, found, expected, and a hint if there is one.
Fault = tuple[str, str, str] | tuple[str, str, str, str]


def read_all(project: Project, names: Iterable[str]) -> dict[str, NotebookNode]:
    """The committed notebooks by name. Raises ProjectError with every one that is missing or broken."""
    found: dict[str, NotebookNode] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            found[name] = _read(project.notebooks / f"{name}.ipynb", file_name(project, name))
        except ProjectError as error:
            problems += error.problems
    if problems:
        raise ProjectError(problems)
    return found


@lru_cache(maxsize=len(parameters.NOTEBOOKS))
def without_outputs(notebook: bytes) -> bytes:
    """The text of a notebook's file without what its last run left in it, which is most of it."""
    content = json.loads(notebook)
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return json.dumps(content).encode()


def require_committed(project: Project, are_run: bool = True) -> dict[str, NotebookNode]:
    """All committed notebooks by name. are_run: whether their stored outputs are needed.

    Raises ProjectError if one is missing, is no notebook, has unusable labels or lacks outputs that are
    needed.
    """
    stored = read_all(project, parameters.NOTEBOOKS)
    _require(project, stored, _check_names)
    if are_run:
        require_run(project, stored)
    return stored


def labels(notebooks: Mapping[str, NotebookNode]) -> dict[str, list[str]]:
    """The labels of each notebook's cells, in order."""
    return {
        name: [text for cell in notebook.cells if (text := cell_label(cell))]
        for name, notebook in notebooks.items()
    }


def check(project: Project, *, name: str, notebook: NotebookNode) -> list[Problem]:
    """Everything wrong with one committed notebook that `outdated` does not say; an empty list if nothing
    is.
    """
    found = [
        *_check_opening(notebook),
        *_check_parameters(name, notebook),
        *_check_labels(notebook),
        *_check_run(notebook),
        *_check_errors(notebook),
        *_check_injected(notebook),
    ]
    return [Problem(file_name(project, name), *parts) for parts in found]


def outdated(project: Project, notebooks: Mapping[str, NotebookNode]) -> list[Problem]:
    """What running the `notebooks` again would mend, in one line for all of a kind: the form in which they
    are stored, and outputs from before a change of what they are made from.
    """
    unlike = [name for name, notebook in notebooks.items() if _has_other_form(project, name, notebook)]
    changes = {
        name: freshness.stale(project, name=name, notebook=notebook)
        for name, notebook in notebooks.items()
        # Without the note nothing is known of a change.
        if name not in unlike or freshness.NAME in notebook.metadata
    }
    old = [name for name, changed in changes.items() if changed]
    # An editor saves in a form of its own: the change made with it is what its user knows of.
    unlike = [name for name in unlike if name not in old]
    # In the order in which they are said of one notebook.
    changed = [words for words in freshness.WORDS.values() if any(words in changes[name] for name in old)]
    found = []
    if unlike:
        found.append((unlike, "a form that depends on who saved it", "the canonical form"))
    if old:
        words = f"outputs from before a change of {', '.join(changed)}"
        found.append((old, words, "outputs of the present sources"))
    folder = f"{project.notebooks.name}/"
    return [Problem(folder, ", ".join(names), words, expected, REFRESH) for names, words, expected in found]


def is_fresh(project: Project, *, name: str, notebook: NotebookNode) -> bool:
    """Whether nothing is wrong with a committed notebook, neither by `check` nor by `outdated`."""
    return not check(project, name=name, notebook=notebook) and not outdated(project, {name: notebook})


def file_name(project: Project, name: str) -> str:
    """A notebook's file as messages name it: relative to the project."""
    return f"{project.notebooks.name}/{name}.ipynb"


def _read(path: Path, shown: str) -> NotebookNode:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ProjectError(Problem(shown, "", error.strerror or str(error), "a readable notebook")) from error
    except (ValueError, RecursionError) as error:
        raise ProjectError(
            Problem(shown, "", f"a file that is not JSON ({error})", "a Jupyter notebook")
        ) from error
    reason = _broken(content)
    if reason:
        raise ProjectError(
            Problem(shown, "", f"a broken notebook ({reason})", "a Jupyter notebook, format 4")
        )
    return nbformat.v4.to_notebook_json(content)


def _broken(content: Any) -> str:
    """Why `content` is no notebook; empty if it is one. nbformat takes the parts' types for granted."""
    if not isinstance(content, dict) or content.get("nbformat") != 4:
        return "no notebook of format 4"
    error = next(nbformat.validator.iter_validate(content), None)
    return str(error).partition("\n")[0] if error else ""


def code_cells(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """Each code cell with its place, as a reader counts it."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    for number, cell in enumerate(cells, 1):
        yield f"code cell {number}" + (f" ({cell_label(cell)})" if cell_label(cell) else ""), cell


def _check_opening(notebook: NotebookNode) -> Iterator[Fault]:
    first = notebook.cells[0] if notebook.cells else None
    lines = first.source.splitlines() if first and first.cell_type == "markdown" else []
    if not lines or not lines[0].startswith("# "):
        yield "first cell", "no title", "a Markdown cell that begins with `# `"
    elif not any(line.strip() for line in lines[1:]):
        yield "first cell", "a title alone", "a title and a sentence that says the purpose"


def _check_parameters(name: str, notebook: NotebookNode) -> Iterator[Fault]:
    tagged = [(place, cell) for place, cell in code_cells(notebook) if PARAMETERS in tags(cell)]
    if len(tagged) != 1:
        yield "", f"{len(tagged)} cells tagged `{PARAMETERS}`", "one"
        return
    place, cell = tagged[0]
    expected = parameters.defaults(name)
    try:
        found = _assigned(cell.source)
    except (SyntaxError, ValueError):
        yield place, "code that is more than `name = value` lines", "one line for each parameter"
        return
    for missing in (key for key in expected if key not in found):
        yield place, f"no parameter {missing}", f"{missing} = {expected[missing]!r}"
    for key, value in found.items():
        if key not in expected:
            yield place, f"the parameter {key}", "one of " + ", ".join(expected)
        elif value != expected[key] or type(value) is not type(expected[key]):
            yield place, f"{key} = {value!r}", f"the contract's default {expected[key]!r}"


def _assigned(source: str) -> dict[str, Any]:
    """The names and values that a cell of plain assignments sets. Raises ValueError or SyntaxError for other
    code.
    """
    values = {}
    for statement in ast.parse(source).body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                values[name] = ast.literal_eval(value)
            case _:
                raise ValueError(ast.unparse(statement))
    return values


def _check_labels(notebook: NotebookNode) -> Iterator[Fault]:
    for place, cell in code_cells(notebook):
        if not cell_label(cell) and PARAMETERS not in tags(cell):
            yield place, "no label", "`#| label: name` as the first line"
        for option in _options(cell)[bool(cell_label(cell)) :]:
            yield place, f"the option `{option}`", "none but `#| label: name` in the first line"
    yield from _check_names(notebook)


def _check_names(notebook: NotebookNode) -> Iterator[Fault]:
    """Labels are addresses, and names of files."""
    seen = set()
    for place, cell in code_cells(notebook):
        name = cell_label(cell)
        if name and not NAMED.fullmatch(name):
            yield place, f"the label {name}", "letters, digits, `-` and `_`"
        if name in seen:
            yield place, f"the label {name} again", "every label once"
        seen |= {name} - {""}


def _options(cell: NotebookNode) -> list[str]:
    return [line for line in cell.source.splitlines() if line.startswith(OPTION)]


def require_run(project: Project, notebooks: Mapping[str, NotebookNode]) -> None:
    """Raises ProjectError with every notebook without stored outputs, of which no value is known."""
    _require(project, notebooks, _check_run)


def _require(
    project: Project, notebooks: Mapping[str, NotebookNode], find: Callable[[NotebookNode], Iterator[Fault]]
) -> None:
    problems = [
        Problem(file_name(project, name), *parts)
        for name, notebook in notebooks.items()
        for parts in find(notebook)
    ]
    if problems:
        raise ProjectError(problems)


def _check_run(notebook: NotebookNode) -> Iterator[Fault]:
    expected = "outputs of the base scenario in English"
    places = [place for place, _ in code_cells(notebook)]
    missing = [place for place, cell in code_cells(notebook) if cell.execution_count is None]
    if missing:
        yield "", f"no stored run of {_some(missing)}", expected, REFRESH
        return
    lacking = [f"{places[number - 1]} lacks that of `{method}`" for number, method in cells_without(notebook)]
    if lacking:
        yield "", f"outputs that are not those of their cells: {_some(lacking)}", expected, REFRESH


def _some(places: list[str]) -> str:
    """The first of `places`, and how many more there are: one cause needs no list of all that it does."""
    more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
    return ", ".join(places[:SHOWN]) + more


def _check_errors(notebook: NotebookNode) -> Iterator[Fault]:
    for place, cell in code_cells(notebook):
        for output in cell.outputs:
            if output.output_type == "error":
                yield place, f"a stored {output.ename}", "outputs without an error"


def _check_injected(notebook: NotebookNode) -> Iterator[Fault]:
    if any(INJECTED in tags(cell) for cell in notebook.cells):
        yield "", "a cell that papermill injected", "a notebook without it", REFRESH


def _has_other_form(project: Project, name: str, notebook: NotebookNode) -> bool:
    return (project.notebooks / f"{name}.ipynb").read_text(encoding="utf-8") != dumps(canonical(notebook))
