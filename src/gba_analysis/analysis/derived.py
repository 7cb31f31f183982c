"""Derived indicators computed as intervals, and figures in the forms others take: ledger entries, rows of
charts and tables.

Which derived indicators exist, and under which condition, is said in data/derived.csv. How an interval is
computed or written does not belong here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pandas as pd

from gba_analysis.analysis.cells import Cell, Name, Quantity, Word, name_or, texts_of
from gba_analysis.analysis.ledger_entries import ledger_entry
from gba_analysis.analysis.phrases import stated
from gba_analysis.errors import DataError, GbaError, Problem
from gba_analysis.figures.expression import parse_expression
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import READINGS, ReadingRule
from gba_analysis.figures.tables import Facts
from gba_analysis.figures.text import interval_text
from gba_analysis.figures.units import Unit
from gba_analysis.languages import LANGS
from gba_analysis.parameters import CONTRACT, Parameter

FILE = "data/derived.csv"
TABLE = "derived"
ROW_COLUMNS = ("label", "low", "high", "text", "soundness", "group")
VALUE_COLUMNS = ("what", "value", "condition", "note")
# Only a link that the text states outright places a part in its whole without a condition.
LOOSE_RELATIONS = ("natural", "ambiguous")


@dataclass(frozen=True)
class Derived:
    """A derived indicator that has been computed.

    unit: an id of units.csv, in which `interval` is. soundness: sound or conditional. inputs: the ids of the
    indicators it is computed from."""

    key: str
    interval: Interval
    unit: str
    expression: str
    soundness: str
    inputs: tuple[str, ...]


def evaluate(
    facts: Facts,
    rule: ReadingRule,
    parameters: Mapping[str, Any],
    theme: str | None = None,
    keys: Iterable[str] | None = None,
) -> dict[str, Derived]:
    """The derived indicators (of `theme`, or `keys`, or all) by key, in the order given or the file's.

    parameters: values of the parameters that expressions name, taken as exact decimal numbers. Raises
    DataError with every key that cannot be computed: a name that is neither an indicator with a value nor one
    of `parameters`, an expression that cannot be read, a division through zero."""
    declared = facts.rows(TABLE)
    found: dict[str, Derived] = {}
    problems: list[Problem] = []
    for key in declared if keys is None else keys:
        if theme not in (None, declared[key]["theme"]):
            continue
        try:
            found[key] = _evaluated(facts, rule, parameters, key)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return found


def _evaluated(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], key: str) -> Derived:
    row, interval = facts.rows(TABLE)[key], interval_of(facts, rule, parameters, key)
    names = parse_expression(row["expression"]).names
    inputs = tuple(name for name in names if name in facts.rows("indicators"))
    return Derived(key, interval, row["unit"], row["expression"], row["soundness"], inputs)


def interval_of(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], key: str) -> Interval:
    """The interval of one derived indicator, see `evaluate`. Raises DataError if it cannot be computed."""
    row = facts.rows("derived")[key]
    try:
        expression = parse_expression(row["expression"])
        interval = expression.evaluate(lambda name: _value(name, facts, rule, parameters))
    except GbaError as error:
        raise DataError(
            [Problem(FILE, f"key {key}", item.found, item.expected, item.hint) for item in error.problems]
        ) from error
    return _whole(interval, facts.unit(row["unit"]))


def _value(name: str, facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any]) -> Interval:
    """What a name in an expression stands for: an indicator, else a parameter."""
    if name in facts.rows("indicators"):
        return _read(name, facts, rule)
    if name not in parameters:
        known = ", ".join(parameters) or "none"
        raise DataError(
            Problem(FILE, "", f"the unknown name '{name}'", f"an indicator or a parameter (here: {known})")
        )
    # By way of the text, because 7.1 means 71/10 and not the float next to it.
    return Interval.point(Fraction(str(parameters[name])))


def _read(name: str, facts: Facts, rule: ReadingRule) -> Interval:
    interval = facts.read(name, rule)
    if interval is None:
        raise DataError(Problem(FILE, "", f"'{name}', which has no value", "an indicator with a value"))
    return interval


def _whole(interval: Interval, unit: Unit) -> Interval:
    """`interval` narrowed to the whole numbers in it if `unit` counts things: 112.1 to 119.9 firms are 113 to
    119.
    """
    if unit.kind != "count":
        return interval
    low = _next_whole(interval.low, interval.low_open)
    high = -_next_whole(-interval.high, interval.high_open)
    # Assumptions that leave room for no whole number are shown as they are, not mended.
    return Interval(low, high) if low <= high else interval


def _next_whole(low: Fraction | float, is_open: bool) -> Fraction | float:
    """The least whole number above `low`, or equal to it if the end is closed."""
    if math.isinf(low):
        return low
    return Fraction(math.floor(low) + 1 if is_open else math.ceil(low))


def ledger_entries(computed: Mapping[str, Derived], facts: Facts) -> list[dict[str, Any]]:
    """What `evaluate` gives as entries of the ledger."""
    return [
        ledger_entry(
            item.key,
            _texts(item.interval, facts.unit(item.unit)),
            item.interval,
            facts.unit(item.unit),
            inputs=item.inputs,
            expression=item.expression,
            soundness=item.soundness,
            condition=texts_of(Name(TABLE, item.key, "condition"), facts),
        )
        for item in computed.values()
    ]


def indicator_entries(facts: Facts, rule: ReadingRule, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Three ledger entries for each printed figure: its reading, `<theme>.<id>`; its printed form,
    `<theme>.<id>_printed`, the same Chinese text in both languages; and `<theme>.<id>_stated`, the bound as
    running text says it ("more than 2,000").

    A figure without a value (vague, or part of a name) has its printed form only.
    """
    return [entry for id_ in ids for entry in _indicator_entries(facts, rule, id_)]


