"""The pages of one language of a run: staged, rendered, looked at, sealed. A page that was made of the very
same before is taken from the cache, and looked at again.

How an engine renders belongs in `render`, what is staged in `stage`, what a page must hold in `finished`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from gba_analysis import ledger as ledgers
from gba_analysis.analysis.phrases import place
from gba_analysis.errors import Problem
from gba_analysis.figures.records import load_rows
from gba_analysis.fonts import NAMES, WEB_FONTS, web_fonts
from gba_analysis.ledger import Ledger
from gba_analysis.notebooks.cached_execution import Runs, Steps
from gba_analysis.notebooks.canonical import dumps
from gba_analysis.pages import ledger_page
from gba_analysis.pages.finished import HTML, PageError, read_expected
from gba_analysis.pages.inputs import require_sources
from gba_analysis.pages.processor_turns import Turns
from gba_analysis.pages.stage import require_glyphs, stage
from gba_analysis.pages.variables import RunInfo, variables
from gba_analysis.render.engines import Engine
from gba_analysis.words import Words, load_words, say

# What a user reads of this part of a build.
STAGE, RENDER = "stage", "render"
# The order of pages that wait. A PDF goes first: it needs two programs, one after the other, and would
# otherwise be worked on alone at the end.
RANKS = {"pdf": 0, HTML: 1}
Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Press:
    """What makes the pages of a run. epoch: the date recorded in a PDF. turns: taken by each program that
    works on a page.
    """

    engine: Engine
    epoch: int
    info: RunInfo
    turns: Turns = field(default_factory=Turns)

    def widen(self, jobs: int) -> None:
        """Let `jobs` programs work at a time, if the engine allows it; before, one does. To be called
        once.
        """
        if self.engine.pages_at_once and jobs > 1:
            self.turns.add(jobs - 1)


@dataclass(frozen=True)
class Pages:
    """The pages of one language, and the ledger that they show. names: of the files in the run's folder."""

    ledger: Ledger
    names: list[str]


def make_pages(steps: Steps, press: Press, *, run: Path, lang: str, runs: Runs) -> Pages:
    """Stage and render one language as <run>/<lang>/ and <run>/briefing.<lang>.<format>.

    Raises SourceError, LedgerError, EngineError or PageError.
    """
    notebooks = {name: ran.notebook for name, ran in runs.items()}
    with steps.progress.stage(STAGE):
        ledger = ledgers.collect(notebooks)
        # Another choice of parameters may publish other keys than the committed notebooks do.
        require_sources(steps, ledger=ledger, notebooks=notebooks)
        require_glyphs(ledger, lang=lang, notebooks=notebooks)
        text = _stage(steps, press.info, run / lang, lang, runs, ledger)
    with steps.progress.stage(RENDER):
        return Pages(ledger, render_pages(steps, press, run=run, lang=lang, text=text))


def render_pages(steps: Steps, press: Press, *, run: Path, lang: str, text: str) -> list[str]:
    """Render the staged <run>/<lang>/ as <run>/briefing.<lang>.<format> and return the files' names.

    text: all characters that the web fonts must hold. Raises EngineError, or PageError with what is wrong
    with any of the pages.
    """
    with ThreadPoolExecutor() as pool:
        # A PDF does not wait for the fonts of the web page.
        fonts = pool.submit(_write_fonts, steps, run / lang, text)
        urgent = sorted(steps.request.formats, key=RANKS.__getitem__)
        pages = {to: pool.submit(_page, steps, press, run, lang, to, fonts) for to in urgent}
        names = all_pages(pages[to] for to in steps.request.formats)
        fonts.result()
    return names


def all_pages(futures: Iterable[Future[Result]]) -> list[Result]:
    """The results, in order. Raises PageError with the problems of every page that has some, or what else was
    raised first.
    """
    results: list[Result] = []
    problems: list[Problem] = []
    for future in futures:
        try:
            results.append(future.result())
        except PageError as error:
            problems += error.problems
    if problems:
        raise PageError(problems)
    return results


def _stage(steps: Steps, info: RunInfo, folder: Path, lang: str, runs: Runs, ledger: Ledger) -> str:
    project = steps.request.project
    words, rows = load_words(project.data), load_rows(project, "indicators")
    printed = {id_: _located(row, words, lang) for id_, row in rows.items()}
    values = variables(ledger, lang, run=info, printed=printed)
    page = (project.report / f"briefing.{lang}.qmd").read_text(encoding="utf-8")
    table = ledger_page.ledger_notebook(
        ledger, keys=ledger_page.used_keys(page, values), lang=lang, printed=printed
    )
    notebooks = {name: (ran.notebook, ran.text) for name, ran in runs.items()} | {
        ledger_page.NAME: (table, dumps(table))
    }
    return stage(folder, lang=lang, project=project, notebooks=notebooks, variables=values, date=info.date)


def _located(indicator: Mapping[str, Any], words: Words, lang: str) -> str:
    """A printed figure with its place in the article."""
    where = place(words, indicator["section"], indicator["paragraph"], lang)
    return say("trace.located", lang, printed=indicator["printed"], place=where)


def _write_fonts(steps: Steps, folder: Path, text: str) -> None:
    """Put the web fonts for `text` into the staged folder, those of an earlier page if they hold the same
    characters.
    """
    keys = {f"{name}.woff2": steps.keys.fonts(text, name) for name in NAMES}
    fonts = {name: content for name, key in keys.items() if (content := steps.cache.get(key))}
    if len(fonts) < len(keys):
        fonts = web_fonts(text)
    (folder / WEB_FONTS).mkdir(parents=True)
    for name, content in fonts.items():
        steps.cache.put(keys[name], content)
        (folder / WEB_FONTS / name).write_bytes(content)


def _page(steps: Steps, press: Press, run: Path, lang: str, to: str, fonts: Future[None]) -> str:
    """The name of one page, which stands in the run's folder then. fonts: done when the web fonts are in the
    staged folder.
    """
    if to == HTML:
        fonts.result()
    name, engine = f"briefing.{lang}.{to}", press.engine
    expected = read_expected(run / lang, lang, to)
    key = steps.keys.page(
        run / lang, lang=lang, to=to, engine=f"{engine.name} {engine.version}", epoch=press.epoch
    )
    kept = steps.cache.get(key)
    if kept and not expected.problems(kept, is_sealed=True):
        (run / name).write_bytes(kept)
        steps.progress.reused(name, RENDER)
        return name
    with steps.progress.item(name, RENDER) as remarks:
        turn = press.turns.of(RANKS[to])
        page = engine.render(run / lang, lang=lang, to=to, epoch=press.epoch, turn=turn)
        content = expected.finish(page)
        remarks.append(f"engine {turn.seconds:.2f}")
    (run / name).write_bytes(content)
    steps.cache.put(key, content)
    return name
