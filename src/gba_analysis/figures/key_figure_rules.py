"""Rules of key_figures.csv: which values a card may show, and which cross-check it must name.

Types and keys are in datapackage.json; what a card shows is said in `analysis.key_figures`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gba_analysis.asked import nearest
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.cell_names import FIRST_ROW, cell_problem, rows
from gba_analysis.figures.expression import parse_expression
from gba_analysis.figures.tables import Facts

TABLE = "key_figures"
Row = Mapping[str, Any]
# More cards leave no page for anything else.
MOST = 12
WORDED = ("name_en", "name_zh", "set_en", "set_zh")


def key_figure_problems(facts: Facts) -> list[Problem]:
    """Everything in key_figures.csv that breaks a rule.

    A key is an indicator with a value, after its theme, or a derived indicator that rests on indicators
    alone. A figure that a cross-check tests names it, so that no verdict is left out; a derived indicator
    never borrows the verdict on one of its figures. Numbers do not stand in words."""
    problems: list[Problem] = []
    if len(facts.key_figures) > MOST:
        problems.append(
            Problem(f"data/{TABLE}.csv", f"row {FIRST_ROW + MOST}", "a further card", f"at most {MOST} cards")
        )
    for number, row in rows(facts.key_figures):
        problems += _word_problems(number, row)
        theme, _, name = row["key"].partition(".")
        if row["key"] in facts.derived.index:
            problems += _derived_problems(number, row, facts)
        elif _has_value(facts, theme, name):
            problems += _verdict_problems(number, row, facts, name)
        else:
            expected = "an indicator with a value, after its theme, or a key of derived.csv"
            hint = nearest(row["key"], _keys(facts))
            problems.append(cell_problem(TABLE, number, "key", f"'{row['key']}'", expected, hint))
    return problems


def _keys(facts: Facts) -> set[str]:
    """The keys that a card may have."""
    figures = {f"{row['theme']}.{id_}" for id_, row in facts.rows("indicators").items() if row["value"]}
    return figures | {*facts.rows("derived")}


def _word_problems(number: int, row: Row) -> Iterator[Problem]:
    for column in WORDED:
        if any(char.isdigit() for char in row[column]):
            yield cell_problem(
                TABLE, number, column, f"a digit in '{row[column]}'", "numbers in the value alone"
            )


def _has_value(facts: Facts, theme: str, name: str) -> bool:
    row = facts.rows("indicators").get(name)
    return row is not None and row["theme"] == theme and row["value"] is not None


def _derived_problems(number: int, row: Row, facts: Facts) -> Iterator[Problem]:
    try:
        names = parse_expression(facts.rows("derived")[row["key"]]["expression"]).names
    except DataError:
        # Reported in its own table.
        return
    for name in sorted(set(names) - set(facts.indicators.index)):
        yield cell_problem(
            TABLE, number, "key", f"'{row['key']}', which rests on '{name}'", "a value of indicators alone"
        )
    figure = _tested_figure(facts, row["crosscheck_id"])
    if figure:
        found = f"'{row['crosscheck_id']}', which tests '{figure}'"
        yield cell_problem(
            TABLE,
            number,
            "crosscheck_id",
            found,
            "a cross-check of the derived value itself, or an empty cell",
        )


def _tested_figure(facts: Facts, crosscheck: str) -> str:
    """The one figure a cross-check tests; empty if it tests a statement, or is unknown, which the schema
    reports.
    """
    row = facts.rows("crosschecks").get(crosscheck)
    return row["indicator_id"] if row else ""


def _verdict_problems(number: int, row: Row, facts: Facts, name: str) -> Iterator[Problem]:
    tests = [id_ for id_, test in facts.rows("crosschecks").items() if test["indicator_id"] == name]
    if row["crosscheck_id"] not in (tests or [""]):
        found = f"'{row['crosscheck_id']}'" if row["crosscheck_id"] else "an empty cell"
        expected = (
            "one of " + ", ".join(tests) if tests else "an empty cell, as no cross-check tests the figure"
        )
        yield cell_problem(TABLE, number, "crosscheck_id", found, expected)
