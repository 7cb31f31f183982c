"""The value of every key that a finding may compare, as an interval, under any parameters.

A key is the id of an indicator, that id after its theme, a derived key, a count of a theme's summary, or a key that
the caller adds, such as `ref.<id>`. Values are computed when they are asked for and kept, so that a grid of
parameters computes only what changes. What is compared with what does not belong here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import pandas as pd

from gba_analysis import parameters as contract
from gba_analysis.analysis import evidence, openness, platforms
from gba_analysis.analysis.derived import evaluate
from gba_analysis.analysis.expression import Expression, parse_expression
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts

# A value under a rule and parameters; None if nothing is known under them.
Reader = Callable[[ReadingRule, Mapping[str, Any]], Interval | None]
ValueSource = Callable[[Mapping[str, Any]], "Values"]
UNKNOWN = Interval(-math.inf, math.inf)
# A figure without a bound is read the same way under every rule.
UNBOUND = ("exact", "reach", "rank")
# The counts of each theme, and the parameters they depend on.
SUMMARIES: Mapping[str, tuple[tuple[str, ...], Callable[[Facts, Mapping[str, Any]], list[dict[str, Any]]]]] = {
    "evidence": (("include_names",), lambda facts, values: evidence.summary_entries(facts, values["include_names"])),
    "platforms": (("platforms",), lambda facts, values: platforms.summary_entries(facts, values["platforms"])),
    "openness": ((), lambda facts, values: openness.summary_entries(facts)),
}


@dataclass(frozen=True, eq=False)
class Values(Mapping[str, Interval]):
    """Every key's interval under one set of parameters.

    parameters: all values by name; numbers may be exact fractions. added: further keys. kept: what has been computed,
    shared by all sets of parameters of one source. A key without a value raises DataError when it is asked for.
    """

    facts: Facts
    parameters: Mapping[str, Any]
    added: Mapping[str, Reader]
    kept: dict[Any, Any] = field(repr=False)

    @cached_property
    def rule(self) -> ReadingRule:
        return ReadingRule.from_parameters(self.parameters)

    def __getitem__(self, key: str) -> Interval:
        theme, _, name = key.rpartition(".")
        indicators = self.facts.indicators
        if key in self.added:
            interval = self.added[key](self.rule, self.parameters)
            return UNKNOWN if interval is None else interval
        if name in indicators.index and theme in ("", indicators.at[name, "theme"]):
            return self._figure(name)
        if key in self.facts.derived.index:
            return self._derived(key)
        return self._counts(theme)[key]

    def __iter__(self) -> Iterator[str]:
        figures = self.facts.indicators[self.facts.indicators["value"].notna()]
        yield from figures.index
        yield from (f"{theme}.{id_}" for id_, theme in figures["theme"].items())
        yield from self.facts.derived.index
        for theme in SUMMARIES:
            yield from self._counts(theme)
        yield from self.added

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _figure(self, id_: str) -> Interval:
        unbound = self.facts.indicators.at[id_, "qualifier"] in UNBOUND
        place = ("figure", id_, None if unbound else self.rule)
        interval = self._once(place, lambda: self.facts.read(id_, self.rule))
        if interval is None:
            raise DataError(Problem("data/indicators.csv", f"indicator {id_}", "no value", "an indicator with a value"))
        return interval

    def _derived(self, key: str) -> Interval:
        expression = self._once(("expression", key), lambda: parse_expression(self.facts.derived.at[key, "expression"]))
        # The value changes only if something it is computed from does.
        place = ("derived", key, *self._inputs(expression))
        only = replace(self.facts, derived=self.facts.derived.loc[[key]])
        return self._once(place, lambda: evaluate(only, self.rule, self.parameters).at[key, "interval"])

    def _inputs(self, expression: Expression) -> Iterator[Any]:
        for name in expression.names:
            is_figure = name in self.facts.indicators.index
            yield self._figure(name) if is_figure else str(self.parameters.get(name))

    def _counts(self, theme: str) -> Mapping[str, Interval]:
        names, entries = SUMMARIES.get(theme, ((), lambda facts, values: []))
        place = ("counts", theme, *(str(self.parameters[name]) for name in names))
        return self._once(place, lambda: _intervals(entries(self.facts, self.parameters)))

    def _once(self, place: Any, compute: Callable[[], Any]) -> Any:
        if place not in self.kept:
            self.kept[place] = compute()
        return self.kept[place]


def _intervals(entries: list[dict[str, Any]]) -> dict[str, Interval]:
    """The counts of a summary, which are exact numbers, by key."""
    return {entry["key"]: Interval.point(Fraction(entry["low"])) for entry in entries}


def value_source(facts: Facts, added: Mapping[str, Reader] | None = None) -> ValueSource:
    """A function that gives every key's value for parameters; those not given have their default.

    added: further keys, with how each is read.
    """
    kept: dict[Any, Any] = {}
    return lambda values: Values(facts, contract.defaults() | dict(values), added or {}, kept)


def reference_keys(
    references: pd.DataFrame, read_reference: Callable[[str, ReadingRule], Interval | None]
) -> dict[str, Reader]:
    """The keys `ref.<id>` of the references with a number, for `value_source`.

    references: indexed by id, with value (None if the reference is a statement) and grade (A, B or C). A reference
    below the grade `min_grade`, if there is such a parameter, is left out: nothing is known then.
    """
    return {
        f"ref.{id_}": _reader(id_, row["grade"], read_reference)
        for id_, row in references.iterrows()
        if row["value"] is not None
    }


def _reader(id_: str, grade: str, read_reference: Callable[[str, ReadingRule], Interval | None]) -> Reader:
    def reader(rule: ReadingRule, values: Mapping[str, Any]) -> Interval | None:
        return read_reference(id_, rule) if grade <= values.get("min_grade", grade) else None

    return reader
