"""The briefing of a run: the pages of every language, each made as soon as its notebooks have run.

How one language is staged and rendered belongs in `rendered`.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from gba_analysis import ledger as ledgers
from gba_analysis import scenario as scenarios
from gba_analysis.ledger import Ledger
from gba_analysis.notebooks.alternative_texts import require_same_alternative_texts
from gba_analysis.notebooks.cached_execution import Runs, Steps, by_language
from gba_analysis.notebooks.execute import STAGE, Outcome
from gba_analysis.pages.rendered import Press, all_pages, make_pages
from gba_analysis.pages.variables import RunInfo
from gba_analysis.record import manifest as manifests
from gba_analysis.record.provenance import Provenance
from gba_analysis.render.engines import Engine
from gba_analysis.request import Request


def make_briefing(
    steps: Steps, *, found: Iterable[Outcome], run: Path, engine: Engine, provenance: Provenance
) -> tuple[Ledger, dict[str, Runs], list[str]]:
    """The ledger, the executed notebooks `found` and the names of the pages, which stand in `run` then.

    The pages of a language are made as soon as all its notebooks are there. Raises SourceError, LedgerError,
    NotebookError, EngineError or PageError."""
    request, progress = steps.request, steps.progress
    press = Press(engine=engine, epoch=provenance.epoch, info=_run_info(request, engine, provenance))
    executed: dict[str, Runs] = {}
    with ThreadPoolExecutor() as pool:
        making = {}
        with progress.stage(STAGE):
            for lang, runs in by_language(steps, found):
                executed[lang] = runs
                making[lang] = pool.submit(make_pages, steps, press, run=run, lang=lang, runs=runs)
        # Until now the notebooks had the processors and most of the memory.
        press.widen(request.jobs)
        pool.submit(steps.kernels.close)
        pages = all_pages(making[lang] for lang in request.languages)
        made = dict(zip(request.languages, pages, strict=True))
    first = made[request.languages[0]].ledger
    for lang in request.languages[1:]:
        ledgers.require_same(first, made[lang].ledger)
    require_same_alternative_texts(
        {lang: {name: ran.notebook for name, ran in runs.items()} for lang, runs in executed.items()}
    )
    return first, executed, [name for lang in request.languages for name in made[lang].names]


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
