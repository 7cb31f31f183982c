"""A whole run: check everything, execute, collect, stage, render, record; then replace the earlier run.

The order is the story; each step is in its own module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gba_analysis import ledger as ledgers
from gba_analysis import scenario as scenarios
from gba_analysis.languages import LANGS
from gba_analysis.notebooks.cached_execution import Runs, begin_notebooks, notebook_outcomes, run_tasks
from gba_analysis.notebooks.committed import require_committed
from gba_analysis.notebooks.kernels import Kernels
from gba_analysis.notebooks.refresh import store
from gba_analysis.pages.stage import write_text
from gba_analysis.progress import Progress
from gba_analysis.record import manifest as manifests
from gba_analysis.record.output import replaced, require_outside
from gba_analysis.record.provenance import read_provenance
from gba_analysis.render.engines import Engine, choose
from gba_analysis.request import Request


@dataclass(frozen=True, kw_only=True)
class Built:
    """A finished run. files: the pages for the reader."""

    folder: Path
    files: tuple[Path, ...]
    engine: Engine


def build(request: Request, *, progress: Progress, kernels: Kernels) -> Built:
    """Build the requested run and let it take the place of an earlier one of that scenario.

    Notebooks begin to run while the data and the pages are checked: most builds have no mistake in them.

    Raises a GbaError, also if a source changes meanwhile; the earlier run is then untouched.
    """
    require_outside(request.out, request.project)
    with replaced(request.target) as run:
        with progress.stage("check"):
            inputs = manifests.inputs(request.project)
            steps = begin_notebooks(request, run_tasks(request), progress=progress, kernels=kernels)
            # What they hold is replaced by this run's own, and may be from before a change, or missing.
            are_kept = not request.update_notebooks
            stored = require_committed(request.project, are_run=are_kept)
            provenance, engine = read_provenance(request.project), choose(request.engine)
        with notebook_outcomes(steps) as found:
            # Not before: what these need takes half a second to import, in which notebooks can run.
            with progress.stage("load"):
                from gba_analysis.pages.briefing import make_briefing
                from gba_analysis.pages.inputs import check_inputs
            with progress.stage("check"):
                check_inputs(steps, stored if are_kept else None)
            del stored
            ledger, executed, names = make_briefing(
                steps, found=found, run=run, engine=engine, provenance=provenance
            )
        with progress.stage("record"):
            write_text(run / "ledger.json", ledgers.dumps(ledger))
            manifests.require_inputs(request.project, inputs)
            _update_notebooks(request, executed)
            _record(request, run, engine)
        steps.cache.prune()
    return Built(folder=request.target, files=tuple(request.target / name for name in names), engine=engine)


def _update_notebooks(request: Request, executed: Mapping[str, Runs]) -> None:
    for name, ran in executed[LANGS[0]].items() if request.update_notebooks else ():
        store(name, ran.notebook, project=request.project)


def _record(request: Request, run: Path, engine: Engine) -> None:
    made = manifests.Made(
        scenario=request.scenario,
        parameters=request.values,
        languages=tuple(request.languages),
        formats=tuple(request.formats),
        engine={"name": engine.name, "version": engine.version},
        command=scenarios.command(request.values, request.scenario),
    )
    write_text(
        run / manifests.NAME, manifests.dumps(manifests.manifest(made, project=request.project, run=run))
    )