def _indicator_entries(facts: Facts, rule: ReadingRule, id_: str) -> list[dict[str, Any]]:
    row, interval = facts.rows("indicators")[id_], facts.read(id_, rule)
    key, printed = f"{row['theme']}.{id_}", row["printed"]
    unit = facts.unit(row["unit"]) if row["unit"] else None

    def entry(ending: str, text: Mapping[str, str]) -> dict[str, Any]:
        return ledger_entry(
            f"{key}{ending}", text, interval, unit, inputs=(id_,), expression=id_, printed=printed
        )

    as_printed = entry("_printed", dict.fromkeys(LANGS, printed))
    if interval is None or unit is None:
        return [as_printed]
    words = {lang: stated(printed, row["value"], row["qualifier"], unit, lang) for lang in LANGS}
    return [entry("", _texts(interval, unit)), as_printed, entry("_stated", words)]


def parameter_entries(theme: str, values: Mapping[str, Any], names: Iterable[str]) -> list[dict[str, Any]]:
    """Numeric parameters `names` of the contract, with their `values`, as ledger entries `<theme>.<name>`."""
    names = set(names)
    return [
        count_entry(
            f"{theme}.{parameter.name}",
            Fraction(str(values[parameter.name])),
            _parameter_unit(parameter),
            expression=parameter.name,
        )
        for parameter in CONTRACT
        if parameter.name in names
    ]


def _parameter_unit(parameter: Parameter) -> Unit:
    """The unit of a numeric parameter, which is no row of units.csv: an entry's text never says its word."""
    kind = "count" if parameter.kind == "integer" else "measure"
    return Unit(id=parameter.unit, kind=kind, name_en="", name_zh="")


def count_entry(
    key: str, value: int | Fraction, unit: Unit, inputs: Sequence[str] = (), expression: str = ""
) -> dict[str, Any]:
    """The ledger entry of an exact number that the prose uses, such as how many figures there are.

    value: in `unit`. inputs: the indicators counted. expression: how the number comes about, in words or
    symbols."""
    interval = Interval.point(value)
    return ledger_entry(key, _texts(interval, unit), interval, unit, inputs=inputs, expression=expression)


def _texts(interval: Interval, unit: Unit) -> dict[str, str]:
    return {lang: interval_text(interval, unit, lang) for lang in LANGS}


def figure_quantity(facts: Facts, id_: str, rule: ReadingRule, style: str = "range") -> Quantity:
    """A printed figure as read under `rule`. style: see `Quantity`. Raises DataError if it has no value."""
    return Quantity(_read(id_, facts, rule), facts.rows("indicators")[id_]["unit"], style)


def indicator_rows(facts: Facts, rule: ReadingRule, ids: Iterable[str], group: Cell = "") -> pd.DataFrame:
    """Printed figures with a value as rows of an interval chart, by id, with ROW_COLUMNS.

    ids: figures of one unit, in the chart's order. low, high: floats in the unit, infinite where open.
    soundness is `conditional` for a figure whose place in its whole is not stated outright. group: the rows'
    common heading."""
    figures = {id_: facts.rows("indicators")[id_] for id_ in ids}
    return _chart_rows(
        (
            Name("indicators", id_, begins=True),
            figure_quantity(facts, id_, rule),
            "conditional" if row["relation"] in LOOSE_RELATIONS else "sound",
            group,
        )
        for id_, row in figures.items()
    ).set_axis(pd.Index(list(figures), dtype=facts.indicators.index.dtype))


def derived_rows(computed: Mapping[str, Derived], keys: Iterable[str], group: Cell = "") -> pd.DataFrame:
    """What `evaluate` gives for `keys`, of one unit, as rows of an interval chart, by key: the columns of
    `indicator_rows`.
    """
    items = [computed[key] for key in keys]
    return _chart_rows(
        (Name(TABLE, item.key, begins=True), Quantity(item.interval, item.unit), item.soundness, group)
        for item in items
    ).set_axis(pd.Index([item.key for item in items], dtype="str"))


def reading_rows(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], key: str) -> pd.DataFrame:
    """One derived indicator under each reading rule, as rows of an interval chart labelled by the rules'
    names.

    rule: gives the tolerances; its name does not matter.
    """
    found = [evaluate(facts, replace(rule, name=name), parameters, keys=[key])[key] for name in READINGS]
    return _chart_rows(
        (Word(f"reading.{name}"), Quantity(item.interval, item.unit), item.soundness, "")
        for name, item in zip(READINGS, found, strict=True)
    )


def _chart_rows(rows: Iterable[tuple[Cell, Quantity, str, Cell]]) -> pd.DataFrame:
    """Rows of an interval chart. rows: label, value, soundness and group of each."""
    return pd.DataFrame(
        [
            (label, float(value.interval.low), float(value.interval.high), value, soundness, group)
            for label, value, soundness, group in rows
        ],
        columns=ROW_COLUMNS,
    )


def value_table(computed: Mapping[str, Derived], facts: Facts, keys: Iterable[str]) -> pd.DataFrame:
    """What `evaluate` gives for `keys`, of any units, as a table for readers, indexed by key, with
    VALUE_COLUMNS.
    """
    items = [computed[key] for key in keys]
    return pd.DataFrame(
        [
            (
                Name(TABLE, item.key, begins=True),
                Quantity(item.interval, item.unit, "full"),
                name_or(facts, Name(TABLE, item.key, "condition"), Word("gap.nothing")),
                Name(TABLE, item.key, "note"),
            )
            for item in items
        ],
        index=pd.Index([item.key for item in items], name="key"),
        columns=VALUE_COLUMNS,
    )
