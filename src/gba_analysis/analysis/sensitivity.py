"""How a derived indicator moves when one parameter does: its interval at both ends of the parameter's range.

    for movement in tornado(facts, rule, parameters, key="research.hkm_staff_share"):
        print(movement.setting.parameter, movement.setting.value, movement.interval)

Whether a finding survives belongs to `robustness`; how the intervals are drawn, to the charts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gba_analysis.analysis.derived import interval_of
from gba_analysis.analysis.grid import NUMBERS, range_of, tried
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts
from gba_analysis.parameters import Parameter

CHOSEN, MINIMUM, MAXIMUM, OTHER = "chosen", "minimum", "maximum", "other"


@dataclass(frozen=True)
class Setting:
    """One parameter set to a value: at an end of its range, or, if it is a choice, each other one.

    kind: MINIMUM, MAXIMUM or OTHER. CHOSEN is all parameters as they are, without parameter and value."""

    parameter: str
    kind: str
    value: Any


@dataclass(frozen=True)
class Movement:
    """What the derived indicator `key` is under a setting.

    swing: how far its two ends move together between the settings of that parameter, the chosen one among
    them, in the indicator's unit; infinite if an end is open in one and not in another."""

    key: str
    setting: Setting
    interval: Interval
    swing: Fraction | float


def tornado(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], key: str) -> tuple[Movement, ...]:
    """The derived indicator `key` as the parameters move, one at a time.

    rule, parameters: the chosen reading and values, from which each parameter moves alone. First comes
    CHOSEN; then each parameter that moves an end, by falling swing: at its minimum and maximum, or, if it is
    the reading, every other one. Raises DataError if the indicator cannot be computed."""
    chosen = interval_of(facts, rule, parameters, key)
    moved = []
    for item in tried(parameters):
        intervals = {
            setting: interval_of(facts, *_moved(rule, parameters, setting), key)
            for setting in _settings(item, rule)
        }
        swing = _swing([chosen, *intervals.values()])
        moved.append([Movement(key, setting, interval, swing) for setting, interval in intervals.items()])
    moving = [movements for movements in moved if movements and movements[0].swing]
    # Equal swings stay in the contract's order.
    moving.sort(key=lambda movements: movements[0].swing, reverse=True)
    unmoved = Movement(key, Setting("", CHOSEN, None), chosen, Fraction(0))
    return (unmoved, *(movement for movements in moving for movement in movements))


def _settings(item: Parameter, rule: ReadingRule) -> list[Setting]:
    if item.name == "reading":
        return [Setting(item.name, OTHER, name) for name in item.choices if name != rule.name]
    if item.kind not in NUMBERS:
        return []
    low, high = range_of(item)
    return [Setting(item.name, MINIMUM, low), Setting(item.name, MAXIMUM, high)]


def _moved(
    rule: ReadingRule, parameters: Mapping[str, Any], setting: Setting
) -> tuple[ReadingRule, dict[str, Any]]:
    """The rule and the parameters after one parameter has moved."""
    asked = {"reading": rule.name, "near_shortfall": rule.near_shortfall, "over_excess": rule.over_excess}
    values = {**parameters, **asked, setting.parameter: setting.value}
    return ReadingRule.from_parameters(values), values


def _swing(intervals: Iterable[Interval]) -> Fraction | float:
    lows, highs = zip(*((interval.low, interval.high) for interval in intervals), strict=True)
    return _span(lows) + _span(highs)


def _span(ends: tuple[Fraction | float, ...]) -> Fraction | float:
    # Infinity less infinity is no number, but ends that are all open do not move.
    return Fraction(0) if len(set(ends)) == 1 else max(ends) - min(ends)
