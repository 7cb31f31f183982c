"""The incubation chain, headquarters and listings, pathology AI, and money in two currencies.

The three counts of cross-border firms are different sets: they stand side by side and no ratio is formed of
them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from gba_analysis.analysis.derived import derived_rows, evaluate, indicator_rows, value_table
from gba_analysis.analysis.evidence import figure_table
from gba_analysis.analysis.words import label, quantity, word
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts

THEME = "industry"
CROSS_BORDER = ("hk_unicorns", "hkmt_hightech", "hk_listed")
PATHOLOGY = ("pathology_cases", "pathology_models", "pathology_accuracy", "pathology_hospitals")


def incubation(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], lang: str) -> pd.DataFrame:
    """The incubation chain of one team as rows of an interval chart (firms): incubated, surviving,
    unicorns.
    """
    table = evaluate(facts, rule, parameters, THEME)
    return pd.concat(
        [
            indicator_rows(facts, rule, ["li_firms"], lang),
            derived_rows(table, facts, ["industry.li_survivors"], lang),
            indicator_rows(facts, rule, ["li_unicorns"], lang),
        ]
    )


def incubation_values(
    facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], lang: str
) -> pd.DataFrame:
    """What follows from the chain, with its conditions, as a table for readers."""
    table = evaluate(facts, rule, parameters, THEME)
    return value_table(table, facts, ["industry.li_survivors", "industry.li_unicorn_share"], lang)


def cross_border(facts: Facts, rule: ReadingRule, lang: str) -> pd.DataFrame:
    """Headquarters, firms with Hong Kong, Macao or Taiwan capital, and listings, as a table for readers."""
    return figure_table(facts, rule, CROSS_BORDER, lang)


def pathology(facts: Facts, rule: ReadingRule, lang: str) -> pd.DataFrame:
    """The figures of the pathology AI, each in its own unit, as a table for readers."""
    return figure_table(facts, rule, PATHOLOGY, lang)


def money(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], lang: str) -> pd.DataFrame:
    """The unicorns' valuations in both currencies, as a table with what, printed, usd, yuan and note.

    Yuan are converted at the assumed rate `usd_cny`.
    """
    table = evaluate(facts, rule, parameters, THEME)
    each, total = facts.indicators.loc["li_unicorn_valuation"], table.loc["industry.li_unicorn_value"]
    usd, yuan = facts.unit("usd"), facts.unit("yuan")
    each_usd = facts.read(each.name, rule)
    each_yuan, total_yuan = table.loc[
        ["industry.li_valuation_cny", "industry.li_unicorn_value_cny"], "interval"
    ]
    rows = [
        (each, each["printed"], each_usd, each_yuan),
        (total, word("gap", "nothing", lang), total["interval"], total_yuan),
    ]
    return pd.DataFrame(
        [
            (
                label(row[f"name_{lang}"]),
                printed,
                quantity(in_usd, usd, lang),
                quantity(in_yuan, yuan, lang),
                row[f"note_{lang}"],
            )
            for row, printed, in_usd, in_yuan in rows
        ],
        columns=["what", "printed", "usd", "yuan", "note"],
    )
