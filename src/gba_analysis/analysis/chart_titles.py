"""The titles of the charts: for each one sentence that says what its table shows, in every language from the
same keys and numbers.

    title_entries(facts, {"makeup": table})     # the ledger entry title.makeup

Which title a chart has is said in data/charts.csv, how it is found in `title_kinds`; what a chart measures,
where and when, is said by the page under the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from gba_analysis.analysis.cells import Phrase, phrase, text_of, texts_of
from gba_analysis.analysis.findings import parse_test
from gba_analysis.analysis.ledger_entries import ledger_entry
from gba_analysis.analysis.title_kinds import KINDS, Chart, read_chart, title_keys
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.cell_names import FIRST_ROW, cell_problem
from gba_analysis.figures.tables import Facts
from gba_analysis.languages import LANGS

KEY = "title."
# English counts words, Chinese characters and digits; signs and punctuation are neither. A title has at most
# so many, whatever the parameters.
LIMITS = {"en": 15, "zh": 30}
COUNTED = {"en": re.compile(r"\S*\w\S*"), "zh": re.compile(r"\w")}


def title_entries(facts: Facts, tables: Mapping[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """The titles of charts as ledger entries `title.<label>`; tables: what is drawn, by the chart's label.

    Raises DataError for a chart that has no title in data/charts.csv.
    """
    return [
        ledger_entry(f"{KEY}{label}", texts_of(chart_title(facts, label, table), facts), None, None)
        for label, table in tables.items()
    ]


def chart_title(facts: Facts, label: str, table: pd.DataFrame) -> Phrase:
    """The title of the chart `label` that draws `table`. Raises DataError if it has none."""
    rows = facts.rows("charts")
    if label not in rows:
        found = f"no row for the chart '{label}'"
        raise DataError(Problem("data/charts.csv", "", found, "a row for each chart that has a title"))
    if table.empty:
        return phrase(f"{KEY}empty")
    chart = read_chart(label, rows[label])
    choice = KINDS[chart.kind](chart, table, facts.words.__contains__)
    # The same in every language, so that all say the same numbers.
    return next((item for item in choice if _fits_everywhere(item, facts)), choice[-1])


def _fits_everywhere(title: Phrase, facts: Facts) -> bool:
    return all(fits(text_of(title, facts, lang), lang) for lang in LANGS)


def fits(text: str, lang: str) -> bool:
    """Whether a title is short enough, see LIMITS."""
    return len(COUNTED[lang].findall(text)) <= LIMITS[lang]


def chart_problems(facts: Facts) -> list[Problem]:
    """Everything in charts.csv that keeps a title from being made: an unknown kind, a sentence, a noun or a
    key that the catalogues lack, an id that no table has, a test that cannot be read.
    """
    problems: list[Problem] = []
    for number, (label, row) in enumerate(facts.rows("charts").items(), FIRST_ROW):
        try:
            chart = read_chart(label, row)
        except DataError as error:
            problems += error.problems
            continue
        problems += [cell_problem("charts", number, *problem) for problem in _row_problems(chart, facts)]
    return problems


def _row_problems(chart: Chart, facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Column, what was found, and what was expected."""
    if chart.kind not in KINDS:
        yield "kind", f"'{chart.kind}'", f"one of {', '.join(KINDS)}"
        return
    needed, _ = title_keys([chart])
    for key in sorted(key for key in needed if key not in facts.words):
        yield "sentence", f"no sentence {key}", "a text for it in data/words.<language>.yml"
    if chart.noun and f"noun.{chart.noun}" not in facts.words:
        yield "noun", f"'{chart.noun}'", "a key of the group noun in data/words.<language>.yml"
    yield from _about_problems(chart, facts)
    if chart.kind == "sentence":
        try:
            parse_test(chart.test)
        except DataError as error:
            yield from (("test", problem.found, problem.expected) for problem in error.problems)


def _about_problems(chart: Chart, facts: Facts) -> Iterator[tuple[str, str, str]]:
    ids = {*facts.rows("indicators"), *facts.rows("derived"), *facts.rows("entities")}
    for name, keys in chart.about.items():
        for key in keys:
            if name in ("one", "other", "own"):
                if key not in ids:
                    yield "about", f"the id '{key}'", "an indicator, a derived indicator or an entity"
            elif "." in key and key not in facts.words:
                yield "about", f"the key '{key}'", "a word of a catalogue"
            elif name == "tied" and f"noun.{key}" not in facts.words:
                yield "about", f"the noun '{key}'", "a key of the group noun"
