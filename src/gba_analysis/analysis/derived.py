"""Derived indicators computed as intervals, and figures in the forms others take: ledger entries, rows of charts and
tables.

Which derived indicators exist, and under which condition, is said in data/derived.csv. How an interval is computed or
written does not belong here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pandas as pd

from gba_analysis.analysis.expression import parse_expression
from gba_analysis.analysis.words import label, quantity, stated, word
from gba_analysis.errors import DataError, GbaError, Problem
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import READINGS, ReadingRule
from gba_analysis.figures.tables import Facts
from gba_analysis.figures.text import interval_text
from gba_analysis.figures.units import Unit
from gba_analysis.parameters import CONTRACT

FILE = "data/derived.csv"
LANGS = ("en", "zh")
COLUMNS = (
    "theme", "name_en", "name_zh", "low", "high", "interval", "unit", "expression", "soundness",
    "condition_en", "condition_zh", "inputs", "text_en", "text_zh", "note_en", "note_zh",
)
ROW_COLUMNS = ("label", "low", "high", "text", "soundness", "group")
VALUE_COLUMNS = ("what", "value", "soundness", "condition", "note")
# Only a link that the text states outright places a part in its whole without a condition.
LOOSE_RELATIONS = ("natural", "ambiguous")


def evaluate(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], theme: str | None = None) -> pd.DataFrame:
    """The derived indicators (of `theme`, or all), indexed by key, in the file's order, with COLUMNS.

    parameters: values of the parameters that expressions name, taken as exact decimal numbers. low and high are
    Fractions or infinities in the unit; inputs holds the ids of the indicators used.
    Raises DataError with every key that cannot be computed: a name that is neither an indicator with a value nor one
    of `parameters`, an expression that cannot be read, a division through zero.
    """
    declared = facts.derived if theme is None else facts.derived[facts.derived["theme"] == theme]
    problems: list[Problem] = []
    records = {}
    for key, row in declared.iterrows():
        try:
            records[key] = _evaluated(facts, rule, parameters, row)
        except GbaError as error:
            problems += [Problem(FILE, f"key {key}", item.found, item.expected, item.hint) for item in error.problems]
    if problems:
        raise DataError(problems)
    return pd.DataFrame.from_dict(records, orient="index", columns=COLUMNS).rename_axis("key")


def _evaluated(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], row: pd.Series) -> dict[str, Any]:
    expression, unit = parse_expression(row["expression"]), facts.unit(row["unit"])
    interval = _whole(expression.evaluate(lambda name: _value(name, facts, rule, parameters)), unit)
    return {
        **{column: row[column] for column in COLUMNS if column in row.index},
        "low": interval.low,
        "high": interval.high,
        "interval": interval,
        "inputs": tuple(name for name in expression.names if name in facts.indicators.index),
        **{f"text_{lang}": interval_text(interval, unit, lang) for lang in LANGS},
    }


def _value(name: str, facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any]) -> Interval:
    """What a name in an expression stands for: an indicator, else a parameter."""
    if name in facts.indicators.index:
        interval = facts.read(name, rule)
        if interval is None:
            raise DataError(Problem(FILE, "", f"'{name}', which has no value", "an indicator with a value"))
        return interval
    if name not in parameters:
        known = ", ".join(parameters) or "none"
        raise DataError(Problem(FILE, "", f"the unknown name '{name}'", f"an indicator or a parameter (here: {known})"))
    # By way of the text, because 7.1 means 71/10 and not the float next to it.
    return Interval.point(Fraction(str(parameters[name])))


def _whole(interval: Interval, unit: Unit) -> Interval:
    """`interval` narrowed to the whole numbers in it if `unit` counts things: 112.1 to 119.9 firms are 113 to 119."""
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
        for key, row in table.iterrows()
    ]


def indicator_entries(facts: Facts, rule: ReadingRule, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Three ledger entries for each printed figure: its reading, `<theme>.<id>`; its printed form,
    `<theme>.<id>_printed`, the same Chinese text in both languages; and `<theme>.<id>_stated`, the bound as running
    text says it ("more than 2,000").

    A figure without a value (vague, or part of a name) has its printed form only.
    """
    return [entry for id_ in ids for entry in _indicator_entries(facts, rule, id_)]


def _indicator_entries(facts: Facts, rule: ReadingRule, id_: str) -> list[dict[str, Any]]:
    row, interval = facts.indicators.loc[id_], facts.read(id_, rule)
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
    chosen = [parameter for parameter in CONTRACT if parameter.name in set(names)]
    return [
        count_entry(
            f"{theme}.{parameter.name}",
            Fraction(str(values[parameter.name])),
            Unit(parameter.unit, "count" if parameter.kind == "integer" else "measure", parameter.unit, parameter.unit),
            expression=parameter.name,
        )
        for parameter in chosen
    ]


