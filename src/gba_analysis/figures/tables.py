"""The tables of data/ as pandas DataFrames, typed by datapackage.json.

Only what keeps a table from being loaded is refused here: a missing or unreadable file, a missing column, a
cell of the wrong type. Whether the facts keep every rule is checked in `check`; loading must stay fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from gba_analysis.asked import Known
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.cell_names import known_row
from gba_analysis.figures.datapackage import Descriptor
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.parse import decimals_of
from gba_analysis.figures.reading import ReadingRule, read
from gba_analysis.figures.reads import READS, Undeclared
from gba_analysis.figures.records import find_resource, read_columns, read_resources
from gba_analysis.figures.units import Unit
from gba_analysis.project import Project
from gba_analysis.words import Words, load_words

# What makes two references one page.
PAGE = ["outlet_en", "carrier_en", "title", "title_ours_en", "published_on"]


@dataclass(frozen=True)
class Facts:
    """All tables of data/, each a DataFrame indexed by its primary key, in the file's order, and the words of
    both catalogues.

    Cells are str ("" when missing), except those datapackage.json gives another type: number is Fraction,
    integer is int, boolean is bool (None when missing)."""

    indicators: pd.DataFrame
    entities: pd.DataFrame
    events: pd.DataFrame
    links: pd.DataFrame
    fields: pd.DataFrame
    units: pd.DataFrame
    derived: pd.DataFrame
    claims: pd.DataFrame
    claim_indicators: pd.DataFrame
    references: pd.DataFrame
    crosschecks: pd.DataFrame
    crosscheck_references: pd.DataFrame
    codings: pd.DataFrame
    searches: pd.DataFrame
    findings: pd.DataFrame
    key_figures: pd.DataFrame
    charts: pd.DataFrame
    words: Words

    def read(self, indicator_id: str, rule: ReadingRule) -> Interval | None:
        """The interval of one indicator under `rule`, in the indicator's unit; None if it has no value.

        Raises DataError if there is no such indicator, or its row cannot be read as a figure.
        """
        row = self.rows("indicators")[indicator_id]
        if row["value"] is None:
            return None
        decimals = decimals_of(row["printed"])
        return read(row["value"], row["qualifier"], self.unit(row["unit"]).kind, decimals, rule)

    def read_reference(self, reference_id: str, rule: ReadingRule) -> Interval | None:
        """The interval of one reference under `rule`, in its unit; None if it is a statement without a
        number.

        Raises DataError if there is no such reference, or its row cannot be read as a figure.
        """
        row = self.rows("references")[reference_id]
        if row["value"] is None:
            return None
        return read(row["value"], row["qualifier"], self.unit(row["unit"]).kind, row["decimals"], rule)

    def unit(self, unit_id: str) -> Unit:
        """The unit with this id. Raises DataError if there is none."""
        row = self.rows("units")[unit_id]
        return Unit(id=unit_id, kind=row["kind"], name_en=row["name_en"], name_zh=row["name_zh"])

    def rows(self, table: str) -> Mapping[Any, Mapping[str, Any]]:
        """The rows of `table` by primary key, in the file's order, each with its cells by column.

        For reading single cells: that takes a DataFrame fifty times as long. The tables must not change
        afterwards. A key that the table lacks raises DataError, which says who asked and what is near: who
        holds an id in code asks here, not the DataFrame."""
        # Read from the attribute even if the rows are kept: that is how the use of a table is noticed.
        df = getattr(self, table)
        if table not in self._rows:
            rows: list[dict[str, Any]] = [{} for _ in range(len(df))]
            for column in df.columns:
                for row, cell in zip(rows, df[column].tolist(), strict=True):
                    row[column] = cell
            by_key = dict(zip(df.index, map(known_row, rows), strict=True))
            self._rows[table] = Known(by_key, file=f"data/{table}.csv")
        return self._rows[table]

    @cached_property
    def _rows(self) -> dict[str, Mapping[Any, Mapping[str, Any]]]:
        return {}


# The fields of Facts that are tables.
TABLES = tuple(name for name in Facts.__dataclass_fields__ if name != "words")


def load(project: Project, notebook: str | None = None) -> Facts:
    """Every table of data/; for a notebook only those that it declares, the others refuse to be used.

    Raises DataError with all problems that keep a table from being loaded.
    """
    resources = read_resources(project)
    tables: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in TABLES:
        if notebook and name not in READS[notebook]:
            tables[name] = Undeclared(notebook, name)
            continue
        try:
            tables[name] = read_table(project, resources=resources, name=name)
        except DataError as error:
            problems += error.problems
    try:
        tables["words"] = load_words(project.data)
    except DataError as error:
        problems += error.problems
    if problems:
        raise DataError(problems)
    return Facts(**tables)


def read_table(project: Project, *, resources: Mapping[str, Descriptor], name: str) -> pd.DataFrame:
    """The table of the resource `name`, typed and indexed by its primary key.

    Raises DataError with all its problems.
    """
    resource = find_resource(resources, project=project, name=name)
    columns = read_columns(project, resource)
    return pd.DataFrame({name: _series(cells) for name, cells in columns.items()}).set_index(
        resource["schema"]["primaryKey"]
    )


def _series(cells: list[Any]) -> pd.Series:
    # Fractions and missing values must stay Python objects: a float would lose digits.
    return pd.Series(cells, dtype=object if None in cells or not cells else None)
