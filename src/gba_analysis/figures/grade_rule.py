"""The grading rule: how good a source is, from who published it and where it was read.

    grade_of(Origin("agency", "press", machine_summary=False, has_address=True))   # B
    grade_of(Origin("press", "other", machine_summary=False, has_address=True))    # C: a repost

data/README.md says the same rule in words. Whether a source may confirm a claim needs more than its grade and
belongs to `verdict_rule`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gba_analysis.errors import Problem
from gba_analysis.figures.cell_names import cell_problem

Row = Mapping[str, Any]

# From the best.
GRADES = ("A", "B", "C")
WEAKEST = GRADES[-1]
# The grade of a page on its publisher's own site, by the kind of publisher.
OWN_PAGE = {
    "official": "A",
    "primary": "A",
    "press": "B",
    "agency": "B",
    "institution": "B",
    "other": "C",
}
# News agencies write for others to print: their text on such a site is no repost.
PRINTS_AGENCIES = ("press", "agency")
# What only a text that was read elsewhere has.
CARRIER = ("carrier_en", "carrier_zh", "carrier_kind")


@dataclass(frozen=True)
class Origin:
    """Where a text comes from and where it was read.

    outlet_kind, carrier_kind: keys of OWN_PAGE; the second is empty if it was read at its outlet.
    machine_summary: a summary made by a machine was read, not the text. has_address: it can be looked up."""

    outlet_kind: str
    carrier_kind: str
    machine_summary: bool
    has_address: bool


def grade_of(origin: Origin) -> str:
    """The grade that the rule gives: one of GRADES. Raises KeyError if a kind is unknown."""
    if origin.machine_summary or not origin.has_address:
        return WEAKEST
    if not origin.carrier_kind:
        return OWN_PAGE[origin.outlet_kind]
    if origin.outlet_kind == "agency" and origin.carrier_kind in PRINTS_AGENCIES:
        return OWN_PAGE["agency"]
    return WEAKEST


def origin_of(row: Row) -> Origin:
    """The origin of a row of references.csv."""
    return Origin(row["outlet_kind"], row["carrier_kind"], row["machine_summary"], bool(row["address"]))


def grade_problems(number: int, row: Row) -> Iterator[Problem]:
    """What breaks the rule in row `number` of references.csv. A kind outside the list is left to the
    schema.
    """
    yield from _carrier_problems(number, row)
    yield from _title_problems(number, row)
    if row["outlet_kind"] not in OWN_PAGE or row["carrier_kind"] not in ("", *OWN_PAGE):
        return
    given = grade_of(origin_of(row))
    if row["grade"] in GRADES and row["grade"] != given:
        expected = f"'{given}', as {_in_words(row)} is graded"
        yield cell_problem("references", number, "grade", f"'{row['grade']}'", expected)


def _in_words(row: Row) -> str:
    """What the rule looks at: `a text of press read at other`."""
    if row["machine_summary"]:
        return "a machine summary"
    if not row["address"]:
        return "a page without an address"
    place = f"read at {row['carrier_kind']}" if row["carrier_kind"] else "on its own page"
    return f"a text of {row['outlet_kind']} {place}"


def _carrier_problems(number: int, row: Row) -> Iterator[Problem]:
    filled = [column for column in CARRIER if row[column]]
    if filled and len(filled) < len(CARRIER):
        for column in CARRIER:
            if column not in filled:
                expected = "a cell, as another cell of the carrier has one"
                yield cell_problem("references", number, column, "an empty cell", expected)


def _title_problems(number: int, row: Row) -> Iterator[Problem]:
    """A page is named by its own title, or by our description in both languages, never by both."""
    for column in ("title_ours_en", "title_ours_zh"):
        if bool(row["title"]) == bool(row[column]):
            found = f"'{row[column]}'" if row[column] else "an empty cell"
            expected = (
                "an empty cell, as there is a title"
                if row["title"]
                else "a description, as there is no title"
            )
            yield cell_problem("references", number, column, found, expected)
