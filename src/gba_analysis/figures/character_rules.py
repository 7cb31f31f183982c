"""The rule for the characters of every cell: they can be seen, and the shipped fonts hold them.

It is asked of all columns of texts, as most of them stand on a page. What a text says is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from gba_analysis.characters import EXPECTED, code_points, is_blank, unfit
from gba_analysis.errors import Problem
from gba_analysis.figures.cell_names import cell_problem, rows
from gba_analysis.figures.tables import TABLES, Facts


def character_problems(facts: Facts) -> Iterator[Problem]:
    """Every cell in which nothing can be seen, or with characters that no text may hold."""
    texts = [cell for cell in _cells(facts) if cell[3]]
    # One look at all texts; only if a character is unfit is each text looked at.
    has_unfit = bool(unfit("".join({char for *_, text in texts for char in text})))
    for table, number, column, text in texts:
        if is_blank(text):
            found = f"a cell that looks empty ({code_points(text[0])})"
            yield cell_problem(table, number, column, found, "a text, or an empty cell")
        elif has_unfit and (found := unfit(text)):
            yield cell_problem(table, number, column, f"the characters {code_points(found)}", EXPECTED)


def _cells(facts: Facts) -> Iterator[tuple[str, int, str, str]]:
    """Table, row, column and text of every cell that is a text."""
    for table in TABLES:
        for number, row in rows(getattr(facts, table)):
            yield from (
                (table, number, column, cell) for column, cell in row.items() if isinstance(cell, str)
            )
