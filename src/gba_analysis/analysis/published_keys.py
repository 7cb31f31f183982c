"""The keys that notebooks publish for the present data, and those of before, known without running one.

Counts and other values that only a run can tell are not among them. How the values are made is said in
`derived` and `sources`.
"""

from __future__ import annotations

from collections.abc import Iterable

from gba_analysis.analysis import chart_titles, finding_texts, key_figures
from gba_analysis.figures.records import load_rows
from gba_analysis.figures.tables import Facts
from gba_analysis.project import Project

# How the keys of a table's rows begin, its name, and keys that only look like them.
OF_ROWS = (
    (finding_texts.KEY, finding_texts.TABLE, ()),
    (chart_titles.KEY, chart_titles.TABLE, (key_figures.TITLE,)),
)


def keys_of_data(project: Project) -> set[str]:
    """The keys of the printed figures, the derived indicators and the references. Raises DataError if their
    tables cannot be read.
    """
    figures = {f"{row['theme']}.{id_}": row["value"] for id_, row in load_rows(project, "indicators").items()}
    valued = [key for key, value in figures.items() if value is not None]
    # A reference without a unit is a statement: its words are shown, and nothing is published.
    references = [f"ref.{id_}" for id_, row in load_rows(project, "references").items() if row["unit"]]
    return {
        *(f"{key}_printed" for key in figures),
        *valued,
        *(f"{key}_stated" for key in valued),
        *load_rows(project, "derived"),
        *references,
        *(f"{key}_period" for key in references),
    }


def keys_without_row(facts: Facts, ledger: Iterable[str]) -> dict[str, str]:
    """The keys of findings and titles in the `ledger` whose row is no longer in data/, each with a hint: the
    notebooks would not publish them when they run again.
    """
    return {
        key: f"data/{table}.csv has no row '{key.removeprefix(begin)}': add it, or take the key out here"
        for begin, table, made_without in OF_ROWS
        for key in ledger
        if key.startswith(begin)
        and key not in made_without
        and key.removeprefix(begin) not in facts.rows(table)
    }
