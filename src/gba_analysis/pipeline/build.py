"""A whole run: check everything, execute, collect, stage, render, record; then replace the earlier run.

The order is the story; each step is in its own module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbformat import NotebookNode

from gba_analysis import parameters
from gba_analysis.analysis.finding_texts import finding_problems
from gba_analysis.analysis.words import place
from gba_analysis.errors import DataError, SourceError
from gba_analysis.figures.check import check_data
from gba_analysis.figures.tables import load
from gba_analysis.pipeline import ledger as ledgers
from gba_analysis.pipeline import ledger_page
from gba_analysis.pipeline import manifest as manifests
from gba_analysis.pipeline import notebooks as committed
from gba_analysis.pipeline import scenario as scenarios
from gba_analysis.pipeline.execute import Task, execute_all, require_all
from gba_analysis.pipeline.ledger import Ledger
from gba_analysis.pipeline.output import replaced, require_outside
from gba_analysis.pipeline.pages import render_pages
from gba_analysis.pipeline.progress import Progress
from gba_analysis.pipeline.provenance import Provenance, read_provenance
from gba_analysis.pipeline.refresh import store
from gba_analysis.pipeline.request import LANG, LANGUAGES, Request
from gba_analysis.pipeline.stage import require_glyphs, stage, write_text
from gba_analysis.pipeline.variables import RUN_KEYS, RunInfo, variables
from gba_analysis.project import Project
from gba_analysis.render.engines import Engine, choose
from gba_analysis.render.sources import check_sources

Notebooks = Mapping[str, NotebookNode]
LOCATED = {"en": "{printed} (§ {place})", "zh": "{printed}（第{place}段）"}


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
    with replaced(request.target) as run:
        with progress.stage("check"):
            check_inputs(request.project)
            provenance, engine = read_provenance(request.project), choose(request.engine)
            info = _run_info(request, engine, provenance)
        with progress.stage("notebooks"):
            executed = _execute(request, progress)
            ledger = _ledger(request, executed)
        with progress.stage("stage"):
            _stage(request, run, executed, ledger, info)
        with progress.stage("render"):
            names = render_pages(run, request.languages, request.formats, engine, provenance.epoch, progress, request.jobs)
        with progress.stage("record"):
            _update_notebooks(request, executed)
            _record(request, run, engine, info)
    return Built(request.target, tuple(request.target / name for name in names), engine)


def check_inputs(project: Project) -> None:
    """Raises DataError, ProjectError, LedgerError or SourceError if no run could succeed, before a kernel starts."""
    problems = check_data(project)
    if problems:
        raise DataError(problems)
    stored = committed.read_all(project, parameters.NOTEBOOKS)
    committed.require_run(project, stored)
    require_sources(project, ledgers.collect(stored), stored)


def require_sources(project: Project, ledger: Ledger, notebooks: Notebooks) -> None:
    """Raises SourceError if the findings or the pages use what neither the ledger nor the notebooks hold."""
    problems = finding_problems(load(project).findings, ledger)
    problems += check_sources(project, [*ledger, *RUN_KEYS], committed.labels(notebooks) | ledger_page.LABELS)
    if problems:
        raise SourceError(problems)


def _execute(request: Request, progress: Progress) -> dict[str, Notebooks]:
    """The executed notebooks by language."""
    tasks = [_task(name, lang, request.values) for lang in request.languages for name in parameters.NOTEBOOKS]
    with TemporaryDirectory(prefix="gba-") as work:
        order = -1 if request.last_first else 1
        outcomes = execute_all(
            tasks[::order], request.project, Path(work), progress, request.jobs, request.kernels
        )[::order]
        ran = require_all(outcomes, request.out / scenarios.FAILED / request.scenario)
    return {
        lang: {outcome.task.name: outcome.notebook for outcome in ran if outcome.task.lang == lang}
        for lang in request.languages
    }


def _task(name: str, lang: str, values: Mapping[str, Any]) -> Task:
    taken = [parameter.name for parameter in parameters.for_notebook(name)]
    return Task(name, {key: lang if key == LANG else values[key] for key in taken})


def _ledger(request: Request, executed: Mapping[str, Notebooks]) -> Ledger:
    """The run's one ledger, checked against the pages that use it."""
    by_language = {lang: ledgers.collect(notebooks) for lang, notebooks in executed.items()}
    first = by_language[request.languages[0]]
    # Another choice of parameters may publish other keys than the committed notebooks do.
    require_sources(request.project, first, executed[request.languages[0]])
    for lang, notebooks in executed.items():
        ledgers.require_same(first, by_language[lang])
        require_glyphs(first, lang, notebooks, request.project)
    return first


def _stage(request: Request, run: Path, executed: Mapping[str, Notebooks], ledger: Ledger, info: RunInfo) -> None:
    indicators = load(request.project).indicators
    write_text(run / "ledger.json", ledgers.dumps(ledger))
    for lang, notebooks in executed.items():
        printed = {row.Index: _located(row, lang) for row in indicators.itertuples()}
        values = variables(ledger, lang, info, printed)
        page = (request.project.report / f"briefing.{lang}.qmd").read_text(encoding="utf-8")
        table = ledger_page.ledger_notebook(ledger, ledger_page.used_keys(page, values), lang, printed)
        stage(run / lang, lang, request.project, {**notebooks, ledger_page.NAME: table}, values, info.date)


def _located(indicator: Any, lang: str) -> str:
    """A printed figure with its place in the article."""
    return LOCATED[lang].format(printed=indicator.printed, place=place(indicator.section, indicator.paragraph, lang))


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
