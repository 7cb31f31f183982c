"""Rules of data/ that a table schema cannot state: between columns, between rows, and with the printed words.

The rules of derived indicators are in `derived_rules`, types and constraints in datapackage.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.cell_names import cell_problem, rows
from gba_analysis.figures.parse import parse_printed
from gba_analysis.figures.tables import Facts

Row = Mapping[str, Any]
# A counted part belongs to something counted, or to a series by its ordinals, never to an amount or a share.
WHOLES_OF_COUNTS = ("count", "ordinal")
# A date begins with its year.
YEAR = len("2025")


def fact_problems(facts: Facts) -> list[Problem]:
    """Everything in indicators.csv and events.csv that breaks a rule between cells."""
    problems: list[Problem] = []
    by_id = {row["id"]: row for _, row in rows(facts.indicators)}
    kinds = {id_: row["kind"] for id_, row in facts.rows("units").items()}
    for number, row in rows(facts.indicators):
        problems += _class_problems(number, row)
        problems += _printed_problems(number, row)
        problems += _parent_problems(number, row, by_id, kinds)
        problems += _order_problems("indicators", number, row, "time")
    for number, row in rows(facts.events):
        problems += _order_problems("events", number, row, "date")
        problems += _ongoing_problems(number, row)
        problems += _dated_problems(number, row, by_id)
    return problems


def _class_problems(number: int, row: Row) -> Iterator[Problem]:
    is_name, is_vague = row["class"] == "name", row["class"] == "vague"
    if is_name and row["value"] is not None:
        yield cell_problem(
            "indicators", number, "value", str(row["value"]), "an empty cell, as the class is name"
        )
    if is_name and row["qualifier"] != "exact":
        yield cell_problem("indicators", number, "qualifier", row["qualifier"], "exact, as the class is name")
    if is_name == bool(row["unit"]):
        found, expected = ("a unit", "no unit") if is_name else ("no unit", "a unit")
        yield cell_problem("indicators", number, "unit", found, f"{expected}, as the class is {row['class']}")
    if is_vague != (row["qualifier"] == "vague"):
        found = f"{row['class']} with the qualifier {row['qualifier']}"
        yield cell_problem(
            "indicators", number, "class", found, "the class vague with the qualifier vague, or neither"
        )


def _printed_problems(number: int, row: Row) -> Iterator[Problem]:
    """The stored value and qualifier must be what the printed words say; names are not parsed."""
    if row["class"] == "name":
        return
    try:
        parsed = parse_printed(row["printed"])
    except DataError as error:
        yield from (
            cell_problem("indicators", number, "printed", p.found, p.expected, p.hint) for p in error.problems
        )
        return
    for column, stored, said in (
        ("value", row["value"], parsed.value),
        ("qualifier", row["qualifier"], parsed.qualifier),
    ):
        if stored != said:
            expected = f"{_words(said)}, as '{row['printed']}' says"
            yield cell_problem("indicators", number, column, _words(stored), expected)


def _words(value: object) -> str:
    return "an empty cell" if value is None else str(value)


def _parent_problems(
    number: int, row: Row, by_id: Mapping[str, Row], kinds: Mapping[str, str]
) -> Iterator[Problem]:
    if bool(row["parent_id"]) != bool(row["relation"]):
        found = f"the parent '{row['parent_id']}' with the relation '{row['relation']}'"
        yield cell_problem("indicators", number, "relation", found, "both or neither")
    if _is_circular(row, by_id):
        found = f"'{row['parent_id']}', which leads back to '{row['id']}'"
        yield cell_problem(
            "indicators", number, "parent_id", found, "a parent that is not a part of this figure"
        )
        return
    parent = by_id.get(row["parent_id"])
    if parent and kinds.get(row["unit"]) == "count" and kinds.get(parent["unit"]) not in WHOLES_OF_COUNTS:
        found = f"'{parent['id']}', whose unit is '{parent['unit']}'"
        yield cell_problem(
            "indicators", number, "parent_id", found, f"a parent that is counted, as '{row['id']}' is"
        )


def _is_circular(row: Row, by_id: Mapping[str, Row]) -> bool:
    seen, parent = set(), row["parent_id"]
    while parent in by_id and parent not in seen:
        seen.add(parent)
        parent = by_id[parent]["parent_id"]
    return row["id"] in seen


def _order_problems(table: str, number: int, row: Row, prefix: str) -> Iterator[Problem]:
    begin, end = row[f"{prefix}_from"], row[f"{prefix}_to"]
    # A year holds all its months: only what both dates state is compared.
    stated = min(len(begin), len(end))
    if begin[:stated] > end[:stated]:
        expected = f"no date before {prefix}_from, which is '{begin}'"
        yield cell_problem(table, number, f"{prefix}_to", f"'{end}'", expected)


def _ongoing_problems(number: int, row: Row) -> Iterator[Problem]:
    if row["ongoing"] and row["date_to"]:
        yield cell_problem(
            "events", number, "date_to", f"'{row['date_to']}'", "an empty cell, as the event is ongoing"
        )


def _dated_problems(number: int, row: Row, by_id: Mapping[str, Row]) -> Iterator[Problem]:
    """An event has the year of the figure that dates it, and stands where that figure stands."""
    figure = by_id.get(row["indicator_id"])
    # A malformed date is reported by the schema.
    if figure is None or not row["date_from"][:YEAR].isdigit():
        return
    if figure["value"] is None or row["date_from"][:YEAR] != str(figure["value"]):
        expected = f"a date in {_words(figure['value'])}, as the figure '{figure['id']}' has it"
        yield cell_problem("events", number, "date_from", f"'{row['date_from']}'", expected)
    for column in ("section", "paragraph"):
        if row[column] != figure[column]:
            yield cell_problem(
                "events",
                number,
                column,
                str(row[column]),
                f"{figure[column]}, as the figure '{figure['id']}' has it",
            )
