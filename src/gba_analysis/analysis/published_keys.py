"""The keys that notebooks publish for the present data, known without running one.

Counts and other values that only a run can tell are not among them. How the values are made is said in
`derived` and `sources`.
"""

from __future__ import annotations

from gba_analysis.figures.records import load_rows
from gba_analysis.project import Project


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
