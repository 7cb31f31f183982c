"""How far a finding holds when the parameters change: in how many sets of values, and where its outcome
flips.

    tallies(tests, source, parameters)   # a Tally for each finding under each reading
    flips(tests, source, parameters)     # a Flip for each place where an outcome changes

Tests come from `findings`, values from `key_values`, the sets from `grid`. Words and charts do not belong
here."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from gba_analysis.analysis.findings import FAILS, HOLDS, OPEN, Test, check_keys, judge
from gba_analysis.analysis.grid import NUMBERS, exact, grid, key_of, range_of, tried, values_of
from gba_analysis.analysis.key_values import Values, ValueSource
from gba_analysis.parameters import Parameter

# From the chosen value to smaller ones, to greater ones, or, of what is no number, to another one.
DOWN, UP, SET = "down", "up", "set"
# The place of a flip is known to this part of the parameter's range.
TOLERANCE = Fraction(1, 10**9)


@dataclass(frozen=True)
class Tally:
    """In how many sets of parameter values a finding holds, is open and fails under a reading.

    sets: how many were tried, the sum of the three. depends_on: the parameters that change a key of its test
    in that reading."""

    finding: str
    reading: str
    holds: int
    open: int
    fails: int
    sets: int
    depends_on: tuple[str, ...]


@dataclass(frozen=True)
class Flip:
    """Under a reading, the `value` of a parameter at which a finding's outcome changes from before to after.

    direction: DOWN, UP or SET. value: exact, if it is a number."""

    finding: str
    reading: str
    parameter: str
    direction: str
    value: Any
    before: str
    after: str


@dataclass(frozen=True)
class ParameterSet:
    """One set of parameter values; lookup: what every key is under it.

    key: the same set, for each parameter the number of its value: numbers are compared faster than values.
    """

    values: Mapping[str, Any]
    key: tuple[int, ...]
    lookup: Values


def tallies(
    tests: Mapping[str, Test], source: ValueSource, parameters: Mapping[str, Any]
) -> tuple[Tally, ...]:
    """How often each finding holds, is open and fails under each reading.

    tests: by finding. parameters: the chosen values. Only parameters that change a key of the test in that
    reading count: they are `depends_on`, and only sets of their values are tried (see `grid`). So no finding
    seems more robust because parameters were turned that it has nothing to do with. Raises DataError for a
    test with an unknown key."""
    values = grid(parameters)
    numbered = _numbered(map(key_of, values))
    sets = [ParameterSet(each, key, source(each)) for each, key in zip(values, numbered, strict=True)]
    by_reading = {
        name: [each for each in sets if each.values["reading"] == name] for name in readings(parameters)
    }
    return tuple(
        _tally(finding, reading, test, under)
        for finding, test in tests.items()
        for reading, under in by_reading.items()
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


def _tally(finding: str, reading: str, test: Test, sets: Sequence[ParameterSet]) -> Tally:
    for each in sets:
        check_keys(test, each.lookup)
    values = _numbers(tuple(each.lookup[name] for name in test.names) for each in sets)
    # Equal values have the same outcome.
    outcome = {
        value: judge(test, each.lookup) for value, each in dict(zip(values, sets, strict=True)).items()
    }
    found = [outcome[value] for value in values]
    places = {item.name: list(sets[0].values).index(item.name) for item in tried(sets[0].values)}
    depends_on = tuple(name for name, place in places.items() if _matters(place, sets, values))
    chosen = [tuple(each.key[places[name]] for name in depends_on) for each in sets]
    distinct = dict(zip(chosen, found, strict=True))
    counts = Counter(distinct.values())
    return Tally(
        finding=finding,
        reading=reading,
        holds=counts[HOLDS],
        open=counts[OPEN],
        fails=counts[FAILS],
        sets=len(distinct),
        depends_on=depends_on,
    )


def _matters(place: int, sets: Sequence[ParameterSet], values: Sequence[int]) -> bool:
    """Whether two sets that differ in one parameter alone give different values. place: where it stands in
    the sets.

    values: a number for the values in each of `sets`.
    """
    alike = defaultdict(set)
    for each, found in zip(sets, values, strict=True):
        alike[each.key[:place] + each.key[place + 1 :]].add(found)
    return any(len(found) > 1 for found in alike.values())


def flips(tests: Mapping[str, Test], source: ValueSource, parameters: Mapping[str, Any]) -> tuple[Flip, ...]:
    """The first value of each parameter at which a finding's outcome changes.

    From the chosen value (in `parameters`) outward, in each direction, the others staying as chosen; under
    each reading, as the others act differently in it. A number is the simplest one within TOLERANCE of the
    flip; a whole number is exact. Of a parameter that is no number, each other value with another outcome is
    a flip. No flip within the range: none. A flip that is undone between two values of the grid is not seen;
    it takes a value that does not move in one direction with the parameter."""
    return tuple(
        flip
        for finding, test in tests.items()
        for reading in dict.fromkeys([parameters["reading"], *readings(parameters)])
        for item in tried(parameters)
        if item.name != "reading" or reading == parameters["reading"]
        for flip in _flips_of(finding, test, source, {**parameters, "reading": reading}, item)
    )


def readings(parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """The readings, as the contract lists them."""
    return next(item.choices for item in tried(parameters) if item.name == "reading")


def _flips_of(
    finding: str, test: Test, source: ValueSource, parameters: Mapping[str, Any], item: Parameter
) -> Iterator[Flip]:
    def outcome(value: Any) -> str:
        return judge(test, source({**parameters, item.name: value}))

    chosen = parameters[item.name]
    for direction, values in _ways(item, chosen).items():
        for value in _changed(outcome, values, item):
            yield Flip(
                finding=finding,
                reading=parameters["reading"],
                parameter=item.name,
                direction=direction,
                value=value,
                before=outcome(chosen),
                after=outcome(value),
            )


def _ways(item: Parameter, chosen: Any) -> dict[str, list[Any]]:
    """The values to try from the chosen one outward, by direction."""
    values = values_of(item, chosen)
    if item.kind not in NUMBERS:
        return {SET: [chosen, *(value for value in values if value != chosen)]}
    middle = values.index(exact(chosen))
    return {DOWN: list(reversed(values[: middle + 1])), UP: list(values[middle:])}


def _changed(outcome: Callable[[Any], str], values: Sequence[Any], item: Parameter) -> Iterator[Any]:
    """The values with another outcome than the first of `values`; of a number, where it first changes."""
    before = outcome(values[0])
    if item.kind not in NUMBERS:
        yield from (value for value in values if outcome(value) != before)
        return
    for near, far in pairwise(values):
        if outcome(far) != before:
            low, high = range_of(item)
            tolerance = (high - low) * TOLERANCE
            yield _narrowed(outcome, near, far, whole=item.kind == "integer", tolerance=tolerance)
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
