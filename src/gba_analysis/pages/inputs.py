"""Whether a run can succeed: the data and the pages. The committed notebooks are asked before, in
`notebooks`.

What has been found right stays so while nothing of it changes. What `gba check` asks beyond this is in
`check`."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

from gba_analysis import ledger as ledgers
from gba_analysis.analysis.finding_texts import finding_problems
from gba_analysis.errors import DataError, Problem, SourceError
from gba_analysis.figures.records import load_rows
from gba_analysis.ledger import Ledger
from gba_analysis.notebooks import committed
from gba_analysis.notebooks.cached_execution import Notebooks, Steps
from gba_analysis.pages import ledger_page
from gba_analysis.pages.data_check import check_apart
from gba_analysis.pages.variables import RUN_KEYS
from gba_analysis.render.page_check import check_sources


def check_inputs(steps: Steps, stored: Notebooks | None) -> None:
    """Raises DataError, LedgerError or SourceError if no run could succeed.

    stored: the committed notebooks, whose values the findings and the pages may name; None if the run is to
    replace them: then its own values count, which are there before anything is rendered (`require_sources`).
    """
    # The pages are read by another program, and may as well be while this one is busy with the data.
    with ThreadPoolExecutor(1) as pool:
        pages = pool.submit(_check_pages, steps, stored) if stored else None
        _check_data(steps)
        if pages:
            pages.result()


def _check_data(steps: Steps) -> None:
    project, key = steps.request.project, steps.keys.data()
    if steps.cache.get(key) is None:
        problems = check_apart(project, steps.kernels)
        if problems:
            raise DataError(problems)
        steps.cache.put(key, b"")


def _check_pages(steps: Steps, stored: Notebooks) -> None:
    ledger = ledgers.collect(stored)
    try:
        require_sources(steps, ledger=ledger, notebooks=stored)
    except SourceError as error:
        # Only who has a problem needs to know whether running the notebooks again would mend it, and loads
        # the libraries of tables for that.
        from gba_analysis.analysis.published_keys import keys_of_data

        project = steps.request.project
        if awaited := keys_of_data(project) if committed.outdated(project, stored) else set():
            raise SourceError(_problems(steps, ledger, stored, awaited)) from error
        raise


def require_sources(steps: Steps, *, ledger: Ledger, notebooks: Notebooks) -> None:
    """Raises SourceError if the findings or the pages use what neither the ledger nor the notebooks hold."""
    if problems := _problems(steps, ledger, notebooks):
        raise SourceError(problems)


def _problems(
    steps: Steps, ledger: Ledger, notebooks: Notebooks, awaited: Collection[str] = ()
) -> list[Problem]:
    """What is wrong with the findings and the pages. awaited: keys that are in the ledger only when the
    notebooks have run again.
    """
    project = steps.request.project
    problems = finding_problems(load_rows(project, "findings"), ledger, awaited)
    keys, labels = [*ledger, *RUN_KEYS], committed.labels(notebooks) | ledger_page.LABELS
    key = steps.keys.sources(keys, labels)
    if steps.cache.get(key) is None:
        problems += check_sources(project, ledger_keys=keys, labels=labels, awaited=awaited)
    if not problems:
        steps.cache.put(key, b"")
    return problems
