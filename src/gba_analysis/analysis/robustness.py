"""How far a finding holds when the parameters change: in how many sets of values, and where its outcome
flips.

Tests come from `findings`, values from `key_values`, the sets from `grid`. Words and charts do not belong
here."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pandas as pd

from gba_analysis.analysis.findings import OUTCOMES, Test, check_keys, judge
from gba_analysis.analysis.grid import NUMBERS, exact, grid, key_of, tried, values_of
from gba_analysis.analysis.key_values import Values, ValueSource
from gba_analysis.parameters import Parameter

OUTCOME_COLUMNS = ("finding", "reading", *OUTCOMES, "cells", "depends_on")
FLIP_COLUMNS = ("finding", "reading", "parameter", "direction", "value", "before", "after")
# The place of a flip is known to this part of the parameter's range.
TOLERANCE = Fraction(1, 10**9)


@dataclass(frozen=True)
class Cell:
    """One set of parameter values; lookup: the values under it.

    key: the same set, for each parameter the number of its value, as numbers are quickly compared.
    """

    values: Mapping[str, Any]
    key: tuple[int, ...]
    lookup: Values


def outcomes(tests: Mapping[str, Test], source: ValueSource, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """In how many sets of parameter values each finding holds, is open and fails under each reading:
    OUTCOME_COLUMNS.

    tests: by finding. parameters: the chosen values. A row is a finding under a reading. Only parameters that
    change a key of the test in that reading count: they are `depends_on`, and `cells` is how many sets of
    their values were tried (see `grid`). So no finding seems more robust because parameters were turned that
    it has nothing to do with. Raises DataError for a test with an unknown key."""
    sets = grid(parameters)
    cells = [
        Cell(values, key, source(values))
        for values, key in zip(sets, _numbered(map(key_of, sets)), strict=True)
    ]
    by_reading = {
        name: [cell for cell in cells if cell.values["reading"] == name] for name in readings(parameters)
    }
    return pd.DataFrame(
        [
            {"finding": finding, "reading": reading, **_tally(test, under)}
            for finding, test in tests.items()
            for reading, under in by_reading.items()
        ],
        columns=OUTCOME_COLUMNS,
    )


def _numbered(keys: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, ...]]:
    """Each of `keys`, which have the same length, with a number for each value: equal values have the same
    one.
    """
    return zip(*map(_numbers, zip(*keys, strict=True)), strict=True)


def _numbers(values: Iterable[Hashable]) -> list[int]:
    """The number of each value among the different ones."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(value, len(numbers)) for value in values]


def _tally(test: Test, cells: Sequence[Cell]) -> dict[str, Any]:
    for cell in cells:
        check_keys(test, cell.lookup)
    values = _numbers(tuple(cell.lookup[name] for name in test.names) for cell in cells)
    # Equal values have the same outcome.
    outcome = {
        value: judge(test, cell.lookup) for value, cell in dict(zip(values, cells, strict=True)).items()
    }
    found = [outcome[value] for value in values]
    places = {item.name: list(cells[0].values).index(item.name) for item in tried(cells[0].values)}
    depends_on = tuple(name for name, place in places.items() if _matters(place, cells, values))
    chosen = [tuple(cell.key[places[name]] for name in depends_on) for cell in cells]
    distinct = dict(zip(chosen, found, strict=True))
    counts = {outcome: list(distinct.values()).count(outcome) for outcome in OUTCOMES}
    return {**counts, "cells": len(distinct), "depends_on": depends_on}


def _matters(place: int, cells: Sequence[Cell], values: Sequence[int]) -> bool:
    """Whether two sets that differ in one parameter alone give different values. place: where it stands in
    the sets.

    values: a number for the values in each of `cells`.
    """
    alike = defaultdict(set)
    for cell, found in zip(cells, values, strict=True):
        alike[cell.key[:place] + cell.key[place + 1 :]].add(found)
    return any(len(found) > 1 for found in alike.values())


def flips(tests: Mapping[str, Test], source: ValueSource, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """The first value of each parameter at which a finding's outcome changes: a table with FLIP_COLUMNS.

    From the chosen value (in `parameters`) outward, in each direction (`down`, `up`), the others staying as
    chosen; under each reading, as the others act differently in it. A number is the simplest one within
    TOLERANCE of the flip; a whole number is exact. Of a parameter that is no number, each other value with
    another outcome has a row, without a direction. No flip within the range: no row. A flip that is undone
    between two values of the grid is not seen; it takes a value that does not move in one direction with the
    parameter."""
    rows = [
        row
        for finding, test in tests.items()
        for reading in dict.fromkeys([parameters["reading"], *readings(parameters)])
        for item in tried(parameters)
        if item.name != "reading" or reading == parameters["reading"]
        for row in _flips_of(test, source, dict(parameters) | {"reading": reading}, item, finding)
    ]
    return pd.DataFrame(rows, columns=FLIP_COLUMNS)


def readings(parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """The readings, as the contract lists them."""
    return next(item.choices for item in tried(parameters) if item.name == "reading")


def _flips_of(
    test: Test, source: ValueSource, parameters: Mapping[str, Any], item: Parameter, finding: str
) -> Iterator[dict[str, Any]]:
    def outcome(value: Any) -> str:
        return judge(test, source(dict(parameters) | {item.name: value}))

    chosen = parameters[item.name]
    found = {
        "finding": finding,
        "reading": parameters["reading"],
        "parameter": item.name,
        "before": outcome(chosen),
    }
    for direction, values in _ways(item, chosen).items():
        for value in _changed(outcome, values, item):
            yield found | {"direction": direction, "value": value, "after": outcome(value)}


def _ways(item: Parameter, chosen: Any) -> dict[str, list[Any]]:
    """The values to try from the chosen one outward, by direction."""
    values = values_of(item, chosen)
    if item.kind not in NUMBERS:
        return {"": [chosen, *(value for value in values if value != chosen)]}
    middle = values.index(exact(chosen))
    return {"down": list(reversed(values[: middle + 1])), "up": list(values[middle:])}


def _changed(outcome: Callable[[Any], str], values: Sequence[Any], item: Parameter) -> Iterator[Any]:
    """The values with another outcome than the first of `values`; of a number, where it first changes."""
    before = outcome(values[0])
    if item.kind not in NUMBERS:
        yield from (value for value in values if outcome(value) != before)
        return
    for near, far in pairwise(values):
        if outcome(far) != before:
            width = exact(item.maximum) - exact(item.minimum)
            yield _narrowed(outcome, near, far, whole=item.kind == "integer", tolerance=width * TOLERANCE)
            return


def _narrowed(
    outcome: Callable[[Any], str], near: Fraction, far: Fraction, whole: bool, tolerance: Fraction
) -> Fraction:
    """The value nearest to `near` with another outcome, between it and `far`, whose outcome differs."""
    before = outcome(near)
    while abs(far - near) > (1 if whole else tolerance):
        middle = Fraction(math.floor((near + far) / 2)) if whole else (near + far) / 2
        near, far = (middle, far) if outcome(middle) == before else (near, middle)
    if whole:
        return far
    simple = simplest_between(*sorted((near, far)))
    # The outcome may change just beyond the simplest number, not at it.
    return simple if outcome(simple) != before else far


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """The fraction with the least denominator from `low` to `high`, both above zero and included.

    Method: continued fractions (the first partial quotients that both ends share).
    """
    whole = Fraction(math.floor(low))
    if whole == low:
        return whole
    if whole + 1 <= high:
        return whole + 1
    return whole + 1 / simplest_between(1 / (high - whole), 1 / (low - whole))
