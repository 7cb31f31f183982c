"""How a derived indicator moves when one parameter does: its interval at both ends of the parameter's range.

Whether a finding survives belongs to `robustness`; how the intervals are drawn, to the charts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from gba_analysis.analysis.derived import interval_of
from gba_analysis.analysis.grid import NUMBERS, exact, tried
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts
from gba_analysis.parameters import Parameter

COLUMNS = ("key", "parameter", "setting", "value", "interval", "low", "high", "swing")
CHOSEN, MINIMUM, MAXIMUM, OTHER = "chosen", "minimum", "maximum", "other"


@dataclass(frozen=True)
class Variation:
    """One parameter set to another value: at an end of its range, or, if it is a choice, each other one."""

    parameter: str
    setting: str
    value: Any


def tornado(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], key: str) -> pd.DataFrame:
    """The derived indicator `key` as the parameters move, one at a time: a table with COLUMNS.

    rule, parameters: the chosen reading and values, from which each parameter moves alone. First row:
    `chosen`, without a parameter. Then each parameter that moves an end, by falling swing: at its `minimum`
    and `maximum`, or, if it is the reading, every `other` one. low and high are Fractions or infinities in
    the indicator's unit. swing: how far the two ends move together between the parameter's settings, the
    chosen one among them; infinite if an end is open in one and not in another."""
    return _sensitivity(facts, rule, parameters, [key])


def sensitivity(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """`tornado` of every derived indicator of `facts`, in the file's order, in one table."""
    return _sensitivity(facts, rule, parameters, facts.derived.index)


def _sensitivity(
    facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], keys: Iterable[str]
) -> pd.DataFrame:
    settings = {variation: _moved(rule, parameters, variation) for variation in _variations(rule, parameters)}
    rows = []
    for key in keys:
        moved = {variation: interval_of(facts, *setting, key) for variation, setting in settings.items()}
        rows += _rows(key, interval_of(facts, rule, parameters, key), moved)
    return pd.DataFrame(rows, columns=COLUMNS)


def _variations(rule: ReadingRule, parameters: Mapping[str, Any]) -> Iterator[Variation]:
    for item in tried(parameters):
        if item.name == "reading":
            yield from (Variation(item.name, OTHER, name) for name in item.choices if name != rule.name)
        elif item.kind in NUMBERS:
            ends = _ends(item)
            yield from (Variation(item.name, setting, value) for setting, value in ends.items())


def _ends(item: Parameter) -> dict[str, Fraction]:
    return {MINIMUM: exact(item.minimum), MAXIMUM: exact(item.maximum)}


def _moved(
    rule: ReadingRule, parameters: Mapping[str, Any], variation: Variation
) -> tuple[ReadingRule, dict[str, Any]]:
    """The rule and the parameters after one parameter has moved."""
    asked = {"reading": rule.name, "near_shortfall": rule.near_shortfall, "over_excess": rule.over_excess}
    values = {**parameters, **asked, variation.parameter: variation.value}
    return ReadingRule.from_parameters(values), values


def _rows(key: str, chosen: Interval, moved: Mapping[Variation, Interval]) -> list[dict[str, Any]]:
    by_parameter: dict[str, dict[Variation, Interval]] = {}
    for variation, interval in moved.items():
        by_parameter.setdefault(variation.parameter, {})[variation] = interval
    swings = {name: _swing([chosen, *intervals.values()]) for name, intervals in by_parameter.items()}
    rows = [_row(key, Variation("", CHOSEN, None), chosen, Fraction(0))]
    # Equal swings stay in the contract's order.
    for name in sorted(filter(swings.get, swings), key=swings.get, reverse=True):
        rows += [
            _row(key, variation, interval, swings[name]) for variation, interval in by_parameter[name].items()
        ]
    return rows


def _swing(intervals: list[Interval]) -> Fraction | float:
    return _span([interval.low for interval in intervals]) + _span([interval.high for interval in intervals])


def _span(ends: list[Fraction | float]) -> Fraction | float:
    # Infinity less infinity is no number, but ends that are all open do not move.
    return Fraction(0) if len(set(ends)) == 1 else max(ends) - min(ends)


def _row(key: str, variation: Variation, interval: Interval, swing: Fraction | float) -> dict[str, Any]:
    ends = {"low": interval.low, "high": interval.high}
    place = {
        "key": key,
        "parameter": variation.parameter,
        "setting": variation.setting,
        "value": variation.value,
    }
    return {**place, "interval": interval, **ends, "swing": swing}


def moving(table: pd.DataFrame) -> list[str]:
    """The keys of `sensitivity` that some parameter moves, in the file's order."""
    return list(dict.fromkeys(table.loc[table["setting"] != CHOSEN, "key"]))
