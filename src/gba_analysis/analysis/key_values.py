"""The value of every key that a finding may compare, as an interval, under any parameters.

A key is the id of an indicator, that id after its theme, a derived key, a count of a theme's summary, or a
key that the caller adds, such as `ref.<id>`. Values are computed when they are asked for and kept, so that a
grid of parameters computes only what changes. What is compared with what does not belong here."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from gba_analysis import parameters as contract
from gba_analysis.analysis import evidence, openness, platforms
from gba_analysis.analysis.derived import interval_of
from gba_analysis.analysis.grid import key_of
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.expression import Expression, parse_expression
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts

# A value under a rule and parameters; None if nothing is known under them.
Reader = Callable[[ReadingRule, Mapping[str, Any]], Interval | None]
ValueSource = Callable[[Mapping[str, Any]], "Values"]
UNKNOWN = Interval(-math.inf, math.inf)
# None is a value: that of a figure without a number.
MISSING = object()
# A figure without a bound is read the same way under every rule.
UNBOUND = ("exact", "reach", "rank")
# The counts of each theme, and the parameters they depend on.
SUMMARIES: Mapping[
    str, tuple[tuple[str, ...], Callable[[Facts, Mapping[str, Any]], list[dict[str, Any]]]]
] = {
    "evidence": (
        ("include_names",),
        lambda facts, values: evidence.summary_entries(facts, values["include_names"]),
    ),
    "platforms": (
        ("platforms",),
        lambda facts, values: platforms.summary_entries(facts, values["platforms"]),
    ),
    "openness": ((), lambda facts, values: openness.summary_entries(facts)),
}


@dataclass(frozen=True, eq=False)
class Values(Mapping[str, Interval]):
    """Every key's interval under one set of parameters.

    parameters: all values by name; numbers may be exact fractions. added: further keys. kept: what has been
    computed, shared by all sets of parameters of one source. A key without a value raises DataError when it
    is asked for."""

    facts: Facts
    parameters: Mapping[str, Any]
    added: Mapping[str, Reader]
    kept: dict[Any, Any] = field(repr=False)
    found: dict[str, Interval] = field(default_factory=dict, repr=False)

    @cached_property
    def rule(self) -> ReadingRule:
        return ReadingRule.from_parameters(self.parameters)

    def __getitem__(self, key: str) -> Interval:
        if key not in self.found:
            self.found[key] = self._read(key)
        return self.found[key]

    def __iter__(self) -> Iterator[str]:
        rows = self.facts.rows("indicators").items()
        figures = {id_: row["theme"] for id_, row in rows if row["value"] is not None}
        yield from figures
        yield from (f"{theme}.{id_}" for id_, theme in figures.items())
        yield from self.facts.rows("derived")
        for theme in SUMMARIES:
            yield from self._counts(theme)
        yield from self.added

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _read(self, key: str) -> Interval:
        theme, _, name = key.rpartition(".")
        if key in self.added:
            interval = self.added[key](self.rule, self.parameters)
            return UNKNOWN if interval is None else interval
        figures = self.facts.rows("indicators")
        if name in figures and theme in ("", figures[name]["theme"]):
            return self._figure(name)
        if key in self.facts.rows("derived"):
            return self._derived(key)
        return self._counts(theme)[key]

    def _figure(self, id_: str) -> Interval:
        rule = None if self.facts.rows("indicators")[id_]["qualifier"] in UNBOUND else self.rule
        interval = self._once(("figure", id_, rule), lambda: self.facts.read(id_, self.rule))
        if interval is None:
            raise DataError(
                Problem("data/indicators.csv", f"indicator {id_}", "no value", "an indicator with a value")
            )
        return interval

    def _derived(self, key: str) -> Interval:
        expression = parse_expression(self.facts.rows("derived")[key]["expression"])
        # The value changes only if something it is computed from does.
        place = ("derived", key, *self._inputs(expression))
        return self._once(place, lambda: interval_of(self.facts, self.rule, self.parameters, key))

    def _inputs(self, expression: Expression) -> Iterator[Any]:
        for name in expression.names:
            yield (
                self._figure(name)
                if name in self.facts.rows("indicators")
                else str(self.parameters.get(name))
            )

    def _counts(self, theme: str) -> Mapping[str, Interval]:
        names, entries = SUMMARIES.get(theme, ((), lambda facts, values: []))
        place = ("counts", theme, *(str(self.parameters[name]) for name in names))
        return self._once(place, lambda: intervals_of(entries(self.facts, self.parameters)))

    def _once(self, place: Any, compute: Callable[[], Any]) -> Any:
        # Looked for once: places hold fractions, which are slow to hash.
        found = self.kept.get(place, MISSING)
        if found is MISSING:
            found = self.kept[place] = compute()
        return found


def intervals_of(entries: Iterable[Mapping[str, Any]]) -> dict[str, Interval]:
    """The intervals of ledger entries by key; of an entry without ends nothing is known."""
    return {entry["key"]: _interval(entry) for entry in entries}


def _interval(entry: Mapping[str, Any]) -> Interval:
    low, high = entry["low"], entry["high"]
    return Interval(
        -math.inf if low is None else Fraction(low),
        math.inf if high is None else Fraction(high),
        entry["low_open"],
        entry["high_open"],
    )


def value_source(facts: Facts, added: Mapping[str, Reader] | None = None) -> ValueSource:
    """A function that gives every key's value for parameters; those not given have their default.

    added: further keys, with how each is read.
    """
    kept: dict[Any, Any] = {}
    sets: dict[Any, Values] = {}

    def source(values: Mapping[str, Any]) -> Values:
        complete = contract.defaults() | dict(values)
        return sets.setdefault(key_of(complete), Values(facts, complete, added or {}, kept))

    return source


def reference_keys(
    references: Mapping[str, Mapping[str, Any]],
    read_reference: Callable[[str, ReadingRule], Interval | None],
) -> dict[str, Reader]:
    """The keys `ref.<id>` of the references with a number, for `value_source`.

    references: rows by id, with value (None if the reference is a statement), qualifier and grade (A, B or
    C). A reference below the grade `min_grade`, if there is such a parameter, is left out: nothing is known
    then."""
    return {
        f"ref.{id_}": _reference_reader(id_, row["grade"], row["qualifier"] in UNBOUND, read_reference)
        for id_, row in references.items()
        if row["value"] is not None
    }


def _reference_reader(
    id_: str, grade: str, unbound: bool, read_reference: Callable[[str, ReadingRule], Interval | None]
) -> Reader:
    kept: dict[ReadingRule | None, Interval | None] = {}

    def reader(rule: ReadingRule, values: Mapping[str, Any]) -> Interval | None:
        # The grades' letters are in order: A is the best.
        if grade > values.get("min_grade", grade):
            return None
        place = None if unbound else rule
        if place not in kept:
            kept[place] = read_reference(id_, rule)
        return kept[place]

    return reader
