"""A whole run: check everything, execute, collect, stage, render, record; then replace the earlier run.

The order is the story; each step is in its own module.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from gba_analysis.pipeline import ledger as ledgers
from gba_analysis.pipeline import manifest as manifests
from gba_analysis.pipeline import scenario as scenarios
from gba_analysis.pipeline.execute import STAGE as NOTEBOOKS_STAGE
from gba_analysis.pipeline.executed import Notebooks, Steps, begun, by_language, run_tasks
from gba_analysis.pipeline.inputs import check_inputs
from gba_analysis.pipeline.ledger import Ledger
from gba_analysis.pipeline.output import replaced, require_outside
from gba_analysis.pipeline.pages import make_pages, press
from gba_analysis.pipeline.progress import Progress
from gba_analysis.pipeline.provenance import Provenance, read_provenance
from gba_analysis.pipeline.refresh import store
from gba_analysis.pipeline.request import LANGUAGES, Request
from gba_analysis.pipeline.stage import write_text
from gba_analysis.pipeline.variables import RunInfo
from gba_analysis.render.engines import Engine, choose


@dataclass(frozen=True)
class Built:
    """A finished run. files: the pages for the reader."""

    folder: Path
    files: tuple[Path, ...]
    engine: Engine


def build(request: Request, progress: Progress) -> Built:
    """Build the requested run and let it take the place of an earlier one of that scenario.

    Raises a GbaError; the earlier run is then untouched.
    """
    require_outside(request.out, request.project)
    with replaced(request.target) as run, begun(request, run_tasks(request), progress) as steps:
        with progress.stage("check"):
            check_inputs(steps)
            provenance, engine = read_provenance(request.project), choose(request.engine)
            info = _run_info(request, engine, provenance)
        ledger, executed, names = _languages(steps, run, engine, provenance, info)
        with progress.stage("record"):
            write_text(run / "ledger.json", ledgers.dumps(ledger))
            _update_notebooks(request, executed)
            _record(request, run, engine, info)
        steps.cache.prune()
    return Built(request.target, tuple(request.target / name for name in names), engine)


def _languages(
    steps: Steps, run: Path, engine: Engine, provenance: Provenance, info: RunInfo
) -> tuple[Ledger, dict[str, Notebooks], list[str]]:
    """The ledger, the executed notebooks and the names of the pages, which stand in `run` then.

    The pages of a language are made while the notebooks of the next are executed.
    """
    request, progress = steps.request, steps.progress
    executed: dict[str, Notebooks] = {}
    made_by = press(engine, provenance.epoch, info, request.jobs)
    with ThreadPoolExecutor() as pool:
        making = {}
        with progress.stage(NOTEBOOKS_STAGE):
            for lang, notebooks in by_language(steps):
                executed[lang] = notebooks
                making[lang] = pool.submit(make_pages, steps, made_by, run, lang, notebooks)
        made = {lang: making[lang].result() for lang in request.languages}
    first = made[request.languages[0]].ledger
    for lang in request.languages[1:]:
        ledgers.require_same(first, made[lang].ledger)
    return first, executed, [name for lang in request.languages for name in made[lang].names]


def _update_notebooks(request: Request, executed: Mapping[str, Notebooks]) -> None:
    for name, notebook in executed[LANGUAGES[0]].items() if request.update_notebooks else ():
        store(name, notebook, request.project)


def _run_info(request: Request, engine: Engine, provenance: Provenance) -> RunInfo:
    return RunInfo(
        scenario=request.scenario,
        parameters=request.values,
        engine=f"{engine.name} ({engine.version})",
        versions=manifests.shown_versions(),
        command=scenarios.command(request.values, request.scenario),
        date=provenance.date,
        article_sha=provenance.article_sha,
    )


def _record(request: Request, run: Path, engine: Engine, info: RunInfo) -> None:
    made = manifests.Made(
        scenario=request.scenario,
        parameters=request.values,
        languages=tuple(request.languages),
        formats=tuple(request.formats),
        engine={"name": engine.name, "version": engine.version},
        command=info.command,
    )
    write_text(run / manifests.NAME, manifests.dumps(manifests.manifest(made, request.project, run)))