def count_entry(
    key: str, value: int | Fraction, unit: Unit, inputs: Sequence[str] = (), expression: str = ""
) -> dict[str, Any]:
    """The ledger entry of an exact number that the prose uses, such as how many figures there are.

    value: in `unit`. inputs: the indicators counted. expression: how the number comes about, in words or symbols.
    """
    interval = Interval.point(value)
    return ledger_entry(key, _texts(interval, unit), interval, unit, inputs=inputs, expression=expression)


def _texts(interval: Interval, unit: Unit) -> dict[str, str]:
    return {lang: interval_text(interval, unit, lang) for lang in LANGS}


def ledger_entry(
    key: str,
    text: Mapping[str, str],
    interval: Interval | None,
    unit: Unit | None,
    *,
    inputs: Sequence[str] = (),
    expression: str = "",
    soundness: str = "sound",
    condition: Mapping[str, str] | None = None,
    printed: str = "",
) -> dict[str, Any]:
    """One entry of the ledger: `text` by language, with the interval it stands for, if it stands for a number.

    inputs: the indicators it rests on. expression: how it comes about, in words or symbols. printed: the article's
    own figure, if it is one.
    """
    return {
        "key": key,
        "text": dict(text),
        "low": _end_text(interval.low) if interval else None,
        "high": _end_text(interval.high) if interval else None,
        "low_open": interval.low_open if interval else True,
        "high_open": interval.high_open if interval else True,
        "unit": unit.id if unit else "",
        "inputs": list(inputs),
        "expression": expression,
        "soundness": soundness,
        "condition": dict(condition or dict.fromkeys(LANGS, "")),
        "printed": printed,
    }


def _end_text(end: Fraction | float) -> str | None:
    return None if math.isinf(end) else str(end)


def indicator_rows(facts: Facts, rule: ReadingRule, ids: Iterable[str], lang: str, group: str = "") -> pd.DataFrame:
    """Printed figures with a value as rows of an interval chart, by id, with ROW_COLUMNS.

    ids: figures of one unit, in the chart's order. low, high: floats in the unit, infinite where open. soundness is
    `conditional` for a figure whose place in its whole is not stated outright. group: the rows' common heading.
    """
    rows = facts.indicators.loc[list(ids)]
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
            for id_, row in rows.iterrows()
        ],
        columns=ROW_COLUMNS,
        index=rows.index.rename(None),
    )


def derived_rows(table: pd.DataFrame, facts: Facts, keys: Iterable[str], lang: str, group: str = "") -> pd.DataFrame:
    """Rows of `evaluate` as rows of an interval chart, by key: the columns of `indicator_rows`. keys: of one unit."""
    rows = table.loc[list(keys)]
    return pd.DataFrame(
        [
            _chart_row(row[f"name_{lang}"], row["interval"], facts.unit(row["unit"]), row["soundness"], lang, group)
            for _, row in rows.iterrows()
        ],
        columns=ROW_COLUMNS,
        index=rows.index.rename(None),
    )


def reading_rows(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], key: str, lang: str) -> pd.DataFrame:
    """One derived indicator under each reading rule, as rows of an interval chart labelled by the rules' names.

    rule: gives the tolerances; its name does not matter.
    """
    only = replace(facts, derived=facts.derived.loc[[key]])
    tables = [evaluate(only, replace(rule, name=name), parameters) for name in READINGS]
    rows = pd.concat([derived_rows(table, facts, [key], lang) for table in tables], ignore_index=True)
    return rows.assign(label=[word("reading", name, lang) for name in READINGS])


def _chart_row(name: str, interval: Interval, unit: Unit, soundness: str, lang: str, group: str) -> tuple[Any, ...]:
    text = interval_text(interval, unit, lang)
    return label(name), float(interval.low), float(interval.high), text, soundness, group


def value_table(table: pd.DataFrame, facts: Facts, keys: Iterable[str], lang: str) -> pd.DataFrame:
    """Rows of `evaluate`, of any units, as a table for readers, indexed by key, with VALUE_COLUMNS."""
    rows = table.loc[list(keys)]
    return pd.DataFrame(
        [
            (
                label(row[f"name_{lang}"]),
                quantity(row["interval"], facts.unit(row["unit"]), lang),
                word("soundness", row["soundness"], lang),
                row[f"condition_{lang}"] or word("gap", "nothing", lang),
                row[f"note_{lang}"],
            )
            for _, row in rows.iterrows()
        ],
        index=rows.index,
        columns=VALUE_COLUMNS,
    )
