"""One notebook under many sets of parameters: every combination of the given values, and all that it
publishes as one table.

Nothing is rendered. What a value means is said in its notebook.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from gba_analysis import ledger as ledgers
from gba_analysis import parameters
from gba_analysis import scenario as scenarios
from gba_analysis.errors import ParameterError, Problem, quoted
from gba_analysis.notebooks.cached_execution import begin_notebooks, notebook_outcomes
from gba_analysis.notebooks.committed import require_committed
from gba_analysis.notebooks.execute import Ran, Task
from gba_analysis.notebooks.failures import require_all
from gba_analysis.notebooks.kernels import Kernels
from gba_analysis.progress import Progress
from gba_analysis.record.output import require_outside, write_file
from gba_analysis.request import LANG, Request

FOLDER = "sweep"
# Of each published value; the varied parameters stand before them.
COLUMNS = ("key", "low", "high", "low_open", "high_open", "unit", "text")
Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Swept:
    """A finished sweep. table: the CSV file. notebooks: the executed notebooks, if they were asked for."""

    table: Path
    scenarios: int
    notebooks: tuple[Path, ...]


def read_grid(notebook: str, pairs: Iterable[tuple[str, str]]) -> dict[str, list[Any]]:
    """The values of each varied parameter of `notebook`. pairs: a name and its values as a YAML list, as
    typed after -p.

    Raises ParameterError with everything wrong: an unknown notebook or name, no list, a value twice or one
    out of range."""
    parameters.require_notebooks([notebook], "gba sweep")
    grid = {name: parameters.parse_value(text) for name, text in pairs}
    problems: list[Problem] = []
    for name, values in grid.items():
        if (
            not isinstance(values, list)
            or not values
            or any(value in values[:place] for place, value in enumerate(values))
        ):
            problems.append(
                Problem(
                    "-p", f"parameter {name}", quoted(values), "a list of values, each once, such as '[A, B]'"
                )
            )
            continue
        for value in values:
            problems += _value_problems(notebook, name, value)
    if problems:
        raise ParameterError(list(dict.fromkeys(problems)))
    return grid


def _value_problems(notebook: str, name: str, value: Any) -> list[Problem]:
    if name == LANG:
        return [Problem("-p", f"parameter {LANG}", quoted(value), f"the option --{LANG} instead")]
    try:
        parameters.check({name: value}, notebook, source="-p")
    except ParameterError as error:
        return list(error.problems)
    return []


def sweep(
    request: Request,
    *,
    notebook: str,
    grid: Mapping[str, Sequence[Any]],
    progress: Progress,
    kernels: Kernels,
    with_notebooks: bool,
) -> Swept:
    """Run `notebook` for every combination of `grid` and write what it publishes to
    <out>/sweep/<notebook>.csv.

    with_notebooks: also store the executed notebooks beside the table, each named after its values; otherwise
    no chart is drawn. Raises a GbaError if one fails; then the table is not written."""
    require_outside(request.out, request.project)
    tasks = {
        scenarios.slug(values): _task(notebook, request.languages[0], values, with_notebooks)
        for values in combinations(grid)
    }
    folder = request.out / FOLDER
    rows: dict[str, list[tuple[Any, ...]]] = {}
    found, failed = [], []
    with progress.stage("check"):
        steps, stored = (
            begin_notebooks(request, [*tasks.values()], progress=progress, kernels=kernels),
            require_committed(request.project),
        )
    with notebook_outcomes(steps) as ended:
        with progress.stage("check"):
            # Not before: what it needs takes half a second to import, in which notebooks can run.
            from gba_analysis.pages.inputs import check_inputs

            check_inputs(steps, stored)
        with progress.stage("notebooks"):
            for outcome in ended:
                if not isinstance(outcome, Ran):
                    failed.append(outcome)
                    continue
                rows[outcome.task.scenario] = [*_rows(notebook, outcome, grid)]
                if with_notebooks:
                    found.append(folder / notebook / f"{outcome.task.scenario}.ipynb")
                    write_file(found[-1], outcome.text.encode())
            require_all(failed, request.out / scenarios.FAILED / FOLDER)
    steps.cache.prune()
    write_file(
        folder / f"{notebook}.csv", _table(grid, (row for name in tasks for row in rows[name])).encode()
    )
    return Swept(table=folder / f"{notebook}.csv", scenarios=len(tasks), notebooks=tuple(sorted(found)))


def combinations(grid: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Every combination of the values of `grid`, by parameter; the last parameter changes fastest."""
    return (dict(zip(grid, values, strict=True)) for values in product(*grid.values()))


def _task(notebook: str, lang: str, values: Values, with_charts: bool) -> Task:
    taken = {**parameters.defaults(notebook), **values, LANG: lang}
    return Task(notebook, taken, scenarios.slug(values), with_charts)


def _rows(notebook: str, outcome: Ran, grid: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """What the notebook publishes, a row for each value."""
    values = tuple(scenarios.yaml_value(outcome.task.parameters[name]) for name in grid)
    for entry in ledgers.collect({notebook: outcome.notebook}).values():
        yield (*values, *(getattr(entry, column) for column in COLUMNS[:-1]), entry.text[outcome.task.lang])


def _table(grid: Iterable[str], rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*grid, *COLUMNS])
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue()
