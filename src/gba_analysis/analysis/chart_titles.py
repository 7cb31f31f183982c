"""The titles of the charts: for each one sentence that says what its table shows, in every language from the
same keys and numbers.

    title_entries(facts, {"makeup": table})     # the ledger entry title.makeup

Which title a chart has is said in data/charts.csv, how it is found in `title_kinds`, what is wrong with a row
in `chart_rules`; what a chart measures, where and when, is said by the page under the title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from gba_analysis.analysis.cells import Phrase, phrase, text_of, texts_of
from gba_analysis.analysis.ledger_entries import ledger_entry
from gba_analysis.analysis.title_kinds import KINDS, read_chart
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.tables import Facts
from gba_analysis.languages import LANGS

TABLE = "charts"
KEY = "title."
# The title of any chart of which nothing is left.
EMPTY = "title.empty"
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
    rows = facts.rows(TABLE)
    if label not in rows:
        found = f"no row for the chart '{label}'"
        raise DataError(Problem(f"data/{TABLE}.csv", "", found, "a row for each chart that has a title"))
    if table.empty:
        return phrase(EMPTY)
    chart = read_chart(label, rows[label])
    choice = KINDS[chart.kind](chart, table, facts.words.__contains__)
    # The same in every language, so that all say the same numbers.
    return next((item for item in choice if _fits_everywhere(item, facts)), choice[-1])


def _fits_everywhere(title: Phrase, facts: Facts) -> bool:
    return all(fits(text_of(title, facts, lang), lang) for lang in LANGS)


def fits(text: str, lang: str) -> bool:
    """Whether a title is short enough, see LIMITS."""
    return len(COUNTED[lang].findall(text)) <= LIMITS[lang]
