"""Run the committed notebooks again with the contract's defaults and store them canonically, outputs
included.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from nbformat import NotebookNode

from gba_analysis import parameters
from gba_analysis.notebooks import freshness
from gba_analysis.notebooks.canonical import canonical, dumps, without_injected
from gba_analysis.notebooks.committed import is_fresh, read_all
from gba_analysis.notebooks.execute import STAGE, Task
from gba_analysis.notebooks.failures import require_all
from gba_analysis.notebooks.several import execute_all
from gba_analysis.progress import Progress
from gba_analysis.project import Project
from gba_analysis.record import manifest as manifests
from gba_analysis.record.output import write_file
from gba_analysis.scenario import FAILED
from gba_analysis.words.check import require_catalogues


def refresh(
    project: Project, names: Sequence[str], *, progress: Progress, jobs: int, is_forced: bool = True
) -> list[Path]:
    """Run the notebooks and replace their files; returns those that changed.

    is_forced: run those too that are as a run would leave them, as far as `committed` can tell. Raises
    ParameterError for an unknown name, DataError for broken catalogues, NotebookError if a notebook raises,
    SourceError if a source changes meanwhile; then no file is replaced."""
    parameters.require_notebooks(names, "gba refresh")
    require_catalogues(project.data)
    inputs = manifests.inputs(project)
    stored = read_all(project, names)
    waiting = [name for name in names if is_forced or not is_fresh(project, name=name, notebook=stored[name])]
    for name in names:
        if name not in waiting:
            progress.reused(str(Task(name)), STAGE)
    with TemporaryDirectory(prefix="gba-") as work:
        # Without parameters papermill injects no cell: the notebook's own defaults apply.
        outcomes = execute_all(
            [Task(name) for name in waiting], project, work=Path(work), progress=progress, jobs=jobs
        )
        ran = require_all(outcomes, project.build / FAILED / "refresh")
    manifests.require_inputs(project, inputs)
    return [path for outcome in ran if (path := store(outcome.task.name, outcome.notebook, project=project))]


def store(name: str, notebook: NotebookNode, *, project: Project) -> Path | None:
    """Put an executed notebook, with or without a cell of injected parameters, in place of the committed one.

    notebook: a run with the defaults, in English. Returns the path if the file changed.
    """
    path = project.notebooks / f"{name}.ipynb"
    # Without the injected cell the runs are counted anew.
    plain = canonical(without_injected(notebook))
    text = dumps(freshness.noted(plain, freshness.made_from(project, name=name, notebook=plain)))
    if path.read_text(encoding="utf-8") == text:
        return None
    write_file(path, text.encode())
    return path
