"""The executed notebooks of a run, in each language: from the cache if they were made before, else run now.

Whether a notebook runs once for all languages is decided in `several`; the cache does not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from gba_analysis import parameters
from gba_analysis import scenario as scenarios
from gba_analysis.cache import FOLDER, Cache
from gba_analysis.notebooks.execute import STAGE, Outcome, Ran, Task
from gba_analysis.notebooks.failures import require_all
from gba_analysis.notebooks.kernels import Kernels
from gba_analysis.notebooks.keys import Keys, read_keys
from gba_analysis.notebooks.several import executing
from gba_analysis.progress import Progress
from gba_analysis.request import LANG, Request
from gba_analysis.words.check import require_catalogues

Notebooks = Mapping[str, NotebookNode]
# Notebooks that ran, by name.
Runs = Mapping[str, Ran]


@dataclass(frozen=True, kw_only=True)
class Steps:
    """A build under way: what is asked for, and where the result of each step is kept.

    tasks: the notebooks to execute.
    """

    request: Request
    tasks: Sequence[Task]
    keys: Keys
    cache: Cache
    progress: Progress
    kernels: Kernels


def run_tasks(request: Request) -> list[Task]:
    """All notebooks in all languages; those of a language stand together, so that its pages can be rendered
    while the next is executed, where languages run apart.

    The notebooks with the largest outputs, which take longest, come first, so that the last ones end
    together."""
    folder, values = request.project.notebooks, request.values
    names = sorted(parameters.NOTEBOOKS, key=lambda name: -_size(folder / f"{name}.ipynb"))
    tasks = [
        Task(
            name,
            {
                item.name: lang if item.name == LANG else values[item.name]
                for item in parameters.for_notebook(name)
            },
        )
        for lang in request.languages
        for name in names
    ]
    return tasks[::-1] if request.last_first else tasks


def _size(path: Path) -> int:
    # `committed.read_all` reports a missing notebook.
    return path.stat().st_size if path.is_file() else 0


def begin_notebooks(
    request: Request, tasks: Sequence[Task], *, progress: Progress, kernels: Kernels
) -> Steps:
    """The steps of a build that begins now. Raises DataError for a fault that can be seen in the catalogues
    alone: else each notebook that lacks a word would end in a traceback.
    """
    require_catalogues(request.project.data)
    cache = Cache(request.out / FOLDER, is_read=not request.is_forced)
    return Steps(
        request=request,
        tasks=tasks,
        keys=read_keys(request.project),
        cache=cache,
        progress=progress,
        kernels=kernels,
    )


@contextmanager
def notebook_outcomes(steps: Steps) -> Iterator[Iterator[Outcome]]:
    """The notebooks begin to run; in the block, the outcome of every task: first those that are known, then
    each as its notebook ends.

    If the block raises, no more notebooks are begun. Raises OSError if one cannot be read.
    """
    request, known, waiting = steps.request, [], {}
    sources = {
        name: steps.keys.notebook_sources(name) for name in dict.fromkeys(task.name for task in steps.tasks)
    }
    for task in steps.tasks:
        key = steps.keys.notebook(
            sources[task.name], parameters=task.parameters, with_charts=task.with_charts
        )
        if content := steps.cache.get(key):
            steps.progress.reused(str(task), STAGE)
            known.append((task, content))
        else:
            waiting[str(task)] = task, key
    unknown = [task for task, _ in waiting.values()]
    with (
        executing(
            unknown, request.project, progress=steps.progress, jobs=request.jobs, kernels=steps.kernels
        ) as ended,
        ThreadPoolExecutor(1) as reader,
    ):
        # Read while those that have to run are under way, and the data are checked.
        found = reader.map(lambda kept: _read(kept[0], kept[1].decode()), known)
        yield chain(
            found, (_kept(steps, outcome, waiting[str(outcome.task)][1], sources) for outcome in ended)
        )


def _read(task: Task, text: str) -> Ran:
    return Ran(task=task, notebook=nbformat.v4.reads(text), text=text)


def _kept(steps: Steps, outcome: Outcome, key: str, sources: Mapping[str, str]) -> Outcome:
    """The outcome, which is in the cache then, under `key`, if the notebook ran."""
    # What has changed while the notebook ran may or may not be in its outputs.
    if (
        isinstance(outcome, Ran)
        and steps.keys.notebook_sources(outcome.task.name) == sources[outcome.task.name]
    ):
        steps.cache.put(key, outcome.text.encode())
    return outcome


def by_language(steps: Steps, found: Iterable[Outcome]) -> Iterator[tuple[str, Runs]]:
    """Each language with its notebooks, as soon as all of them are among the outcomes `found`.

    Raises EngineError or NotebookError, after all others have run, if some could not start or raised.
    """
    request = steps.request
    done: dict[str, dict[str, Ran]] = {lang: {} for lang in request.languages}
    failed = []
    for outcome in found:
        if not isinstance(outcome, Ran):
            failed.append(outcome)
        else:
            runs = done[outcome.task.lang]
            runs[outcome.task.name] = outcome
            if len(runs) == len(parameters.NOTEBOOKS):
                yield outcome.task.lang, {name: runs[name] for name in parameters.NOTEBOOKS}
    require_all(failed, request.out / scenarios.FAILED / request.scenario)
