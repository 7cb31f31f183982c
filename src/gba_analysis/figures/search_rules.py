"""Rules of the tables that say how the verdicts came about: the two codings, and the searches that were made.

What a verdict may be is the business of `verdict_rule`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gba_analysis.errors import Problem
from gba_analysis.figures.agreement import CODERS
from gba_analysis.figures.cell_names import cell_problem, rows
from gba_analysis.figures.tables import Facts
from gba_analysis.figures.verdict_rule import NOT_FOUND

BETWEEN = " "


def search_problems(facts: Facts) -> list[Problem]:
    """Everything in codings.csv and searches.csv that breaks a rule."""
    return [*_coding_problems(facts), *_uncoded(facts), *_found_problems(facts)]


def _coding_problems(facts: Facts) -> Iterator[Problem]:
    """Each cross-check that was coded has a verdict of each coder, and none that a judgement cannot have."""
    coders = Counter(crosscheck for crosscheck, _ in facts.rows("codings"))
    for number, row in rows(facts.codings):
        if coders[row["crosscheck_id"]] != len(CODERS):
            found = f"{coders[row['crosscheck_id']]} for '{row['crosscheck_id']}'"
            yield cell_problem(
                "codings", number, "coder", found, f"one of each coder ({CODERS[0]}, {CODERS[1]})"
            )
        if row["verdict"] == NOT_FOUND:
            yield cell_problem("codings", number, "verdict", f"'{NOT_FOUND}'", "a verdict on what was found")


def _uncoded(facts: Facts) -> Iterator[Problem]:
    coded = {crosscheck for crosscheck, _ in facts.rows("codings")}
    for number, row in rows(facts.crosschecks):
        if row["basis"] == "judgement" and row["id"] not in coded:
            expected = "two codings in codings.csv, as the basis is judgement"
            yield cell_problem("crosschecks", number, "basis", f"'{row['id']}' without a coding", expected)


def _found_problems(facts: Facts) -> Iterator[Problem]:
    """A search names references that there are."""
    for number, row in rows(facts.searches):
        for reference in row["found"].split(BETWEEN) if row["found"] else ():
            if reference not in facts.references.index:
                expected = "ids of data/references.csv with a space between them, or an empty cell"
                yield cell_problem("searches", number, "found", f"'{reference}'", expected)
