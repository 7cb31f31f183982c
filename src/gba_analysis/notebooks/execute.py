"""Run a notebook with papermill, in a kernel of its own.

Which parameters exist and what a notebook's outputs mean is said elsewhere; here a notebook runs, raises, or
cannot start. How several run at a time belongs in `several`, what is told of one that failed in `failures`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError, strip_color
from papermill.execute import raise_for_execution_errors
from papermill.iorw import load_notebook_node, write_ipynb
from papermill.parameterize import parameterize_notebook

from gba_analysis.kernels.client import ForkServer
from gba_analysis.notebooks import freshness
from gba_analysis.notebooks.canonical import dumps, made_canonical
from gba_analysis.notebooks.committed import without_outputs
from gba_analysis.notebooks.kernels import NAME, quiet_kernels
from gba_analysis.project import Project
from gba_analysis.render.notebook_cells import cell_label

# Enough to see the line that failed and what it said.
TRACEBACK_LINES = 12
# A kernel starts in half a second; a busy machine may need far longer.
START_SECONDS = 120
PORT_TAKEN = "Address already in use"
# Papermill reports through its logger what this module reports as an error.
logging.getLogger("papermill").addHandler(logging.NullHandler())
# What a user reads of this part of a build.
STAGE = "notebooks"


@dataclass(frozen=True)
class Task:
    """One notebook to run once.

    name: its file name without suffix. parameters: only those it takes; may be empty. scenario: tells it from
    other runs of the same notebook in the same language, if there are any. with_charts: False if only its
    values are wanted, so that its charts are not drawn."""

    name: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    scenario: str = ""
    with_charts: bool = True

    @property
    def lang(self) -> str:
        return self.parameters.get("lang", "en")

    @property
    def stem(self) -> str:
        """A name for files of this task."""
        return ".".join(part for part in (self.name, self.lang, self.scenario) if part)

    def __str__(self) -> str:
        return f"{self.name} ({self.scenario or self.lang})"


@dataclass(frozen=True, kw_only=True)
class Ran:
    """The notebook ran to its end. notebook: canonical, with its outputs. text: that of its file. seconds:
    spent in its cells.
    """

    task: Task
    notebook: NotebookNode
    text: str
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Raised:
    """A cell raised, or the kernel died in it. found: the name of the error's class, a colon, its message.
    partial: the file with the outputs up to there.
    """

    task: Task
    place: str
    found: str
    last_lines: str
    partial: Path


@dataclass(frozen=True)
class NotStarted:
    """No kernel came up, so no cell ran."""

    task: Task
    reason: str


Outcome = Ran | Raised | NotStarted


def execute(task: Task, project: Project, *, work: Path, server: ForkServer | None = None) -> Outcome:
    """Load, run and canonicalise one notebook of the project.

    work: an existing folder for files on the way. server: forks its kernel; without one it starts in the
    ordinary way."""
    executed = run_cells(task, project, work=work, server=server)
    return ran(task, executed) if isinstance(executed, NotebookNode) else executed


def run_cells(
    task: Task, project: Project, *, work: Path, server: ForkServer | None, others: Sequence[str] = ()
) -> NotebookNode | Raised | NotStarted:
    """The task's notebook with its outputs, as they came; work, server: as for `execute`.

    others: languages in which its outputs hold the same results, besides the task's own."""
    executed = _attempt(task, project, work=work, server=server, others=others)
    # A kernel's ports are chosen before it takes them; now and then another program is quicker.
    if isinstance(executed, NotStarted) and PORT_TAKEN in executed.reason:
        executed = _attempt(task, project, work=work, server=server, others=others)
    return executed


def ran(task: Task, executed: NotebookNode) -> Ran:
    """The outcome of a task whose notebook ran; `executed`, which nobody else may hold, becomes canonical."""
    seconds = sum(cell.metadata.get("papermill", {}).get("duration") or 0 for cell in executed.cells)
    # That note is about the committed notebook.
    executed.metadata.pop(freshness.NAME, None)
    notebook = made_canonical(executed)
    return Ran(task=task, notebook=notebook, text=dumps(notebook), seconds=seconds)


def _attempt(
    task: Task, project: Project, *, work: Path, server: ForkServer | None, others: Sequence[str]
) -> NotebookNode | Raised | NotStarted:
    source, output, log = (work / f"{task.stem}.{kind}" for kind in ("source.ipynb", "ipynb", "log"))
    log.unlink(missing_ok=True)
    # Papermill drops old outputs too, but would read them for every task.
    source.write_bytes(without_outputs((project.notebooks / f"{task.name}.ipynb").read_bytes()))
    manager = quiet_kernels(
        project, work, log=log, server=server, with_charts=task.with_charts, others=others
    )
    try:
        return _run(task, source, output, manager)
    except PapermillExecutionError as error:
        traceback = strip_color("\n".join(error.traceback))
        return Raised(
            task=task,
            place=_reached(output),
            found=f"{error.ename}: {strip_color(error.evalue)}",
            last_lines=_tail(traceback),
            partial=output,
        )
    except DeadKernelError:
        return Raised(
            task=task,
            place=_reached(output),
            found="a kernel that died",
            last_lines=_tail(_noise(log)),
            partial=output,
        )
    except (NoSuchKernel, RuntimeError, OSError) as error:
        return NotStarted(task, _tail(f"{error}\n{_noise(log)}"))


def _run(task: Task, source: Path, output: Path, manager: type[AsyncKernelManager]) -> NotebookNode:
    """The notebook `source` with its outputs. Writes it to `output` only if it raises or its kernel dies.

    These are the steps of `papermill.execute_notebook`, which writes the whole notebook when it begins, after
    each cell and when it has ended: that takes longer than to start a forked kernel, and nobody reads it."""
    notebook = load_notebook_node(str(source))
    if task.parameters:
        notebook = parameterize_notebook(notebook, dict(task.parameters), kernel_name=NAME)
    try:
        executed = papermill_engines.execute_notebook_with_engine(
            None,
            notebook,
            kernel_name=NAME,
            progress_bar=False,
            start_timeout=START_SECONDS,
            kernel_manager_class=manager,
            # The notebook has its outputs by then: a polite shutdown costs 0.3 s and gains nothing.
            shutdown_kernel="immediate",
        )
    except DeadKernelError:
        write_ipynb(notebook, str(output))
        raise
    raise_for_execution_errors(executed, str(output))
    return executed


def _reached(output: Path) -> str:
    """The last code cell that began to run, as a reader of the kept notebook counts and knows it."""
    cells = [cell for cell in nbformat.read(output, as_version=4).cells if cell.cell_type == "code"]
    begun = [
        number for number, cell in enumerate(cells, 1) if cell.metadata.get("papermill", {}).get("start_time")
    ]
    name = cell_label(cells[begun[-1] - 1])
    return f"code cell {begun[-1]}" + (f" ({name})" if name else "")


def _noise(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""


def _tail(text: str) -> str:
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return "\n".join(lines[-TRACEBACK_LINES:])
