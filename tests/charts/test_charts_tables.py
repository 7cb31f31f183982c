"""What every chart says of a table that it cannot use: which cell, what was found, what was expected."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pytest
from chart_tables import cards, counts, events, frame, matrix, plain_intervals, ranks, series, tornado

from gba_analysis.charts.kinds.cards import card_chart
from gba_analysis.charts.kinds.counts import count_chart, describe_counts
from gba_analysis.charts.kinds.intervals import describe_intervals, interval_chart
from gba_analysis.charts.kinds.matrix import describe_matrix, matrix_chart
from gba_analysis.charts.kinds.series import describe_ranks, describe_series, rank_chart, series_chart
from gba_analysis.charts.kinds.timeline import describe_timeline, timeline_chart
from gba_analysis.charts.kinds.tornado import describe_tornado, tornado_chart
from gba_analysis.charts.parts.card_table import describe_cards
from gba_analysis.charts.parts.table_rows import as_number, as_text, cell, read_rows

OPTIONAL = ("group", "soundness", "changed")


@dataclass(frozen=True)
class Kind:
    """A kind of chart with a table that it can use. wrong: row (from 0), column, value, what is said.

    needed: optional columns that this kind needs all the same.
    """

    draw: Callable
    describe: Callable
    table: pd.DataFrame
    wrong: tuple[tuple[int, str, object, str], ...]
    arguments: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()


INTERVALS = (
    (1, "low", math.nan, "'low', row 2: found no number"),
    (1, "high", None, "'high', row 2: found None"),
    (1, "high", "many", "'high', row 2: found 'many'"),
    (1, "low", 9.0, "'low', row 2: found 9, above high = 8"),
    (1, "text", "", "'text', row 2: found no text"),
    (1, "label", None, "'label', row 2: found no text"),
    (1, "soundness", "maybe", "'soundness', row 2: found 'maybe', expected one of sound, conditional"),
)
POINTS = (
    (0, "low", math.nan, "'low', row 1: found no number"),
    (0, "low", 11, "'low', row 1: found 11 with high = 10"),
    (0, "low", -math.inf, "'low', row 1: found -inf, expected a finite number"),
    (0, "time", math.nan, "'time', row 1: found no time"),
    (0, "grade", "D", "'grade', row 1: found 'D'"),
    (0, "grade", "", "'grade', row 1: found ''"),
    (4, "grade", "A", "'grade', row 5: found 'A'"),
    (3, "joined", True, "'joined', row 4: found true, expected false"),
    (6, "joined", True, "'joined', row 7: found true"),
    (0, "joined", True, "'joined', row 1: found true"),
    (0, "text", "", "'text', row 1: found no text"),
)
KINDS = {
    "cards": Kind(
        card_chart,
        describe_cards,
        cards(),
        (
            (0, "low", math.nan, "'low', row 1: found no number"),
            (0, "low", 239.0, "'low', row 1: found 239, above high = 238"),
            (0, "low", -1.0, "'low', row 1: found -1, expected at least 0, where its axis begins"),
            (6, "low", 0, "'low', row 7: found 0, expected at least 1, where its axis begins"),
            (0, "text", "", "'text', row 1: found no text"),
            (0, "label", None, "'label', row 1: found no text"),
            (0, "computed", "yes", "'computed', row 1: found 'yes', expected true or false"),
            (0, "soundness", "maybe", "'soundness', row 1: found 'maybe'"),
        ),
    ),
    "counts": Kind(
        count_chart,
        describe_counts,
        counts(),
        (
            (2, "count", math.nan, "'count', row 3: found no number (NaN)"),
            (2, "count", -1, "'count', row 3: found -1, expected a whole number"),
            (2, "count", 1.5, "'count', row 3: found 1.5"),
            (2, "count", "x", "'count', row 3: found 'x'"),
            (2, "count", math.inf, "'count', row 3: found inf"),
            (1, "column", "exact", "'column', row 2: found A / exact a second time"),
        ),
    ),
    "intervals": Kind(
        interval_chart,
        describe_intervals,
        plain_intervals().assign(soundness="sound", group="Labs"),
        (*INTERVALS, (2, "group", "", "'group', row 3: found no text, expected a text, as it would stand")),
        ("Firms",),
    ),
    "matrix": Kind(
        matrix_chart,
        describe_matrix,
        matrix(),
        (
            (1, "count", math.nan, "'count', row 2: found no number"),
            (1, "count", -2, "'count', row 2: found -2"),
            (1, "row", "", "'row', row 2: found no text"),
            (1, "column", None, "'column', row 2: found no text"),
            (2, "column", "field 1", "'column', row 3: found "),
        ),
    ),
    "series": Kind(series_chart, describe_series, series(), POINTS),
    "ranks": Kind(
        rank_chart,
        describe_ranks,
        ranks(),
        ((0, "grade", "", "'grade', row 1: found ''"), (1, "joined", True, "'joined', row 2: found true")),
    ),
    "timeline": Kind(
        timeline_chart,
        describe_timeline,
        events(),
        (
            (0, "start", math.nan, "'start', row 1: found no number"),
            (0, "end", math.nan, "'end', row 1: found no number"),
            (0, "start", 2030, "'start', row 1: found 2030, after end = 2026"),
            (0, "start", 2025.5, "'start', row 1: found 2025.5, expected a whole year"),
            (0, "end", 2027, "'end', row 1: found 2027 with start = 2025, expected end = start + 1"),
            (4, "end", 2023, "'end', row 5: found 2023 with start = 2023, expected an end after start"),
            (0, "label", "", "'label', row 1: found no text"),
            (0, "kind", "month", "'kind', row 1: found 'month', expected one of point, year, span"),
            (0, "kind", "point", "'end', row 1: found 2026 with start = 2025, expected end = start"),
            (0, "ongoing", "no", "'ongoing', row 1: found 'no', expected true or false"),
            (0, "ongoing", pd.NA, "'ongoing', row 1: found <NA>, expected true or false"),
        ),
    ),
    "tornado": Kind(
        tornado_chart,
        describe_tornado,
        tornado(),
        (
            (0, "group", "cores", "'group', row 1: found 'cores', expected no name in the first row"),
            (2, "group", "", "'group', row 3: found ''"),
            (3, "low", math.nan, "'low', row 4: found no number"),
            (3, "high", "many", "'high', row 4: found 'many'"),
            (3, "low", 400.0, "'low', row 4: found 400, above high = 366"),
            (
                2,
                "high",
                math.inf,
                "'low', row 3: found -inf with high = inf, expected at least one finite",
            ),
            (3, "text", "", "'text', row 4: found no text"),
            (3, "label", None, "'label', row 4: found no text"),
            (3, "soundness", "maybe", "'soundness', row 4: found 'maybe'"),
            (3, "soundness", "sound", "'soundness', row 4: found another one than in row 1"),
        ),
        ("percent",),
        needed=("group",),
    ),
}
WRONG = [(name, *case) for name, kind in KINDS.items() for case in kind.wrong]
COLUMNS = [
    (name, column)
    for name, kind in KINDS.items()
    for column in kind.table.columns
    if column not in OPTIONAL or column in kind.needed
]


def said(kind, table, lang="en"):
    """What the chart and what its alt text say of `table`."""
    for made in (kind.draw, kind.describe):
        with pytest.raises(ValueError) as caught:
            made(table, lang, *kind.arguments)
        yield str(caught.value)


@pytest.mark.parametrize(("name", "row", "column", "value", "message"), WRONG)
def test_a_wrong_cell_is_named(name, row, column, value, message):
    table = KINDS[name].table.astype(object)
    table.loc[row, column] = value
    for told in said(KINDS[name], table):
        assert told.startswith(f"column {message}")


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_a_missing_column_is_named(name, column):
    for told in said(KINDS[name], KINDS[name].table.drop(columns=column)):
        assert told.startswith(f"column '{column}': missing, expected")


@pytest.mark.parametrize("name", KINDS)
def test_no_rows_and_other_languages_are_refused(name):
    kind = KINDS[name]
    assert all("no rows" in told for told in said(kind, kind.table.head(0)))
    assert all("lang: found 'fr'" in told for told in said(kind, kind.table, "fr"))


@pytest.mark.parametrize("name", KINDS)
def test_the_tables_that_are_changed_here_can_be_used(name):
    kind = KINDS[name]
    assert kind.describe(kind.table, "en", *kind.arguments)


@dataclass(frozen=True)
class Bar:
    label: str = cell(as_text)
    length: float = cell(as_number)
    note: str = cell(as_text, missing="none")


def test_a_column_that_may_be_missing_has_its_value_in_every_row():
    table = frame(["length", "label", "other"], [[1, " a ", 0], [2.5, "b", 0]])
    assert read_rows(table, Bar) == [Bar("a", 1.0, "none"), Bar("b", 2.5, "none")]
    assert read_rows(table.assign(note="x"), Bar)[0].note == "x"
