"""The incubation chain, headquarters and listings, pathology AI, and money in two currencies.

The three counts of cross-border firms are different sets: they stand side by side and no ratio is formed of
them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from gba_analysis.analysis.cells import Name, Quantity, Word
from gba_analysis.analysis.derived import derived_rows, evaluate, figure_quantity, indicator_rows
from gba_analysis.analysis.evidence import figure_table
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts

THEME = "industry"
CROSS_BORDER = ("hk_unicorns", "hkmt_hightech", "hk_listed")
MONEY_COLUMNS = ("what", "printed", "usd", "yuan", "note")
PATHOLOGY = ("pathology_cases", "pathology_models", "pathology_accuracy", "pathology_hospitals")


def incubation(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """The incubation chain of one team as rows of an interval chart (firms): incubated, surviving,
    unicorns.
    """
    computed = evaluate(facts, rule, parameters, THEME)
    return pd.concat(
        [
            indicator_rows(facts, rule, ["li_firms"]),
            derived_rows(computed, ["industry.li_survivors"]),
            indicator_rows(facts, rule, ["li_unicorns"]),
        ]
    )


def cross_border(facts: Facts, rule: ReadingRule) -> pd.DataFrame:
    """Headquarters, firms with Hong Kong, Macao or Taiwan capital, and listings, as a table for readers."""
    return figure_table(facts, rule, CROSS_BORDER)


def pathology(facts: Facts, rule: ReadingRule) -> pd.DataFrame:
    """The figures of the pathology AI, each in its own unit, as a table for readers."""
    return figure_table(facts, rule, PATHOLOGY)


def money(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """The unicorns' valuations in both currencies, as a table with MONEY_COLUMNS.

    Yuan are converted at the assumed rate `usd_cny`.
    """
    computed = evaluate(facts, rule, parameters, THEME)
    each, total = ("indicators", "li_unicorn_valuation"), ("derived", "industry.li_unicorn_value")
    printed = facts.rows("indicators")[each[1]]["printed"]
    rows = [
        (each, printed, figure_quantity(facts, each[1], rule, "full"), computed["industry.li_valuation_cny"]),
        (
            total,
            Word("gap.nothing"),
            Quantity(computed[total[1]].interval, "usd", "full"),
            computed["industry.li_unicorn_value_cny"],
        ),
    ]
    return pd.DataFrame(
        [
            (
                Name(*row, begins=True),
                as_printed,
                in_usd,
                Quantity(in_yuan.interval, "yuan", "full"),
                Name(*row, "note"),
            )
            for row, as_printed, in_usd, in_yuan in rows
        ],
        columns=MONEY_COLUMNS,
    )
