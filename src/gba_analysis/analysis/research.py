"""Joint laboratories and their people, shared facilities, and supercomputing.

Numbers that the article does not give, such as a total of all users of a facility, are not estimated here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from gba_analysis.analysis.derived import derived_rows, evaluate, indicator_rows, reading_rows, value_table
from gba_analysis.analysis.evidence import figure_table
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts

THEME = "research"
PEOPLE = ("jointlabs_staff", "jointlabs_hkm_staff", "jointlabs_overseas_talent")
FACILITIES = (
    "synchrotron_universities",
    "csns_experiments",
    "hetao_match_rate",
    "supercomputing_teams",
    "supercomputing_core_hours",
)
COMPUTING = ("research.hours_per_team", "research.machine_years")


def laboratories(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """The joint laboratories as rows of an interval chart (laboratories): all, and by who leads them."""
    computed = evaluate(facts, rule, parameters, THEME)
    return pd.concat(
        [
            indicator_rows(facts, rule, ["jointlabs", "jointlabs_hkm_led"]),
            derived_rows(computed, ["research.mainland_led"]),
        ]
    )


def people(facts: Facts, rule: ReadingRule) -> pd.DataFrame:
    """The people of the joint laboratories as rows of an interval chart (persons).

    The three counts may overlap and are not parts of a sum.
    """
    return indicator_rows(facts, rule, PEOPLE)


def shares(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """The derived percentages of the theme as rows of an interval chart (percent)."""
    computed = evaluate(facts, rule, parameters, THEME)
    return derived_rows(computed, [key for key, item in computed.items() if item.unit == "percent"])


def facilities(facts: Facts, rule: ReadingRule) -> pd.DataFrame:
    """The figures of shared facilities, each in its own unit, as a table for readers."""
    return figure_table(facts, rule, FACILITIES)


def computing(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """Core-hours per team, and years of a machine of `cores` cores, as a table for readers."""
    return value_table(evaluate(facts, rule, parameters, THEME), facts, COMPUTING)


def hours_per_team(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """Core-hours per team under each reading as rows of an interval chart (core-hours per team)."""
    return reading_rows(facts, rule, parameters, "research.hours_per_team")
