"""The table behind a chart: what the chart shows, in words; what it was drawn from, in the download."""

import pandas as pd
import pytest

from gba_analysis.analysis.chart_data import csv, shown

INF = float("inf")


def test_a_reader_sees_the_texts_of_the_chart_under_heads_of_the_page():
    table = pd.DataFrame(
        {"label": ["a"], "low": [1.0], "high": [2.0], "text": ["1–2"], "soundness": ["sound"], "group": [""]}
    )
    assert shown(table, "zh").to_dict("list") == {"内容": ["a"], "数值": ["1–2"]}


@pytest.mark.parametrize(("column", "cells"), [("count", [3, 0]), ("text", ["超3", ""])])
def test_pairs_become_a_matrix_with_a_dash_for_nothing(column, cells):
    table = pd.DataFrame({"row": ["b", "a"], "column": ["y", "x"], column: cells})
    matrix = shown(table, "en")
    assert list(matrix.columns) == ["What", "y", "x"] and list(matrix["What"]) == ["b", "a"]
    assert list(matrix["y"]) == [str(cells[0]), "–"] and list(matrix["x"]) == ["–", "–"]


@pytest.mark.parametrize("column", ["count", "text"])
def test_a_pair_that_stands_twice_is_not_dropped(column):
    table = pd.DataFrame({"row": ["a", "a"], "column": ["y", "y"], column: [1, 2]})
    with pytest.raises(ValueError, match="found a / y a second time"):
        shown(table, "en")


def test_years_are_whole_and_missing_texts_are_dashes():
    table = pd.DataFrame({"label": ["a", "b"], "start": [2019.0, 2020.0], "date": [None, "2020"]})
    assert shown(table, "en").to_dict("list") == {
        "What": ["a", "b"],
        "Year": ["2019", "2020"],
        "Date": ["–", "2020"],
    }


def test_an_open_end_is_an_empty_field_of_the_download():
    assert csv(pd.DataFrame({"low": [-INF, 1.5], "high": [2.0, INF]})) == "low,high\n,2.0\n1.5,\n"
