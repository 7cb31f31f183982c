"""The indicators agree with an independent second reading of the article, row by row.

Where the two readings differ, the difference is listed here with the reason why the data keep theirs.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

SECOND_READING = Path(__file__).parents[1] / "data" / "second_reading.csv"
PLACE = ("section", "paragraph", "occurrence", "printed")
COMPARED = ("value", "qualifier", "cumulative", "parent")

# (place, column): ((data, second reading), reason)
DIFFERENCES = {
    (("1", "1", "1", "16家"), "cumulative"): (
        ("false", "true"),
        "its relation to the 238 is ambiguous, so their word 累计 does not carry over to it",
    ),
    (("2", "1", "1", "一系列"), "cumulative"): (
        ("true", "false"),
        "the sentence counts from 2019 on, which the data take as the same as 累计",
    ),
    (("2", "2", "1", "超3.1亿核时"), "parent"): (
        ("500余个 explicit", ""),
        "the text says that the hours were given to these teams: a base, not a set that holds the hours",
    ),
    (("3", "2", "1", "超140家"), "parent"): (
        ("", "一大批"),
        "the 一大批 are projects of Hong Kong and Macao talents in recent years, another set",
    ),
    (("3", "2", "1", "6家"), "cumulative"): (
        ("false", "true"),
        "累计 stands with the incubated enterprises; the unicorns have a verb of their own",
    ),
    (("3", "2", "1", "超10亿美元"), "parent"): (
        ("6家 explicit", ""),
        "the text says that each of the six is valued so: a base, not a set that holds money",
    ),
    (("4", "2", "1", "400余位"), "parent"): (
        ("第四届", ""),
        "the total runs over the editions: the base of a conditional mean, marked ambiguous",
    ),
    (("4", "2", "1", "多位"), "parent"): (
        ("", "400余位"),
        "nothing says that the prize winners are among the scientists, and no number depends on it",
    ),
}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def place(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[column] for column in PLACE)


def with_parent(row: dict[str, str], printed: str) -> dict[str, str]:
    """`row` with its parent in words. Of the relations only `explicit` is told apart: it decides what may be
    computed, while natural and ambiguous are a matter of degree.
    """
    return row | {"parent": f"{printed} explicit" if row["relation"] == "explicit" else printed}


@pytest.fixture(scope="module")
def first(project):
    rows = read(project.data / "indicators.csv")
    printed = {row["id"]: row["printed"] for row in rows} | {"": ""}
    return [with_parent(row, printed[row["parent_id"]]) for row in rows]


@pytest.fixture(scope="module")
def second():
    return [with_parent(row, row["parent_printed"]) for row in read(SECOND_READING)]


def test_both_readings_find_the_same_figures(first, second):
    assert Counter(map(place, first)) == Counter(map(place, second))


def test_no_figure_is_listed_twice(first):
    assert [where for where, times in Counter(map(place, first)).items() if times > 1] == []


def test_both_readings_agree_but_for_the_listed_differences(first, second):
    other = {place(row): row for row in second}
    found = {
        (place(row), column): (row[column], other[place(row)][column])
        for row in first
        for column in COMPARED
        if row[column] != other[place(row)][column]
    }
    assert found == {key: difference for key, (difference, _) in DIFFERENCES.items()}
