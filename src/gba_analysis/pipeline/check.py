"""Everything that can be checked without running a notebook: data, notebooks, report sources, and the article
if given.

Only collects: each rule is where its subject is. Nothing is mended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from gba_analysis import ledger as ledgers
from gba_analysis import parameters
from gba_analysis.analysis.chart_rules import chart_problems
from gba_analysis.analysis.finding_texts import finding_problems
from gba_analysis.analysis.published_keys import keys_of_data, keys_without_row
from gba_analysis.errors import GbaError, Problem, ProjectError
from gba_analysis.figures.article import check_article
from gba_analysis.figures.check import check_data
from gba_analysis.figures.datapackage import read_datapackage
from gba_analysis.figures.tables import Facts, load
from gba_analysis.ledger import LedgerError
from gba_analysis.notebooks import committed
from gba_analysis.pages import ledger_page
from gba_analysis.pages.variables import RUN_KEYS
from gba_analysis.pipeline.chart_labels import chart_labels
from gba_analysis.pipeline.undeclared import undeclared_files
from gba_analysis.pipeline.unknown_ids import outlived_keys, unknown_ids
from gba_analysis.pipeline.word_uses import word_uses
from gba_analysis.project import Project
from gba_analysis.record.provenance import read_provenance
from gba_analysis.render.page_check import check_sources
from gba_analysis.words.check import catalogue_problems


@dataclass(frozen=True)
class Checked:
    """counts: how many of what was checked, in words a user knows. problems: everything found wrong; what
    running notebooks again would mend comes last.
    """

    counts: Mapping[str, int]
    problems: tuple[Problem, ...]


def check_project(project: Project, article: Path | None = None) -> Checked:
    """Check the whole project; with `article` also that each printed figure stands there where the data
    say.
    """
    counts: dict[str, int] = {}
    problems, facts = _data(project, counts)
    if article and facts:
        problems += check_article(facts, path=article, datapackage=read_datapackage(project))
        counts["figures looked for in the article"] = counts["figures"]
    stored, unread = _stored(project)
    problems += _words(project, facts, stored) if facts else ()
    problems += undeclared_files(project)
    problems += unread or _notebooks(project, facts, stored, counts)
    return Checked(counts, tuple(problems))


def _data(project: Project, counts: dict[str, int]) -> tuple[list[Problem], Facts | None]:
    """The problems of data/, and the tables, unless they cannot be loaded: what else rests on them cannot be
    judged then.
    """
    problems = check_data(project)
    try:
        facts = load(project)
        read_provenance(project)
    except GbaError as error:
        return problems or list(error.problems), None
    counts["tables"] = len(read_datapackage(project)["resources"])
    counts["figures"] = len(facts.indicators)
    return problems, facts


def _stored(project: Project) -> tuple[Mapping[str, NotebookNode], Sequence[Problem]]:
    """The committed notebooks, or why they cannot be read."""
    try:
        return committed.read_all(project, parameters.NOTEBOOKS), ()
    except GbaError as error:
        return {}, error.problems


def _words(project: Project, facts: Facts, stored: Mapping[str, NotebookNode]) -> Iterator[Problem]:
    """The problems of the charts' titles, then those of the catalogues: a wrong row is why a word is
    unused.
    """
    yield from chart_problems(facts)
    yield from chart_labels(project, facts, stored) if stored else ()
    yield from catalogue_problems(project.data, word_uses(project, facts))


def _notebooks(
    project: Project, facts: Facts | None, stored: Mapping[str, NotebookNode], counts: dict[str, int]
) -> Iterator[Problem]:
    counts["notebooks"] = len(stored)
    problems = {
        name: committed.check(project, name=name, notebook=notebook) for name, notebook in stored.items()
    }
    for found in problems.values():
        yield from found
    # A notebook that must be mended will be run again anyway.
    outdated = committed.outdated(project, {name: stored[name] for name in stored if not problems[name]})
    yield from _pages(project, facts, stored, bool(outdated), counts)
    yield from outdated


def _pages(
    project: Project,
    facts: Facts | None,
    stored: Mapping[str, NotebookNode],
    is_outdated: bool,
    counts: dict[str, int],
) -> Iterator[Problem]:
    """The problems of what names values: findings, notebooks, modules and pages."""
    try:
        committed.require_run(project, stored)
        ledger = ledgers.collect(stored)
    except ProjectError:
        # Reported with its notebook. Without the values nothing can be said about the pages that use them.
        return
    except LedgerError as error:
        yield from error.problems
        return
    counts["published values"] = len(ledger)
    counts["pages"] = len(list(project.report.glob("briefing.*.qmd")))
    awaited = keys_of_data(project) if facts and is_outdated else set()
    # A figure that has another id now is published under it as soon as the notebooks run.
    keys = ledger.keys() - (outlived_keys(facts, ledger) if facts else set())
    if facts:
        yield from finding_problems(facts.rows("findings"), keys, awaited)
        yield from unknown_ids(project, facts, stored, ledger)
    labels = committed.labels(stored) | ledger_page.LABELS
    gone = keys_without_row(facts, ledger) if facts else {}
    yield from check_sources(
        project,
        ledger_keys=[*(keys - gone.keys()), *RUN_KEYS],
        labels=labels,
        awaited=awaited,
        gone=gone,
    )
