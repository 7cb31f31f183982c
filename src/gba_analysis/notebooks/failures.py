"""What a user is told of notebooks that did not run to their end.

A notebook that raises one of this package's errors is right: what is wrong is said in the error, such as a
row of a table. It is told as that problem, once, however many notebooks meet it. Any other error is the
notebook's own: it is told with its last lines, and the notebook is kept for a look. How notebooks run is said
in `execute`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from gba_analysis.errors import (
    DataError,
    EngineError,
    GbaError,
    NotebookError,
    OutputError,
    Problem,
)
from gba_analysis.notebooks.execute import NotStarted, Outcome, Raised, Ran


def require_all(outcomes: Iterable[Outcome], keep: Path) -> list[Ran]:
    """The outcomes, if every notebook ran.

    keep: folder that receives the notebooks that raised, as <keep>/<language or scenario>/<name>.ipynb.
    Raises EngineError if a kernel could not start (nothing can be said about its notebook), DataError if all
    that notebooks raised are problems that the package found, else NotebookError with everything."""
    outcomes = list(outcomes)
    unstarted = [_start_problem(outcome) for outcome in outcomes if isinstance(outcome, NotStarted)]
    if unstarted:
        raise EngineError(unstarted)
    raised = [(outcome, _told(outcome.found)) for outcome in outcomes if isinstance(outcome, Raised)]
    told = _each_once(raised)
    own = [_raise_problem(outcome, _kept(outcome, keep)) for outcome, problems in raised if not problems]
    if own:
        raise NotebookError([*told, *own])
    if told:
        raise DataError(told)
    return [outcome for outcome in outcomes if isinstance(outcome, Ran)]


def _told(found: str) -> list[Problem]:
    """The problems of an error of this package; empty for any other. found: see `Raised`."""
    name, _, message = found.partition(": ")
    if name not in {kind.__name__ for kind in _kinds(GbaError)}:
        return []
    first, *more = message.splitlines()
    problems = [Problem.read(line) for line in more or [first]]
    return [problem for problem in problems if problem] if all(problems) else []


def _kinds(kind: type[GbaError]) -> Iterator[type[GbaError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _kinds(child)


def _each_once(raised: list[tuple[Raised, list[Problem]]]) -> list[Problem]:
    """Each problem once, with the cell that met it first and how many more runs did."""
    places: dict[Problem, list[str]] = {}
    for outcome, problems in raised:
        for problem in problems:
            place = f"{outcome.task.name}.ipynb, {outcome.task.lang}, {outcome.place}"
            places.setdefault(problem, []).append(place)
    return [replace(problem, hint=_with_place(problem.hint, met)) for problem, met in places.items()]


def _with_place(hint: str, places: list[str]) -> str:
    more = f" and in {len(places) - 1} more" if places[1:] else ""
    return "; ".join(filter(None, [hint, f"met in {places[0]}{more}"]))


def _kept(outcome: Raised, keep: Path) -> Path:
    task = outcome.task
    target = keep / (task.scenario or task.lang) / f"{task.name}.ipynb"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(outcome.partial.read_bytes())
    except OSError as error:
        raise OutputError(
            Problem(str(target), "", str(error.strerror), "a file that can be written")
        ) from error
    return target


def _start_problem(outcome: NotStarted) -> Problem:
    return Problem(
        f"{outcome.task.name}.ipynb",
        outcome.task.lang,
        f"no kernel: {outcome.reason}",
        "a Python kernel that starts",
        "`gba doctor` names missing packages",
    )


def _raise_problem(outcome: Raised, kept: Path) -> Problem:
    lines = "".join(f"\n    {line}" for line in outcome.last_lines.splitlines())
    return Problem(
        f"{outcome.task.name}.ipynb",
        f"{outcome.task.lang}, {outcome.place}",
        outcome.found,
        "a notebook that runs to its end",
        f"kept for a look: {kept}; last lines:{lines}",
    )
