"""Derived indicators computed as intervals, and figures in the forms others take: ledger entries, rows of
charts and tables.

Which derived indicators exist, and under which condition, is said in data/derived.csv. How an interval is
computed or written does not belong here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pandas as pd

from gba_analysis.analysis.ledger_entries import ledger_entry
from gba_analysis.analysis.words import label, quantity, stated, word
from gba_analysis.errors import DataError, GbaError, Problem
from gba_analysis.figures.expression import parse_expression
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import READINGS, ReadingRule
from gba_analysis.figures.tables import Facts
from gba_analysis.figures.text import interval_text
from gba_analysis.figures.units import Unit
from gba_analysis.languages import LANGS
from gba_analysis.parameters import CONTRACT

FILE = "data/derived.csv"
COLUMNS = (
    "theme",
    "name_en",
    "name_zh",
    "low",
    "high",
    "interval",
    "unit",
    "expression",
    "soundness",
    "condition_en",
    "condition_zh",
    "inputs",
    "text_en",
    "text_zh",
    "note_en",
    "note_zh",
)
ROW_COLUMNS = ("label", "low", "high", "text", "soundness", "group")
VALUE_COLUMNS = ("what", "value", "soundness", "condition", "note")
# Only a link that the text states outright places a part in its whole without a condition.
LOOSE_RELATIONS = ("natural", "ambiguous")


def evaluate(
    facts: Facts,
    rule: ReadingRule,
    parameters: Mapping[str, Any],
    theme: str | None = None,
    keys: Iterable[str] | None = None,
) -> pd.DataFrame:
    """The derived indicators (of `theme`, or `keys`, or all), indexed by key, in the order given or the
    file's, with COLUMNS.

    parameters: values of the parameters that expressions name, taken as exact decimal numbers. low and high
    are Fractions or infinities in the unit; inputs holds the ids of the indicators used. Raises DataError
    with every key that cannot be computed: a name that is neither an indicator with a value nor one of
    `parameters`, an expression that cannot be read, a division through zero."""
    declared, records, problems = facts.rows("derived"), {}, []
    keys = [key for key in (declared if keys is None else keys) if theme in (None, declared[key]["theme"])]
    for key in keys:
        try:
            records[key] = _evaluated(facts, rule, parameters, key)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return pd.DataFrame(list(records.values()), index=pd.Index(list(records), name="key"), columns=COLUMNS)


def _evaluated(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], key: str) -> dict[str, Any]:
    row, interval = facts.rows("derived")[key], interval_of(facts, rule, parameters, key)
    names, unit = parse_expression(row["expression"]).names, facts.unit(row["unit"])
    return {
        **{column: row[column] for column in COLUMNS if column in row},
        "low": interval.low,
        "high": interval.high,
        "interval": interval,
        "inputs": tuple(name for name in names if name in facts.rows("indicators")),
        **{f"text_{lang}": text for lang, text in _texts(interval, unit).items()},
    }


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
        interval = facts.read(name, rule)
        if interval is None:
            raise DataError(Problem(FILE, "", f"'{name}', which has no value", "an indicator with a value"))
        return interval
    if name not in parameters:
        known = ", ".join(parameters) or "none"
        raise DataError(
            Problem(FILE, "", f"the unknown name '{name}'", f"an indicator or a parameter (here: {known})")
        )
    # By way of the text, because 7.1 means 71/10 and not the float next to it.
    return Interval.point(Fraction(str(parameters[name])))


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


def ledger_entries(table: pd.DataFrame, facts: Facts) -> list[dict[str, Any]]:
    """The rows of `evaluate` as entries of the ledger."""
    return [
        ledger_entry(
            key,
            {lang: row[f"text_{lang}"] for lang in LANGS},
            row["interval"],
            facts.unit(row["unit"]),
            inputs=row["inputs"],
            expression=row["expression"],
            soundness=row["soundness"],
            condition={lang: row[f"condition_{lang}"] for lang in LANGS},
        )
        for key, row in zip(table.index, table.to_dict("records"), strict=True)
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
    more = {"inputs": (id_,), "expression": id_, "printed": printed}
    as_printed = ledger_entry(f"{key}_printed", dict.fromkeys(LANGS, printed), interval, unit, **more)
    if interval is None:
        return [as_printed]
    words = {lang: stated(printed, row["value"], row["qualifier"], unit, lang) for lang in LANGS}
    return [
        ledger_entry(key, _texts(interval, unit), interval, unit, **more),
        as_printed,
        ledger_entry(f"{key}_stated", words, interval, unit, **more),
    ]


def parameter_entries(theme: str, values: Mapping[str, Any], names: Iterable[str]) -> list[dict[str, Any]]:
    """Numeric parameters `names` of the contract, with their `values`, as ledger entries `<theme>.<name>`."""
    names = set(names)
    return [
        count_entry(
            f"{theme}.{parameter.name}",
            Fraction(str(values[parameter.name])),
            Unit(
                parameter.unit,
                "count" if parameter.kind == "integer" else "measure",
                parameter.unit,
                parameter.unit,
            ),
            expression=parameter.name,
        )
        for parameter in CONTRACT
        if parameter.name in names
    ]


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


def indicator_rows(
    facts: Facts, rule: ReadingRule, ids: Iterable[str], lang: str, group: str = ""
) -> pd.DataFrame:
    """Printed figures with a value as rows of an interval chart, by id, with ROW_COLUMNS.

    ids: figures of one unit, in the chart's order. low, high: floats in the unit, infinite where open.
    soundness is `conditional` for a figure whose place in its whole is not stated outright. group: the rows'
    common heading."""
    rows = {id_: facts.rows("indicators")[id_] for id_ in ids}
    return pd.DataFrame(
        [
            _chart_row(
                row[f"name_{lang}"],
                facts.read(id_, rule),
                facts.unit(row["unit"]),
                "conditional" if row["relation"] in LOOSE_RELATIONS else "sound",
                lang,
                group,
            )
            for id_, row in rows.items()
        ],
        columns=ROW_COLUMNS,
        index=pd.Index(list(rows), dtype=facts.indicators.index.dtype),
    )


def derived_rows(
    table: pd.DataFrame, facts: Facts, keys: Iterable[str], lang: str, group: str = ""
) -> pd.DataFrame:
    """Rows of `evaluate` as rows of an interval chart, by key: the columns of `indicator_rows`. keys: of one
    unit.
    """
    rows = _declared(table, facts, keys)
    return pd.DataFrame(
        [
            _chart_row(row[f"name_{lang}"], interval, facts.unit(row["unit"]), row["soundness"], lang, group)
            for row, interval in rows.values()
        ],
        columns=ROW_COLUMNS,
        index=pd.Index(list(rows), dtype=table.index.dtype),
    )


def _declared(
    table: pd.DataFrame, facts: Facts, keys: Iterable[str]
) -> dict[str, tuple[Mapping[str, Any], Interval]]:
    """Derived indicators as declared, each with its interval in `table`, a table of `evaluate`."""
    return {key: (facts.rows("derived")[key], table.at[key, "interval"]) for key in keys}


def reading_rows(
    facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], key: str, lang: str
) -> pd.DataFrame:
    """One derived indicator under each reading rule, as rows of an interval chart labelled by the rules'
    names.

    rule: gives the tolerances; its name does not matter.
    """
    tables = [evaluate(facts, replace(rule, name=name), parameters, keys=[key]) for name in READINGS]
    rows = pd.concat([derived_rows(table, facts, [key], lang) for table in tables], ignore_index=True)
    return rows.assign(label=[word("reading", name, lang) for name in READINGS])


def _chart_row(
    name: str, interval: Interval, unit: Unit, soundness: str, lang: str, group: str
) -> tuple[Any, ...]:
    text = interval_text(interval, unit, lang)
    return label(name), float(interval.low), float(interval.high), text, soundness, group


def value_table(table: pd.DataFrame, facts: Facts, keys: Iterable[str], lang: str) -> pd.DataFrame:
    """Rows of `evaluate`, of any units, as a table for readers, indexed by key, with VALUE_COLUMNS."""
    rows = _declared(table, facts, keys)
    return pd.DataFrame(
        [
            (
                label(row[f"name_{lang}"]),
                quantity(interval, facts.unit(row["unit"]), lang),
                word("soundness", row["soundness"], lang),
                row[f"condition_{lang}"] or word("gap", "nothing", lang),
                row[f"note_{lang}"],
            )
            for row, interval in rows.values()
        ],
        index=pd.Index(list(rows), name=table.index.name),
        columns=VALUE_COLUMNS,
    )
