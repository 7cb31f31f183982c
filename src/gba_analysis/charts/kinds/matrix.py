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
from gba_analysis.charts.look.sheet import Page, close_page, line_height, write
from gba_analysis.charts.look.style import MUTED, PAPER, SMALL, chart_style, right_edge
from gba_analysis.charts.look.wrap import longest_piece, wrap
from gba_analysis.charts.parts import checks
from gba_analysis.charts.parts.column_heads import draw_heads, least_left
from gba_analysis.charts.parts.long_table import Cell, LongTable, read_counts, read_texts
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
from gba_analysis.charts.parts.wording import clauses, counted, listed, story

# The lines of each cell that is not empty, by row and column.
Lines = dict[tuple[str, str], tuple[str, ...]]

# A cell holds its longest word and is no narrower than this; a wider one would make a few columns look like
# much.
NARROWEST, WIDEST = 24.0, 96.0
PADDING = 4.0
# Labels keep at least this part of the page, however many columns there are.
LEAST_LABEL_SHARE = 0.25
# More columns leave no room for a number of three digits.
MOST_COLUMNS = 18
# Above this many filled cells the alt text says how many each row has, not which.
MOST_SPOKEN = 80

WORDS = {
    "en": {
        "chart": "Matrix of {rows} by {columns}; {filled} of {cells} cells filled",
        "row": ("row", "rows"),
        "column": ("column", "columns"),
        "sentence": "{row}: {parts}",
        "part": "{column} {text}",
        "number": ("filled cell", "filled cells"),
        "empty": "Nothing for {names}",
    },
    "zh": {
        "chart": "矩阵图，共{rows}{columns}，{cells}格中有{filled}格有内容",
        "row": ("行", "行"),
        "column": ("列", "列"),
        "sentence": "{row}：{parts}",
        "part": "{column} {text}",
        "number": ("格有内容", "格有内容"),
        "empty": "无内容：{names}",
    },
}


@chart_style()
def matrix_chart(table: pd.DataFrame, lang: str) -> Figure:
    """Each pair of `row` and `column` as a cell, both in the table's order of first appearance.

    table, in long form, each pair once: row, column and either count (whole numbers, shaded from pale to
    dark) or text (printed in the cell). A missing pair, a count of 0 and an empty text are empty cells; rows
    and columns with nothing but empty cells are shown. Raises ValueError for a missing column, no rows, NaN,
    a count that is negative or not whole, a pair given twice, or more than MOST_COLUMNS."""
    checks.check_lang(lang)
    matrix = _read(table)
    labels = label_lines(matrix.rows, _label_share(matrix))
    scale = _scale(matrix, max(plot_left(labels), least_left(matrix.columns, NARROWEST)))
    width = scale.at(1) - scale.left
    texts = {pair: wrap(cell.text, width - PADDING, SMALL) for pair, cell in matrix.cells.items()}
    page = Page()
    top = draw_heads(page, matrix.columns, scale.left, width)
    rows = lay_rows(labels, [""] * len(labels), [_height(texts, row) for row in matrix.rows], top)
    write_rows(page, rows)
    _draw_cells(page, plot_area(page, scale), scale, matrix, rows, texts)
    close_page(page, rows.bottom)
    return page


def _read(table: pd.DataFrame) -> LongTable:
    matrix = read_texts(table) if "text" in table.columns else read_counts(table)
    if len(matrix.columns) > MOST_COLUMNS:
        found = f"found {len(matrix.columns)} different columns"
        raise ValueError(f"column 'column': {found}, expected at most {MOST_COLUMNS} (rows may be more)")
    return matrix


def _label_share(matrix: LongTable) -> float:
    """The part of the page the labels may take, so that every cell holds its longest word."""
    words = [longest_piece(cell.text, SMALL) + PADDING for cell in matrix.cells.values()]
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


def _draw_cells(page: Page, plot: Plot, scale: Scale, matrix: LongTable, rows: Rows, texts: Lines) -> None:
    for name, row in zip(matrix.rows, rows.rows, strict=True):
        for number, column in enumerate(matrix.columns):
            face = _face(matrix.cell(name, column), matrix)
            extent = (number, row.top), 1, row.bottom - row.top
            plot.add(
                Rectangle(*extent, facecolor=face, edgecolor=MUTED if face != EMPTY else PAPER, linewidth=0.6)
            )
            lines = texts.get((name, column), ())
            write(
                page,
                scale.at(number + 0.5),
                row.middle,
                lines,
                size=SMALL,
                color=ink_on(face),
                align="center",
            )


def _face(cell: Cell, matrix: LongTable) -> str:
    if not cell.text:
        return EMPTY
    return tint((cell.count - 1) / max(matrix.greatest - 1, 1))


def describe_matrix(table: pd.DataFrame, lang: str) -> str:
    """The alt text of `matrix_chart`: its size, each row's filled cells, then the rows and columns that have
    none.

    Of a matrix with more than MOST_SPOKEN filled cells, the number of filled cells in each row. Raises
    ValueError as the chart does."""
    words = WORDS[checks.check_lang(lang)]
    matrix = _read(table)
    rows, columns = counted(len(matrix.rows), *words["row"]), counted(len(matrix.columns), *words["column"])
    cells = len(matrix.rows) * len(matrix.columns)
    first = words["chart"].format(rows=rows, columns=columns, filled=len(matrix.cells), cells=cells)
    filled = [row for row in matrix.rows if matrix.filled(row)]
    last = words["empty"].format(names=listed(matrix.empty, lang)) if matrix.empty else ""
    return story([first, *(_sentence(matrix, row, words, lang) for row in filled), last], lang)


def _sentence(matrix: LongTable, row: str, words: dict, lang: str) -> str:
    parts = [words["part"].format(column=column, text=cell.text) for column, cell in matrix.filled(row)]
    if len(matrix.cells) > MOST_SPOKEN:
        parts = [counted(len(parts), *words["number"])]
    return words["sentence"].format(row=row, parts=clauses(parts, lang))
