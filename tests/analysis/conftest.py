"""The real facts, the three readings, and ways to change one row of them."""

from dataclasses import replace

import pandas as pd
import pytest

from gba_analysis import parameters
from gba_analysis.figures.reading import READINGS, ReadingRule
from gba_analysis.figures.tables import load
from gba_analysis.project import find_project


@pytest.fixture(scope="session")
def facts():
    return load(find_project())


@pytest.fixture(scope="session")
def values():
    """The default value of every parameter."""
    return parameters.defaults()


@pytest.fixture(scope="session")
def rules(values):
    """The three reading rules with the default tolerances, by name."""
    return {name: ReadingRule.from_parameters({**values, "reading": name}) for name in READINGS}


@pytest.fixture(scope="session")
def rule(rules):
    return rules["conventional"]


@pytest.fixture(scope="session")
def add_row():
    """A function: facts with one more row in a table, a copy of `like` with a new id and other cells
    changed.
    """

    def add(facts, table, new_id, like, **changes):
        rows = getattr(facts, table)
        row = {**rows.loc[like].to_dict(), **changes}
        # Built by column, so that Fractions, booleans and None keep their types.
        columns = {name: pd.Series([*rows[name], row[name]], dtype=rows[name].dtype) for name in rows}
        more = pd.DataFrame(columns).set_axis([*rows.index, new_id])
        return replace(facts, **{table: more.rename_axis(rows.index.name)})

    return add
