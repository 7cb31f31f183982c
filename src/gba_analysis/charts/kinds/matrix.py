"""The matrix: rows by columns, in each cell a count (shaded by its size) or a printed text; empty cells stay
empty.

Nothing is added up: the columns need not be of one kind.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from gba_analysis.charts.look.palette import EMPTY, ink_on, tint
from gba_analysis.charts.look.plot import Plot
from gba_analysis.charts.look.sheet import Sheet, close_sheet, line_height, write
from gba_analysis.charts.look.style import MUTED, PAPER, SMALL, chart_style, right_edge
from gba_analysis.charts.look.wrap import longest_piece, wrap
from gba_analysis.charts.parts.column_heads import draw_heads, least_left
from gba_analysis.charts.parts.long_table import Crossing, LongTable, read_counts, read_texts
from gba_analysis.charts.parts.rows import (
    COLUMN_GAP,
    LABEL_SHARE,
    Rows,
    label_lines,
    lay_rows,
    plot_left,
    write_rows,
)
from gba_analysis.charts.parts.scale import Scale, plot_area
from gba_analysis.charts.parts.sentences import clauses, listed, story
from gba_analysis.languages import check_lang
from gba_analysis.words import say

# The lines of each cell that is not empty, by row and column.
Lines = dict[tuple[str, str], tuple[str, ...]]

# A cell holds its longest word and is no narrower than this; a wider one would make a few columns look like
# much.
NARROWEST, WIDEST = 24.0, 96.0
PADDING = 4.0
# Labels keep at least this part of the sheet, however many columns there are.
LEAST_LABEL_SHARE = 0.25
# More columns leave no room for a number of three digits.
MOST_COLUMNS = 18
# Above this many filled cells the alt text says how many each row has, not which.
MOST_SPOKEN = 80


@chart_style()
def matrix_chart(table: pd.DataFrame, lang: str) -> Figure:
    """Each pair of `row` and `column` as a cell, both in the table's order of first appearance.

    table, in long form, each pair once: row, column and either count (whole numbers, shaded from pale to
    dark) or text (printed in the cell). A missing pair, a count of 0 and an empty text are empty cells; rows
    and columns with nothing but empty cells are shown. Raises ValueError for a missing column, no rows, NaN,
    a count that is negative or not whole, a pair given twice, or more than MOST_COLUMNS."""
    check_lang(lang)
    matrix = _read(table)
    labels = label_lines(matrix.rows, _label_share(matrix))
    scale = _scale(matrix, max(plot_left(labels), least_left(matrix.columns, NARROWEST)))
    width = scale.at(1) - scale.left
    texts = {pair: wrap(crossing.text, width - PADDING, SMALL) for pair, crossing in matrix.crossings.items()}
    sheet = Sheet()
    top = draw_heads(sheet, matrix.columns, scale.left, width)
    rows = lay_rows(labels, heights=[_height(texts, row) for row in matrix.rows], top=top)
    write_rows(sheet, rows)
    _draw_cells(sheet, plot_area(sheet, scale), scale=scale, matrix=matrix, rows=rows, texts=texts)
    close_sheet(sheet, rows.bottom)
    return sheet


def _read(table: pd.DataFrame) -> LongTable:
    matrix = read_texts(table) if "text" in table.columns else read_counts(table)
    if len(matrix.columns) > MOST_COLUMNS:
        found = f"found {len(matrix.columns)} different columns"
        raise ValueError(f"column 'column': {found}, expected at most {MOST_COLUMNS} (rows may be more)")
    return matrix


def _label_share(matrix: LongTable) -> float:
    """The part of the sheet the labels may take, so that every cell holds its longest word."""
    words = [longest_piece(crossing.text, SMALL) + PADDING for crossing in matrix.crossings.values()]
    cells = max([NARROWEST, *words]) * len(matrix.columns)
    return min(max((right_edge() - COLUMN_GAP - cells) / right_edge(), LEAST_LABEL_SHARE), LABEL_SHARE)


def _scale(matrix: LongTable, left: float) -> Scale:
    """An axis on which column n lies between the values n and n + 1."""
    number = len(matrix.columns)
    return Scale(0, number, left, left + min((right_edge() - left) / number, WIDEST) * number)


def _height(texts: Lines, row: str) -> float:
    return line_height(SMALL) * max(
        (len(lines) for (name, _), lines in texts.items() if name == row), default=1
    )


def _draw_cells(
    sheet: Sheet, plot: Plot, *, scale: Scale, matrix: LongTable, rows: Rows, texts: Lines
) -> None:
    for name, row in zip(matrix.rows, rows.rows, strict=True):
        for number, column in enumerate(matrix.columns):
            face = _face(matrix.at(name, column), matrix)
            edge = MUTED if face != EMPTY else PAPER
            extent = (number, row.top), 1, row.bottom - row.top
            plot.add(Rectangle(*extent, facecolor=face, edgecolor=edge, linewidth=0.6))
            x, lines = scale.at(number + 0.5), texts.get((name, column), ())
            write(sheet, x, row.middle, lines, size=SMALL, color=ink_on(face), align="center")


def _face(crossing: Crossing, matrix: LongTable) -> str:
    if not crossing.text:
        return EMPTY
    return tint((crossing.count - 1) / max(matrix.greatest - 1, 1))


def describe_matrix(table: pd.DataFrame, lang: str) -> str:
    """The alt text of `matrix_chart`: its size, each row's filled cells, then the rows and columns that have
    none.

    Of a matrix with more than MOST_SPOKEN filled cells, the number of filled cells in each row. Raises
    ValueError as the chart does."""
    check_lang(lang)
    matrix = _read(table)
    first = say(
        "alt.matrix",
        lang,
        rows=say("alt_number.row", lang, number=len(matrix.rows)),
        columns=say("alt_number.column", lang, number=len(matrix.columns)),
        filled=len(matrix.crossings),
        cells=len(matrix.rows) * len(matrix.columns),
    )
    filled = [row for row in matrix.rows if matrix.filled(row)]
    last = say("alt.nothing", lang, names=listed(matrix.empty, lang)) if matrix.empty else ""
    return story([first, *(_sentence(matrix, row, lang) for row in filled), last], lang)


def _sentence(matrix: LongTable, row: str, lang: str) -> str:
    filled = matrix.filled(row)
    if len(matrix.crossings) > MOST_SPOKEN:
        return say("alt.named", lang, name=row, text=say("alt_number.filled_cell", lang, number=len(filled)))
    parts = [say("alt.cell", lang, column=column, text=crossing.text) for column, crossing in filled]
    return say("alt.named", lang, name=row, text=clauses(parts, lang))
