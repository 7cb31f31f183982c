"""Rules of derived.csv: what an expression may combine, and what soundness that gives.

How an expression is read and when two indicators are linked is said in `figures.expression`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from typing import Any

from gba_analysis.asked import nearest
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.cell_names import cell_problem, rows
from gba_analysis.figures.expression import parse_expression, relations_between
from gba_analysis.figures.tables import Facts

Row = Mapping[str, Any]
Indicators = Mapping[str, Row]
LINKED = "a figure and one it is a part of (parent_id), or structural figures of one entity"
UNLINKED_HINT = "the text supports no ratio, sum or difference of unlinked sets"


def derived_problems(facts: Facts, parameters: Collection[str]) -> list[Problem]:
    """Everything in derived.csv that breaks a rule. parameters: the names an expression may use beside
    indicators.
    """
    indicators = {row["id"]: row for _, row in rows(facts.indicators)}
    problems: list[Problem] = []
    for number, row in rows(facts.derived):
        problems += _condition_problems(number, row)
        try:
            names = parse_expression(row["expression"]).names
        except DataError as error:
            text = row["expression"]
            problems += (
                _expression(number, f"{p.found} in '{text}'", p.expected, p.place) for p in error.problems
            )
            continue
        known = [name for name in names if name in indicators]
        problems += _name_problems(
            number, set(names) - set(known) - set(parameters), [*indicators, *parameters]
        )
        problems += _value_problems(number, known, indicators)
        problems += _link_problems(number, row, known, indicators)
    return problems


def _expression(number: int, found: str, expected: str, hint: str = "") -> Problem:
    return cell_problem("derived", number, "expression", found, expected, hint)


def _condition_problems(number: int, row: Row) -> Iterator[Problem]:
    sound = row["soundness"] == "sound"
    for column in ("condition_en", "condition_zh"):
        if sound == bool(row[column]):
            found, expected = (
                ("a condition", "an empty cell") if sound else ("an empty cell", "the condition")
            )
            yield cell_problem(
                "derived", number, column, found, f"{expected}, as the soundness is {row['soundness']}"
            )


def _name_problems(number: int, unknown: Collection[str], possible: Collection[str]) -> Iterator[Problem]:
    for name in sorted(unknown):
        expected = "ids of indicators and names of parameters"
        yield _expression(number, f"the unknown name '{name}'", expected, nearest(name, possible))


def _value_problems(number: int, names: Collection[str], indicators: Indicators) -> Iterator[Problem]:
    for name in names:
        if indicators[name]["value"] is None:
            found = f"'{name}', which has no value: its class is {indicators[name]['class']}"
            yield _expression(number, found, "indicators with a value")


def _link_problems(
    number: int, row: Row, names: Collection[str], indicators: Indicators
) -> Iterator[Problem]:
    for one, other in combinations(names, 2):
        relations = relations_between(one, other, indicators)
        if relations is None:
            yield _expression(number, f"'{one}' with '{other}', which are not linked", LINKED, UNLINKED_HINT)
        elif row["soundness"] == "sound" and set(relations) - {"explicit"}:
            weak = " and ".join(sorted(set(relations) - {"explicit"}))
            found = f"sound, though the link of '{one}' with '{other}' is {weak}"
            yield cell_problem("derived", number, "soundness", found, "conditional, with the condition")
