"""Whether a run can succeed: the data and the pages. The committed notebooks are asked before, in
`notebooks`.

What has been found right stays so while nothing of it changes. What `gba check` asks beyond this is in
`check`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from gba_analysis import ledger as ledgers
from gba_analysis.analysis.finding_texts import finding_problems
from gba_analysis.errors import DataError, SourceError
from gba_analysis.figures.records import load_rows
from gba_analysis.ledger import Ledger
from gba_analysis.notebooks import committed
from gba_analysis.notebooks.cached_execution import Notebooks, Steps
from gba_analysis.pages import ledger_page
from gba_analysis.pages.data_check import check_apart
from gba_analysis.pages.variables import RUN_KEYS
from gba_analysis.render.page_check import check_sources


def check_inputs(steps: Steps, stored: Notebooks) -> None:
    """Raises DataError, LedgerError or SourceError if no run could succeed. stored: the committed
    notebooks.
    """
    # The pages are read by another program, and may as well be while this one is busy with the data.
    with ThreadPoolExecutor(1) as pool:
        pages = pool.submit(lambda: require_sources(steps, ledgers.collect(stored), stored))
        _check_data(steps)
        pages.result()


def _check_data(steps: Steps) -> None:
    project, key = steps.request.project, steps.keys.data()
    if steps.cache.get(key) is None:
        problems = check_apart(project, steps.kernels)
        if problems:
            raise DataError(problems)
        steps.cache.put(key, b"")


def require_sources(steps: Steps, ledger: Ledger, notebooks: Notebooks) -> None:
    """Raises SourceError if the findings or the pages use what neither the ledger nor the notebooks hold."""
    project = steps.request.project
    problems = finding_problems(load_rows(project, "findings"), ledger)
    keys, labels = [*ledger, *RUN_KEYS], committed.labels(notebooks) | ledger_page.LABELS
    key = steps.keys.sources(keys, labels)
    if steps.cache.get(key) is None:
        problems += check_sources(project, keys, labels)
    if problems:
        raise SourceError(problems)
    steps.cache.put(key, b"")
