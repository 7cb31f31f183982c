"""The matrix of counts or printed texts and its alt text."""

import pandas as pd
import pytest
from chart_looks import assert_readable, words
from chart_tables import comparability, matrix
from matplotlib.colors import to_hex

from gba_analysis.charts.kinds.matrix import MOST_COLUMNS, MOST_SPOKEN, describe_matrix, matrix_chart
from gba_analysis.charts.look.outlines import to_svg
from gba_analysis.charts.look.palette import EMPTY

pytestmark = pytest.mark.filterwarnings("error", "default::pytest.PytestUnraisableExceptionWarning")


def small():
    rows = [["HKU", "chips", 1], ["HKU", "life", 3], ["CUHK", "life", 2], ["Airport", "life", 0]]
    return pd.DataFrame(rows, columns=["row", "column", "count"])


def cells(figure):
    """(row, column) -> colour of the cell, both counted from 0."""
    patches = figure.plots[0].patches
    tops = sorted({patch.get_y() for patch in patches})
    return {
        (tops.index(patch.get_y()), round(patch.get_x())): to_hex(patch.get_facecolor()) for patch in patches
    }


def test_cells_are_shaded_by_count_and_empty_ones_stay_empty():
    found = cells(matrix_chart(small(), "en"))
    assert len(found) == 6
    assert found[1, 0] == found[2, 0] == found[2, 1] == EMPTY
    assert len({found[0, 0], found[0, 1], found[1, 1], EMPTY}) == 4


def test_counts_are_written_in_their_cells_and_zeros_are_not():
    assert words(matrix_chart(small(), "en")).split() == [
        "chips",
        "life",
        "HKU",
        "CUHK",
        "Airport",
        "1",
        "3",
        "2",
    ]


@pytest.mark.parametrize("columns", [1, 4, 9, MOST_COLUMNS])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_long_labels_and_heads_are_readable(lang, columns):
    figure = matrix_chart(matrix(lang, columns), lang)
    assert_readable(figure)
    assert to_svg(figure)


def test_texts_are_printed_in_their_cells():
    figure = matrix_chart(comparability(), "en")
    text = words(figure)
    assert all(part in text for part in ("238家", "超100个", "3个", "Qianhai"))
    found = cells(figure)
    assert all(found[1, column] == EMPTY for column in range(3))
    assert sum(face != EMPTY for face in found.values()) == 3
    assert_readable(figure)


def test_long_texts_wrap_in_their_cells():
    table = comparability().assign(text="a figure that the article prints in many words indeed")
    assert_readable(matrix_chart(table, "en"))


@pytest.mark.parametrize("row", ["A", "The longest partner of all partners in the bay area"])
def test_words_of_heads_are_not_cut(row):
    heads = [
        "Internationalisation",
        "Artificial intelligence",
        *(f"Semiconductors {number}" for number in range(10)),
    ]
    figure = matrix_chart(pd.DataFrame({"row": row, "column": heads, "count": 1}), "en")
    assert_readable(figure)
    assert set(" ".join(heads).split()) <= set(words(figure).split())


def test_the_alt_text_says_what_is_filled_and_who_has_nothing():
    assert describe_matrix(comparability(), "en") == (
        "Matrix of 4 rows by 3 columns; 3 of 12 cells filled."
        " Hengqin: High-tech enterprises 238家. Nansha: Projects 超100个."
        " Hetao: Labs 3个. Nothing for Qianhai."
    )
    assert describe_matrix(small(), "zh") == (
        "矩阵图，共3行2列，6格中有3格有内容。HKU：chips 1；life 3。CUHK：life 2。无内容：Airport。"
    )
    assert (
        describe_matrix(small().head(1), "en")
        == "Matrix of 1 row by 1 column; 1 of 1 cells filled. HKU: chips 1."
    )


def test_the_alt_text_names_columns_that_have_nothing():
    turned = comparability().rename(columns={"row": "column", "column": "row"})
    assert describe_matrix(turned, "en").endswith("Labs: Hetao 3个. Nothing for Qianhai.")


def test_the_alt_text_of_a_large_matrix_stays_short():
    rows = [[f"r{row}", f"c{column}", 1] for row in range(10) for column in range(9)]
    table = pd.DataFrame(rows, columns=["row", "column", "count"])
    assert len(table) > MOST_SPOKEN
    text = describe_matrix(table, "en")
    assert "r0: 9 filled cells." in text and "c0" not in text


def test_too_many_columns_are_refused():
    wide = pd.DataFrame(
        {"row": "a", "column": [f"c{number}" for number in range(MOST_COLUMNS + 1)], "count": 1}
    )
    with pytest.raises(ValueError, match="found 19 different columns, expected at most 18"):
        matrix_chart(wide, "en")
