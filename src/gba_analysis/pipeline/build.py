"""A whole run: check everything, execute, collect, stage, render, record; then replace the earlier run.

The order is the story; each step is in its own module.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from gba_analysis import parameters
from gba_analysis.analysis.finding_texts import finding_problems
from gba_analysis.analysis.words import place
from gba_analysis.errors import DataError, SourceError
from gba_analysis.figures.check import check_data
from gba_analysis.figures.tables import load
from gba_analysis.fonts import NAMES, web_fonts
from gba_analysis.pipeline import ledger as ledgers
from gba_analysis.pipeline import ledger_page
from gba_analysis.pipeline import manifest as manifests
from gba_analysis.pipeline import notebooks as committed
from gba_analysis.pipeline import scenario as scenarios
from gba_analysis.pipeline.execute import STAGE as NOTEBOOKS_STAGE
from gba_analysis.pipeline.executed import Notebooks, Steps, begun, by_language, run_tasks
from gba_analysis.pipeline.ledger import Ledger
from gba_analysis.pipeline.output import replaced, require_outside
from gba_analysis.pipeline.pages import STAGE as RENDER_STAGE
from gba_analysis.pipeline.pages import render_pages
from gba_analysis.pipeline.progress import Progress
from gba_analysis.pipeline.provenance import Provenance, read_provenance
from gba_analysis.pipeline.refresh import store
from gba_analysis.pipeline.request import LANGUAGES, Request
from gba_analysis.pipeline.stage import require_glyphs, stage, write_text
from gba_analysis.pipeline.variables import RUN_KEYS, RunInfo, variables
from gba_analysis.project import Project
from gba_analysis.render.engines import Engine, choose
from gba_analysis.render.sources import check_sources

LOCATED = {"en": "{printed} (§ {place})", "zh": "{printed}（第{place}段）"}


@dataclass(frozen=True)
class Built:
    """A finished run. files: the pages for the reader."""

    folder: Path
    files: tuple[Path, ...]
    engine: Engine


@dataclass(frozen=True)
class Pages:
    """The pages of one language, and the ledger that they show. names: of the files in the run's folder."""

    ledger: Ledger
    names: list[str]


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


def check_inputs(steps: Steps) -> None:
    """Raises DataError, ProjectError, LedgerError or SourceError if no run could succeed, before a kernel starts."""
    # The pages are read by another program, and may as well be while this one is busy with the data.
    with ThreadPoolExecutor(1) as pool:
        pages = pool.submit(_check_committed, steps)
        _check_data(steps)
        pages.result()


def _check_data(steps: Steps) -> None:
    project, key = steps.request.project, steps.keys.data()
    if steps.cache.get(key) is None:
        problems = check_data(project)
        if problems:
            raise DataError(problems)
        steps.cache.put(key, b"")


def _check_committed(steps: Steps) -> None:
    stored = committed.read_all(steps.request.project, parameters.NOTEBOOKS)
    committed.require_run(steps.request.project, stored)
    require_sources(steps, ledgers.collect(stored), stored)


def require_sources(steps: Steps, ledger: Ledger, notebooks: Notebooks) -> None:
    """Raises SourceError if the findings or the pages use what neither the ledger nor the notebooks hold."""
    project = steps.request.project
    problems = finding_problems(load(project).findings, ledger)
    keys, labels = [*ledger, *RUN_KEYS], committed.labels(notebooks) | ledger_page.LABELS
    key = steps.keys.sources(keys, labels)
    if steps.cache.get(key) is None:
        problems += check_sources(project, keys, labels)
    if problems:
        raise SourceError(problems)
    steps.cache.put(key, b"")


def _languages(
    steps: Steps, run: Path, engine: Engine, provenance: Provenance, info: RunInfo
) -> tuple[Ledger, dict[str, Notebooks], list[str]]:
    """The ledger, the executed notebooks and the names of the pages, which stand in `run` then.

    The pages of a language are made while the notebooks of the next are executed.
    """
    request, progress = steps.request, steps.progress
    executed: dict[str, Notebooks] = {}
    with ThreadPoolExecutor(request.jobs) as pool:
        making = {}
        with progress.stage(NOTEBOOKS_STAGE):
            for lang, notebooks in by_language(steps):
                executed[lang] = notebooks
                making[lang] = pool.submit(_pages, steps, run, lang, notebooks, engine, provenance.epoch, info)
        made = {lang: making[lang].result() for lang in request.languages}
    first = made[request.languages[0]].ledger
    for lang in request.languages[1:]:
        ledgers.require_same(first, made[lang].ledger)
    return first, executed, [name for lang in request.languages for name in made[lang].names]


def _pages(steps: Steps, run: Path, lang: str, notebooks: Notebooks, engine: Engine, epoch: int, info: RunInfo) -> Pages:
    """Stage and render one language into `run`."""
    with steps.progress.stage("stage"):
        ledger = ledgers.collect(notebooks)
        # Another choice of parameters may publish other keys than the committed notebooks do.
        require_sources(steps, ledger, notebooks)
        require_glyphs(ledger, lang, notebooks, steps.request.project)
        _stage(steps, run / lang, lang, notebooks, ledger, info)
    with steps.progress.stage(RENDER_STAGE):
        return Pages(ledger, _rendered(steps, run, lang, engine, epoch))


def _rendered(steps: Steps, run: Path, lang: str, engine: Engine, epoch: int) -> list[str]:
    """The names of the pages of one language: those that were made of the very same folder before, and those rendered now."""
    names = {to: f"briefing.{lang}.{to}" for to in steps.request.formats}
    keys = {to: steps.keys.page(run / lang, lang, to, f"{engine.name} {engine.version}", epoch) for to in names}
    known = {to: content for to, key in keys.items() if (content := steps.cache.get(key))}
    for to, content in known.items():
        (run / names[to]).write_bytes(content)
        steps.progress.reused(names[to], RENDER_STAGE)
    missing = [to for to in names if to not in known]
    render_pages(run, [lang], missing, engine, epoch, steps.progress, steps.request.jobs)
    for to in missing:
        steps.cache.put(keys[to], (run / names[to]).read_bytes())
    return [*names.values()]


def _stage(steps: Steps, folder: Path, lang: str, notebooks: Notebooks, ledger: Ledger, info: RunInfo) -> None:
    project = steps.request.project
    printed = {row.Index: _located(row, lang) for row in load(project).indicators.itertuples()}
    values = variables(ledger, lang, info, printed)
    page = (project.report / f"briefing.{lang}.qmd").read_text(encoding="utf-8")
    table = ledger_page.ledger_notebook(ledger, ledger_page.used_keys(page, values), lang, printed)
    stage(folder, lang, project, {**notebooks, ledger_page.NAME: table}, values, info.date, partial(_web_fonts, steps))


def _web_fonts(steps: Steps, text: str, project: Project) -> dict[str, bytes]:
    """The fonts of a page with this text, from the cache if its characters are those of an earlier page."""
    keys = {f"{name}.woff2": steps.keys.fonts(text, name) for name in NAMES}
    known = {name: content for name, key in keys.items() if (content := steps.cache.get(key))}
    if len(known) == len(keys):
        return known
    made = web_fonts(text, project)
    for name, content in made.items():
        steps.cache.put(keys[name], content)
    return made


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
