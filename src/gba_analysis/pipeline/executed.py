"""The executed notebooks of a run, one language after the other: each from the cache if it was made before, else run now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import nbformat
from nbformat import NotebookNode

from gba_analysis import parameters
from gba_analysis.kernels.client import ForkServer
from gba_analysis.pipeline import scenario as scenarios
from gba_analysis.pipeline.cache import FOLDER, Cache
from gba_analysis.pipeline.canonical import KERNEL, dumps
from gba_analysis.pipeline.execute import STAGE, Outcome, Ran, Task, executing, kernel_server, require_all
from gba_analysis.pipeline.kernels import prepare
from gba_analysis.pipeline.keys import Keys, read_keys
from gba_analysis.pipeline.progress import Progress
from gba_analysis.pipeline.request import LANG, Request

Notebooks = Mapping[str, NotebookNode]


@dataclass(frozen=True)
class Steps:
    """A build under way: what is asked for, and where the result of each step is kept.

    tasks: the notebooks to execute. work: an existing folder for files on the way. server: forks the kernels; None starts them in the
    ordinary way.
    """

    request: Request
    tasks: Sequence[Task]
    keys: Keys
    cache: Cache
    progress: Progress
    work: Path
    server: ForkServer | None = None


def run_tasks(request: Request) -> list[Task]:
    """All notebooks in all languages; those of a language stand together, so that its pages can be rendered while the next is executed.

    The notebooks with the largest outputs, which take longest, come first, so that the last ones end together.
    """
    folder, values = request.project.notebooks, request.values
    names = sorted(parameters.NOTEBOOKS, key=lambda name: -_size(folder / f"{name}.ipynb"))
    tasks = [
        Task(name, {item.name: lang if item.name == LANG else values[item.name] for item in parameters.for_notebook(name)})
        for lang in request.languages
        for name in names
    ]
    return tasks[::-1] if request.last_first else tasks


def _size(path: Path) -> int:
    # A missing notebook is reported by who reads them all.
    return path.stat().st_size if path.is_file() else 0


@contextmanager
def begun(request: Request, tasks: Sequence[Task], progress: Progress) -> Iterator[Steps]:
    """The steps of a build that begins now. The server of its kernels starts at once, if any will be needed."""
    cache = Cache(request.out / FOLDER, is_read=not request.is_forced)
    with TemporaryDirectory(prefix="gba-") as work, kernel_server(request.kernels, progress) as server:
        steps = Steps(request, tasks, read_keys(request.project), cache, progress, Path(work), server)
        if server and _has_to_execute(steps):
            arguments = (server, request.project, steps.work, KERNEL["name"])
            Thread(target=prepare, args=arguments, daemon=True).start()
        yield steps


def _has_to_execute(steps: Steps) -> bool:
    try:
        return any(steps.cache.get(steps.keys.notebook(task.name, task.parameters)) is None for task in steps.tasks)
    except OSError:
        # A missing notebook is reported by who reads them all.
        return False


def by_language(steps: Steps) -> Iterator[tuple[str, Notebooks]]:
    """Each language with its notebooks by name, as soon as all of them are there.

    Raises EngineError or NotebookError, after all others have run, if some could not start or raised.
    """
    request = steps.request
    done: dict[str, dict[str, NotebookNode]] = {lang: {} for lang in request.languages}
    failed = []
    for outcome in outcomes(steps):
        if not isinstance(outcome, Ran):
            failed.append(outcome)
        else:
            notebooks = done[outcome.task.lang]
            notebooks[outcome.task.name] = outcome.notebook
            if len(notebooks) == len(parameters.NOTEBOOKS):
                yield outcome.task.lang, {name: notebooks[name] for name in parameters.NOTEBOOKS}
    require_all(failed, request.out / scenarios.FAILED / request.scenario)


def outcomes(steps: Steps) -> Iterator[Outcome]:
    """The outcome of every task: first those that are known, then each as soon as its notebook ends."""
    waiting: list[tuple[Task, str]] = []
    for task in steps.tasks:
        key = steps.keys.notebook(task.name, task.parameters)
        if content := steps.cache.get(key):
            steps.progress.reused(str(task), STAGE)
            yield Ran(task, nbformat.v4.reads(content.decode()))
        else:
            waiting.append((task, key))
    request, unknown = steps.request, [task for task, _ in waiting]
    for outcome in executing(unknown, request.project, steps.work, steps.progress, request.jobs, steps.server):
        if isinstance(outcome, Ran):
            _keep(steps, outcome, next(key for task, key in waiting if task is outcome.task))
        yield outcome


def _keep(steps: Steps, outcome: Ran, key: str) -> None:
    # What has changed while the notebook ran may or may not be in its outputs.
    if steps.keys.notebook(outcome.task.name, outcome.task.parameters) == key:
        steps.cache.put(key, dumps(outcome.notebook).encode())
