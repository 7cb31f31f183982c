"""Run several notebooks: some at a time, and each once for all the languages in which it is asked for.

A notebook in one language is run by `execute`; what a run gives in each language is said in `one_language`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from gba_analysis.notebooks.committed import without_outputs
from gba_analysis.notebooks.execute import STAGE, Outcome, Ran, Task, execute, ran, run_cells
from gba_analysis.notebooks.kernels import Kernels, kernel_server
from gba_analysis.notebooks.one_language import asks_for_language, holds, in_language
from gba_analysis.progress import Progress
from gba_analysis.project import Project
from gba_analysis.request import LANG, ORDINARY

# Tasks that differ in their language only.
Group = Sequence[Task]


@contextmanager
def executing(
    tasks: Sequence[Task], project: Project, *, progress: Progress, jobs: int, kernels: Kernels
) -> Iterator[Iterator[Outcome]]:
    """Begin to execute every task, `jobs` notebooks at a time; in the block each outcome is there as soon
    as its notebook ends.

    With a server of kernels, which is there to save time, a notebook runs once for all its languages where
    one run can tell what a run in each would show. A notebook that fails does not stop the others, so that
    all failures are known at once. A block that raises does: no more notebooks are begun."""

    def each(group: Group) -> list[Outcome]:
        found = _by_one_run(group, project, progress=progress, kernels=kernels)
        known = [outcome.task for outcome in found]
        rest = [task for task in group if task not in known]
        return [*found, *(_by_itself(task, project, progress=progress, kernels=kernels) for task in rest)]

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        try:
            futures = [pool.submit(each, group) for group in _groups(tasks, together=bool(kernels.server))]
            yield (outcome for future in as_completed(futures) for outcome in future.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def execute_all(
    tasks: Sequence[Task],
    project: Project,
    *,
    work: Path,
    progress: Progress,
    jobs: int,
    kernels: str = ORDINARY,
) -> list[Outcome]:
    """The outcomes of `executing`, in the order of the tasks. kernels: `forked` from one server, or
    `ordinary`.
    """
    with (
        kernel_server(kernels, progress.note) as server,
        executing(tasks, project, progress=progress, jobs=jobs, kernels=Kernels(work, server)) as outcomes,
    ):
        return sorted(outcomes, key=lambda outcome: tasks.index(outcome.task))


def _groups(tasks: Iterable[Task], *, together: bool) -> list[Group]:
    """The tasks in groups, in the order of their first ones; each alone unless they are to run `together`."""
    found: dict[str, list[Task]] = {}
    for task in tasks:
        shared = {name: value for name, value in task.parameters.items() if name != LANG}
        key = repr((task.name, shared, task.scenario, task.with_charts, "" if together else task.lang))
        found.setdefault(key, []).append(task)
    return [*found.values()]


def _by_one_run(group: Group, project: Project, *, progress: Progress, kernels: Kernels) -> list[Ran]:
    """The outcomes that one run gives: none if it fails, so that every language is told of in the same way;
    not those that may be other than what it shows.
    """
    first, *others = group
    if not others or asks_for_language(_notebook(project, first.name)):
        return []
    languages = [task.lang for task in others]
    with progress.item(f"{first.name} ({', '.join([first.lang, *languages])})", STAGE) as remarks:
        executed = run_cells(first, project, work=kernels.folder, server=kernels.server, others=languages)
        if not isinstance(executed, NotebookNode):
            return []
        told = [first, *(task for task in others if holds(executed, task.lang))]
        found = [ran(task, in_language(executed, task.lang)) for task in told]
        remarks.append(f"cells {found[0].seconds:.2f}")
        return found


def _by_itself(task: Task, project: Project, *, progress: Progress, kernels: Kernels) -> Outcome:
    with progress.item(str(task), STAGE) as remarks:
        outcome = execute(task, project, work=kernels.folder, server=kernels.server)
        if isinstance(outcome, Ran):
            remarks.append(f"cells {outcome.seconds:.2f}")
        return outcome


def _notebook(project: Project, name: str) -> NotebookNode:
    return nbformat.v4.reads(without_outputs((project.notebooks / f"{name}.ipynb").read_bytes()).decode())
